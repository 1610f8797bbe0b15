"""Line breaks within a sentence or a quotation are told from those that part paragraphs."""

from __future__ import annotations

import pytest

from index.text.line_breaks import soft_breaks, without_soft_breaks


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ada Holm said that the bridge\nwould stay shut.",
        '"The piers are rusty. Two of them\nmay fall," she said.',
        "“We looked at every pier.\nTwo are rusty,” she said.",
        "Nils Berg denied that he ever spoke to\nHolm about the bridge.",
        '"The crews will work," the mayor of Ada\nHarbour said.',
        "The bridge is shut until the month of\n5 May.",
    ],
)
def test_a_line_goes_on(text):
    assert without_soft_breaks(text) == text.replace("\n", " ")


def test_a_break_of_two_characters_leaves_two_blanks():
    text = "Mayor Ada Holm said that the bridge\r\nwould stay shut."

    assert without_soft_breaks(text) == text.replace("\r\n", "  ")


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ada Holm spoke of the bridge.\nshe left soon.",
        "What we know about the old bridge\nThe bridge will stay shut.",
        "Mayor Ada Holm said that the bridge\n\nwould stay shut.",
        "“We looked at every pier, all of them.\n“Two are rusty,” she said.",
        "He said: “We looked at every pier there\nThe bridge is shut.",
        "bread and butter for all\nmilk and honey for some\nsoup and rice for others",
        "The mayor spoke of these things there:\nbread for all",
        "The mayor spoke of these things there\n- bread for all",
        "The mayor spoke of the old bridge there\nMR. BERG: Why?",
        "pier one      rusty     shut\npier two      rusty     open",
        f"{'The bridge is old and ' * 7}\nit is shut.",
    ],
)
def test_a_line_ends(text):
    assert soft_breaks(text) == []
