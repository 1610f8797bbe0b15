"""
An index of any size: real articles first, then perturbed copies of them.

A copy has the real statements of its original. Words outside sources and cues give way to other
words of the same length, so that every span stays true; vectors turn by some 25 degrees; dates
spread over two years; some speakers are renamed, and some speak for another party, so that the
people on record grow as they do in real news. Everything goes through ``Store.put``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.core import open_index
from index.settings import load_index_settings
from index.store import Store, Vectors
from index.types import Article, IndexedArticle, Party, Speaker, Statement
from tests.benchmarks.questions import DEFAULT, lines_of

# US politics, then world news.
ARTICLES = (DEFAULT / "polnear_dev.jsonl", DEFAULT.parent / "wikinews" / "wikinews.jsonl")
_FIRST_DAY = datetime(2018, 1, 1, tzinfo=UTC)
_MINUTES = 2 * 365 * 24 * 60
_TURN = 0.45
_RENAMED = 0.4
_OTHER_PARTY = 0.3
_REWORDED = 0.25
_WORD = re.compile(r"\b[a-z]{4,}\b")
_SYLLABLES = ("ba", "do", "ka", "li", "mo", "ne", "ri", "so", "ta", "vu", "ze", "ga")


@dataclass(frozen=True, slots=True)
class Original:
    """A real article with its vectors."""

    item: IndexedArticle
    vectors: Vectors


def missing_articles() -> Path | None:
    """Return the first file of the benchmark's articles that is not there; None if all are."""
    return next((file for file in ARTICLES if not file.exists()), None)


def real_articles() -> Iterator[Article]:
    """
    Read the articles of the benchmark: US politics, then world news.

    Raises:
        FileNotFoundError: if a file of them is not there; see `missing_articles`.
    """
    politics, news = ARTICLES
    for line in lines_of(politics):
        moment = datetime.fromisoformat(line["date"]) if line["date"] else None
        aware = moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
        yield Article(line["id"], line["title"] or "", line["text"], line["publisher"], None, aware)
    for line in lines_of(news):
        day = datetime.fromisoformat(line["date"]).replace(tzinfo=UTC)
        yield Article(line["url"], line["title"], line["text"], "Wikinews", line["url"], day)


def index_originals(folder: Path) -> None:
    """Index the real articles in *folder*, those that are not there yet."""
    with closing(open_index(load_index_settings(data_dir=folder))) as index:
        for _ in index.add(real_articles()):
            pass


def read_originals(folder: Path) -> list[Original]:
    """Take the real articles from the index in *folder*."""
    found = []
    with closing(open_index(load_index_settings(data_dir=folder))) as index:
        for name in index.store.ids():
            item, vectors = index.store.get(name), index.store.vectors(name)
            assert item is not None
            assert vectors is not None
            found.append(Original(item, vectors))
    return found


def grow(store: Store, originals: Sequence[Original], sentences: int, seed: int) -> Iterator[int]:
    """
    Fill *store* with the originals and copies of them; gives the size of each article stored.

    A store that holds some already is filled up from where it stands.
    """
    copies = Copies(originals, seed)
    number = store.coverage().articles
    stored = store.coverage().sentences
    while stored < sentences:
        item, vectors = copies.make(number)
        store.put(item, vectors)
        number, stored = number + 1, stored + len(item.sentences)
        yield len(item.sentences)


class Copies:
    """Makes the n-th article: an original, or a perturbed copy of one; always the same."""

    def __init__(self, originals: Sequence[Original], seed: int) -> None:
        self._originals = originals
        self._seed = seed
        self._words: dict[int, list[str]] = {}
        parties: dict[str, Party] = {}
        for original in originals:
            for word in _WORD.findall(original.item.article.text):
                self._words.setdefault(len(word), []).append(word)
            for statement in original.item.statements:
                for party in statement.speaker.parties if statement.speaker else ():
                    parties.setdefault(party.key, party)
        self._parties = list(parties.values())

    def make(self, number: int) -> tuple[IndexedArticle, Vectors]:
        """Make the article with this number, from 0."""
        original = self._originals[number % len(self._originals)]
        if number < len(self._originals):
            return original.item, original.vectors
        chance = random.Random(f"{self._seed}-{number}")
        item = original.item
        published = _FIRST_DAY + timedelta(minutes=chance.randrange(_MINUTES))
        outlet = f"Herald {int(chance.paretovariate(0.8)) % 400}"
        article = replace(
            item.article, id=f"copy{number}", text=self._reworded(item, chance), url=None,
            outlet=outlet, published_at=published,
        )  # fmt: skip
        people = self._people(item, chance)
        statements = tuple(_by(s, people) for s in item.statements)
        titles = tuple(
            replace(t, key=people[t.key].key, name=people[t.key].name) if t.key in people else t
            for t in item.introductions
        )
        made = replace(item, article=article, statements=statements, introductions=titles)
        return made, _turned(original.vectors, number + self._seed)

    def _reworded(self, item: IndexedArticle, chance: random.Random) -> str:
        """Put other words of the same length into a text, but not into sources and cues."""
        made = [s.attribution for s in item.statements]
        fixed = np.zeros(len(item.article.text) + 1, dtype=np.bool_)
        spans = [span for a in made for span in (*a.source, *a.cue)]
        for start, end in (*spans, *(t.span for t in item.introductions)):
            fixed[start:end] = True

        def other(match: re.Match[str]) -> str:
            kept = chance.random() >= _REWORDED or fixed[match.start() : match.end()].any()
            return match.group() if kept else chance.choice(self._words[len(match.group())])

        return _WORD.sub(other, item.article.text)

    def _people(self, item: IndexedArticle, chance: random.Random) -> dict[str, Speaker]:
        """Choose who of an article bears another name, and who speaks for another party."""
        chosen: dict[str, Speaker] = {}
        for statement in item.statements:
            speaker = statement.speaker
            if speaker is None or speaker.key in chosen:
                continue
            key, name, parties = speaker.key, speaker.name, speaker.parties
            if chance.random() < _RENAMED and len(name.split()) == 2:
                last = "".join(chance.choices(_SYLLABLES, k=4)).title()
                name = f"{name.split()[0]} {last}"
                key = name.lower()
            if parties and chance.random() < _OTHER_PARTY:
                parties = (chance.choice(self._parties),)
            chosen[speaker.key] = replace(speaker, key=key, name=name, parties=parties)
        return chosen


def _by(statement: Statement, people: dict[str, Speaker]) -> Statement:
    speaker = statement.speaker
    return replace(statement, speaker=people.get(speaker.key, speaker)) if speaker else statement


def _turned(vectors: Vectors, seed: int) -> Vectors:
    """Turn each row by an angle, into a direction of its own."""
    noise: NDArray[np.float32] = np.random.default_rng(seed).standard_normal(
        vectors.shape, dtype=np.float32
    )
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    turned = vectors + _TURN * noise
    rows: Vectors = turned / np.linalg.norm(turned, axis=1, keepdims=True)
    return rows
