"""Links to the very sentence."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.sentence_links import sentence_link, text_directive

URL = "https://harbour-post.example/a"


@pytest.mark.parametrize(
    ("sentence", "want"),
    [
        ("We stay.", "text=We%20stay."),
        ("A T-72, and more", "text=A%20T%2D72%2C%20and%20more"),
        ("bread & butter", "text=bread%20%26%20butter"),
        ("“Quoted”\n  twice", "text=%E2%80%9CQuoted%E2%80%9D%20twice"),
        ("100 % #sure?", "text=100%20%25%20%23sure%3F"),
    ],
)
def test_what_is_syntax_in_a_text_fragment_is_encoded(sentence, want):
    assert want == text_directive(sentence)


def test_a_long_sentence_is_given_by_its_first_and_last_words():
    sentence = "One two three four five six " + "and on " * 40 + "u v w x y z."

    assert ("text=One%20two%20three%20four%20five%20six,u%20v%20w%20x%20y%20z.") == text_directive(
        sentence
    )


@pytest.mark.parametrize(
    ("url", "want"),
    [
        (URL, f"{URL}#:~:text=Yes."),
        (f"{URL}#part", f"{URL}#part:~:text=Yes."),
        (f"{URL}#:~:text=No", f"{URL}#:~:text=No"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("http://[bad", None),
        ("https://a.example/" + "x" * 3_000, None),
        (None, None),
    ],
)
def test_only_addresses_that_a_reader_can_open_are_linked(url, want):
    assert want == sentence_link(url, "Yes.")


@settings(deadline=None)
@given(st.text())
def test_an_encoded_sentence_reads_back_without_its_line_breaks(sentence):
    directive = text_directive(sentence)

    if directive is not None and "," not in directive:
        assert " ".join(sentence.split()) == unquote(directive.removeprefix("text="))
        assert not set("-,& ") & set(directive.removeprefix("text="))
