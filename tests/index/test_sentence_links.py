"""Links to the very sentence."""

from __future__ import annotations

import pytest

from index.sentence_links import sentence_link

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
