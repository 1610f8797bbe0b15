"""One page, many spellings; and pages that must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.urls import canonical_url


@pytest.mark.parametrize(
    "spelling",
    [
        "https://herald.example/a/strike?id=7",
        "http://www.Herald.example:80/a/strike/?id=7#live",
        "HTTPS://herald.example:443/a/strike?utm_source=mail&id=7&fbclid=x",
        "https://herald.example./a/strike?id=7",
        "https://herald.example/a/strike?id=7&ref=homepage",
        "https://herald.example/a/strike?id=7#/",
    ],
)
def test_spellings_of_one_address_are_one(spelling):
    assert "herald.example/a/strike?id=7" == canonical_url(spelling)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://herald.example/a", "https://herald.example/A"),
        ("https://herald.example/a?id=7", "https://herald.example/a?id=8"),
        ("https://herald.example/a", "https://news.herald.example/a"),
        ("https://herald.example/a", "https://herald.example:8080/a"),
        ("https://herald.example/a?x=%2F", "https://herald.example/a?x=%26"),
        ("https://herald.example/a?ref=1001", "https://herald.example/a?ref=1002"),
        ("https://herald.example/#/story/1", "https://herald.example/#/story/2"),
        ("https://herald.example/a#!/story/1", "https://herald.example/a#!/story/2"),
    ],
)
def test_different_pages_stay_apart(one, other):
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://herald.example",
        "https://herald.example/?utm_source=mail",
        "ftp://herald.example/a",
        "file:///a",
        "https:///a",
        "https://[::1/a",
        "https://herald.example:99999/a",
    ],
)
def test_what_names_no_single_page_has_no_canonical_address(address):
    assert canonical_url(address) is None


@given(st.text(alphabet="htps:/w.aé%?&=#[]@ 1\0\ud800"))
def test_any_text_has_one_spelling_or_none(text):
    found = canonical_url("https://a.example/" + text)

    assert found is None or found == canonical_url("https://" + found)


def test_the_updates_of_a_live_blog_are_apart():
    page = "https://post.example/live"
    updates = [f"{page}#update-{number:08x}" for number in (1, 2)]

    assert 3 == len({canonical_url(url) for url in (page, *updates)})
    assert canonical_url(page) == canonical_url(f"{page}#comments")
