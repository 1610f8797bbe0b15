"""Count what somebody said by month, and find which offices articles give to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from index.answers.answer import answer
from index.answers.search.retrieval import find_statements, load
from index.answers.search.selection import (
    form_fits,
    is_formed,
    party_fits,
    selection_of,
    stance_fits,
)
from index.answers.search.session import ReadSession
from index.errors import QuestionError
from index.questions.description import name_of
from index.store import UNDATED, Selection, Vote
from index.timelines import Held, Month, Timeline
from index.types import Briefing, IndexedArticle, Query, Quote

# Statements that are loaded to be counted; of a person they are counted unread.
MOST_LOADED = 5_000
MOST_OFFICES = 200  # wordings looked at


def timeline(query: Query, session: ReadSession) -> Timeline:
    """
    Count what those asked for said, by month.

    Args:
        query: a parsed question that names somebody.
        session: the articles, the model of their vectors, the parties.

    Raises:
        QuestionError: for a question that names nobody, or a quotation; says what would work.
        StoreError: if the store cannot be read.
    """
    if query.quotation is not None or not (query.speaker or query.party):
        raise QuestionError("over time is asked of somebody: try “Lavrov over time”")
    newest = _end(query, "newest", session)
    if newest.abstained:
        return Timeline(query, newest.coverage, reason=newest.reason, names=newest.names)
    oldest = _end(query, "oldest", session)
    selection = selection_of(query, session)
    counts = _counted(query, selection, session)
    months = [Month(month, n) for month, n in sorted(counts.items(), key=_first) if month]
    keys = selection.speakers if selection is not None else frozenset[str]()
    return Timeline(
        query,
        newest.coverage,
        tuple(each for each in months),
        undated=counts.get(None, 0),
        first=_dated(oldest.quotes),
        last=_dated(newest.quotes),
        held=_held(keys, session),
    )


def _first(counted: tuple[date | None, int]) -> date:
    return counted[0] or date.min


def _end(query: Query, order: str, session: ReadSession) -> Briefing:
    ordered = replace(query, order="oldest" if order == "oldest" else "newest", most=None)
    return answer(ordered, session, limit=1)


def _dated(quotes: Sequence[Quote]) -> Quote | None:
    return next((quote for quote in quotes if quote.published_at is not None), None)


def _counted(
    query: Query, selection: Selection | None, session: ReadSession
) -> Counter[date | None]:
    """Count statements by month, None for those without a date."""
    plain = query.topic is None and query.stance is None and not is_formed(query)
    if plain and selection is not None and not selection.parties:
        return _counted_unread(selection, session)
    found = find_statements(query, session)
    if found.count_excluding(()) > MOST_LOADED:
        raise QuestionError(
            f"that is more than {MOST_LOADED:,} statements; name a person, a topic or dates"
        )
    fits = (stance_fits, party_fits, form_fits)
    seen = {
        (match.item.article.id, match.number): match.item.article.published_at
        for match in load(found, session)
        if all(fit(match, query) for fit in fits)
    }
    return Counter(_month(moment) for moment in seen.values())


def _counted_unread(selection: Selection, session: ReadSession) -> Counter[date | None]:
    columns = session.store.select_columns(selection)
    _, at = np.unique(columns.statements, return_index=True)
    moments = columns.moments[at]
    dated = moments[moments != UNDATED]
    months, numbers = np.unique(
        dated.astype("datetime64[us]").astype("datetime64[M]"), return_counts=True
    )
    counts: Counter[date | None] = Counter(
        {
            month.astype("datetime64[D]").item(): int(n)
            for month, n in zip(months, numbers, strict=True)
        }
    )
    if undated := len(moments) - len(dated):
        counts[None] = undated
    return counts


def _month(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(UTC).date().replace(day=1)


def _held(keys: Iterable[str], session: ReadSession) -> tuple[Held, ...]:
    """List the offices that articles give to those with *keys*, in order of their first day."""
    votes = sorted(session.store.votes(frozenset(keys)), key=_day)
    if len(votes) > MOST_OFFICES:
        half = MOST_OFFICES // 2
        votes = [*votes[:half], *votes[-half:]]
    articles = session.store.get_many(list({vote.article_id for vote in votes}))
    found: dict[tuple[str, str | None], Held] = {}
    for vote in votes:
        item = articles.get(vote.article_id)
        if item is None:
            continue
        new = _worded(vote, item, session)
        key = new.role.casefold(), new.party
        known = found.get(key)
        found[key] = new if known is None else replace(new, since=known.since or new.since)
    return tuple(found.values())


def _day(vote: Vote) -> date:
    return vote.day or date.min


def _worded(vote: Vote, item: IndexedArticle, session: ReadSession) -> Held:
    """Word an office as the article of *vote* does."""
    given = next((each for each in item.introductions if each.span == vote.span), None)
    article = item.article
    wording = article.text[slice(*vote.span)]
    return Held(
        name=given.name if given else wording,
        role=given.role if given else "",
        party=name_of(vote.parties[0], session.tables) if vote.parties else None,
        since=vote.day,
        until=vote.day,
        wording=" ".join(wording.split()),
        article_id=article.id,
        outlet=article.outlet,
        url=article.url,
    )
