"""Every promise has its test, and every scripted conversation can be played."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.benchmarks.conversations import DEFAULT, TURN

ROOT = Path(__file__).parents[2]
PROMISES = tomllib.loads((Path(__file__).parent / "promises.toml").read_text("utf-8"))["promise"]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise["what"])
def test_a_promise_has_its_test(promise):
    file, _, name = promise["test"].partition("::")

    assert re.search(rf"^def {name}[(]", (ROOT / file).read_text("utf-8"), re.MULTILINE)


def test_the_conversations_have_three_to_eight_turns_that_can_be_played():
    conversations = tomllib.loads(DEFAULT.read_text("utf-8"))["conversation"]

    assert 60 == len(conversations) == len({each["name"] for each in conversations})
    assert {True} == {3 <= len(each["turns"]) <= 8 for each in conversations}
    assert [] == [t for each in conversations for t in each["turns"] if not TURN.fullmatch(t)]
