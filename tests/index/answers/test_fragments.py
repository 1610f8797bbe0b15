"""The words by which a browser finds a sentence lead to that sentence, or there are none."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answers.fragments import WHOLE, text_fragment

SAID = "“There is no quill deal,” he said."
TWICE = f"Ana Horvat of Norland spoke first. {SAID}\n\nIvan Marek answered an hour later. {SAID}"
LONG = f"The harbour office of the old town {'and the one beside it ' * 12}stays open at night."


def opened(text, fragment):
    """Where a browser opens *text*: the first place at which all parts of *fragment* fit."""
    parts = [unquote(part) for part in fragment.removeprefix("text=").split(",")]
    prefix = parts.pop(0)[:-1] if fragment.removeprefix("text=").split(",")[0][-1] == "-" else ""
    suffix = parts.pop()[1:] if len(parts) > 1 and fragment.rpartition(",")[2][0] == "-" else ""
    start, end = parts[0], parts[1] if len(parts) > 1 else ""
    words = " ".join(text.split()).casefold()
    head = f"{prefix} {start}".strip().casefold()
    tail = f"{end} {suffix}".strip().casefold()
    at = words.find(head)
    while at >= 0:
        rest = words[at + len(head) :].lstrip()
        if tail in rest if end else rest.startswith(tail):
            return at + len(head) - len(start)
        at = words.find(head, at + 1)
    return None


def place_of(text, start):
    """Where the sentence at *start* begins once white space is run together."""
    return len(" ".join((text[:start] + "x").split())) - 1


def test_a_sentence_that_stands_once_needs_no_words_around_it():
    text = "It rained. A T-72, and tea & bread: 100 %? He left."

    assert "text=A%20T%2D72%2C%20and%20tea%20%26%20bread%3A%20100%20%25%3F" == text_fragment(
        text, 11, 43
    )


def test_the_same_words_of_two_speakers_are_told_apart_by_the_words_before():
    first, second = TWICE.index(SAID), TWICE.rindex(SAID)

    of_horvat = text_fragment(TWICE, first, first + len(SAID))
    of_marek = text_fragment(TWICE, second, second + len(SAID))

    assert place_of(TWICE, first) == opened(TWICE, of_horvat)
    assert place_of(TWICE, second) == opened(TWICE, of_marek)
    assert of_horvat.startswith("text=Norland%20spoke%20first.-,")
    assert of_marek.startswith("text=an%20hour%20later.-,")


@pytest.mark.parametrize(
    "before",
    ["HE SAID NO.", "He sáid no.", "She knows that he said no. Never", "He  said\nno."],
)
def test_what_a_browser_takes_for_the_same_words_counts_as_the_same(before):
    text = f"{before} and then it rained. He said no."

    found = text_fragment(text, len(text) - 11, len(text))

    assert "text=then%20it%20rained.-,He%20said%20no." == found


def test_a_sentence_that_nothing_tells_apart_has_no_fragment():
    assert "" == text_fragment("No. " * 40, 80, 83)


def test_a_long_sentence_is_given_by_its_ends():
    text = f"It rained. {LONG} It snowed."

    found = text_fragment(text, 11, 11 + len(LONG))

    assert (
        "text=The%20harbour%20office%20of%20the%20old,beside%20it%20stays%20open%20at%20night."
        == (found)
    )


def test_a_long_sentence_whose_beginning_stands_elsewhere_is_told_apart():
    text = f"The harbour office of the old town burnt. Nobody knew why. {LONG}"
    start = text.index(LONG)

    found = text_fragment(text, start, len(text))

    assert place_of(text, start) == opened(text, found)


@pytest.mark.parametrize("text", ["x" * (WHOLE + 1), "He said “\ud83d”.", " "])
def test_words_that_no_link_can_hold_give_no_fragment(text):
    assert "" == text_fragment(text, 0, len(text))


SENTENCES = st.lists(
    st.sampled_from(["No.", "He said no.", "he  said no.", "Yes, he said.", "It rained.\n\n"]),
    min_size=1,
    max_size=14,
)


@settings(deadline=None)
@given(SENTENCES, st.data())
def test_a_fragment_opens_an_article_at_its_own_sentence(sentences, data):
    text = " ".join(sentences)
    at = data.draw(st.integers(0, len(sentences) - 1))
    start = len(" ".join(sentences[:at])) + (1 if at else 0)

    found = text_fragment(text, start, start + len(sentences[at].rstrip()))

    assert not found or place_of(text, start) == opened(text, found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It’s over, he said.", "It's over, he said."),
        ("“We go,” he said.", '"We go," he said.'),
        ("The ha\u00adrbour is shut.", "The harbour is shut."),
        ("The har\u200bbour is shut.", "The harbour is shut."),
    ],
)
def test_what_looks_alike_to_a_browser_is_told_apart_by_the_words_around(first, second):
    text = f"Ana Horvat spoke. {first}\n\nIvan Marek answered. {second}"
    start = text.rindex(second)

    fragment = text_fragment(text, start, start + len(second))

    assert fragment.startswith("text=Ivan%20Marek%20answered.-,")


def test_a_title_in_the_same_words_is_not_opened_instead():
    text = "Ivan Marek answered: “We are tired. We stay here. It rains.”"
    start = text.index("We stay here.")

    assert "text=We%20stay%20here." == text_fragment(text, start, start + 13, "Marek is tired")
    apart = "text=%E2%80%9CWe%20are%20tired.-,We%20stay%20here.,-It%20rains.%E2%80%9D"
    assert apart == text_fragment(text, start, start + 13, "Horvat: We stay here.")
