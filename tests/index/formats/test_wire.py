from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.formats.feeds import Feed, FeedEntry
from index.formats.wire import read_feed, read_items, write_feed, write_items
from index.types import Article, Withdrawal

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
MOMENT = st.none() | st.datetimes(timezones=st.just(UTC))
ARTICLE = st.builds(
    Article, TEXT, TEXT, TEXT, url=st.none() | TEXT, published_at=MOMENT, embargoed_until=MOMENT
)
WITHDRAWAL = st.builds(Withdrawal, TEXT, TEXT, MOMENT)
FEED = st.builds(
    Feed, TEXT, TEXT, st.lists(st.builds(FeedEntry, TEXT, TEXT, updated_at=MOMENT)).map(tuple)
)


def comparable(item: object) -> object:
    """Two errors with the same words are not equal in Python."""
    return str(item) if isinstance(item, ArticleError) else item


@given(st.lists(ARTICLE | WITHDRAWAL | TEXT.map(ArticleError)))
def test_what_a_file_held_comes_over_as_it_was(items):
    assert list(map(comparable, items)) == [
        comparable(item) for item in read_items(write_items(items), "a")
    ]


@given(FEED)
def test_a_feed_comes_over_as_it_was(feed):
    assert feed == read_feed(write_feed(feed), "a")


@pytest.mark.parametrize("body", [b"", b"{", b'[{"id": 1}]', b'[{"id": "a", "title": []}]', b"7"])
def test_an_answer_that_holds_anything_else_is_refused(body):
    with pytest.raises(ArticleError, match=r"a\.html: the reader gave no sense"):
        read_items(body, "a.html")
    with pytest.raises(ArticleError, match=r"a\.html: the reader gave no sense"):
        read_feed(body, "a.html")
