from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from index.errors import ArticleError, FetchError
from index.sources.feed import read_feed
from index.sources.url import read_url
from index.sources.web.fetch import Fetcher
from index.types import Article
from tests.index.sources.sites import PAGE, Site, serving

pytestmark = pytest.mark.server
FEED = """<rss version="2.0"><channel><title>Harbour Post</title><ttl>15</ttl>
<item><title>Ferry stays</title><guid>a</guid><link>{base}/a</link>
<pubDate>Tue, 13 Feb 2018 10:30:00 GMT</pubDate><description>The ferry…</description></item>
<item><title>Ferry sinks</title><guid>b</guid><link>{base}/none</link></item>
</channel></rss>"""


@pytest.fixture
def own() -> Fetcher:
    return Fetcher(allowed=frozenset({"127.0.0.1"}))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/a": (200, {"Content-Type": "text/html"}, PAGE)}) as made:
        rss = FEED.format(base=made.url("")).encode()
        made.pages["/feed"] = (200, {"Content-Type": "text/xml", "ETag": '"7"'}, rss)
        yield made


def test_a_page_is_read_with_its_own_address(site, own):
    (article,) = read_url(site.url("/a"), own)

    assert isinstance(article, Article)
    assert (site.url("/a"), "Ferry stays") == (article.url, article.title)
    assert "the ferry would stay in port" in article.text


def test_a_feed_is_read_once_with_the_pages_of_its_entries(site, own):
    stays, sinks = read_url(site.url("/feed"), own)

    assert isinstance(stays, Article)
    assert "the ferry would stay in port" in stays.text
    assert ("Harbour Post", datetime(2018, 2, 13, 10, 30, tzinfo=UTC)) == (
        stays.outlet,
        stays.published_at,
    )
    assert isinstance(sinks, ArticleError)
    assert str(sinks).startswith(f"{site.url('/none')}: the site answers 404")


def test_an_entry_that_is_whole_in_the_feed_costs_no_page(site, own):
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "%s", '
    feed += b'"title": "Ferry", "content_text": "The ferry sailed."}]}'
    site.pages["/feed.json"] = feed % site.url("/a").encode()

    (article,) = read_url(site.url("/feed.json"), own)

    assert ("The ferry sailed.", ["/feed.json"]) == (article.text, site.paths)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ((200, {"Content-Type": "image/png"}, b"\x89PNG\r\n"), "is no article format"),
        ((200, {"Content-Type": "text/html"}, b"<p></p>"), "no article text was found"),
        ((410, {}, b""), "the site says that the page is gone"),
        ((200, {"Content-Type": "application/xml"}, b"<rss version='2.0'/>"), "has no entries"),
    ],
)
def test_what_is_no_article_is_an_error_that_names_the_address(site, own, answer, fault):
    site.pages["/b"] = answer

    (error,) = read_url(site.url("/b"), own)

    assert isinstance(error, ArticleError)
    assert str(error).startswith(site.url("/b"))
    assert fault in str(error)


def test_a_feed_tells_its_entries_and_what_to_ask_with_next_time(site, own):
    reading = read_feed(site.url("/feed"), fetcher=own)

    assert ["Ferry stays", "Ferry sinks"] == [entry.title for entry in reading.entries]
    assert ("Harbour Post", '"7"', 15) == (reading.title, reading.etag, reading.ttl)
    assert (True, False, None) == (reading.changed, reading.gone, reading.moved_to)
    assert "The ferry…" == reading.entries[0].summary


def test_an_unchanged_feed_keeps_its_marks_and_has_no_entries(site, own):
    site.pages["/feed"] = (304, {}, b"")

    reading = read_feed(site.url("/feed"), etag='"7"', modified="then", fetcher=own)

    assert (False, (), '"7"', "then") == (
        reading.changed,
        reading.entries,
        reading.etag,
        reading.modified,
    )


def test_a_feed_that_moved_or_is_gone_says_so(site, own):
    site.pages["/old"] = (301, {"Location": "/feed"}, b"")
    site.pages["/gone"] = (410, {}, b"")

    assert site.url("/feed") == read_feed(site.url("/old"), fetcher=own).moved_to
    assert read_feed(site.url("/gone"), fetcher=own).gone


def test_what_is_no_feed_is_refused_by_its_address(site, own):
    with pytest.raises(ArticleError, match="not an RSS or Atom feed"):
        read_feed(site.url("/a"), fetcher=own)
    with pytest.raises(FetchError, match="the site answers 404"):
        read_feed(site.url("/none"), fetcher=own)


def test_a_page_is_its_own_origin_whatever_address_it_claims(site, own):
    claim = b"<link rel='canonical' href='https://wire.example/pact'></head>"
    body = PAGE.replace(b"</head>", claim)
    site.pages["/claims"] = (200, {"Content-Type": "text/html"}, body)

    (article,) = read_url(site.url("/claims"), own)

    assert "https://wire.example/pact" == article.url
    assert f"page 127.0.0.1:{site.port}/claims" == article.origin


def test_what_is_added_from_a_feed_belongs_to_that_feed(site, own):
    items = [item for item in read_url(site.url("/feed"), own) if isinstance(item, Article)]

    assert {f"feed {site.url('/feed')}"} == {item.origin for item in items}
