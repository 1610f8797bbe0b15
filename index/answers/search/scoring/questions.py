"""
Examples to learn relevance from: questions with known answers, and what the index finds for them.

A corpus is indexed as ever, and its questions are read as ever, so that the examples have the
speakers, parties and slips that answers are made of. Speakers get better from time to time; so
each question is also put to whom the labels say that it asks.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answers.search.meant import is_described, voices_of
from index.answers.search.scoring.evidence import Numbers
from index.answers.search.scoring.shortlist import EvidenceFinder, find_wordings
from index.answers.search.scoring.voices import Voice
from index.answers.search.selection import selection_of
from index.answers.search.session import ReadSession
from index.errors import QuestionError
from index.ingest.indexing import Policy, index_articles
from index.models import open_embedder
from index.questions.parser import parse_question
from index.roster.described import speakers_meant
from index.roster.directory import make_directory
from index.settings import IndexSettings
from index.sources.folder import read_paths
from index.speakers.gazetteer.tables import load_tables
from index.store import Keys, Selection
from index.store.factory import open_store
from index.types import IndexedArticle, Query

# A sentence of the labels: its article, and its number there.
Labelled = tuple[str, int]
# Questions of other corpora that are put to one in vain.
_FOREIGN = 30
# Tries to find somebody who does not speak in the articles that answer a question.
_TRIES = 30


@dataclass(frozen=True, slots=True)
class Example:
    """
    A question's topic put to some sentences.

    ``kind``: "typed" to whom the product understands, "labelled" to whom the labels say,
    "elsewhere" to somebody who does not speak in the articles that answer it, "made" of words of
    an article; a "quoted" one has the numbers of a wording, a "described" one those of speakers
    (a "worded" one too, since it is called so on record; a "strange" one, which means nobody).
    ``right`` (n,) says which of the sentences behind ``numbers`` answer; ``labels``
    are each one's labelled sentences, ``gold`` the grades of all that answer.
    """

    corpus: str
    kind: str
    answerable: bool
    numbers: Numbers
    right: NDArray[np.bool_]
    labels: Sequence[Sequence[Labelled]] = ()
    gold: Mapping[Labelled, int] = field(default_factory=dict)


def lines_of(file: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def open_corpus(folder: Path, articles: Iterator[Any]) -> ReadSession:
    """Open the index in *folder*, with *articles* if it is new."""
    settings = IndexSettings(data_dir=folder)
    folder.mkdir(parents=True, exist_ok=True)
    embedder, tables = open_embedder(settings), load_tables()
    store = open_store(settings, embedder.name, embedder.dim)
    if not store.coverage().articles:
        policy = Policy(settings.max_characters)
        for _ in index_articles(articles, store, embedder, tables, policy):
            pass
    directory = make_directory(store.speakers(), tables)
    return ReadSession(store, embedder, tables, directory=directory)


def examples_of(folder: Path, indexes: Path, rng: random.Random) -> list[Example]:
    """
    Make the examples of a corpus: *folder* has its articles, labels and questions.

    Questions and quotations of the folders beside it have no answer here.
    """
    session = open_corpus(indexes / folder.name, read_paths([str(folder / "articles.jsonl")]))
    corpus = _Corpus(folder.name, session, lines_of(folder / "labels.jsonl"))
    made: list[Example] = []
    others = [f for f in sorted(folder.parent.glob("*/questions.jsonl")) if f.parent != folder]
    foreign = [line for file in others for line in lines_of(file)]
    rng.shuffle(foreign)
    quoting = [line for line in foreign if line["type"] == "verify"]
    for line in [*foreign[:_FOREIGN], *quoting]:
        if (query := corpus.read(line)) is not None:
            made += corpus.in_vain(query)
    for line in foreign:
        if (query := corpus.read(line)) is not None and is_described(query):
            made += corpus.described_in_vain(query)
            if sum(e.kind == "strange" for e in made) >= _FOREIGN:
                break
    for line in lines_of(folder / "questions.jsonl"):
        query = corpus.read(line)
        if query is not None and is_described(query):
            made.append(corpus.described(line, query))
        if query is not None and query.quotation is not None:
            made.append(corpus.quoted(line, query.quotation))
        if query is None or query.topic is None or query.quotation is not None:
            continue
        made += corpus.examples(line, query)
        if line["answerable"] and (other := corpus.elsewhere(line, query, rng)) is not None:
            made.append(other)
    session.store.close()
    return made


def _is_asked(label: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    """Return whether a label's speaker is asked, or speaks for whoever is."""
    theirs = {label["party"], *label["party_alt"]}
    return label["speaker"] in asked["speaker"] or not theirs.isdisjoint(asked["party"])


