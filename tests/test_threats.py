"""The threat model names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_row_of_the_threat_model_names_a_test_that_exists():
    page = (ROOT / "tests" / "benchmarks" / "README.md").read_text("utf-8")
    section = page.split("## Security\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]
    named = [re.findall(r"`(test_\w+)`", row) for row in rows]
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }

    assert len(rows) > 10
    assert [] == [row for row, tests in zip(rows, named, strict=True) if not tests]
    assert set() == {name for tests in named for name in tests} - written
