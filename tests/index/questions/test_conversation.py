"""Which messages below an answer ask for more, and which are talk between colleagues."""

from __future__ import annotations

import pytest

from index.questions.conversation import is_follow_up
from index.speakers.gazetteer.tables import load_tables


@pytest.mark.parametrize(
    "text",
    [
        "and Ukraine?",
        "And since Monday?",
        "what about Turkey",
        "Turkey",
        "Russia on grain",
        "Did the ministry deny it?",
        "who said that first?",
        "what did he say about the Kurds?",
        "and what did they announce",
    ],
)
def test_a_message_that_asks_for_more_is_a_follow_up(text):
    assert is_follow_up(text, load_tables())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thanks!",
        "Could you call them, please?",
        "Can we use this for the noon bulletin?",
        "Let us use the Russia quote at the top of the page.",
        "I think Turkey is the better story today, let us lead with it.",
        "and then we go to lunch",
        "and Ukraine " * 20,
    ],
)
def test_talk_between_colleagues_does_not(text):
    assert not is_follow_up(text, load_tables())
