"""
Find the statements that a query asks for, best first.

Filter first, then search exactly: whose statements count is settled before any similarity, so
that no nearness ever brings in another speaker. Only the articles of what may be shown are
fetched whole. A question to anyone, without filters, is the one that searches all sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import numpy as np

from index.answers.search.candidates import Dated, Listing, Ranked, Reference
from index.answers.search.duplicates import Match
from index.answers.search.meant import meant_by_description
from index.answers.search.relevance import SentenceKeys, TopicQuery, TopicScores
from index.answers.search.selection import outlets_of, selection_of
from index.answers.search.session import ReadSession
from index.store import Candidate, Keys, Selection, Store
from index.store.codec import parts_of
from index.store.selection import in_columns
from index.types import Order, Query

_BATCH = 24
# Without a topic and without filters, statements of the newest days.
_DAYS = (2, 14, 100)


def find_statements(
    query: Query,
    session: ReadSession,
    *,
    thoughts: bool = False,
    around: bool = False,
    guess: bool = False,
) -> Listing:
    """
    List the statements that *query* asks for: by relevance to its topic, else newest first.

    Args:
        query: a parsed question.
        session: the articles, the model of their vectors, the parties.
        thoughts: what was only thought too.
        around: also all that is said in articles whose title and lead name the topic.
        guess: also what is said by those whom a description may mean, without being sure.

    Raises:
        StoreError: if the store cannot be read.
    """
    selection = selection_of(query, session, thoughts=thoughts)
    if selection is None:
        return _described(query, session, thoughts=thoughts, guess=guess)
    if query.topic is None:
        return _by_date(selection, session.store, query.order)
    if query.stance is not None and not query.negated:
        # A stance is taken by other words than a verb of saying too: the evidence knows both.
        selection = replace(selection, cue_classes=frozenset())
    topic_query = TopicQuery(query.topic, stance=query.stance, around=around)
    if selection == Selection(thoughts=thoughts):
        about = session.scores_on(topic_query)
        return _ranked(session.store.select(selection, _keys(about)), about, query.order)
    carried = session.store.select_columns(selection)
    topic_query = replace(
        topic_query,
        among=SentenceKeys(np.unique(carried.keys)),
        named=selection.attributed is True,
    )
    about = session.scores_on(topic_query)
    carrying = carried.statements[np.isin(carried.keys, _keys(about))]
    return _ranked(session.store.statements(carrying), about, query.order)


def _described(
    query: Query, session: ReadSession, *, thoughts: bool, guess: bool = False
) -> Listing:
    """List what is said by those whom a description means, if it surely means somebody."""
    base = Selection(since=query.since, until=query.until, outlets=outlets_of(query, session),
                     thoughts=thoughts)  # fmt: skip
    selections = meant_by_description(query, session, base, guess=guess)
    if not selections:
        return Ranked((), {})
    rows = [np.stack(session.store.select_columns(each), axis=1) for each in selections]
    carried = in_columns(np.concatenate(rows))
    if query.topic is None:
        return Dated(carried, session.store, query.order)
    among = SentenceKeys(np.unique(carried.keys))
    topic_query = TopicQuery(query.topic, among, named=True, stance=query.stance)
    about = session.scores_on(topic_query)
    carrying = carried.statements[np.isin(carried.keys, _keys(about))]
    return _ranked(session.store.statements(carrying), about, query.order)


def _keys(about: TopicScores) -> Keys:
    return np.fromiter(about.scores, dtype=np.int64)


def _ranked(candidates: Iterable[Candidate], about: TopicScores, order: Order) -> Ranked:
    return Ranked(candidates, about.scores, order, about.unsure)


def _by_date(selection: Selection, store: Store, order: Order) -> Dated:
    """List by date, but of everything only what is newest."""
    newest = None if order == "oldest" else store.coverage().newest
    if selection == Selection(thoughts=selection.thoughts) and newest is not None:
        # Between two bounds the articles are found by their dates, without a scan.
        until = newest + timedelta(seconds=1)
        for days in _DAYS:
            since = newest - timedelta(days=days)
            found = store.select_columns(replace(selection, since=since, until=until))
            if len(found.keys):
                return Dated(found, store)
    return Dated(store.select_columns(selection), store, order)


def load(references: Iterable[Reference], session: ReadSession) -> Iterator[Match]:
    """
    Fetch the articles of *references*, a batch at a time, each sentence once.

    One that has changed since it was found is left out, and so is a sentence that does not
    carry the statement it was found for.

    Args:
        references: statements, best first; read only as far as needed.
        session: the articles, and for whom people speak.

    Raises:
        StoreError: if the store cannot be read.
    """
    seen: set[tuple[str, int]] = set()
    coming = iter(references)
    while batch := list(islice(coming, _BATCH)):
        numbers: defaultdict[str, set[int]] = defaultdict(set)
        for ref in batch:
            numbers[ref.article_id].add(ref.number)
        items = session.get_many(list(numbers), numbers)
        for ref in batch:
            item = items.get(ref.article_id)
            if item is None or ref.number >= len(item.statements):
                continue
            # The article is sealed, the list it was found by is not: a sentence must be its own.
            carried = parts_of(item.statements[ref.number], item)
            fresh = tuple(
                at for at in ref.sentences if at in carried and (ref.article_id, at) not in seen
            )
            seen.update((ref.article_id, at) for at in fresh)
            if fresh:
                yield Match(item, ref.number, fresh, ref.score, ref.sure)
