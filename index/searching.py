"""
Find the statements that a query asks for, best first.

Filter first, then search exactly: whose statements count is settled before any similarity, so
that no nearness ever brings in another speaker. Only the articles of what may be shown are
fetched whole. A question to anyone, without filters, is the one that searches all sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from index.asked import speaker_keys
from index.embedding import Embedder
from index.ranking import (
    Found,
    fuse,
    is_relevant,
    is_told_nearby,
    may_be_told_nearby,
    word_coverage,
)
from index.speakers.tables import Tables
from index.store import Candidate, Keys, KnownSpeaker, Selection, Store
from index.store.codec import statement_parts
from index.types import Query
from index.wording import content_words

# Of unfiltered questions, the sentences that are looked at by each ranking.
_WIDE = 400
_AMONG = 4_000
_WORDS = 8
_DOUBTFUL = 24
_PARTS = 3
_BATCH = 24
# Without a topic and without filters, statements of the newest days.
_DAYS = (2, 14, 100)


@dataclass(frozen=True, slots=True)
class Engine:
    """What answers are made of."""

    store: Store
    embedder: Embedder
    tables: Tables
    speakers: Sequence[KnownSpeaker] | None = None

    def known(self) -> Sequence[KnownSpeaker]:
        """Everybody on record."""
        return self.store.speakers() if self.speakers is None else self.speakers


@dataclass(frozen=True, slots=True)
class Reference:
    """A statement that fits: its place, its sentences that fit, and how well."""

    article_id: str
    number: int
    sentences: tuple[int, ...]
    score: float


def party_keys(query: Query) -> frozenset[str]:
    """Collect the parties that *query* asks for."""
    return frozenset(key for key in (query.party, *query.other_parties) if key)


def selection_of(query: Query, engine: Engine, *, thoughts: bool = False) -> Selection | None:
    """Say whose statements *query* wants; None if nobody on record is meant."""
    parties = party_keys(query)
    wanted: frozenset[str] = frozenset()
    names = [name for name in (query.speaker, *query.other_speakers) if name]
    for name in names:
        within = query.party if query.party and name == query.speaker else None
        wanted |= speaker_keys(name, engine.known(), engine.tables, party=within)
    if names:
        parties -= {query.party} if query.party and query.speaker else set()
        if not wanted and not parties:
            return None
    return Selection(
        parties=frozenset(parties),
        speakers=wanted,
        since=query.since,
        until=query.until,
        outlet=query.outlet,
        cue_classes=frozenset({query.stance}) if query.stance else frozenset(),
        thoughts=thoughts,
        attributed=True if parties or wanted else None,
    )


def find_statements(query: Query, engine: Engine, *, thoughts: bool = False) -> list[Reference]:
    """List the statements that *query* asks for: by relevance to its topic, else newest first."""
    selection = selection_of(query, engine, thoughts=thoughts)
    if selection is None:
        return []
    if query.topic is not None and selection == Selection(thoughts=thoughts):
        return _anywhere(query.topic, engine, thoughts)
    candidates = _select(selection, engine.store)
    if query.topic is None:
        return _by_date(candidates)
    return _by_topic(query.topic, candidates, engine)


def _select(selection: Selection, store: Store) -> list[Candidate]:
    """Select, but of everything only what is newest."""
    newest = store.coverage().newest
    if selection == Selection(thoughts=selection.thoughts) and newest is not None:
        for days in _DAYS:
            found = store.select(replace(selection, since=newest - timedelta(days=days)))
            if found:
                return found
    return store.select(selection)


def _by_date(candidates: Sequence[Candidate]) -> list[Reference]:
    """Group by statement, newest article first, undated last, then in reading order."""
    grouped: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        grouped.setdefault((candidate.article_id, candidate.statement), []).append(candidate)
    dated = [g for g in grouped.values() if g[0].published_at is not None]
    dated.sort(key=lambda g: g[0].published_at.timestamp() if g[0].published_at else 0.0,
               reverse=True)  # fmt: skip
    undated = [group for group in grouped.values() if group[0].published_at is None]
    return [_reference(group, 0.0) for group in (*dated, *undated)]


def _reference(group: Sequence[Candidate], score: float) -> Reference:
    ordered = sorted(group, key=lambda c: c.part)
    return Reference(
        ordered[0].article_id,
        ordered[0].statement,
        tuple(c.sentence for c in ordered),
        score,
    )


def _by_topic(topic: str, candidates: Sequence[Candidate], engine: Engine) -> list[Reference]:
    """Keep the sentences about *topic*, best first, those of one statement together."""
    among: Keys = np.unique(np.array([c.key for c in candidates], dtype=np.int64))
    scores, doubtful = _scored(topic, engine, among)
    places = {c.key: (c.article_id, c.sentence) for c in candidates if c.key in doubtful}
    scores |= _told_nearby(topic, doubtful, places, engine)
    grouped: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        if candidate.key in scores:
            grouped.setdefault((candidate.article_id, candidate.statement), []).append(candidate)
    found = [_reference(g, max(scores[c.key] for c in g)) for g in grouped.values()]
    return sorted(found, key=lambda r: (-r.score, r.article_id, r.number))


def _scored(
    topic: str, engine: Engine, among: Keys | None
) -> tuple[dict[int, float], dict[int, float]]:
    """
    Score the sentences that are about *topic*, 1 being the best possible.

    "Bread and ports" is found whole, or either; whatever holds both ranks first.

    Returns:
        Scores of those that are about it by themselves, and of the best doubtful ones.
    """
    sure, doubtful = _scored_whole(topic, engine, among)
    parts = re.split(r"(?i)\s+(?:and|or)\s+|\s*,\s*", topic)
    if 1 < len(parts) <= _PARTS and all(content_words(part) for part in parts):
        for part in parts:
            more, perhaps = _scored_whole(part, engine, among)
            for key, score in more.items():
                sure[key] = max(sure.get(key, 0.0), score / 2)
            doubtful = {k: v / 2 for k, v in perhaps.items()} | doubtful
    return sure, {key: score for key, score in doubtful.items() if key not in sure}


def _scored_whole(
    topic: str, engine: Engine, among: Keys | None
) -> tuple[dict[int, float], dict[int, float]]:
    """Score the sentences about *topic* taken as one: the sure and the doubtful ones."""
    if among is not None and not len(among):
        return {}, {}
    store, vector = engine.store, engine.embedder.embed_query(topic)
    k = _WIDE if among is None else min(len(among), _AMONG)
    near = store.search(vector, k, among)
    topical = content_words(topic)[:_WORDS]
    worded = store.match(" ".join(topical), k, among) if topical else []
    cosines = dict(near)
    if missing := [s.key for s in worded if s.key not in cosines]:
        cosines |= dict(store.search(vector, len(missing), np.array(missing, dtype=np.int64)))
    total = store.coverage().sentences if among is None else len(among)
    share = word_coverage({w: [s.key for s in store.match(w, k, among)] for w in topical}, total)
    fused = fuse(near, worded)
    sure = {k: v for k, v in fused.items() if is_relevant(cosines.get(k, 0.0), share.get(k, 0.0))}
    doubtful = sorted(
        (k for k in fused if k not in sure
         and may_be_told_nearby(cosines.get(k, 0.0), len(topical), bool(sure))),
        key=lambda key: -fused[key],
    )  # fmt: skip
    # Half the score: whatever is about the topic by itself comes before.
    return sure, {key: fused[key] / 2 for key in doubtful[:_DOUBTFUL]}


def _told_nearby(
    topic: str,
    doubtful: Mapping[int, float],
    places: Mapping[int, tuple[str, int]],
    engine: Engine,
) -> dict[int, float]:
    """Keep of the doubtful sentences those whose surroundings are about *topic*."""
    topical = content_words(topic)
    items = engine.store.get_many(list(dict.fromkeys(name for name, _ in places.values())))
    return {
        key: doubtful[key]
        for key, (name, at) in places.items()
        if name in items
        and at < len(items[name].sentences)
        and is_told_nearby(items[name], at, topical)
    }


def _anywhere(topic: str, engine: Engine, thoughts: bool) -> list[Reference]:
    """Find statements about *topic* by whomever, those without a speaker too."""
    scores, doubtful = _scored(topic, engine, None)
    places = engine.store.locate([*scores, *doubtful])
    unsure = {key: places[key] for key in doubtful if key in places}
    scores |= _told_nearby(topic, doubtful, unsure, engine)
    best: dict[str, dict[int, float]] = {}
    for key, score in scores.items():
        if key in places:
            article_id, sentence = places[key]
            best.setdefault(article_id, {})[sentence] = score
    found = []
    for article_id, item in engine.store.get_many(list(best)).items():
        for number, parts in enumerate(statement_parts(item)):
            hit = [at for at in parts if at in best[article_id]]
            if not hit or (item.statements[number].attribution.thought and not thoughts):
                continue
            score = max(best[article_id][at] for at in hit)
            found.append(Reference(article_id, number, tuple(hit), score))
    return sorted(found, key=lambda r: (-r.score, r.article_id, r.number))


def load(references: Sequence[Reference], store: Store) -> Iterator[Found]:
    """
    Fetch the articles of *references*, a batch at a time, each sentence once.

    One that has changed since it was found is left out.
    """
    seen: set[tuple[str, int]] = set()
    for start in range(0, len(references), _BATCH):
        batch = references[start : start + _BATCH]
        items = store.get_many(list(dict.fromkeys(r.article_id for r in batch)))
        for ref in batch:
            item = items.get(ref.article_id)
            if item is None or ref.number >= len(item.statements):
                continue
            fresh = tuple(
                at for at in ref.sentences
                if at < len(item.sentences) and (ref.article_id, at) not in seen
            )  # fmt: skip
            seen.update((ref.article_id, at) for at in fresh)
            if fresh:
                yield Found(item, ref.number, fresh, ref.score)


def stance_fits(found: Found, query: Query) -> bool:
    """Tell whether a statement takes the stance asked for: "did not deny" is no denial."""
    if query.stance is None or found.statement is None:
        return True
    return found.statement.attribution.negated == query.negated
