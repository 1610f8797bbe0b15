"""
Answer a query with quotes, or say that there is no answer.

Nothing is generated: an answer is sentences of stored articles, in an order. Where nobody who
was asked about is on record, the nearest statements by others are kept apart: shown as an
answer they would be words in the wrong mouth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from index.dates import find_dates
from index.describing import abstention, describe
from index.embedding import Embedder
from index.quoting import make_quotes
from index.ranking import Folded, Found, fold_copies, newest_first, spread
from index.searching import Engine, Reference, find_statements, load, party_keys, stance_fits
from index.speakers.tables import Tables
from index.store import KnownSpeaker, Store
from index.topics import clean_topic
from index.types import Briefing, Party, Query, Quote
from index.verifying import NEARLY, by_those_asked, find_quotation, nearly_said, own_label

__all__ = ["answer", "describe", "digest"]

_NEAREST = 3
# Statements looked at for one shown, so that copies of it in other papers are found.
_POOL = 8
_SMALLEST_POOL = 60
# Sentences of one long quotation that are shown while others wait.
_AT_ONCE = 3


def answer(
    query: Query,
    store: Store,
    embedder: Embedder,
    *,
    limit: int | None = 5,
    tables: Tables,
    speakers: Sequence[KnownSpeaker] | None = None,
) -> Briefing:
    """
    Answer *query*.

    Args:
        query: a parsed question.
        store: the articles.
        embedder: the model by which the store's vectors were made.
        limit: quotes at the most; None for all.
        tables: the parties and their names.
        speakers: who is on record, where the caller has it at hand.

    Returns:
        Quotes best first, each checked against its article; or an abstention with its reason
        and up to three nearest statements.

    Raises:
        StoreError: if the store cannot be read, or a sentence is not in its article.
    """
    engine = Engine(store, embedder, tables, speakers)
    if query.quotation is not None:
        return _verified(query, engine, limit)
    found, total = _found(query, engine, limit)
    if not found:
        return _abstained(query, engine)
    folded = fold_copies(found)
    if query.topic is None:
        folded = spread(folded)
    quotes = _quotes(folded, query, engine, limit)
    return Briefing(query, quotes, store.coverage(), total=total)


def digest(
    topic: str,
    store: Store,
    embedder: Embedder,
    *,
    since: datetime | None = None,
    limit: int | None = 10,
    tables: Tables,
    now: datetime,
) -> Briefing:
    """
    Tell who said what on *topic*: the quotes of one party stand together, the best party first.

    Args:
        topic: a few words; "since Monday" and other dates in it are understood.
        store: the articles.
        embedder: the model by which the store's vectors were made.
        since: only what was published from then on; wins over a date in *topic*.
        limit: quotes at the most; None for all.
        tables: the parties and their names.
        now: aware; relative dates count from it.

    Raises:
        StoreError: as ``answer``.
    """
    engine = Engine(store, embedder, tables)
    when = find_dates(" ".join(topic.split()), now=now, newest=store.coverage().newest)
    query = Query(
        text=topic,
        topic=clean_topic(when.rest),
        since=since or when.since,
        until=when.until,
        anyone=True,
    )
    references = find_statements(query, engine)
    pool = _pooled(references, query, engine, limit)
    named = [f for f in fold_copies(pool) if f.shown.statement and f.shown.statement.speaker]
    if not named:
        return _abstained(query, engine)
    groups: dict[str, list[Folded]] = {}
    for entry in named:
        groups.setdefault(_party_key(entry), []).append(entry)
    quotes = [
        quote
        for entries in _shares(groups, limit)
        for entry in entries
        for quote in make_quotes(entry, names=tables.parties)
    ]
    headings = {key: _heading(key, entries, tables) for key, entries in groups.items() if key}
    return Briefing(
        query,
        tuple(quotes[:limit]),
        store.coverage(),
        total=_count(pool, references, query, limit),
        headings=headings,
    )


def _found(query: Query, engine: Engine, limit: int | None) -> tuple[list[Found], int]:
    """Find the statements to show and count all that fit; thoughts only where nothing was said."""
    for thoughts in (False, True):
        references = find_statements(query, engine, thoughts=thoughts)
        pool = _pooled(references, query, engine, limit)
        if pool:
            return pool, _count(pool, references, query, limit)
    return [], 0


def _count(
    pool: Sequence[Found], references: Sequence[Reference], query: Query, limit: int | None
) -> int:
    """
    Count the statements that fit: copies and those that share a sentence once.

    Exact where all were loaded. Beyond, what was not loaded counts as it stands.
    """
    folded = len(fold_copies(pool))
    if limit is None or query.stance is not None or len(pool) < _pool_size(limit):
        return folded
    # Its sentences may be loaded with another statement already: each counts once.
    loaded = {(f.item.article.id, at) for f in pool for at in f.sentences}
    rest = {
        (r.article_id, r.sentences) for r in references
        if not any((r.article_id, at) in loaded for at in r.sentences)
    }  # fmt: skip
    return folded + len(rest)


def _pool_size(limit: int) -> int:
    """Say how many statements are loaded to show *limit* quotes."""
    return max(_SMALLEST_POOL, limit * _POOL)


def _pooled(
    references: Sequence[Reference], query: Query, engine: Engine, limit: int | None
) -> list[Found]:
    """Load as many statements as are needed to fill the answer."""
    fitting = (found for found in load(references, engine.store) if stance_fits(found, query))
    if limit is None or query.stance is not None:
        return list(fitting)
    return list(islice(fitting, _pool_size(limit)))


def _quotes(
    folded: Sequence[Folded],
    query: Query,
    engine: Engine,
    limit: int | None,
    labels: Sequence[str] = (),
) -> tuple[Quote, ...]:
    """Make the quotes of an answer; where there are too many, long quotations give way."""
    each = [
        make_quotes(entry, party_keys(query), engine.tables.parties, labels)
        for entry in (folded if limit is None else folded[: max(limit, 0)])
    ]
    if limit is None or sum(map(len, each)) <= limit:
        return tuple(quote for quotes in each for quote in quotes)
    longest = max(map(len, each), default=0)
    for at_once in range(_AT_ONCE, longest + 1):
        shown = [quote for quotes in each for quote in quotes[:at_once]]
        if len(shown) >= limit:
            break
    else:
        shown = [quote for quotes in each for quote in quotes]
    return tuple(shown[:limit])


def _verified(query: Query, engine: Engine, limit: int | None) -> Briefing:
    """Answer "who said '…'?"."""
    said, others = find_quotation(query, engine)
    asked = by_those_asked(said, query, engine)
    coverage = engine.store.coverage()
    if asked:
        labels = (own_label(asked[0]),) if asked[0].statement is None else ()
        quotes = _quotes(fold_copies(_oldest_first(asked)), query, engine, limit, labels)
        return Briefing(query, quotes, coverage, total=len(asked))
    nearly = (
        [] if said else by_those_asked(nearly_said(others, query.quotation or ""), query, engine)
    )
    if nearly:
        quotes = _quotes(fold_copies(nearly), query, engine, limit, (NEARLY,))
        return Briefing(query, quotes, coverage, total=len(nearly))
    near = [*said, *(found for found in others if found.score >= 0.5)]
    nearest = _quotes(fold_copies(near), query, engine, _NEAREST)
    reason = abstention(query, coverage, engine.tables)
    return Briefing(query, (), coverage, abstained=True, reason=reason, nearest=nearest)


def _oldest_first(found: Sequence[Found]) -> list[Found]:
    """Order so that whoever said it first comes first; undated articles last."""
    dated = [f for f in newest_first(found) if f.item.article.published_at]
    return [*reversed(dated), *(f for f in found if not f.item.article.published_at)]


def _abstained(query: Query, engine: Engine) -> Briefing:
    """Say that there is no answer, with the nearest statements kept apart."""
    coverage = engine.store.coverage()
    reason = abstention(query, coverage, engine.tables)
    for wider in _wider(query):
        found, _ = _found(wider, engine, _NEAREST)
        if found:
            folded = fold_copies(found)[:_NEAREST]
            nearest = _quotes(folded, wider, engine, _NEAREST)
            return Briefing(query, (), coverage, abstained=True, reason=reason, nearest=nearest)
    return Briefing(query, (), coverage, abstained=True, reason=reason)


def _wider(query: Query) -> list[Query]:
    """List what comes nearest to *query*: without its filters, then by anyone on its topic."""
    unfiltered = replace(query, since=None, until=None, outlet=None, stance=None, negated=False)
    anyone = replace(
        unfiltered, party=None, speaker=None, other_parties=(), other_speakers=(), anyone=True
    )
    wider = [unfiltered] if unfiltered != query else []
    return [*wider, anyone] if query.topic is not None and anyone != query else wider


def _party_key(entry: Folded) -> str:
    """Name the party under which a statement is listed; "" for a speaker without one."""
    statement = entry.shown.statement
    speaker = statement.speaker if statement else None
    return speaker.parties[0].key if speaker and speaker.parties else ""


def _shares(groups: dict[str, list[Folded]], limit: int | None) -> list[list[Folded]]:
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


def _heading(key: str, entries: Sequence[Folded], tables: Tables) -> str:
    """Name a party as it is displayed."""
    statement = entries[0].shown.statement
    parties: tuple[Party, ...] = ()
    if statement is not None and statement.speaker is not None:
        parties = statement.speaker.parties
    return tables.parties[key].name if key in tables.parties else parties[0].name
