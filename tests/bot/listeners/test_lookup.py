"""Which words of a message are looked up."""

from __future__ import annotations

import pytest

from bot.listeners.events.lookup import quotation_in


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
