"""Links to the very sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.sentence_links import quote_link, sentence_link
from tests.index.quote_builders import quote as made_quote

URL = "https://harbour-post.example/a"


@pytest.mark.parametrize(
    ("url", "want"),
    [
        (URL, f"{URL}#:~:text=Yes."),
        (f"{URL}#part", f"{URL}#part:~:text=Yes."),
        (f"{URL}#:~:text=No", f"{URL}#:~:text=Yes."),
        (f"{URL}#part:~:text=No", f"{URL}#part:~:text=Yes."),
        ("https://harbour-post.example@evil.example/", None),
        ("https://evil.example\\@harbour-post.example/", None),
        ("https://harbour-post.example/@mara", "https://harbour-post.example/@mara#:~:text=Yes."),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("http://[bad", None),
        ("https://a.example/" + "x" * 3_000, None),
        (None, None),
    ],
)
def test_only_addresses_that_a_reader_can_open_are_linked(url, want):
    assert want == sentence_link(url, "text=Yes.")


def test_a_sentence_that_no_words_match_alone_is_linked_by_its_page():
    assert URL == sentence_link(URL, "")
    assert URL == sentence_link(f"{URL}#:~:text=No", "")


@pytest.mark.parametrize(
    ("url", "fragment", "want"),
    [
        (URL, "text=Yes.", f"{URL}#page=3:~:text=Yes."),
        (URL, "", f"{URL}#page=3"),
        (f"{URL}#part", "text=Yes.", f"{URL}#part:~:text=Yes."),
        (None, "", None),
        (URL + "x" * (2_800 - len(URL)), "", URL + "x" * (2_800 - len(URL))),
    ],
)
def test_a_sentence_of_a_document_is_linked_at_its_page(url, fragment, want):
    assert want == sentence_link(url, fragment, 3)


def test_a_quote_without_an_address_is_linked_to_the_page_that_shows_it():
    quote = made_quote("No.", url=None, reader="https://desk.example/article/a?key=1#s2")

    assert "https://desk.example/article/a?key=1#s2" == quote_link(quote)
    assert URL == quote_link(replace(quote, url=URL))
    assert quote_link(replace(quote, reader=None)) is None
