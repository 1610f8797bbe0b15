"""Both stores against plain dicts, whatever comes in whatever order."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from store_builders import DIM, NORLAND, SUDLAND, article, day, said, speaker

from index.store import Selection
from index.store.memory import MemoryStore
from index.store.sqlite import SqliteStore

NAMES = st.sampled_from(["a", "b", "c", "d"])
WORDS = st.sampled_from(["tank", "bridge", "harbour", "snow"])
# Angles in degrees: no two of them have the same cosine with a query at 7 degrees.
ANGLES = st.sampled_from([0, 40, 90, 200, 300])
SENTENCES = st.lists(st.tuples(WORDS, ANGLES), max_size=4)
SPEAKERS = {"vik": speaker("Vik", NORLAND), "sol": speaker("Sol", SUDLAND)}


def direction(degrees):
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], np.float32)


class StoreAgainstDict(RuleBasedStateMachine):
    """``held``: article name -> its sentences as (word, angle), and who spoke the first."""

    def __init__(self):
        super().__init__()
        self.held = {}
        self.store = self.open()

    def open(self):
        return MemoryStore(DIM)

    def teardown(self):
        self.store.close()

    @rule(name=NAMES, sentences=SENTENCES, who=st.sampled_from(sorted(SPEAKERS)))
    def put(self, name, sentences, who):
        rows = np.array([direction(angle) for _, angle in sentences], np.float32)
        texts = [word for word, _ in sentences]
        says = [said(SPEAKERS[who], (0, len(texts[0])))] if texts else []
        item = article(name, *texts, says=says, published_at=day(1 + ord(name) % 4))
        self.store.put(item, rows.reshape(-1, DIM))
        self.held[name] = (sentences, who, item)

    @rule(name=NAMES)
    def remove(self, name):
        assert (self.held.pop(name, None) is not None) == self.store.remove(name)

    @rule(k=st.integers(0, 8), among=st.none() | st.sets(NAMES))
    def search(self, k, among):
        names = self.held if among is None else among & self.held.keys()
        angles = [angle for name in names for _, angle in self.held[name][0]]
        expected = sorted((np.cos(np.radians(angle - 7)) for angle in angles), reverse=True)[:k]

        rows = self.store.search(direction(7), k, None if among is None else self.keys(among))

        assert np.allclose(expected, [row.score for row in rows], atol=1e-6)

    @rule(word=WORDS, among=st.none() | st.sets(NAMES))
    def match(self, word, among):
        names = self.held if among is None else among & self.held.keys()
        expected = {
            (name, n)
            for name in names
            for n, (held, _) in enumerate(self.held[name][0])
            if held == word
        }

        rows = self.store.match(word, 100, None if among is None else self.keys(among))

        assert expected == set(self.store.locate([row.key for row in rows]).values())

    @rule(party=st.sampled_from(["norland", "sudland"]), since=st.none() | st.integers(1, 4))
    def select(self, party, since):
        wanted = "vik" if party == "norland" else "sol"
        expected = [
            (name, 0)
            for name, (sentences, who, item) in sorted(self.held.items())
            if sentences and who == wanted
            if since is None or item.article.published_at >= day(since)
        ]

        selection = Selection(
            parties=frozenset({party}), since=None if since is None else day(since)
        )
        assert expected == [(c.article_id, c.sentence) for c in self.store.select(selection)]

    @invariant()
    def articles_are_the_same(self):
        expected = {name: item for name, (_, _, item) in sorted(self.held.items())}
        assert list(expected) == list(self.store.ids())
        assert expected == self.store.get_many(list(expected))
        assert sum(len(i.sentences) for i in expected.values()) == self.store.coverage().sentences

    def keys(self, names):
        rows = self.store.search(direction(7), 1_000)
        places = self.store.locate([row.key for row in rows])
        return np.array([key for key, (name, _) in places.items() if name in names], np.int64)


class SqliteAgainstDict(StoreAgainstDict):
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        return SqliteStore(Path(self.folder.name), "tiny", DIM)

    @rule(projection=st.booleans())
    def reopen(self, projection):
        if projection:
            self.store.rebuild_projection()
        self.store.close()
        self.store = SqliteStore(Path(self.folder.name), "tiny", DIM)

    def teardown(self):
        assert [] == self.store.verify()
        super().teardown()
        self.folder.cleanup()


TestMemory = StoreAgainstDict.TestCase
TestMemory.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)
TestSqlite = SqliteAgainstDict.TestCase
TestSqlite.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
