"""`onrecord feeds`: the list of feeds, how it is changed, and what is printed of each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.arrivals.feeds.state import FeedHealth, FeedStates
from index.arrivals.feeds.subscriptions import OPML, feed_address, followed
from index.cli.main import main
from index.errors import SettingsError
from index.maintenance.doctor import _feeds
from index.queue import Queue
from index.settings import load_index_settings
from tests.index.sources.sites import PAGE, serving

pytestmark = pytest.mark.server

NOW = datetime.now(UTC)
FEED = b"<rss version='2.0'><channel><title>Harbour\x07 &amp; Post</title></channel></rss>"
LIST = """<opml version="2.0"><body>
<outline text="News"><outline text="One" xmlUrl="https://one.example/feed"/>
<outline text="Again" xmlUrl="https://one.example/feed"/></outline>
<outline text="Odd" xmlUrl="https://user@two.example/feed"/><outline text="A page"/>
</body></opml>"""


@pytest.fixture
def onrecord(tmp_path, capsys, monkeypatch):
    """Run the command; gives (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INDEX_FETCH_ALLOW", "127.0.0.1")

    def run(*words):
        code = main(["--data-dir", str(tmp_path / "data"), *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


@pytest.fixture
def site():
    with serving({"/feed": FEED.replace(b"\x07", b""), "/page": PAGE}) as made:
        yield made


@pytest.fixture
def known(tmp_path):
    """Write down how a feed does."""
    queue = Queue(tmp_path / "data")
    yield FeedStates(queue.database).keep
    queue.close()


def urls(tmp_path):
    return [feed.url for feed in followed(load_index_settings(data_dir=tmp_path / "data"))]


# Changing the list


def test_a_feed_that_is_added_is_looked_at_and_listed_by_its_name(onrecord, site, tmp_path):
    url = site.url("/feed")

    added, again = onrecord("feeds", "add", url), onrecord("feeds", "add", url)

    assert (0, True) == (added[0], f"Harbour & Post: {url} is followed from now on" in added[1])
    assert "is already followed" in again[1]
    assert [url] == urls(tmp_path)
    assert onrecord("feeds")[1].startswith(f"Harbour & Post: {url}\n")


@pytest.mark.parametrize(
    ("path", "fault"), [("/page", "not an RSS or Atom feed"), ("/none", "the site answers 404")]
)
def test_what_is_no_feed_is_not_added(onrecord, site, tmp_path, path, fault):
    code, _, err = onrecord("feeds", "add", site.url(path), site.url("/feed"))

    assert (1, True) == (code, f"refused: {site.url(path)}" in err)
    assert fault in err
    assert [site.url("/feed")] == urls(tmp_path)


def test_a_feed_that_cannot_be_looked_at_now_is_added_all_the_same(onrecord, site, tmp_path):
    site.pages["/feed"] = (503, {}, b"")

    code, _, err = onrecord("feeds", "add", site.url("/feed"))

    assert (0, True) == (code, "cannot be read now" in err)
    assert [site.url("/feed")] == urls(tmp_path)


def test_an_address_may_be_typed_without_its_beginning():
    assert "https://news.example/feed" == feed_address("news.example/feed", load_index_settings())


def test_what_is_no_address_is_an_error_of_usage(onrecord):
    code, _, err = onrecord("feeds", "add", "ftp://x.example/feed")

    assert (2, True) == (code, "only http and https are fetched" in err)


def test_a_removed_feed_is_gone_from_the_list_and_the_rest_of_the_file_stays(onrecord, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / OPML).write_text(LIST.replace("user@", ""), "utf-8")

    first = onrecord("feeds", "remove", "https://one.example/feed")
    second = onrecord("feeds", "remove", "https://one.example/feed")

    assert (0, 1) == (first[0], second[0])
    assert ["https://two.example/feed"] == urls(tmp_path)
    assert 'text="News"' in (tmp_path / "data" / OPML).read_text("utf-8")


def test_the_list_of_another_reader_is_taken_over_without_what_cannot_be_followed(
    onrecord, tmp_path
):
    (tmp_path / "mine.opml").write_text(LIST, "utf-8")

    code, out, err = onrecord("feeds", "import", "mine.opml", "--json")

    assert (1, [{"url": "https://one.example/feed", "title": "One", "added": True}]) == (
        code,
        [json.loads(line) for line in out.splitlines()],
    )
    assert "user name" in err
    assert ["https://one.example/feed"] == urls(tmp_path)


@pytest.mark.parametrize(
    "text", ["<opml><body>", "<rss/>", "", "<!DOCTYPE o [<!ENTITY a 'b'>]><opml>&a;</opml>"]
)
def test_a_list_that_is_none_is_refused_by_name(onrecord, tmp_path, text):
    (tmp_path / "bad.opml").write_text(text, "utf-8")

    code, _, err = onrecord("feeds", "import", "bad.opml")

    assert (1, True) == (code, "onrecord: bad.opml: " in err)


def test_a_broken_list_of_our_own_is_named_with_the_way_out(onrecord, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / OPML).write_text("<opml><body>", "utf-8")

    code, _, err = onrecord("feeds")

    assert (2, True) == (code, f"{OPML}: not well-formed" in err and "fix it" in err)


def test_feeds_of_the_settings_are_followed_and_taken_out_only_there(
    onrecord, tmp_path, monkeypatch
):
    monkeypatch.setenv("INDEX_FEEDS", "https://a.example/1,2 https://b.example/")

    code, _, err = onrecord("feeds", "remove", "https://a.example/1,2")

    assert ["https://a.example/1,2", "https://b.example/"] == urls(tmp_path)
    assert (2, True) == (code, "INDEX_FEEDS" in err)


def test_a_setting_that_names_no_address_is_refused(monkeypatch):
    monkeypatch.setenv("INDEX_FEEDS", "news.example/feed")

    with pytest.raises(SettingsError, match="INDEX_FEEDS"):
        load_index_settings()


# What is printed

WELL = FeedHealth(
    "https://one.example/feed",
    title="One",
    looked_at=NOW,
    new_at=NOW - timedelta(hours=1),
    due=NOW + timedelta(minutes=5),
)


@pytest.mark.parametrize(
    ("health", "line", "level"),
    [
        (None, "not looked at yet", "info"),
        (WELL, "last new article", "ok"),
        (replace(WELL, new_at=None), "nothing new so far", "ok"),
        (replace(WELL, errors=3, fault="x answers 500; try later"), "failed 3 times", "warn"),
        (replace(WELL, gone=True), "gone for good", "warn"),
        (replace(WELL, moved_to="https://new.example/"), "moved to https://new", "ok"),
    ],
    ids=["new", "well", "quiet", "failing", "gone", "moved"],
)
def test_how_a_feed_does_is_told_by_the_command_and_by_the_doctor(
    onrecord, tmp_path, known, health, line, level
):
    (tmp_path / "data" / OPML).write_text(LIST.replace("user@two", "one"), "utf-8")
    if health is not None:
        known(health)

    code, out, err = onrecord("feeds")
    record = json.loads(onrecord("feeds", "--json")[1])
    (finding,) = _feeds(load_index_settings(data_dir=tmp_path / "data"))

    assert (0, True, "") == (code, line in out, err)
    assert out.startswith("One: https://one.example/feed")
    assert ("https://one.example/feed", health.errors if health else 0) == (
        record["url"],
        record["errors"],
    )
    assert (level, level in ("ok",)) == (finding.level, not finding.fix)


def test_looks_that_nobody_does_are_told(onrecord, tmp_path, known):
    (tmp_path / "data" / OPML).write_text(LIST, "utf-8")
    known(replace(WELL, due=NOW - timedelta(hours=1)))

    err = onrecord("feeds")[2]
    finding = next(iter(_feeds(load_index_settings(data_dir=tmp_path / "data"))))

    assert "`onrecord watch` must be running" in err
    assert ("warn", "start onrecord watch, which looks at them") == (finding.level, finding.fix)


def test_without_feeds_the_way_to_the_first_is_told(onrecord):
    code, _, err = onrecord("feeds")

    assert (0, True) == (code, "onrecord feeds add URL" in err)
