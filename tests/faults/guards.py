"""
Take each guard out of the code, one at a time, and look whether its test notices.

``python -m tests.faults.guards [--only NAME ...] [--since NAME] [--under FOLDER]``. A guard is a
place that refuses, limits, locks, escapes or checks once more; ``guards.toml`` lists them: the
file, the text that must stand there exactly once, what is put in its place, and the test that must
pass with the one and fail with the other. Only a failed test counts: code that cannot be imported
any more would prove nothing. The work is done in a copy of the project, so that whoever changes
the code meanwhile finds no mutation in it. Two to ten seconds a guard.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_suffix(".toml")
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", ".onrecord", ".*_cache", ".hypothesis")
_PASSED, _FAILED = 0, 1  # what pytest exits with; anything else is no verdict
_SECONDS = 60  # for one test: without its guard it may wait for ever
_LINES = 12  # of pytest's words about a test that gives no verdict

Verdict = Literal["proven", "survived", "no verdict"]


@dataclass(frozen=True, slots=True)
class Guard:
    """
    One guard: *text* of *file*, and what stands there *without* it.

    ``test`` is named as pytest does it, by file and function.
    """

    name: str
    file: str
    text: str
    without: str
    test: str


def read_guards(table: Path = TABLE) -> list[Guard]:
    """Read the table, in its order."""
    return [Guard(**row) for row in tomllib.loads(table.read_text(encoding="utf-8"))["guard"]]


def taken_out(guard: Guard, root: Path) -> str:
    """
    Give the guard's file as it reads without the guard.

    Raises:
        ValueError: if the guard's text does not stand there exactly once.
    """
    source = (root / guard.file).read_text(encoding="utf-8")
    if (count := source.count(guard.text)) != 1:
        raise ValueError(
            f"{guard.name}: its text stands {count} times in {guard.file}; bring {TABLE.name} up "
            "to the code"
        )
    return source.replace(guard.text, guard.without)


@contextmanager
def copied(root: Path = ROOT) -> Iterator[Path]:
    """Lend a copy of the project, for mutations."""
    with tempfile.TemporaryDirectory(prefix="guards-") as aside:
        # Dates too: the compiled files that are copied along stay valid by them.
        yield shutil.copytree(root, Path(aside) / "project", ignore=_LEFT_OUT)


def judge(guard: Guard, copy: Path) -> tuple[Verdict, str]:
    """
    Run the guard's test in *copy* with the guard and without it; *copy* is as before then.

    Returns:
        The verdict, and what pytest said last where there is none.
    """
    file = copy / guard.file
    changed = taken_out(guard, copy)
    code, output = _run(guard.test, copy)
    if code != _PASSED:
        return "no verdict", output
    kept = file.with_name(f"{file.name}.kept")
    shutil.copy2(file, kept)
    try:
        file.write_text(changed, encoding="utf-8")
        code, output = _run(guard.test, copy)
    finally:
        kept.replace(file)
    if code == _PASSED:
        return "survived", ""
    return ("proven", "") if code == _FAILED else ("no verdict", output)


def _run(test: str, copy: Path) -> tuple[int, str]:
    """Run one test in *copy*; gives pytest's exit code and last lines."""
    options = ["-x", "-q", "-p", "no:cacheprovider", f"--timeout={_SECONDS}"]
    # No compiled file is written: that of a mutation could be taken for the code's.
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, test],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, "\n".join((done.stdout + done.stderr).splitlines()[-_LINES:])


def drive(guards: Sequence[Guard], root: Path = ROOT) -> dict[str, Verdict]:
    """Judge *guards* one after another; prints each as it is known."""
    verdicts: dict[str, Verdict] = {}
    with copied(root) as copy:
        for guard in guards:
            verdicts[guard.name], output = judge(guard, copy)
            print(f"{verdicts[guard.name]:10} {guard.name}  ({guard.test})", flush=True)
            if output:
                print(output, flush=True)
    return verdicts


def main() -> int:
    """Judge the guards that the arguments choose; 1 unless all are proven."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these guards")
    parser.add_argument("--since", metavar="NAME", help="this guard and those behind it")
    parser.add_argument("--under", metavar="FOLDER", default="", help="in files below it: bot/")
    arguments = parser.parse_args()
    guards = read_guards()
    names = [guard.name for guard in guards]
    if unknown := {*(arguments.only or []), arguments.since or names[0]} - {*names}:
        parser.error(f"no guard is called {sorted(unknown)[0]!r}")
    first = names.index(arguments.since) if arguments.since else 0
    chosen = [
        guard
        for guard in guards[first:]
        if guard.file.startswith(arguments.under)
        and (not arguments.only or guard.name in arguments.only)
    ]
    verdicts = drive(chosen)
    proven = sum(verdict == "proven" for verdict in verdicts.values())
    print(f"proven {proven}/{len(verdicts)}")
    return 0 if proven == len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
