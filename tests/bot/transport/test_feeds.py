"""The feeds of watches over a real socket: for whoever has the address, and as it stands now."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import feedparser
import httpx
import pytest
from lxml import etree
from starlette.applications import Starlette

from bot.alerts.shelf import Shelf
from bot.transport.feeds import feed_routes
from index.alerts.feed_tokens import KEY, FeedTokens, replace_secret
from index.errors import StoreError
from index.types import Query, Revision
from tests.acceptance.engine_double import EngineDouble, quote
from tests.acceptance.slack_server import start, stop

pytestmark = pytest.mark.server

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
HOSTILE = "“We will <b>stay</b> &amp; ]]> \x0b\ufffe \u202e<script>x</script>,” said Ivan Marek."


@pytest.fixture
def site(tmp_path):
    """A served feed: the engine, the book, and what asks for an address."""

    class Site:
        engine = EngineDouble()
        tokens = FeedTokens(tmp_path)
        shelf = Shelf(tmp_path)

        def found(self, *texts, watch=1, **fields):
            quotes = tuple(quote(text, **fields) for text in texts)
            with self.shelf.book().changing() as changes:
                changes.record(watch, quotes, AT)

        def get(self, path, **headers):
            return httpx.get(f"http://127.0.0.1:{port}{path}", headers=headers, verify=False)

        def feed(self, number=1):
            answer = self.get(self.tokens.path(number))
            assert 200 == answer.status_code
            etree.fromstring(answer.content)  # well-formed to the letter
            read = feedparser.parse(answer.content)
            assert not read.bozo
            return read

    made = Site()
    server, port = start(Starlette(routes=feed_routes(made.engine, made.shelf, made.tokens)))
    yield made
    stop(server)
    made.shelf.close()


@pytest.fixture
def watched(site):
    """The same with a watch that has found a statement."""
    site.shelf.book().add("Russia on exports", Query("Russia on exports"), after=0)
    site.found("“We will stay,” said Ivan Marek.", fragment="text=We%20will")
    return site


def test_a_statement_stands_in_the_feed_with_who_where_and_the_link(watched):
    read = watched.feed()

    assert ("atom10", "onrecord: Russia on exports") == (read.version, read.feed.title)
    assert watched.tokens.path(1) in read.feed.links[0].href
    [entry] = read.entries
    assert "Ivan Marek" == entry.author
    assert entry.title.startswith("Ivan Marek, foreign minister (Russia): “We will stay,”")
    assert "“We will stay,” said Ivan Marek." in entry.content[0].value
    assert "Harbour Post" in entry.content[0].value
    assert "https://harbour-post.example/marek#:~:text=We%20will" == entry.link
    assert ("2026-03-02T08:30:00Z", "2026-03-02T08:30:00Z") == (entry.updated, entry.published)
    assert entry.id.startswith("urn:onrecord:")


def test_what_is_withdrawn_or_no_longer_said_is_not_in_it(watched):
    watched.found("“We will leave,” said Ivan Marek.", article_id="a2")
    assert 2 == len(watched.feed().entries)

    watched.engine.gone.add("“We will leave,” said Ivan Marek.")
    assert 1 == len(watched.feed().entries)
    [alert] = watched.shelf.book().alerts(article="a1")
    with watched.shelf.book().changing() as changes:
        changes.mark(alert, "withdrawn")
    assert [] == watched.feed().entries


def test_what_is_corrected_is_in_it_as_it_reads_now_under_the_same_id(watched):
    [before] = watched.feed().entries
    text = "“We will stay,” said Ivan Marek."
    watched.engine.gone.add(text)
    watched.engine.rewordings[text] = "“We will stay until May,” said Ivan Marek."
    changed = datetime(2026, 3, 3, 9, tzinfo=UTC)
    watched.engine.history.append(Revision(1, "a1", changed, "changed"))

    [after] = watched.feed().entries

    assert before.id == after.id
    assert "until May" in after.content[0].value
    assert "corrected" in after.content[0].value
    assert ("2026-03-03T09:00:00Z", before.published) == (after.updated, after.published)


def test_what_articles_hold_is_text_and_no_markup(watched):
    watched.found(HOSTILE, speaker=HOSTILE, role=HOSTILE, outlet=HOSTILE, url="javascript:x")

    entry = watched.feed().entries[0]

    body = watched.get(watched.tokens.path(1)).text
    assert "<script" not in body
    # The content is HTML, so it is escaped for that, and once more for XML; a title is text.
    content = body[body.index("<content") :]
    assert ("&lt;script" in content, "&amp;lt;script" in content) == (False, True)
    assert "<script" not in entry.content[0].value
    assert "javascript" not in str(entry.get("links"))
    assert "\u202e" not in body


def test_a_reader_that_has_it_gets_nothing_and_a_change_the_whole(watched):
    path = watched.tokens.path(1)
    first = watched.get(path)
    tag = first.headers["etag"]

    same = [watched.get(path, **{"If-None-Match": each}) for each in (tag, f'"x", W/{tag}')]
    watched.found("“We will leave,” said Ivan Marek.", article_id="a2")
    changed = watched.get(path, **{"If-None-Match": tag})

    assert [(304, b"")] * 2 == [(answer.status_code, answer.content) for answer in same]
    assert (200, "private, max-age=60") == (changed.status_code, changed.headers["cache-control"])
    assert "application/atom+xml; charset=utf-8" == changed.headers["content-type"]


@pytest.mark.parametrize("number", [1, 2, 10**30])
def test_without_the_token_nobody_learns_which_watches_there_are(watched, number, monkeypatch):
    looked = []
    monkeypatch.setattr(watched.shelf, "kept", lambda: looked.append(1))
    right = watched.tokens.token(number)
    others = (watched.tokens.token(number + 1), "é", "x" * 9_000, "&token=1")
    for token in ("", right[:-1], f"{right}0", *others):
        answer = watched.get(f"/feeds/{number}.atom?token={token}")
        assert (404, b"") == (answer.status_code, answer.content)

    assert [] == looked


def test_a_watch_that_was_removed_has_no_feed(watched):
    watched.shelf.book().remove(1)

    assert 404 == watched.get(watched.tokens.path(1)).status_code
    assert 404 == watched.get(watched.tokens.path(2)).status_code
    assert 404 == watched.get(watched.tokens.path(10**30)).status_code


def test_an_index_that_cannot_be_read_is_no_empty_feed(watched, monkeypatch):
    def fails(*given, **more):
        raise StoreError("the index cannot be read")

    monkeypatch.setattr(watched.engine, "still_said", fails)

    assert 503 == watched.get(watched.tokens.path(1)).status_code


def test_the_secret_is_for_this_account_alone_and_stays(tmp_path):
    first, second = FeedTokens(tmp_path / "a"), FeedTokens(tmp_path / "a")

    assert 0o600 == stat.S_IMODE((tmp_path / "a" / KEY).stat().st_mode)
    assert first.path(3) == second.path(3)
    assert first.path(3) != FeedTokens(tmp_path / "b").path(3)
    assert len({first.token(number) for number in range(100)}) == 100
    (tmp_path / "a" / KEY).write_text("short")
    with pytest.raises(StoreError, match="is no secret of feeds"):
        FeedTokens(tmp_path / "a")


def test_after_the_secret_was_replaced_only_the_new_address_is_right(watched, tmp_path):
    before = watched.tokens.path(1)
    assert 200 == watched.get(before).status_code

    replace_secret(tmp_path)

    assert 404 == watched.get(before).status_code
    assert 200 == watched.get(FeedTokens(tmp_path).path(1)).status_code
    assert 0o600 == stat.S_IMODE((tmp_path / KEY).stat().st_mode)
