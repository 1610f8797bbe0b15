"""Which messages of a thread ask for more, and which are talk between colleagues."""

from __future__ import annotations

import pytest

from bot.listeners.events.lookup import quotation_in
from index.questions.conversation import goes_on


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
def test_a_message_that_asks_for_more_goes_on(text):
    assert goes_on(text)


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
    assert not goes_on(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("He said “we will never leave” and left.", "we will never leave"),
        ('"One two three" or "four five six seven"', "four five six seven"),
        ("We will “never” leave", "We will “never” leave"),
        ("no marks at all", "no marks at all"),
        ("x" * 5_000, "x" * 1_000),
    ],
)
def test_the_longest_quotation_of_a_message_is_looked_up_else_all_of_it(text, want):
    assert want == quotation_in(text)
