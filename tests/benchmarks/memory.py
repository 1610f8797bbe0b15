"""The memory of this process, as Linux counts it: now, and at its most."""

from __future__ import annotations

import re
from pathlib import Path

_STATUS = Path("/proc/self/status")


def resident() -> float:
    """Read the resident memory, in MiB."""
    return _read("VmRSS")


def peak() -> float:
    """Read the most that was resident since the process began, in MiB."""
    return _read("VmHWM")


def _read(field: str) -> float:
    found = re.search(rf"{field}:\s+(\d+)", _STATUS.read_text(encoding="ascii"))
    assert found is not None
    return int(found.group(1)) / 1024
