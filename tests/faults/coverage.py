"""
How much of the formats and the store their tests run: statements and branches, by package.

    python -m tests.faults.coverage [--packages index/formats index/store]

A package's tests are those of the same path below ``tests``. What the sandbox's child process has
read within its limits is read once more in the tests' own process, where it is counted.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.formats.sandbox.child import GOOD, REFUSED
from index.formats.sandbox.parent import Sandbox

ROOT = Path(__file__).parents[2]
_CALLS = "index.formats.calls"
PACKAGES = ("index/formats", "index/store")


@dataclass(frozen=True, slots=True)
class Covered:
    """How many statements and branches there are, and how many were run."""

    statements: tuple[int, int]
    branches: tuple[int, int]

    def __str__(self) -> str:
        """Word it: "statements 4,950/5,000 (99.0 %), branches 90/100 (90.0 %)"."""
        return ", ".join(
            f"{what} {run:,}/{there:,} ({100 * run / max(there, 1):.1f} %)"
            for what, (run, there) in (("statements", self.statements), ("branches", self.branches))
        )


def pytest_configure(config: object) -> None:
    """Count what the sandbox reads: this module is a plugin of the tests that are measured."""
    ask = Sandbox._ask

    def ask_twice(self: Sandbox, header: bytes, data: bytes) -> tuple[bytes | None, int]:
        answer, status = ask(self, header, data)
        call = json.loads(header)
        name = call.pop("function").removeprefix(f"{_CALLS}.")
        # Whatever was too much for the child, or took it over, is not read here.
        if answer is not None and answer.startswith((GOOD, REFUSED)) and "." not in name:
            with contextlib.suppress(Exception):
                getattr(importlib.import_module(_CALLS), name)(data, **call)
        return answer, status

    Sandbox._ask = ask_twice  # type: ignore[method-assign]


def measure(packages: Sequence[str]) -> dict[str, Any]:
    """
    Run the tests of *packages*, all together.

    Returns:
        What `coverage json` reports.

    Raises:
        RuntimeError: if a test fails, for figures of a broken run say nothing.
    """
    with tempfile.TemporaryDirectory(prefix="coverage-") as aside:
        data, report = Path(aside, "data"), Path(aside, "report.json")
        words = [sys.executable, "-m", "coverage"]
        sources = ",".join(packages)
        tests = [str(Path("tests", package)) for package in packages]
        run = [*words, "run", "--branch", f"--source={sources}", "-m", "pytest", "-q"]
        environment = {**os.environ, "COVERAGE_FILE": str(data)}
        done = subprocess.run(
            [*run, "-p", "no:cacheprovider", "-p", "tests.faults.coverage", *tests],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError("\n".join(done.stdout.splitlines()[-20:]) or done.stderr)
        subprocess.run(
            [*words, "json", "-q", "-o", str(report)], cwd=ROOT, env=environment, check=True
        )
        found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def covered(report: dict[str, Any], package: str) -> Covered:
    """Add up the files of *package* in a report of `coverage json`."""
    files = [
        file["summary"] for name, file in report["files"].items() if name.startswith(f"{package}/")
    ]

    def total(name: str) -> int:
        return sum(int(file[name]) for file in files)

    return Covered(
        (total("covered_lines"), total("num_statements")),
        (total("covered_branches"), total("num_branches")),
    )


def lines_of(packages: Sequence[str]) -> list[str]:
    """Measure *packages*, and word the figures: a line for each, or why there are none."""
    if importlib.util.find_spec("coverage") is None:
        return ["coverage: skipped: coverage is not installed (`pip install -e '.[dev]'`)"]
    try:
        report = measure(packages)
    except RuntimeError as exc:
        return [f"coverage: none, a test fails: {exc}"]
    return [f"{package}: {covered(report, package)}" for package in packages]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", nargs="+", default=list(PACKAGES))
    print("\n".join(lines_of(parser.parse_args().packages)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
