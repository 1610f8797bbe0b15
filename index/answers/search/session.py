"""
What one answer is read from: the articles, the model, the parties, and who is on record.

A session lives as long as one reading of the store, and is used by one thread. What is costly
and may be asked for twice within that time is kept in it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace

from index.answers.search.relevance import TopicQuery, TopicScores, score_topic
from index.answers.search.scoring.evidence import Numbers
from index.answers.search.scoring.shortlist import EvidenceFinder
from index.answers.search.scoring.voices import Voice
from index.models.embedder import Embedder
from index.roster.affiliations import Affiliations
from index.roster.directory import Directory, make_directory
from index.roster.outlet_sets import Sets
from index.speakers.gazetteer.parties import other_names
from index.speakers.gazetteer.tables import Tables
from index.store import Store
from index.types import IndexedArticle


class ReadSession:
    """One reading of the store, with what was scored in it so far."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        tables: Tables,
        *,
        directory: Directory | None = None,
        affiliations: Affiliations | None = None,
        sets: Sets | None = None,
    ) -> None:
        """
        Begin a reading.

        Args:
            store: the articles.
            embedder: the model of their vectors.
            tables: the parties.
            directory: who is on record; read from *store* if None.
            affiliations: for whom people speak; learned from *store* if None.
            sets: named sets of outlets.
        """
        self.store = store
        self.embedder = embedder
        self.tables = tables
        self.sets = sets or {}
        self._directory = directory
        self.evidence = EvidenceFinder(store, embedder)
        # Who may be meant by a description, with what speaks for each (see `meant`).
        self.voices: dict[Hashable, tuple[list[Voice], Numbers]] = {}
        self._affiliations = affiliations
        # A question about what was said may go on to what was thought, of the same sentences.
        self._scores: list[tuple[TopicQuery, TopicScores]] = []

    @property
    def directory(self) -> Directory:
        """Everybody on record."""
        if self._directory is None:
            self._directory = make_directory(self.store.speakers(), self.tables)
        return self._directory

    @property
    def affiliations(self) -> Affiliations:
        """For whom people speak by what other articles say."""
        if self._affiliations is None:
            self._affiliations = Affiliations(self.store, lambda: self.directory)
        return self._affiliations

    def scores_on(self, topic_query: TopicQuery) -> TopicScores:
        """Score the sentences that are about a topic, once in a session."""
        known = next((scores for other, scores in self._scores if other == topic_query), None)
        if known is None:
            known = score_topic(topic_query, self.evidence)
            for name in other_names(topic_query.topic, self.tables):
                known.add(score_topic(replace(topic_query, topic=name), self.evidence))
            self._scores.append((topic_query, known))
        return known

    def get_many(
        self, article_ids: Sequence[str], only: Mapping[str, Collection[int]] | None = None
    ) -> dict[str, IndexedArticle]:
        """
        Fetch articles, their speakers with the parties that other articles give them.

        Args:
            article_ids: which.
            only: by id, the numbers of the statements whose speakers matter; None for all.

        Returns:
            Id -> article, without those that the store does not have.

        Raises:
            StoreError: if the store cannot be read.
        """
        return self.affiliations.with_affiliations(self.store.get_many(article_ids), only)
