"""The table of guards is up to the code; and a guard without a test is seen."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from tests.faults.guards import ROOT, Guard, drive, judge, read_guards, taken_out

GUARDS = read_guards()
CODE = "def shorten(text):\n    if len(text) > 3:\n        return text[:3]\n    return text\n"
TESTS = """from code_of_ours import shorten

def test_long(): assert "abc" == shorten("abcd")

def test_short(): assert "ab" == shorten("ab")

def test_wrong(): assert "x" == shorten("ab")
"""


def test_every_guard_stands_once_and_the_code_without_it_is_code():
    for guard in GUARDS:
        without = taken_out(guard, ROOT)

        ast.parse(without, guard.name)
        assert without != (ROOT / guard.file).read_text(encoding="utf-8"), guard.name


def test_every_guard_has_a_name_of_its_own_and_a_test_that_exists():
    written = {}
    for guard in GUARDS:
        file, _, name = guard.test.partition("::")
        if file not in written:
            source = (ROOT / file).read_text(encoding="utf-8")
            written[file] = set(re.findall(r"^def (test_\w+)", source, re.M))
        assert name in written[file], guard.name

    assert {1} == set(Counter(guard.name for guard in GUARDS).values())


@pytest.fixture
def project(tmp_path):
    (tmp_path / "code_of_ours.py").write_text(CODE)
    (tmp_path / "test_code.py").write_text(TESTS)
    return tmp_path


@pytest.mark.parametrize(
    ("without", "test", "verdict"),
    [
        ("if False:", "test_long", "proven"),
        ("if False:", "test_short", "survived"),
        ("if False:", "test_wrong", "no verdict"),
        ("if False:", "test_forgotten", "no verdict"),
        ("if (:", "test_long", "no verdict"),
    ],
)
def test_a_guard_is_proven_where_its_test_fails_only_without_it(project, without, test, verdict):
    guard = Guard("limit", "code_of_ours.py", "if len(text) > 3:", without, f"test_code.py::{test}")

    assert verdict == judge(guard, project)[0]
    assert CODE == (project / guard.file).read_text()


def test_the_project_itself_is_never_changed(project):
    guard = Guard("limit", "code_of_ours.py", "> 3", "> 9", "test_code.py::test_long")
    before = {path: path.read_bytes() for path in project.rglob("*")}

    assert {"limit": "proven"} == drive([guard], project)
    assert before == {path: path.read_bytes() for path in project.rglob("*")}


@pytest.mark.parametrize(("text", "count"), [("text", 4), ("len(words)", 0)])
def test_a_text_that_does_not_stand_there_once_is_refused(project, text, count):
    with pytest.raises(ValueError, match=f"stands {count} times in code_of_ours.py"):
        taken_out(Guard("limit", "code_of_ours.py", text, "", ""), project)
