"""
Learn for whom somebody speaks from what many articles call him.

An outlet has one vote a day, so that copies of one report do not outvote the rest. Offices
change hands: the vote nearest to a day counts for it, and a day as near to two that differ stays
open, like a day whose votes are level. A wording by which somebody no longer speaks for anybody
("the former minister") is a vote as well. Days are those of publication, in UTC. No I/O.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from index.speakers.gazetteer.names import SUFFIXES
from index.store import Tenure, Vote

# Seen so often, or once in an office that leaves no doubt, a reading is none of chance.
_ENOUGH = 2
# So long before the first vote and after the last one somebody is taken to hold the office.
_REACH = timedelta(days=730)
# A surname alone may be another person's in another year.
_SURNAME_REACH = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class TenureInterval:
    """
    Days on which one vote decides: from *since* to before *until*, None for no border.

    The parties of *vote* are empty where nobody is spoken for; *agreed* tells that all votes on
    the person say the same, so that even an article without a date can be decided.
    """

    since: date | None
    until: date | None
    vote: Vote
    agreed: bool

    def holds_on(self, day: date | None) -> bool:
        """Return whether the vote decides for *day*, None being an unknown one."""
        if day is None:
            return self.agreed
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


def decide(votes: Sequence[Vote]) -> tuple[TenureInterval, ...]:
    """
    Find the days on which *votes* on one person decide, in order; days between are open.

    Args:
        votes: all on one person; those without a day count only where no other has one.
    """
    counted = _counted(votes)
    agreed = len({_side(vote) for vote in counted}) == 1
    dated = [vote for vote in counted if vote.day is not None]
    if not dated:
        return (TenureInterval(None, None, counted[0], agreed),) if agreed else ()
    days: defaultdict[date, list[Vote]] = defaultdict(list)
    for vote in dated:
        if vote.day is not None:
            days[vote.day].append(vote)
    ordered = sorted(days)
    level: set[date] = set()
    intervals = []
    for at, day in enumerate(ordered):
        winner = _winner(days[day])
        if winner is None:
            level.add(day)
        else:
            since = _middle(ordered[at - 1], day)[1] if at else day - _REACH
            until = _middle(day, ordered[at + 1])[0] if at + 1 < len(ordered) else day + _REACH
            intervals.append(TenureInterval(since, until, winner, agreed))
    return _joined(intervals, level)


def near(intervals: Iterable[TenureInterval], votes: Iterable[Vote]) -> tuple[TenureInterval, ...]:
    """
    Cut *intervals* to the days near *votes*: for a surname, which may be another's in time.

    Args:
        intervals: of the only person on record with that surname.
        votes: all on this person.
    """
    days = [vote.day for vote in votes if vote.day is not None]
    if not days:
        return ()
    first, last = min(days) - _SURNAME_REACH, max(days) + _SURNAME_REACH
    return tuple(
        replace(
            s, since=max(s.since or first, first), until=min(s.until or last, last), agreed=False
        )
        for s in intervals
    )


def tenures_for(party: str, key: str, intervals: Iterable[TenureInterval]) -> frozenset[Tenure]:
    """
    Find the tenures in which somebody speaks for a party, as a store selects by them.

    Args:
        party: its key.
        key: the speaker's.
        intervals: on which days which vote on this speaker decides.
    """
    return frozenset(
        Tenure(key, _midnight(interval.since), _midnight(interval.until), interval.agreed)
        for interval in intervals
        if party in {each.key for each in interval.vote.parties}
    )


def is_full(key: str) -> bool:
    """Return whether *key* is a full name's: a given name and a surname at least."""
    return len(set(key.split()) - SUFFIXES) > 1


def _counted(votes: Sequence[Vote]) -> list[Vote]:
    """Leave out the readings that may be of chance."""
    seen: defaultdict[str, int] = defaultdict(int)
    for vote in votes:
        seen[_side(vote)] += _ENOUGH if vote.certain else vote.outlets
    return [vote for vote in votes if seen[_side(vote)] >= _ENOUGH]


def _side(vote: Vote) -> str:
    """Name for whom *vote* is: an agency and its country are one side."""
    keys = [party.key for party in vote.parties]
    countries = [party.key for party in vote.parties if party.kind == "country"]
    return next(iter((*countries, *keys)), "")


def _winner(votes: Sequence[Vote]) -> Vote | None:
    """Find the vote for the side that most outlets of one day take; None if they are level."""
    outlets: defaultdict[str, int] = defaultdict(int)
    for vote in votes:
        outlets[_side(vote)] += vote.outlets
    most = max(outlets.values())
    sides = [side for side, count in outlets.items() if count == most]
    if len(sides) > 1:
        return None
    return max((v for v in votes if _side(v) == sides[0]),
               key=lambda v: (v.certain, v.outlets, v.article_id))  # fmt: skip


def _middle(first: date, second: date) -> tuple[date, date]:
    """Say before which day *first* is nearer, and from which on *second* is."""
    gap = (second - first).days
    return first + timedelta(days=(gap + 1) // 2), first + timedelta(days=gap // 2 + 1)


def _joined(
    intervals: Sequence[TenureInterval], level: Collection[date]
) -> tuple[TenureInterval, ...]:
    """Join neighbours that say the same, unless the day between them is one of *level* votes."""
    found: list[TenureInterval] = []
    for interval in intervals:
        last = found[-1] if found else None
        if last and last.vote.parties == interval.vote.parties and _touch(last, interval, level):
            found[-1] = replace(interval, since=last.since)
        else:
            found.append(interval)
    return tuple(found)


def _touch(first: TenureInterval, second: TenureInterval, level: Collection[date]) -> bool:
    """Return whether at most the one day that is as near to both lies between two intervals."""
    if first.until is None or second.since is None:
        return False
    gap = (second.since - first.until).days
    return gap == 0 or (gap == 1 and first.until not in level)


def _midnight(day: date | None) -> datetime | None:
    """Take the first moment of a day in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