class _Corpus:
    """An indexed corpus with its labels."""

    def __init__(self, name: str, session: ReadSession, labelled: Sequence[dict[str, Any]]) -> None:
        self._name = name
        self._session = session
        self._labels = {each["doc"]: each["sentences"] for each in labelled}
        store = session.store
        keys = np.unique(store.select_columns(Selection(thoughts=True)).keys)
        self._places = store.locate(keys.tolist())
        self._items = store.get_many(sorted({name for name, _ in self._places.values()}))
        self._labels_of = {
            key: self._covered(self._items[name], at) for key, (name, at) in self._places.items()
        }

    def _covered(self, item: IndexedArticle, at: int) -> list[Labelled]:
        """List the labelled sentences of which a sentence covers at least half."""
        sentence = item.sentences[at]
        return [
            (item.article.id, number)
            for number, label in enumerate(self._labels.get(item.article.id, ()))
            if 2 * (min(label["end"], sentence.end) - max(label["start"], sentence.start))
            >= label["end"] - label["start"]
        ]

    def read(self, line: Mapping[str, Any]) -> Query | None:
        """Read a question as the product does; None if it cannot."""
        query: Query | None = None
        store = self._session.store
        for text in line.get("turns") or [line["question"]]:
            try:
                query = parse_question(
                    text,
                    self._session.directory,
                    now=datetime.now(UTC),
                    newest=store.coverage().newest,
                    previous=query,
                    outlets=store.outlets(),
                )
            except QuestionError:
                return None
        return query

    def examples(self, line: Mapping[str, Any], query: Query) -> Iterator[Example]:
        """Put a question to whom the product understands, and to whom the labels say."""
        wanted = selection_of(replace(query, stance=None), self._session)
        if wanted is not None:
            keys = None
            if wanted != Selection():
                keys = np.unique(self._session.store.select_columns(wanted).keys)
            yield self._example("typed", line, query, keys, named=wanted.attributed is True)
        asked = line["asked"]
        if asked["party"] or asked["speaker"]:
            theirs = [key for key in self._labels_of if self._is_by(key, asked, query)]
            keys = np.array(sorted(theirs), dtype=np.int64)
            yield self._example("labelled", line, query, keys, named=True)

    def described(self, line: Mapping[str, Any], query: Query) -> Example:
        """Look for whom a description means: its example has the numbers of the speakers."""
        voices, numbers = voices_of(query, self._session)
        right = np.array([self._share(v, line["asked"]) > 0.5 for v in voices], dtype=bool)
        found = speakers_meant(query.speaker or "", self._session.directory, query.party)
        kind = "worded" if found else "described"
        return Example(self._name, kind, line["answerable"], numbers, right)

    def described_in_vain(self, query: Query) -> Iterator[Example]:
        """Look for whom a description of another corpus means: for nobody."""
        voices, numbers = voices_of(query, self._session)
        known = speakers_meant(query.speaker or "", self._session.directory, query.party)
        if voices and not known:
            right = np.zeros(len(voices), dtype=bool)
            yield Example(self._name, "strange", False, numbers, right)

    def _share(self, voice: Voice, asked: Mapping[str, Any]) -> float:
        """Measure how much of what a speaker says in an article the labels give to *asked*."""
        item = self._items.get(voice.article_id)
        labels = (
            [] if item is None else [x for at in voice.sentences for x in self._covered(item, at)]
        )
        found = [
            _is_asked(each, asked)
            for doc, number in labels
            for each in self._labels[doc][number]["statements"]
        ]
        return float(np.mean(found)) if found else 0.0

    def _is_by(self, key: int, asked: Mapping[str, Any], query: Query) -> bool:
        """Return whether the labels give a sentence to whom a question asks, in its time."""
        day = self._items[self._places[key][0]].article.published_at
        if (query.since and (day is None or day < query.since)) or (
            query.until and (day is None or day >= query.until)
        ):
            return False
        return any(
            _is_asked(each, asked)
            for doc, number in self._labels_of[key]
            for each in self._labels[doc][number]["statements"]
        )

    def elsewhere(
        self, line: Mapping[str, Any], query: Query, rng: random.Random
    ) -> Example | None:
        """Put a question to somebody who does not speak in the articles that answer it."""
        store, docs = self._session.store, {each["doc"] for each in line["gold"]}
        voices = [
            Selection(speakers=frozenset({s.key}))
            for s in self._session.directory.speakers
            if s.statements > 1
        ]
        voices += [Selection(parties=frozenset({p.key})) for p, n in store.parties() if n > 1] * 3
        for _ in range(_TRIES if voices else 0):
            keys = np.unique(store.select_columns(rng.choice(voices)).keys)
            apart = np.array([k for k in keys.tolist() if self._places[k][0] not in docs])
            if len(apart):
                bare = {"gold": [], "answerable": False}
                return self._example("elsewhere", bare, query, apart, named=True)
        return None

    def in_vain(self, query: Query) -> Iterator[Example]:
        """Put a question of another corpus to this one, whoever is asked."""
        nothing = {"gold": [], "answerable": False}
        if query.quotation is not None:
            yield self.quoted(nothing, query.quotation)
        elif query.topic is not None:
            yield self._example("elsewhere", nothing, query, None, named=False)

    def quoted(self, line: Mapping[str, Any], quotation: str) -> Example:
        """Look a quotation up: its example has the numbers of a wording."""
        gold = {(each["doc"], each["sent"]): each["grade"] for each in line["gold"]}
        store, embedder = self._session.store, self._session.embedder
        places, items, numbers = find_wordings(quotation, store, embedder)
        labels = [self._covered(items[each.article_id], each.sentence) for each in places]
        right = np.array([any(label in gold for label in each) for each in labels], dtype=bool)
        return Example(self._name, "quoted", line["answerable"], numbers, right, labels, gold)

    def _example(
        self,
        kind: str,
        line: Mapping[str, Any],
        query: Query,
        among: Keys | None,
        *,
        named: bool,
    ) -> Example:
        gold = {(each["doc"], each["sent"]): each["grade"] for each in line["gold"]}
        topic, finder = (
            query.topic or "",
            EvidenceFinder(self._session.store, self._session.embedder),
        )
        keys, numbers = finder.find(topic, among, named=named, stance=query.stance)
        labels = [self._labels_of.get(key, []) for key in keys]
        right = np.array([any(label in gold for label in each) for each in labels], dtype=bool)
        return Example(self._name, kind, line["answerable"], numbers, right, labels, gold)
