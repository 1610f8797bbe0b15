"""
The votes of introductions counted over whole articles, for the store in memory.

What is counted, and which wording is shown for a vote, is the same as in SQL
(``sqlite.introductions``): the two stand side by side in one suite of tests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date

from index.speakers.gazetteer.names import surname
from index.store import Vote
from index.store.codec import encode_parties
from index.store.known_speakers import is_owned
from index.types import Article, IndexedArticle, Introduction

_Introduced = tuple[Article, Introduction]


def introduced_as(party: str, items: Sequence[IndexedArticle]) -> list[str]:
    """List whom an introduction puts with *party*, as ``Store.introduced_as`` promises."""
    speakers = [statement.speaker for item in items for statement in item.statements]
    unowned = {speaker.key for speaker in speakers if speaker and not is_owned(speaker)}
    keys = {
        introduction.key
        for item in items
        for introduction in item.introductions
        if party in {each.key for each in introduction.parties}
    }
    return sorted(key for key in keys if {key, surname(key)} & unowned)


def count_votes(items: Iterable[IndexedArticle], keys: Collection[str]) -> list[Vote]:
    """Add up the introductions of *keys*, as ``Store.votes`` promises."""
    agreeing: defaultdict[tuple[str, date, str], list[_Introduced]] = defaultdict(list)
    for item in items:
        for introduction in item.introductions:
            if introduction.key in keys:
                day = _day(item.article) or date.min
                of_day = (introduction.key, day, encode_parties(introduction.parties))
                agreeing[of_day].append((item.article, introduction))
    return [_vote(agreeing[of_day]) for of_day in sorted(agreeing)]


def _vote(same: Sequence[_Introduced]) -> Vote:
    """Make one vote of introductions that agree, of one person on one day."""
    article, shown = min(same, key=lambda pair: (not pair[1].certain, pair[0].id))
    outlets = {(a.outlet.casefold() if a.outlet is not None else a.id) for a, _ in same}
    return Vote(
        shown.key, shown.parties, _day(article), len(outlets), shown.certain, article.id, shown.span
    )


def _day(article: Article) -> date | None:
    """Take the day of publication, in UTC."""
    return article.published_at.astimezone(UTC).date() if article.published_at else None
