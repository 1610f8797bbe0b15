"""
Find what queries ask for within one article: for questions that stay asked.

What counts is what the question itself would find among all articles. To search them all for each
article that arrives would take too long, so its sentences are judged beside what the question
found before (`backdrop`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from index.answers.search.arrived_evidence import ArrivedFinder, Preparation
from index.answers.search.backdrop import Backdrops
from index.answers.search.duplicates import Match, UniqueMatch, fold_copies
from index.answers.search.meant import (
    least_near,
    meant_by_description,
    nearness_of,
    topic_of,
)
from index.answers.search.relevance import SentenceKeys, TopicQuery, TopicScores, score_topic
from index.answers.search.scoring.spoken import SpokenArticle, spoken_article
from index.answers.search.selection import (
    form_fits,
    outlets_of,
    party_fits,
    selection_of,
    stance_fits,
)
from index.answers.search.session import ReadSession
from index.speakers.gazetteer.parties import other_names
from index.store import Keys, Selection, Vectors
from index.store.selection import matches_article, matches_statement
from index.types import IndexedArticle, Query


class ArrivedArticle:
    """One article, ready to be asked."""

    def __init__(self, item: IndexedArticle, session: ReadSession, backdrops: Backdrops) -> None:
        """
        Read what is the same for every question.

        Args:
            item: the article as it is stored.
            session: the articles, the model of their vectors, the parties.
            backdrops: what the questions looked at before.

        Raises:
            StoreError: if the store cannot be read.
        """
        self._item = item
        self._session = session
        self._selections: dict[Query, Selection | None] = {}
        self._numbers: dict[Selection, list[int]] = {}
        self._spoken: SpokenArticle = spoken_article(item)
        self._spoken.folded.prepare()
        self._vectors = backdrops.vectors_of(item)
        self._backdrops = backdrops
        self._sentences = session.store.coverage().sentences
        self._finder = ArrivedFinder(self._spoken, self._vectors, self._sentences, backdrops)
        # With the parties that other articles give its speakers.
        self._shown = session.get_many([item.article.id]).get(item.article.id, item)

    def find_all(
        self, choose: Callable[[IndexedArticle, Vectors], Sequence[Query]]
    ) -> Iterator[tuple[Query, UniqueMatch]]:
        """List with each question that *choose* chooses for the article what `find` finds."""
        for query in choose(self._shown, self._vectors):
            yield from ((query, each) for each in self.find(query))

    def find(self, query: Query) -> list[UniqueMatch]:
        """
        Find the statements that *query* asks for, in reading order.

        Args:
            query: a parsed question, not for a quotation.

        Returns:
            Statements, none of them only thought.

        Raises:
            StoreError: if the store cannot be read.
        """
        # A stance is taken by other words than its verb too, if there is a topic.
        open_ = query.topic is not None and query.stance is not None and not query.negated
        selections = [
            replace(each, cue_classes=frozenset()) if open_ else each
            for each in self._selections_of(query)
            if matches_article(self._item.article, each)
        ]
        numbers = sorted({number for each in selections for number in self._selected(each)})
        if not numbers:
            return []
        if query.topic is None:
            found = self._matches(numbers, TopicScores())
        else:
            about = self._about(query, query.topic, selections, numbers)
            found = self._matches(numbers, about) if about.scores else []
        fitting = [each for each in found if _fits(each, query)]
        ordered = sorted(fitting, key=lambda each: (each.sentences, each.number))
        return fold_copies(ordered)

    def _selections_of(self, query: Query) -> list[Selection]:
        """Say whose statements *query* wants, once for all that want the same."""
        who = replace(query, text="", topic=None, clause=False, assumed=(), inherited=())
        if who not in self._selections:
            self._selections[who] = selection_of(query, self._session)
        selection = self._selections[who]
        if selection is not None:
            return [selection]
        numbers = self._finder.measured(topic_of(query))
        near = max(nearness_of(numbers), default=-math.inf)
        return described(query, self._session, self._backdrops, near)

    def _selected(self, selection: Selection) -> list[int]:
        """List the numbers of the statements of those asked."""
        if selection not in self._numbers:
            self._numbers[selection] = [
                number
                for number, statement in enumerate(self._item.statements)
                if matches_statement(statement, self._item, selection)
            ]
        return self._numbers[selection]

    def _about(
        self, query: Query, topic: str, selections: Sequence[Selection], numbers: Sequence[int]
    ) -> TopicScores:
        """Score the sentences of some statements that stay, by their numbers."""
        finder, store = self._finder, self._session.store
        everybody = Selection() in selections

        def carried() -> Keys | None:
            columns = [store.select_columns(each).keys for each in selections]
            return None if everybody else np.unique(np.concatenate(columns))

        parts = self._spoken.parts
        places = {*self._spoken.carrying} if everybody else {at for n in numbers for at in parts[n]}
        among = SentenceKeys(np.array(sorted(places), dtype=np.int64))
        named = any(each.attributed for each in selections)
        finder.ask(replace(query, text=""), carried)
        about = TopicScores()
        for name in (topic, *other_names(topic, self._session.tables)):
            about.add(score_topic(TopicQuery(name, among, named, query.stance), finder))
        kept = finder.lasting(about.scores)
        return TopicScores({at: about.scores[at] for at in kept}, about.unsure & kept)

    def _matches(self, numbers: Sequence[int], about: TopicScores) -> list[Match]:
        """Make matches of statements, of all sentences or of those between the scored ones."""
        found, scores = [], about.scores
        for number in numbers:
            parts = self._spoken.parts[number]
            if scores:
                at = [n for n, part in enumerate(parts) if part in scores]
                parts = parts[at[0] : at[-1] + 1] if at else []
            if parts:
                score = max((scores.get(part, 0.0) for part in parts), default=0.0)
                scored = [part for part in parts if part in scores]
                sure = not scored or not about.unsure.issuperset(scored)
                found.append(Match(self._shown, number, tuple(parts), score, sure))
        return _each_sentence_once(sorted(found, key=lambda each: (-each.score, each.number)))


def _each_sentence_once(found: Sequence[Match]) -> list[Match]:
    return [*_fresh(found)]


def _fresh(found: Sequence[Match]) -> Iterator[Match]:
    seen: set[int] = set()
    for each in found:
        fresh = tuple(at for at in each.sentences if at not in seen)
        seen.update(fresh)
        if fresh:
            yield replace(each, sentences=fresh)


def _fits(found: Match, query: Query) -> bool:
    return all(fits(found, query) for fits in (stance_fits, party_fits, form_fits))


def described(
    query: Query, session: ReadSession, backdrops: Backdrops, near: float = -math.inf
) -> list[Selection]:
    """
    Select what is said by those whom *query* describes; see `Backdrops.described`.

    Args:
        query: a question whose speaker is nobody on record.
        session: the articles, the model of their vectors, the parties.
        backdrops: what was found before.
        near: how near the topic the article is that has arrived; see `meant.nearness_of`.

    Raises:
        StoreError: if the store cannot be read.
    """
    base = Selection(since=query.since, until=query.until, outlets=outlets_of(query, session))
    return backdrops.described(
        replace(query, text=""),
        near,
        lambda: (meant_by_description(query, session, base), least_near(query, session)),
    )


def prepare(query: Query, session: ReadSession, backdrops: Backdrops) -> None:
    """
    Look at what all articles say on a question, so that the next article need not wait for it.

    Args:
        query: a parsed question, not for a quotation.
        session: the articles, the model of their vectors, the parties.
        backdrops: where it is kept.

    Raises:
        StoreError: if the store cannot be read.
    """
    selection = selection_of(query, session)
    if selection is None:
        described(query, session, backdrops)
    if query.topic is None or selection is None:
        return
    if query.stance is not None and not query.negated:
        selection = replace(selection, cue_classes=frozenset())
    everybody = selection == Selection()
    carried = None if everybody else np.unique(session.store.select_columns(selection).keys)
    finder = Preparation(replace(query, text=""), carried, backdrops)
    named = selection.attributed is True
    for name in (query.topic, *other_names(query.topic, session.tables)):
        score_topic(TopicQuery(name, None, named, query.stance), finder)
