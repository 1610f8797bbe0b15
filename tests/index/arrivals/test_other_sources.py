"""Nobody speaks for another source, from the feed or the file to the answer."""

from __future__ import annotations

from contextlib import ExitStack, closing

import pytest

from index.arrivals.folders import Folders
from index.arrivals.indexer import run_indexer
from index.labels import OTHER_WORDS_THERE
from index.origins import second_id
from index.queue import Queue, hold_until_embargo
from index.settings import load_index_settings
from index.sources.folder import read_paths
from index.types import Withdrawal
from tests.index.arrivals.arrivals_builders import article, day, lines, open_tiny
from tests.index.arrivals.feed_builders import Newsroom, seen
from tests.index.arrivals.test_worker import work_all
from tests.index.sources.sites import serving

pytestmark = [pytest.mark.model, pytest.mark.server]

KEPT = "“The pact would be kept,” Foreign Minister Ana Horvat told reporters in the harbour."
TORN = "“The pact was torn up,” Foreign Minister Ana Horvat told reporters in the harbour."


def one_feed(site, link, text, *, at):
    body = (
        "<rss version='2.0'><channel><title>Harbour Post</title><item><title>Pact</title>"
        f"<guid>urn:x:pact</guid><link>{link}</link><pubDate>{at:02} Feb 2018 10:00:00 GMT"
        f"</pubDate><description>{text}</description></item></channel></rss>"
    )
    site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, body.encode())


@pytest.mark.parametrize("first", ["genuine", "rival"])
def test_a_feed_does_not_take_over_the_article_of_another_one(engine, queue, poll, first):
    with ExitStack() as stack:
        genuine, rival = (stack.enter_context(serving({})) for _ in range(2))
        link = genuine.url("/pact")
        one_feed(genuine, link, KEPT, at=3)
        one_feed(rival, link, TORN, at=4)
        for site in (genuine, rival) if first == "genuine" else (rival, genuine):
            seen(Newsroom(site), poll)
            work_all(engine, queue)

        found = {
            engine.store.get(name).article.origin: engine.store.get(name).article.text
            for name in engine.store.ids()
        }
        asked = engine.answer("What did Horvat say about the pact?")
        listed = engine.quoted_in(link)

    assert {f"feed {genuine.url('/feed')}": KEPT, f"feed {rival.url('/feed')}": TORN} == found
    assert {KEPT, TORN} == {one.text for one in asked.quotes}
    assert all(OTHER_WORDS_THERE in one.labels for one in asked.quotes)
    assert [KEPT] == [one.text for one in listed.quotes]


def test_what_became_of_each_origins_arrival_is_reported_to_it(engine, queue):
    queue.receive("feed https://a.example/rss", [article("a")])
    work_all(engine, queue)
    queue.receive("push", [article("a", days=9)])
    queue.receive("push", [Withdrawal("b", "legal", day(2))])
    work_all(engine, queue)
    queue.receive("push", [Withdrawal("a", "legal", day(9))])
    work_all(engine, queue)

    assert (["a"], "withdrawn") == (list(engine.store.ids()), queue.status("a", "push").state)
    assert "belongs to another source (feed a.example)" in queue.status("a", "push").reason


def test_a_feed_and_a_folder_with_the_same_article_are_one(engine, queue):
    same = article("a", url="https://a.example/1", published_at=day(3))
    queue.receive("feed https://a.example/rss", [same])
    work_all(engine, queue)
    queue.receive("folder /in", [same])
    work_all(engine, queue)

    status = queue.status("a", "folder /in")
    assert (["a"], "unchanged") == (list(engine.store.ids()), status.state)
    assert "a (feed a.example)" in status.reason


def test_two_origins_in_one_batch_do_not_meet(engine):
    items = [article("a", origin="push"), article("a", days=9, origin="folder /in")]

    outcomes = list(engine.add(items))

    assert ["a", second_id("a", "folder /in")] == [one.id for one in outcomes]
    assert [None, "a"] == [one.given_id for one in outcomes]


def test_what_is_added_out_of_a_folder_that_is_watched_later_is_one_article(tmp_path, engine):
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "a.jsonl").write_bytes(lines("a"))
    list(engine.add(read_paths([str(inbox)])))
    folder = Folders([inbox])

    with closing(Queue(tmp_path)) as queue:
        folder.look(queue)
        (inbox / "a.jsonl").write_bytes(lines("a").replace(b"3 days", b"9 days"))
        queue.receive(f"folder {inbox.resolve()}", [article("a", days=9)])
        work_all(engine, queue)

    assert ["a"] == list(engine.store.ids())
    assert "9 days" in engine.store.get("a").article.text


def test_an_article_held_by_hand_keeps_its_origin_until_its_embargo_ends(tmp_path):
    hold_until_embargo(tmp_path, article("a", origin="files /home/desk"))

    with closing(Queue(tmp_path)) as queue:
        assert ["files /home/desk"] == [one.item.origin for one in queue.take(1)]


def test_an_older_index_learns_from_its_queue_whose_its_articles_are(tmp_path, monkeypatch):
    from threading import Event

    from index.store.sqlite.origins import UNKNOWN

    with closing(open_tiny(tmp_path)) as index, closing(Queue(tmp_path)) as queue:
        list(index.add([article("a")]))
        with index.store._database.writing() as db:
            db.execute("INSERT INTO meta VALUES (?, 1)", (UNKNOWN,))
        queue.receive("push", [article("a")])
        (arrival,) = queue.take(1)
        queue.settle(arrival, "indexed", None)
    monkeypatch.setattr(
        "index.arrivals.indexer.open_index", lambda settings, create: open_tiny(settings.data_dir)
    )
    stop = Event()
    stop.set()

    run_indexer(load_index_settings(data_dir=tmp_path), [], stop)

    with closing(open_tiny(tmp_path)) as index:
        assert "push" == index.store.origins.owner("a")


def test_a_source_that_another_process_was_faster_than_is_tried_again_beside_it(
    engine, queue, monkeypatch
):
    put, theirs = engine.store.put, article("a", origin="folder /in")

    def put_late(item, vectors):
        """Let another process store its article of that id first."""
        monkeypatch.setattr(engine.store, "put", put)
        list(engine.add([theirs]))
        put(item, vectors)

    monkeypatch.setattr(engine.store, "put", put_late)
    queue.receive("push", [article("a", days=9)])
    work_all(engine, queue)
    while queue.status("a").state == "waiting":
        work_all(engine, queue)

    texts = {name: engine.store.get(name).article.text for name in engine.store.ids()}
    assert {"a": theirs.text, second_id("a", "push"): article("a", days=9).text} == texts
