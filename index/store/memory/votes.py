"""
The votes of titles counted over whole articles, for the store in memory.

What is counted, and which wording is shown for a vote, is the same as in SQL (``titles``): the
two stand side by side in one suite of tests.
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


def titled_for(party: str, items: Sequence[IndexedArticle]) -> list[str]:
    """List whom a title puts with *party*, as ``Store.introduced_as`` promises."""
    speakers = [statement.speaker for item in items for statement in item.statements]
    unowned = {speaker.key for speaker in speakers if speaker and not is_owned(speaker)}
    titles = (title for item in items for title in item.introductions)
    keys = {title.key for title in titles if party in {p.key for p in title.parties}}
    return sorted(key for key in keys if {key, surname(key)} & unowned)


def count_votes(items: Iterable[IndexedArticle], keys: Collection[str]) -> list[Vote]:
    """Add up the titles of *keys*, as ``Store.votes`` promises."""
    told: defaultdict[tuple[str, date, str], list[tuple[Article, Introduction]]] = defaultdict(list)
    for item in items:
        for title in item.introductions:
            if title.key in keys:
                day = _day(item.article) or date.min
                told[title.key, day, encode_parties(title.parties)].append((item.article, title))
    return [_vote(*told[place]) for place in sorted(told)]


def _vote(*told: tuple[Article, Introduction]) -> Vote:
    """Make one vote of titles that agree, of one person on one day."""
    article, shown = min(told, key=lambda pair: (not pair[1].certain, pair[0].id))
    outlets = {(a.outlet.casefold() if a.outlet is not None else a.id) for a, _ in told}
    return Vote(
        shown.key, shown.parties, _day(article), len(outlets), shown.certain, article.id, shown.span
    )


def _day(article: Article) -> date | None:
    """Take the day of publication, in UTC."""
    return article.published_at.astimezone(UTC).date() if article.published_at else None
