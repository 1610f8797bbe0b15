"""The queue: newest first, one row an article, nothing lost and nothing tried for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import queue as queue_module
from index.errors import ArticleError, StoreError
from index.queue import ARRIVALS, MAX_TRIES, Queue, hold_until_embargo, record_refusals
from index.queue.backlog import backlog_lines, backlog_record, read_backlog, reason_kind
from index.types import Withdrawal
from tests.index.arrivals.arrivals_builders import article, day


@pytest.fixture
def at_once(monkeypatch):
    """Retries need not wait."""
    monkeypatch.setattr(queue_module, "_PAUSE", timedelta(0))


def names(arrivals):
    return [arrival.id for arrival in arrivals]


def test_the_newest_publication_is_taken_first_and_a_withdrawal_before_all(queue):
    queue.receive("feed", [article("old", published_at=day(1)), article("undated")])
    queue.receive("feed", [article("new", published_at=day(3)), Withdrawal("gone", "legal")])

    assert ["gone", "new"] == names(queue.take(2))
    assert ["old", "undated"] == names(queue.take(9))
    assert [] == queue.take(9)


def test_versions_of_one_article_are_taken_in_the_order_in_which_they_came(queue):
    queue.receive("feed", [article("a", days=3), article("a", days=5, published_at=day(3))])
    queue.receive("feed", [Withdrawal("a", "legal")])

    taken = []
    for _ in range(3):
        (arrival,) = queue.take(9)
        taken.append(arrival.item)
        queue.settle(arrival, "indexed", None)

    versions = [article("a", days=3), article("a", days=5, published_at=day(3))]
    expected = [*versions, Withdrawal("a", "legal")]
    assert [replace(item, origin="feed") for item in expected] == taken
    assert [] == queue.take(9)


def test_the_status_is_that_of_the_last_arrival(queue):
    queue.receive("feed", [article("a", days=3)])
    (first,) = queue.take(9)
    queue.receive("feed", [article("a", days=5)])

    queue.settle(first, "indexed", None)

    assert "waiting" == queue.status("a").state


@pytest.mark.parametrize(
    ("held", "new", "kept"), [(5, 4, True), (5, 5, False), (5, 6, False), (None, 4, False)]
)
def test_a_held_version_gives_way_to_a_newer_one_and_not_to_an_older(queue, held, new, kept):
    until = datetime.now(UTC) + timedelta(hours=1)
    queue.receive("feed", [article("a", embargoed_until=until, revised_at=held and day(held))])
    queue.receive("feed", [article("a", days=9, revised_at=day(new))])

    assert [9] == [int(arrival.item.text[13]) for arrival in queue.take(9)]
    assert kept == bool(read_backlog(queue.database.path.parent).embargoed)


def test_what_was_received_and_not_settled_is_taken_again_after_a_restart(queue, tmp_path, at_once):
    queue.receive("feed", [article("a"), article("b")])
    queue.take(9)
    queue.close()

    again = Queue(tmp_path / "data")
    (first,) = again.take(9)
    again.settle(first, "indexed", None)

    assert {"a", "b"} == {first.id, *names(again.take(9))}
    again.close()


def test_an_article_that_stops_the_indexer_each_time_is_set_aside_and_the_rest_goes_on(
    queue, at_once
):
    """Taken with others once, then three times alone; nobody lives to tell what happened."""
    queue.receive("feed", [article("bad"), article("good")])
    tried = names(queue.take(9))
    for _ in range(20):
        for arrival in queue.take(9):
            tried.append(arrival.id)
            if arrival.id == "good":
                queue.settle(arrival, "indexed", None)

    assert (MAX_TRIES, 2) == (tried.count("bad"), tried.count("good"))
    status = queue.status("bad")
    assert "failed" == status.state
    assert status.reason.startswith("bad: the indexer stopped each time while it read this article")
    assert "indexed" == queue.status("good").state


def test_a_retry_waits_a_moment_so_that_others_go_first(queue):
    queue.receive("feed", [article("a")])
    queue.take(9)
    queue.receive("feed", [article("b")])

    assert ["b"] == names(queue.take(9))


def test_an_article_under_embargo_is_not_taken_before_its_hour(queue, tmp_path):
    until = datetime.now(UTC) + timedelta(hours=1)
    hold_until_embargo(tmp_path / "data", article("a", embargoed_until=until))
    assert ("held", []) == (queue.status("a").state, queue.take(9))

    queue.receive("feed", [article("a", embargoed_until=until - timedelta(hours=2))])

    assert ["a"] == names(queue.take(9))


def test_a_held_article_comes_when_its_embargo_ends(queue):
    queue.receive("feed", [article("a")])
    (arrival,) = queue.take(9)

    queue.hold(arrival, datetime.now(UTC) + timedelta(hours=1), "held until later")
    assert ("held", []) == (queue.status("a").state, queue.take(9))
    queue.hold(arrival, datetime.now(UTC), "held until now")

    assert ["a"] == names(queue.take(9))


def test_what_people_chose_and_what_a_source_brought_are_not_mixed(queue):
    queue.receive("push", [article("a", published_at=day(2))], manual=True)
    queue.receive("feed", [article("b", published_at=day(1)), article("c", published_at=day(3))])

    assert [["c", "b"], ["a"]] == [names(queue.take(9)), names(queue.take(9))]


def test_a_refused_file_is_to_be_moved_with_all_its_reasons_until_somebody_looked(queue):
    faults = [ArticleError("line 1"), article("a"), ArticleError("line 3")]
    queue.receive("folder /in", faults, file="/in/x.jsonl", mark="1")
    (arrival,) = queue.take(9)
    queue.settle(arrival, "refused", "no text")

    assert {"/in/x.jsonl": ["line 1", "line 3", "no text"]} == queue.to_move("folder /in")
    assert {"/in/x.jsonl": "1"} == queue.received()
    queue.looked_at("/in/x.jsonl", moved=True)
    assert ({}, {}) == (queue.to_move("folder /in"), queue.received())


def test_a_refused_file_that_could_not_be_moved_is_not_read_again(queue):
    queue.receive("folder /in", [ArticleError("line 1")], file="/in/x.jsonl", mark="1")

    queue.looked_at("/in/x.jsonl", moved=False)

    assert ({}, {"/in/x.jsonl": "1"}) == (queue.to_move("folder /in"), queue.received())


def test_the_backlog_tells_queue_lag_origins_and_refusals(queue, tmp_path):
    assert read_backlog(tmp_path) is None
    until = datetime.now(UTC) + timedelta(hours=1)
    queue.receive("feed", [article("a"), article("b"), article("c", embargoed_until=until)])
    queue.receive("push", [article("d"), ArticleError("line 3: no text")])
    for arrival in queue.take(9)[:1]:
        queue.settle(arrival, "indexed", None)

    backlog = read_backlog(tmp_path / "data")
    record = backlog_record(backlog)

    assert (2, 1, 1) == (record["waiting"], record["held"], record["refused"])
    assert [("feed", "c"), ("push", "d")] == [(o["origin"], o["id"]) for o in record["last"]]
    assert ["line 3: no text"] == [refusal["reason"] for refusal in record["refusals"]]
    assert 0 <= record["lag_seconds"] < 60
    assert any("line 3: no text" in line for line in backlog_lines(backlog))


def test_a_queue_that_is_none_is_refused_with_its_path(tmp_path):
    (tmp_path / ARRIVALS).write_bytes(b"minutes of the meeting\n" * 1_000)

    with pytest.raises(StoreError, match=ARRIVALS):
        Queue(tmp_path)


@settings(max_examples=30, deadline=None)
@given(
    steps=st.lists(st.sampled_from(["receive", "take", "settle", "restart"]), max_size=30),
    ids=st.lists(st.sampled_from("abcde"), min_size=30, max_size=30),
)
def test_whatever_happens_each_article_waits_or_is_settled_in_its_last_version(
    steps, ids, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("queue")
    queue, taken, expected = Queue(folder), [], {}
    for at, (step, name) in enumerate(zip(steps, ids, strict=False)):
        if step == "receive":
            queue.receive("feed", [article(name, days=at)])
            expected[name] = ("waiting", at)
        elif step == "take":
            taken += queue.take(2)
        elif step == "settle" and taken:
            arrival = taken.pop()
            queue.settle(arrival, "indexed", None)
            version = expected[arrival.id][1]
            if arrival.item == article(arrival.id, days=version, origin="feed"):
                expected[arrival.id] = ("indexed", version)
        elif step == "restart":
            queue.close()
            queue, taken = Queue(folder), []

    assert {name: state for name, (state, _) in expected.items()} == {
        name: queue.status(name).state for name in expected
    }
    queue.close()


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (
            "a.html: the page holds 3 words ('Wait.'), no article; x",
            "the page holds … words, no article",
        ),
        ("/n/x.xml, entry 4: 'Draft' is a draft; publish it first", "is a draft"),
        ('/n/x.xml, entry 5: "It\'s" is a draft; publish it first', "is a draft"),
        ("https://a.example/x: the file is empty; add it", "the file is empty"),
        ("a-1: 120,000 characters, the limit is 9; split it", "characters, the limit is …"),
        ("failed", "failed"),
    ],
)
def test_refusals_of_a_kind_have_one_wording(reason, kind):
    assert kind == reason_kind(reason)


def test_refusals_are_counted_by_their_kind(queue, tmp_path):
    record_refusals(tmp_path, ["a: 'x' is a draft; y", "b: 'z' is a draft; y", "c: it is empty; y"])

    backlog = read_backlog(tmp_path)
    assert (("is a draft", 2), ("it is empty", 1)) == backlog.reasons
    assert {"is a draft": 2, "it is empty": 1} == backlog_record(backlog)["reasons"]
    assert "  2 × is a draft" in backlog_lines(backlog)


def test_what_another_origin_sends_leaves_the_embargoed_version_and_the_status_alone(queue):
    soon = datetime.now(UTC) + timedelta(hours=1)
    queue.receive("feed a", [article("a", published_at=day(1), embargoed_until=soon)])
    queue.receive("push", [article("a", days=9, published_at=day(5))])
    (arrival,) = queue.take(9)
    queue.settle(arrival, "indexed", None)

    assert ("held", "indexed") == (queue.status("a", "feed a").state, queue.status("a").state)
    assert queue.status("a", "folder b") is None


def test_an_item_belongs_to_the_origin_it_came_from_whatever_its_reader_says(queue):
    forged = article("a", origin="feed https://wire.example/rss", given_id="b")
    queue.receive("folder /in", [forged, Withdrawal("b", "legal", origin="push")])
    queue.receive("Slack", [article("c")], published_by="page wire.example/c")
    queue.receive("added by hand", [article("d")], published_by=None)

    items = {one.item.id: (one.item.origin, one.item.given_id) for one in queue.take(9)}

    assert {
        "a": ("folder /in", None),
        "b": ("folder /in", None),
        "c": ("page wire.example/c", None),
        "d": (None, None),
    } == items


def test_the_origins_of_what_is_settled_are_known_for_an_index_that_did_not_record_them(queue):
    queue.receive("feed a", [article("a"), article("b")])
    queue.receive("added by hand", [article("c")])
    queue.receive("push", [article("d")])
    for arrival in queue.take(9):
        queue.settle(arrival, "refused" if arrival.id == "b" else "indexed", None)

    assert {"a": "feed a", "d": "push"} == queue.origins()


def test_of_two_origins_with_one_id_the_one_that_was_held_goes_first_and_alone(queue):
    queue.receive("feed a", [article("a")])
    (held,) = queue.take(9)
    queue.hold(held, datetime.now(UTC), "held until now")
    queue.receive("push", [article("a")])

    assert ["feed a"] == [arrival.origin for arrival in queue.take(9)]
