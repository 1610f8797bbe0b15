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

    assert len(rows) > 10
    assert [] == [row for row, tests in zip(rows, named, strict=True) if not tests]
    assert set() == {name for tests in named for name in tests} - written()


def test_every_promise_names_a_test_that_exists():
    page = (ROOT / "README.md").read_text("utf-8")
    section = page.split("## How safe it is\n")[1].split("\n## ")[0]

    assert 6 == len(re.findall(r"\*\*([\w ]+)\*\* \(`test_\w+`\)", " ".join(section.split())))
    assert set() == set(re.findall(r"`(test_\w+)`", section)) - written()


def written():
    """The names of all tests."""
    return {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }
