"""
Who said what on a topic: the newest and most central statements of each party.

A statement is central if it is near to the topic's other statements: what several say is worth
more of a short digest than what one says in passing. Every line is a sentence of an article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from index.answers.answer import abstain, statements_on
from index.answers.pages import page_of
from index.answers.quotes import make_quotes
from index.answers.search.duplicates import UniqueMatch, fuse, newest_first
from index.answers.search.session import ReadSession
from index.labels import undated_note
from index.questions.around import without_courtesy
from index.questions.dates import find_dates
from index.questions.description import name_of
from index.questions.topic import clean_topic
from index.store import UNDATED, Scored, Selection, Vectors
from index.types import Briefing, Query

# Statements looked at for one shown.
_POOL = 8
_SMALLEST_POOL = 60
# Where only news is shown: it may stand behind much that is known.
_POOL_OF_NEWS = 600


def digest(
    query: Query,
    session: ReadSession,
    *,
    limit: int | None = 10,
    fresh: Callable[[UniqueMatch], bool] | None = None,
) -> Briefing:
    """
    Gather who said what: the quotes of one party stand together, the best party first.

    Args:
        query: on what, or by whom; see `read_topic`.
        session: the articles, the model of their vectors, the parties.
        limit: the maximum number of quotes; None for all.
        fresh: returns whether a statement is news; None if that does not matter.

    Raises:
        StoreError: if the store cannot be read, or a sentence is not in its article.
    """
    coverage = session.store.coverage()
    pool = _SMALLEST_POOL if fresh is None else _POOL_OF_NEWS
    wanted = None if limit is None else max(pool, limit * _POOL)
    folded, total = statements_on(query, session, wanted)
    named = [entry for entry in folded if entry.speaker is not None]
    if fresh is not None:
        named = [entry for entry in named if fresh(entry)]
    undated = _undated(query, session, wanted) if fresh is None else 0
    if not named:
        return _nothing(query, session, undated)
    # A digest is read as what was said on its topic: doubts are for answers.
    named = [entry for entry in named if entry.shown.sure] or named
    # What nobody said is not shown, so it is not counted either; nor what may be no news.
    unloaded = total - len(folded)
    total = len(named) + (unloaded if fresh is None else 0)
    # Of everything nothing is a reply to the topic.
    replies, more = _replies(query, named, session, wanted) if query.topic else ([], False)
    replies = [entry for entry in replies if fresh is None or fresh(entry)]
    named, total = [*named, *replies], total + len(replies)
    groups: dict[str, list[UniqueMatch]] = {}
    for entry in named:
        groups.setdefault(_party_key(entry), []).append(entry)
    central = _centralities(named, session)
    groups = {key: _best_first(entries, central) for key, entries in groups.items()}
    shown = [entry for entries in _shares(groups, limit) for entry in entries]
    quotes = page_of((make_quotes(entry, tables=session.tables) for entry in shown), limit)
    headings = {key: _heading(key, entries, session) for key, entries in groups.items() if key}
    return Briefing(
        query, quotes, coverage, total=total, headings=headings, estimated=bool(unloaded or more),
        undated=undated,
    )  # fmt: skip


def read_topic(topic: str, *, now: datetime, newest: datetime | None) -> Query:
    """
    Read the words and the days of a topic; all there is where it has none.

    Args:
        topic: a few words, dates in them ("since Monday") included.
        now: aware; relative dates count from it.
        newest: when the newest article was published.
    """
    plain = without_courtesy(" ".join(topic.split()))
    when = find_dates(plain, now=now, newest=newest)
    words = clean_topic(when.rest)
    return Query(topic, topic=words, since=when.since, until=when.until, anyone=True)


def _replies(
    query: Query, named: Sequence[UniqueMatch], session: ReadSession, wanted: int | None
) -> tuple[list[UniqueMatch], bool]:
    """
    Find what else is said in articles on the topic, by parties that do not name it themselves.

    A party that is accused of breaking a truce answers with "the accusation".

    Returns:
        Those statements, and whether there may be more that were not loaded.
    """
    present = {_party_key(entry) for entry in named} | {""}
    around, total = statements_on(query, session, wanted, around=True)
    replies = [entry for entry in around if _party_key(entry) not in present]
    return replies, total > len(around)


def _nothing(query: Query, session: ReadSession, undated: int) -> Briefing:
    """Say that there is nothing, and what dates alone leave out."""
    nothing = replace(abstain(query, session), undated=undated)
    notes = filter(None, (nothing.reason, undated_note(nothing)))
    return replace(nothing, reason="; ".join(notes))


def _undated(query: Query, session: ReadSession, wanted: int | None) -> int:
    """Count what fits *query* but for its dates, in articles whose date is not known."""
    if query.since is None and query.until is None:
        return 0
    columns = session.store.select_columns(Selection(attributed=True))
    without = columns.statements[columns.moments == UNDATED]
    if not without.size or query.topic is None:  # of everything only the newest is listed
        return int(np.unique(without).size)
    found, _ = statements_on(replace(query, since=None, until=None), session, wanted)
    spoken = [each.shown for each in found if each.speaker is not None and each.shown.sure]
    return sum(each.item.article.published_at is None for each in spoken)


def _centralities(entries: Sequence[UniqueMatch], session: ReadSession) -> dict[int, float]:
    """Measure the mean cosine of each statement (by `id`) with all others."""
    rows = np.stack([_vector(entry, session) for entry in entries])
    others = max(len(rows) - 1, 1)
    means = (rows @ rows.sum(axis=0) - 1.0) / others
    return {id(entry): float(mean) for entry, mean in zip(entries, means, strict=True)}


def _vector(entry: UniqueMatch, session: ReadSession) -> Vectors:
    """Average the vectors of a statement's sentences, to length 1."""
    stored = session.store.vectors(entry.shown.item.article.id)
    if stored is None:
        return np.zeros(session.embedder.dim, dtype=np.float32)
    total = stored[list(entry.shown.sentences)].sum(axis=0)
    mean: Vectors = total / np.linalg.norm(total)
    return mean


