"""
Examples made of articles alone: speakers are asked for two words of theirs, and for others'.

Questions that people typed are few. A topic of two words that stand in one statement is easier
than theirs, but there are hundreds of them, over news of another kind.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from index.answers.search.scoring.questions import Example, lines_of, open_corpus
from index.answers.search.scoring.shortlist import EvidenceFinder
from index.answers.search.session import ReadSession
from index.roster.described import speakers_meant
from index.store import Selection
from index.text.words import STOP_WORDS, content_words, holds_all
from index.types import Article, IndexedArticle

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
# Articles of a made-up corpus, how many of these, and how many speakers are asked in each.
_BATCH, _BATCHES, _VOICES = 84, 2, 150


def polnear_examples(file: Path, indexes: Path, rng: random.Random) -> list[Example]:
    """Make examples from annotated articles, whose topics are two words of a statement."""
    lines = sorted(lines_of(file), key=lambda line: str(line["id"]))
    rng.shuffle(lines)
    made: list[Example] = []
    for number in range(_BATCHES):
        name = f"made-{number}"
        batch = lines[number * _BATCH : (number + 1) * _BATCH]
        session = open_corpus(indexes / name, iter([_article(line) for line in batch]))
        made += _made_up(name, session, rng)
        session.store.close()
    return made


def _article(line: Mapping[str, Any]) -> Article:
    day = datetime.fromisoformat(line["date"]).replace(tzinfo=UTC) if line["date"] else None
    return Article(line["id"], line["title"] or "", line["text"], line["publisher"], None, day)


def _made_up(corpus: str, session: ReadSession, rng: random.Random) -> list[Example]:
    """Ask speakers for two words of theirs, and for two words that they never said."""
    people = [s for s in session.directory.speakers if s.statements > 2 and s.name[:1].isupper()]
    rng.shuffle(people)
    voices = [_Voice(corpus, speakers_meant(s.name, session.directory), s.name, session)
              for s in people[:_VOICES]]  # fmt: skip
    every = [phrase for voice in voices for phrase in voice.phrases]
    made: list[Example] = []
    for voice in voices:
        theirs = list(voice.phrases)
        rng.shuffle(theirs)
        found = [voice.asked_for(phrase) for phrase in theirs[:3]]
        found += [voice.asked_in_vain(rng.choice(every)) for _ in range(2) if every]
        made += [example for example in found if example is not None]
    return made


class _Voice:
    """A speaker of a made-up corpus: what he says, and what stands around it."""

    def __init__(self, corpus: str, keys: frozenset[str], name: str, session: ReadSession) -> None:
        self._corpus, self._session = corpus, session
        store = session.store
        self._among = np.unique(store.select_columns(Selection(speakers=keys)).keys)
        places = store.locate(self._among.tolist())
        items = store.get_many(sorted({article_id for article_id, _ in places.values()}))
        self._said = {k: _text(items[name], at, at + 1) for k, (name, at) in places.items()}
        self._near = {
            k: f"{items[name].article.title} {_text(items[name], 0, 3)} "
            + _text(items[name], max(0, at - 3), at + 4)
            for k, (name, at) in places.items()
        }
        own = set(name.lower().split())
        self.phrases = [p for text in self._said.values() for p in _phrases(text, own)]

    def asked_for(self, phrase: str) -> Example | None:
        """Ask for a phrase; what only stands near it is neither right nor wrong."""
        wanted = content_words(phrase)
        right = {key for key, text in self._said.items() if holds_all(text, wanted)}
        if not 0 < len(right) < 5:
            return None
        doubtful = {k for k in self._said if k not in right and holds_all(self._near[k], wanted)}
        return self._example(phrase, right, doubtful)

    def asked_in_vain(self, phrase: str) -> Example | None:
        """Ask for a phrase of somebody else's; None if it stands near this one's words too."""
        wanted = content_words(phrase)
        if any(holds_all(text, wanted) for text in self._near.values()):
            return None
        return self._example(phrase, set(), set())

    def _example(self, phrase: str, right: set[int], doubtful: set[int]) -> Example:
        finder = EvidenceFinder(self._session.store, self._session.embedder)
        keys, numbers = finder.find(phrase, self._among, named=True)
        kept = [at for at, key in enumerate(keys) if key not in doubtful]
        answers = np.array([keys[at] in right for at in kept], dtype=bool)
        return Example(self._corpus, "made", bool(right), numbers[kept], answers)


def _text(item: IndexedArticle, first: int, end: int) -> str:
    chosen = item.sentences[first:end]
    return item.article.text[chosen[0].start : chosen[-1].end] if chosen else ""


def _phrases(text: str, names: set[str]) -> Iterator[str]:
    """List two words that follow each other and can be a topic."""
    found = list(_WORD.finditer(text))
    for one, other in pairwise(found):
        pair = [one.group().lower(), other.group().lower()]
        if other.start() - one.end() == 1 and not any(
            len(word) < 4 or word in STOP_WORDS or word in names or word.endswith("ly")
            for word in pair
        ):
            yield text[one.start() : other.end()]
