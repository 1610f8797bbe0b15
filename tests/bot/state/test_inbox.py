"""The inbox and the pace, on a real file and a clock that stands still."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.messages.elements import plain
from bot.slack.pacing import Pacer
from bot.state.inbox import LEASE, Inbox
from bot.state.state import State
from bot.types import Post, SlackPlace

PLACE = SlackPlace("mention", "T1", "C1", "U1", thread="1.0")
ANSWER = Post(PLACE, plain("an answer"))
BUSY = Post(PLACE, plain("busy"), alone=True)


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_inbox(tmp_path, clock):
    """Opens the inbox as another process would."""
    states = []

    def another(**given):
        states.append(State(tmp_path / "bot.db"))
        return Inbox(states[-1], clock=clock, **given)

    yield another
    for state in states:
        state.close()


def put(inbox, *keys, busy=None):
    return [inbox.put("mention", "T1", (key,), {"text": key}, busy) for key in keys]


def texts(jobs):
    return [job.body["text"] for job in jobs]


def test_what_is_put_is_taken_once_in_its_order(open_inbox, clock):
    inbox = open_inbox()
    for key in "abc":
        clock.now += 1
        put(inbox, key)

    assert ["a", "b"] == texts(inbox.take(2))
    assert ["c"] == texts(inbox.take(2))
    assert [] == inbox.take(2)


def test_a_delivery_is_put_once_whoever_comes_first(open_inbox):
    first, second = open_inbox(), open_inbox()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: put((first, second)[n % 2], "a")[0], range(20)))

    assert ["again"] * 19 + ["first"] == sorted(found)
    assert 1 == len(first.take(9))


def test_the_verification_token_of_slack_is_not_kept(open_inbox):
    inbox = open_inbox()
    inbox.put("mention", "T1", ("a",), {"text": "a", "token": "secret"})

    assert [{"text": "a"}] == [job.body for job in inbox.take(1)]


def test_what_a_vanished_process_held_is_taken_when_its_lease_ran_out(open_inbox, clock):
    gone, other = open_inbox(), open_inbox()
    put(gone, "a")
    gone.take(1)

    clock.now += LEASE - 1
    within = other.take(1)
    clock.now += 2
    [job] = other.take(1)

    assert [] == within
    assert (2, None) == (job.tries, job.post)


def test_a_renewed_lease_does_not_run_out(open_inbox, clock):
    slow, other = open_inbox(), open_inbox()
    put(slow, "a")
    [job] = slow.take(1)
    clock.now += LEASE - 1
    slow.renew([job.id])
    clock.now += LEASE - 1

    assert [] == other.take(1)


def test_who_lost_a_job_can_neither_answer_nor_strike_it_out(open_inbox, clock):
    stalled, other = open_inbox(), open_inbox()
    put(stalled, "a")
    [job] = stalled.take(1)
    clock.now += LEASE + 1
    other.take(1)

    assert not stalled.hold(job.id, ANSWER)
    assert not stalled.begin(job.id)
    assert not stalled.done(job.id)
    assert other.hold(job.id, ANSWER)


def test_a_reply_that_was_begun_by_a_vanished_process_is_in_doubt(open_inbox, clock):
    gone, other = open_inbox(), open_inbox()
    put(gone, "kept", "begun")
    for job in gone.take(2):
        gone.hold(job.id, ANSWER)
        if job.body["text"] == "begun":
            gone.begin(job.id)
    clock.now += LEASE + 1

    found = {job.body["text"]: (job.post, job.doubt) for job in other.take(2)}

    assert {"kept": (ANSWER, ""), "begun": (ANSWER, "cut")} == found


def test_a_deferred_job_rests_until_its_time(open_inbox, clock):
    inbox = open_inbox()
    put(inbox, "a")
    [job] = inbox.take(1)
    inbox.hold(job.id, ANSWER)
    inbox.defer(job.id, 30, "cut")

    clock.now += 29
    before = inbox.take(1)
    clock.now += 2
    [after] = inbox.take(1)

    assert [] == before
    assert (ANSWER, "cut", 1) == (after.post, after.doubt, after.looks)


def test_the_inbox_is_bounded_and_so_are_those_who_are_told(open_inbox):
    inbox = open_inbox(room=2)

    assert ["first", "first", "busy", "busy", "full"] == put(inbox, *"abcde", busy=BUSY)
    assert ["first"] * 2 == [_struck_out(inbox), *put(inbox, "e", busy=BUSY)]


def _struck_out(inbox):
    """Strike out a question that waits for work."""
    job = next(job for job in inbox.take(9) if job.post is None)
    return "first" if inbox.done(job.id) else "lost"


def test_the_load_is_how_many_wait_and_for_how_long(open_inbox, clock):
    inbox = open_inbox()
    empty = inbox.load()
    put(inbox, "a")
    clock.now += 5
    put(inbox, "b")

    assert ((0, 0.0), (2, 5.0)) == (empty, inbox.load())


# --- pace -----------------------------------------------------------------------------------


def test_a_lane_is_free_once_a_second_and_others_are_not_held_up(clock):
    pacer = Pacer(clock)

    assert [0.0, 1.0, 2.0] == [pacer.wait(("C1",), ticket) for ticket in "abc"]
    assert 0.0 == pacer.wait(("C2",), "d")


def test_a_ticket_keeps_its_place_in_line(clock):
    pacer = Pacer(clock)
    for ticket in "abc":
        pacer.wait(("C1",), ticket)

    clock.now += 1
    assert [0.0, 1.0, 2.0] == [pacer.wait(("C1",), ticket) for ticket in "bcd"]


def test_a_lane_that_slack_holds_back_stays_closed_for_all(clock):
    pacer = Pacer(clock)
    pacer.wait(("C1",), "a")
    pacer.wait(("C1",), "b")
    pacer.hold_back(("C1",), 30)

    clock.now += 29
    assert [1.0, 2.0] == [pacer.wait(("C1",), ticket) for ticket in "bc"]


def test_a_reply_that_may_be_shown_cannot_be_stopped(open_inbox):
    inbox = open_inbox()
    put(inbox, "a", "b")
    first, second = inbox.take(2)
    for job in (first, second):
        assert inbox.hold(job.id, ANSWER)
    assert inbox.begin(first.id)

    assert [False, True] == [inbox.stop(job.id, BUSY) for job in (first, second)]


def test_what_is_laid_out_for_a_question_that_was_stopped_is_dropped(open_inbox):
    inbox = open_inbox()
    put(inbox, "a")
    [job] = inbox.take(1)

    assert inbox.stop(job.id, BUSY)
    [told] = inbox.take(1)  # by another thread of the same process

    assert (False, False, None) == (
        inbox.hold(job.id, ANSWER),
        inbox.begin(job.id),
        inbox.held(job.id),
    )
    assert (BUSY.message, told.id) == (told.post.message, told.post.place.answer_id)