def _best_first(entries: Sequence[UniqueMatch], central: dict[int, float]) -> list[UniqueMatch]:
    """Order the statements of one party by their ranks among the newest and the most central."""
    by_place = {id(entry.shown): at for at, entry in enumerate(entries)}
    newest = [by_place[id(found)] for found in newest_first(entry.shown for entry in entries)]
    ranked = sorted(range(len(entries)), key=lambda at: -central[id(entries[at])])
    fused = fuse([Scored(at, 0.0) for at in newest], [Scored(at, 0.0) for at in ranked])
    return [entries[at] for at in sorted(fused, key=lambda at: (-fused[at], at))]


def _party_key(entry: UniqueMatch) -> str:
    """Name the party under which a statement is listed; "" for a speaker without one."""
    parties = entry.speaker.parties if entry.speaker else ()
    return parties[0].key if parties else ""


def _shares(groups: dict[str, list[UniqueMatch]], limit: int | None) -> list[list[UniqueMatch]]:
    """Share *limit* places among the parties, a statement each in turn; nobody's go last."""
    ordered = [key for key in groups if key] + [key for key in groups if not key]
    if limit is None:
        return [groups[key] for key in ordered]
    places = dict.fromkeys(ordered, 0)
    left = limit
    while left > 0 and (waiting := [k for k in ordered if places[k] < len(groups[k])]):
        for key in waiting[:left]:
            places[key] += 1
        left -= len(waiting)
    return [groups[key][: places[key]] for key in ordered if places[key]]


def _heading(key: str, entries: Sequence[UniqueMatch], session: ReadSession) -> str:
    """Name a party as it is displayed."""
    speaker = entries[0].speaker
    parties = speaker.parties if speaker else ()
    return name_of(parties[0], session.tables) if parties else key
