"""
Find the statements that a query asks for, best first.

Filter first, then search exactly: whose statements count is settled before any similarity, so
that no nearness ever brings in another speaker. Only the articles of what may be shown are
fetched whole. A question to anyone, without filters, is the one that searches all sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice

import numpy as np

from index.answers.candidates import Dated, Listing, Ranked, Reference
from index.answers.duplicates import Match
from index.answers.relevance import TopicQuery, places_of, score_topic
from index.models.embedder import Embedder
from index.roster.affiliations import Affiliations
from index.roster.directory import Directory, make_directory
from index.roster.lookup import speaker_keys
from index.speakers.gazetteer.tables import Tables
from index.store import Keys, Selection, Store
from index.store.codec import parts_of
from index.types import IndexedArticle, Query

_BATCH = 24
# Without a topic and without filters, statements of the newest days.
_DAYS = (2, 14, 100)


@dataclass(frozen=True, slots=True)
class ReadSession:
    """What answers are made of."""

    store: Store
    embedder: Embedder
    tables: Tables
    directory: Directory | None = None
    corpus: Affiliations | None = None
    # Who asks what was said may ask what was thought, of the same sentences once more.
    scores: list[tuple[TopicQuery, dict[int, float]]] = field(default_factory=list)

    def known(self) -> Directory:
        """Everybody on record."""
        return self.directory or make_directory(self.store.speakers(), self.tables)

    def learned(self) -> Affiliations:
        """For whom people speak by what other articles say."""
        return self.corpus or Affiliations(self.store, self.known)

    def scored(self, topic_query: TopicQuery) -> dict[int, float]:
        """Score the sentences that are about a topic, once for each reading."""
        known = next((scores for other, scores in self.scores if other == topic_query), None)
        if known is None:
            known = score_topic(topic_query, self.store, self.embedder)
            self.scores.append((topic_query, known))
        return known

    def get_many(
        self, article_ids: Sequence[str], only: Mapping[str, Collection[int]] | None = None
    ) -> dict[str, IndexedArticle]:
        """
        Fetch articles, their speakers with the parties that other articles tell.

        Args:
            article_ids: which.
            only: by id, the numbers of the statements whose speakers matter; None for all.
        """
        return self.learned().with_affiliations(self.store.get_many(article_ids), only)


def party_keys(query: Query) -> frozenset[str]:
    """Collect the parties that *query* asks for."""
    return frozenset(key for key in (query.party, *query.other_parties) if key)


def outlets_of(query: Query) -> frozenset[str]:
    """Collect the outlets that *query* is restricted to."""
    return frozenset(name for name in (query.outlet, *query.other_outlets) if name)


def selection_of(query: Query, session: ReadSession, *, thoughts: bool = False) -> Selection | None:
    """Say whose statements *query* wants; None if nobody on record is meant."""
    parties = party_keys(query)
    wanted: frozenset[str] = frozenset()
    names = [name for name in (query.speaker, *query.other_speakers) if name]
    for name in names:
        within = query.party if query.party and name == query.speaker else None
        wanted |= speaker_keys(name, session.known(), party=within)
    if names:
        parties -= {query.party} if query.party and query.speaker else set()
        if not wanted and not parties:
            return None
    return Selection(
        parties=frozenset(parties),
        speakers=wanted,
        since=query.since,
        until=query.until,
        outlets=outlets_of(query),
        cue_classes=frozenset({query.stance}) if query.stance else frozenset(),
        thoughts=thoughts,
        attributed=True if parties or wanted else None,
        learned=session.learned().terms(parties),
    )


def find_statements(
    query: Query, session: ReadSession, *, thoughts: bool = False, around: bool = False
) -> Listing:
    """
    List the statements that *query* asks for: by relevance to its topic, else newest first.

    Args:
        thoughts: what was only thought too.
        around: also all that is said in articles whose title names the topic.
    """
    selection = selection_of(query, session, thoughts=thoughts)
    if selection is None:
        return Ranked((), {})
    if query.topic is None:
        return _by_date(selection, session.store)
    if selection == Selection(thoughts=thoughts):
        scores = session.scored(TopicQuery(query.topic, around=around))
        return Ranked(session.store.select(selection, _keys(scores)), scores)
    carried = session.store.select_columns(selection)
    topic_query = TopicQuery(
        query.topic,
        places_of(carried.keys, carried.sentences),
        named=selection.attributed is True,
        stance=query.stance is not None,
        around=around,
    )
    scores = session.scored(topic_query)
    about = carried.statements[np.isin(carried.keys, _keys(scores))]
    return Ranked(session.store.statements(about), scores)


def _keys(scores: Mapping[int, float]) -> Keys:
    return np.fromiter(scores, dtype=np.int64)


def _by_date(selection: Selection, store: Store) -> Dated:
    """List by date, but of everything only what is newest."""
    newest = store.coverage().newest
    if selection == Selection(thoughts=selection.thoughts) and newest is not None:
        # Between two bounds the articles are found by their dates, without a scan.
        until = newest + timedelta(seconds=1)
        for days in _DAYS:
            since = newest - timedelta(days=days)
            found = store.select_columns(replace(selection, since=since, until=until))
            if len(found.keys):
                return Dated(found, store)
    return Dated(store.select_columns(selection), store)


def load(references: Iterable[Reference], session: ReadSession) -> Iterator[Match]:
    """
    Fetch the articles of *references*, a batch at a time, each sentence once.

    One that has changed since it was found is left out, and so is a sentence that does not
    carry the statement it was found for.
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
                yield Match(item, ref.number, fresh, ref.score)


def party_fits(found: Match, query: Query) -> bool:
    """
    Tell whether the speaker of a statement still speaks for a party that was asked for.

    The store selects by the shipped tables; the articles may know better. "Who else?" leaves
    some out.
    """
    parties, statement = party_keys(query), found.statement
    speaker = statement.speaker if statement is not None else None
    if speaker is None:
        return True
    theirs = {party.key for party in speaker.parties}
    if {speaker.key, *theirs} & set(query.besides):
        return False
    return not parties or bool(query.speaker or query.other_speakers or parties & theirs)


def stance_fits(found: Match, query: Query) -> bool:
    """Tell whether a statement takes the stance asked for: "did not deny" is no denial."""
    if query.stance is None or found.statement is None:
        return True
    return found.statement.attribution.negated == query.negated
