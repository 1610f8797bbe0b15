"""Claims and thread memory, on a real file."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state.idempotency import Claims
from bot.state.inbox import Inbox
from bot.state.state import State
from bot.state.threads import Threads
from bot.types import SlackPlace
from index.errors import StoreError
from index.types import Query

CHANNEL = SlackPlace("mention", "T1", "C1", "U1", thread="1.0")
DIRECT = SlackPlace("message", "T1", "D1", "U1", thread="1.0", private=True)


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "bot.db")
    yield opened
    opened.close()


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


def test_the_first_to_claim_a_delivery_gets_it(state):
    claims = Claims(state)

    assert [True, False, True] == [claims.claim(key) for key in ("a", "a", "b")]


def test_a_known_post_is_refused_and_its_new_event_remembered(state):
    claims = Claims(state)

    assert claims.claim("event:1", "post:1")
    assert not claims.claim("event:2", "post:1")
    assert not claims.claim("event:2")


def test_a_claim_is_kept_for_longer_than_slack_repeats(state):
    clock = Clock()
    claims = Claims(state, clock)
    claims.claim("a")

    clock.now += 3_601
    within = claims.claim("a")
    clock.now += 7_201
    after = claims.claim("a")

    assert (False, True) == (within, after)


def test_of_many_threads_one_gets_the_claim(state):
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: Claims(state).claim("event:1", "post:1"), range(40)))

    assert 1 == got.count(True)


def _claim(path):
    opened = State(path)
    try:
        return Claims(opened).claim("event:1", "post:1")
    finally:
        opened.close()


def test_of_many_processes_one_gets_the_claim(tmp_path):
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        got = list(pool.map(_claim, [tmp_path / "bot.db"] * 9))

    assert 1 == got.count(True)


def test_a_thread_remembers_its_last_query_for_a_day(state):
    clock = Clock()
    threads = Threads(state, clock)
    query = Query("q", party="russia", since=datetime(2018, 2, 1, tzinfo=UTC), other_parties=("a",))
    threads.remember(CHANNEL, query)

    clock.now += 86_000
    within = threads.recall(CHANNEL)
    clock.now += 1_000
    after = threads.recall(CHANNEL)

    assert (query, None) == (within, after)


def test_threads_teams_and_channels_are_kept_apart(state):
    threads = Threads(state)
    threads.remember(CHANNEL, Query("q"))

    others = [
        SlackPlace("mention", "T2", "C1", "U1", thread="1.0"),
        SlackPlace("mention", "T1", "C2", "U1", thread="1.0"),
        SlackPlace("mention", "T1", "C1", "U1", thread="2.0"),
    ]

    assert [None, None, None] == [threads.recall(place) for place in others]


def test_direct_messages_go_on_below_without_a_thread(state):
    threads = Threads(state)
    threads.remember(DIRECT, Query("q"))

    below = SlackPlace("message", "T1", "D1", "U1", thread="2.0", private=True)
    in_thread = SlackPlace("message", "T1", "D1", "U1", thread="1.0", in_thread=True, private=True)

    assert [Query("q"), Query("q")] == [threads.recall(below), threads.recall(in_thread)]


def test_a_question_starts_from_the_same_query_however_often_it_is_worked_out(state):
    threads, inbox = Threads(state), Inbox(state)
    first, second, third = _asked(inbox, 3)
    threads.remember(first, Query("first"))
    threads.remember(second, Query("second"), Query("first"))

    wanted = [None, Query("first"), Query("second")]
    assert wanted == [threads.recall(place) for place in (first, second, third)]

    threads.remember(second, Query("second"), threads.recall(second))

    assert wanted == [threads.recall(place) for place in (first, second, third)]


def _asked(inbox, count):
    """Questions that are being worked on in one thread."""
    for number in range(count):
        inbox.put("mention", "T1", (str(number),), {})
    return [replace(CHANNEL, answer_id=job.id) for job in inbox.take(count)]


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",))), st.none() | st.datetimes())
def test_any_query_comes_back_as_it_was(tmp_path_factory, text, since):
    opened = State(tmp_path_factory.mktemp("state") / "bot.db")
    query = Query(text, topic=text, since=since and since.replace(tzinfo=UTC))
    Threads(opened).remember(CHANNEL, query)

    recalled = Threads(opened).recall(CHANNEL)
    opened.close()

    assert query == recalled


def test_a_file_that_is_no_database_is_refused_by_name(tmp_path):
    path = tmp_path / "bot.db"
    path.write_text("not a database " * 100)

    with pytest.raises(StoreError, match=r"bot\.db cannot be used .*move the file away"):
        State(path)
