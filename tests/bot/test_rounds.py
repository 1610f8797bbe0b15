"""Which runs of briefings are taken on, in simulated time: on the minute, once, made up once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.rounds import SCHEDULED, Rounds, first_run, newest_number, number_at, run_of
from bot.state.inbox import Inbox
from bot.state.schedules import MOST, Schedules
from bot.state.state import State
from bot.timetable import EVERY_DAY, Timetable, next_run
from bot.types import BY_HAND, Plan, Schedule
from index.errors import StoreError
from index.types import Query, Revision
from tests.bot.timetable.test_next_run import ZONES

DAY = 86_400.0
EIGHT = 8 * 60


class Clock:
    def __init__(self, start):
        self.now = start.timestamp()

    def __call__(self):
        return self.now


class Revisions:
    """An index of which only the history is asked, one revision an hour."""

    def __init__(self, first=None, count=0):
        self.history = [
            Revision(n + 1, f"a{n + 1}", first + timedelta(hours=n), "added") for n in range(count)
        ]
        self.broken = False

    def revisions(self, after):
        if self.broken:
            raise StoreError("the index cannot be read")
        return [each for each in self.history if each.number > after][:10]


@pytest.fixture
def world(tmp_path):
    states = []

    def made(start, index=None):
        clock = Clock(start)
        states.append(State(tmp_path / "bot.db"))
        inbox = Inbox(states[-1], clock=clock)
        schedules = Schedules(states[-1], clock)
        return clock, schedules, Rounds(index or Revisions(), schedules, inbox, clock)

    yield made
    for state in states:
        state.close()


def schedule(name, table, after, **more):
    given = {"channel": "C1", "creator": "U1", "revision": 0, "since": 0.0, "team": "T1"}
    due = next_run(table, after).timestamp()
    plan = Plan(Query("", anyone=True), table)
    return Schedule(id=name, plan=plan, next=due, **{**given, **more})


def taken(schedules):
    """The runs that stand in the inbox: schedule, and when it was due."""
    with schedules.state.reading() as db:
        rows = db.execute("SELECT kind, body FROM inbox ORDER BY at").fetchall()
    assert {SCHEDULED} >= {kind for kind, _ in rows}
    return [(name, run.due) for name, run in (run_of(json.loads(body)) for _, body in rows)]


def due_in(table, start, end):
    found, at = [], start
    while (at := next_run(table, at)) <= end:
        found.append(at.timestamp())
    return found


@pytest.mark.parametrize(
    "start",
    [datetime(2027, 3, 12, tzinfo=UTC), datetime(2027, 10, 30, tzinfo=UTC),
     datetime(2028, 2, 27, tzinfo=UTC)],
    ids=["forward", "back", "leap day"],
)  # fmt: skip
def test_in_each_zone_every_run_is_taken_on_within_its_minute_and_once(world, start):
    clock, schedules, rounds = world(start)
    minutes = Random(str(start))
    tables = {
        zone: Timetable(EVERY_DAY, minutes.choice([90, 120, 150, 180, EIGHT]), zone)
        for zone in ZONES
    }
    for n, (zone, table) in enumerate(tables.items()):
        assert schedules.add(schedule(zone, table, start, channel=f"C{n}", creator=f"U{n}"))
    end, late = (start + timedelta(days=4)).timestamp(), 0.0

    while clock.now < end:
        coming = min(each.next for each in schedules.active())
        clock.now = max(clock.now, coming - minutes.uniform(0, 40)) + minutes.uniform(1, 40)
        late = max(late, *(clock.now - each.next for each in schedules.due()), 0.0)
        rounds.look()

    runs = taken(schedules)
    for zone, table in tables.items():
        mine = sorted(due for name, due in runs if name == zone)
        assert due_in(table, start, datetime.fromtimestamp(clock.now, UTC)) == mine, zone
    assert late < 60


def test_what_was_missed_is_made_up_once(world):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    clock, schedules, rounds = world(start)
    schedules.add(schedule("a", Timetable(EVERY_DAY, EIGHT, "UTC"), start))

    clock.now += 5 * DAY
    for _ in range(3):
        rounds.look()

    assert [("a", datetime(2027, 3, 2, 8, tzinfo=UTC).timestamp())] == taken(schedules)
    assert datetime(2027, 3, 7, 8, tzinfo=UTC).timestamp() == schedules.find("T1", "a").next


@pytest.mark.parametrize("seed", range(12))
def test_a_clock_that_is_put_forward_and_back_makes_no_run_come_twice_nor_never(world, seed):
    random, start = Random(seed), datetime(2027, 3, 1, 12, tzinfo=UTC)
    clock, schedules, rounds = world(start)
    table = Timetable(EVERY_DAY, random.randrange(1_440), random.choice(ZONES))
    schedules.add(schedule("a", table, start))

    real, wrong = start.timestamp(), 0.0
    while real < start.timestamp() + 20 * DAY:
        real += random.uniform(10, 3_000)
        if random.random() < 0.02:
            wrong = random.choice([0.0, 0.0, random.uniform(-7_200, 7_200)])
        clock.now = real + wrong
        rounds.look()

    runs = [due for _, due in taken(schedules)]
    assert len(set(runs)) == len(runs)
    every = due_in(table, start, datetime.fromtimestamp(real - 7_200, UTC))
    assert set(every) <= set(runs)


def test_after_a_clock_was_a_year_ahead_the_next_run_is_not_in_a_year(world):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    clock, schedules, rounds = world(start)
    schedules.add(schedule("a", Timetable(EVERY_DAY, EIGHT, "UTC"), start))
    clock.now += 365 * DAY
    rounds.look()

    clock.now = start.timestamp() + 3_600
    rounds.look()
    clock.now = start.timestamp() + DAY
    rounds.look()

    assert datetime(2027, 3, 2, 8, tzinfo=UTC).timestamp() == sorted(taken(schedules))[-1][1]
    assert datetime(2027, 3, 3, 8, tzinfo=UTC).timestamp() == schedules.find("T1", "a").next


def test_two_processes_take_a_run_on_once(world):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    (clock, schedules, first), (other, _, second) = world(start), world(start)
    schedules.add(schedule("a", Timetable(EVERY_DAY, EIGHT, "UTC"), start))

    for _ in range(30):
        clock.now += DAY
        other.now = clock.now
        due = [rounds._schedules.due() for rounds in (first, second)]
        for rounds, found in zip((first, second), due, strict=True):
            for each in found:
                rounds._begin(each)

    assert 30 == len(taken(schedules)) == len(set(taken(schedules)))


def test_a_run_goes_on_where_the_one_before_ended(world):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    index = Revisions(start - timedelta(days=2), 72)
    clock, schedules, rounds = world(start, index)
    table = Timetable(EVERY_DAY, EIGHT, "UTC")
    due, revision, since = first_run(index, table, start.timestamp())
    assert (since, revision) == (start.timestamp() - 4 * 3_600, 45)
    schedules.add(schedule("a", table, start, revision=revision, since=since))

    windows = []
    for _ in range(2):
        clock.now += DAY
        rounds.look()
    with schedules.state.reading() as db:
        for (body,) in db.execute("SELECT body FROM inbox ORDER BY at").fetchall():
            _, run = run_of(json.loads(body))
            windows.append((run.after, run.upto, len(run.posts)))

    assert [(45, 72, 0), (72, 72, 1)] == windows
    assert due == datetime(2027, 3, 2, 8, tzinfo=UTC).timestamp()


def test_of_another_index_the_numbers_count_from_the_time_of_the_last_run(world):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    index = Revisions(start - timedelta(hours=9), 20)
    clock, schedules, rounds = world(start, index)
    since = start.timestamp() - 4 * 3_600
    table = Timetable(EVERY_DAY, EIGHT, "UTC")
    schedules.add(schedule("a", table, start, revision=900, since=since))

    clock.now += DAY
    rounds.look()

    with schedules.state.reading() as db:
        [(body,)] = db.execute("SELECT body FROM inbox").fetchall()
    assert (6, 20) == run_of(json.loads(body))[1][:2]


def test_while_the_index_cannot_be_read_a_run_waits(world):
    start, index = datetime(2027, 3, 1, 12, tzinfo=UTC), Revisions()
    clock, schedules, rounds = world(start, index)
    schedules.add(schedule("a", Timetable(EVERY_DAY, EIGHT, "UTC"), start))
    clock.now += DAY
    index.broken = True
    with pytest.raises(StoreError):
        rounds.look()

    index.broken = False
    rounds.look()

    assert 1 == len(taken(schedules))


def test_what_is_paused_or_deleted_is_not_taken_on(world):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    clock, schedules, rounds = world(start)
    for name in "ab":
        schedules.add(schedule(name, Timetable(EVERY_DAY, EIGHT, "UTC"), start))
    assert schedules.pause("T1", "a", BY_HAND)
    assert not schedules.pause("T1", "a", "not_in_channel")
    schedules.remove("T1", "b")

    clock.now += DAY
    rounds.look()

    assert [] == taken(schedules)


def test_of_one_person_and_in_one_channel_there_are_not_too_many(world):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    _, schedules, _ = world(start)
    table = Timetable(EVERY_DAY, EIGHT, "UTC")
    for n in range(MOST):
        assert schedules.add(schedule(f"a{n}", table, start, channel=f"C{n}"))

    assert not schedules.add(schedule("b", table, start, channel="C99"))
    assert schedules.add(schedule("a1", table, start, channel="C1"))
    assert schedules.add(schedule("b", table, start, creator="U2"))
    assert schedules.add(schedule("b", table, start, team="T2"))
    assert MOST == len(schedules.listed("T1", "U1", "C99"))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9, 10, 11, 57])
def test_the_revision_of_a_moment_is_found(count):
    first = datetime(2027, 3, 1, tzinfo=UTC)
    index = Revisions(first, count)

    for hours in (-1, 0, 0.5, 1, 7, 55, 56, 100):
        at = (first + timedelta(hours=hours)).timestamp()
        want = sum(each.at.timestamp() <= at for each in index.history)
        assert want == number_at(index, at)
    assert count == newest_number(index, 0)


@pytest.mark.parametrize("back", [60.0, 1_800.0, 7_200.0, 80_000.0])
def test_a_run_does_not_come_again_when_the_clock_is_put_back_behind_it(world, back):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    clock, schedules, rounds = world(start)
    schedules.add(schedule("a", Timetable(EVERY_DAY, EIGHT, "UTC"), start))
    clock.now = datetime(2027, 3, 2, 8, 0, 5, tzinfo=UTC).timestamp()
    rounds.look()

    clock.now -= back
    rounds.look()
    clock.now += back + 60
    rounds.look()

    assert 1 == len(taken(schedules))
    assert datetime(2027, 3, 3, 8, tzinfo=UTC).timestamp() == schedules.find("T1", "a").next
