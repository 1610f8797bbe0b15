"""What the worker makes of a queue: indexed, held, refused, tried again, set aside."""

from __future__ import annotations

import errno
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import ClassVar

import pytest

from index import queue as queue_module
from index.arrivals import worker
from index.arrivals.worker import work, work_once
from index.errors import MachineError, StoreError
from index.ingest import analysis
from index.types import Withdrawal
from tests.index.arrivals.arrivals_builders import article, day

pytestmark = pytest.mark.model


def work_all(engine, queue):
    """Work until twice nothing was taken: setting one aside takes nothing either."""
    while work_once(engine, queue) or work_once(engine, queue):
        pass


def states(queue, *names):
    return [queue.status(name).state for name in names]


def test_what_arrived_is_indexed_and_an_arrival_that_says_nothing_new_is_unchanged(engine, queue):
    queue.receive("feed", [article("a"), article("b")])
    work_all(engine, queue)
    queue.receive("feed", [article("a")])
    work_all(engine, queue)

    assert (["a", "b"], ["unchanged", "indexed"]) == (
        list(engine.store.ids()),
        states(queue, "a", "b"),
    )


def test_what_became_of_each_arrival_is_a_line_of_the_log(engine, queue, caplog):
    caplog.set_level("INFO")
    queue.receive("feed", [article("a"), Withdrawal("b", "legal", day(2))])
    work_all(engine, queue)

    lines = [record.getMessage() for record in caplog.records if record.name.endswith("worker")]
    assert ["a: indexed", "b: withdrawn"] == [line.split(",")[0] for line in sorted(lines)]


def test_a_withdrawn_article_stays_away_until_somebody_asks_for_it(engine, queue):
    queue.receive("feed", [article("a", published_at=day(1))])
    work_all(engine, queue)
    queue.receive("feed", [Withdrawal("a", "legal", day(2))])
    work_all(engine, queue)
    queue.receive("feed", [article("a", published_at=day(1))])
    work_all(engine, queue)

    assert ([], "withdrawn") == (list(engine.store.ids()), queue.status("a").state)
    assert "legal" in queue.status("a").reason
    queue.receive("feed", [article("a", published_at=day(1))], manual=True)
    work_all(engine, queue)
    assert ["a"] == list(engine.store.ids())


def test_an_article_whose_embargo_is_over_is_indexed_then(engine, queue, monkeypatch):
    monkeypatch.setattr(queue_module, "_put", _without_looking_at_the_embargo(queue_module._put))
    until = datetime.now(UTC) + timedelta(seconds=1.5)
    queue.receive("feed", [article("a", embargoed_until=until)])
    work_all(engine, queue)
    assert ([], "held") == (list(engine.store.ids()), queue.status("a").state)
    assert "held until" in queue.status("a").reason

    while queue.status("a").state == "held":
        work_all(engine, queue)

    assert datetime.now(UTC) >= until
    assert (["a"], "indexed") == (list(engine.store.ids()), queue.status("a").state)


def _without_looking_at_the_embargo(put):
    """The worker finds out by itself, as it does for a version with a new embargo."""

    def put_due(db, item, known):
        put(db, item, known)
        db.execute("UPDATE arrivals SET due = received_at, state = 'waiting'")

    return put_due


def test_a_refused_article_is_told_and_the_others_are_indexed(engine, queue):
    queue.receive("feed", [article("a"), article("x" * 600)])

    work_all(engine, queue)

    assert ["indexed", "refused"] == states(queue, "a", "x" * 600)
    assert "id has 600 characters" in queue.status("x" * 600).reason


def test_a_poison_article_is_set_aside_after_its_tries_and_the_queue_goes_on(
    engine, queue, monkeypatch
):
    monkeypatch.setattr(queue_module, "_PAUSE", timedelta(0))
    find_candidates, read = analysis.find_candidates, []

    def find(articles):
        read.append([a.id for a in articles])
        if "poison" in read[-1]:
            raise ValueError("no such wind")
        return find_candidates(articles)

    monkeypatch.setattr(analysis, "find_candidates", find)
    queue.receive("feed", [article("a"), article("poison"), article("b")])

    work_all(engine, queue)

    assert ["indexed", "failed", "indexed"] == states(queue, "a", "poison", "b")
    assert "poison: ValueError: no such wind" in queue.status("poison").reason
    assert 4 == read.count(["poison"])
    assert "ValueError" not in (queue.status("a").reason or "")


def test_what_nobody_foresaw_costs_its_batch_a_try_and_the_queue_goes_on(
    engine, queue, monkeypatch
):
    monkeypatch.setattr(queue_module, "_PAUSE", timedelta(0))
    put = engine.store.put

    def store(item, vectors):
        if item.article.id == "poison":
            raise RuntimeError("no such tide")
        put(item, vectors)

    monkeypatch.setattr(engine.store, "put", store)
    queue.receive("feed", [article("poison"), article("b")])

    work_all(engine, queue)

    assert ["failed", "indexed"] == states(queue, "poison", "b")
    assert "RuntimeError: no such tide" in queue.status("poison").reason


def test_a_store_that_fails_stops_the_worker_and_costs_the_article_no_try(
    engine, queue, monkeypatch
):
    def fail(item, vectors):
        raise StoreError("the disk is full")

    queue.receive("feed", [article("a")])
    with monkeypatch.context() as patched:
        patched.setattr(engine.store, "put", fail)
        for _ in range(6):
            with pytest.raises(StoreError, match="disk is full"):
                work(engine, queue, Event())

    work_all(engine, queue)
    assert ["indexed"] == states(queue, "a")


@pytest.mark.parametrize(
    "lack", [OSError(errno.ENOSPC, "no space"), OSError(errno.EMFILE, "files"), MemoryError()]
)
@pytest.mark.parametrize("place", ["reading", "storing"])
def test_a_machine_that_lacks_something_costs_no_try_only_time(
    engine, queue, monkeypatch, lack, place
):
    def fail(*arguments):
        raise lack

    queue.receive("feed", [article("a"), article("b")])
    with monkeypatch.context() as patched:
        if place == "reading":
            patched.setattr(analysis, "find_candidates", fail)
        else:
            patched.setattr(engine.store, "put", fail)
        for _ in range(6):
            with pytest.raises(MachineError, match="the machine lacks"):
                work_once(engine, queue)
    assert "the machine lacks" in queue.status("a").reason

    work_all(engine, queue)
    assert ["indexed", "indexed"] == states(queue, "a", "b")


def test_a_worker_waits_twice_as_long_each_time_the_machine_lacks_something(monkeypatch):
    class Stop(Event):
        waits: ClassVar[list[float]] = []

        def wait(self, timeout=None):
            self.waits.append(timeout)
            if len(self.waits) == 4:
                self.set()
            return self.is_set()

    def fail(index, queue):
        raise MachineError("no space")

    monkeypatch.setattr(worker, "work_once", fail)
    work(None, None, Stop())

    assert [1.0, 2.0, 4.0, 8.0] == Stop.waits


def test_a_worker_uses_its_time_while_nothing_waits(monkeypatch):
    taken, done, stop = [2, 0, 1, 0], [], Event()

    def take(index, queue):
        count = taken.pop(0)
        if not taken:
            stop.set()
        return count

    monkeypatch.setattr(worker, "work_once", take)
    work(None, None, stop, lambda: done.append("after"), lambda: done.append("idle"))

    assert ["after", "after", "idle", "after", "idle"] == done
