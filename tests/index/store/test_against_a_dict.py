"""All stores against plain dicts, whatever comes in whatever order."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.store import Selection
from index.store.known_speakers import SpeakerFold
from index.store.memory.store import MemoryStore
from index.store.sqlite.reindex import reindex
from index.store.sqlite.store import SqliteStore
from index.text.urls import canonical_url
from index.types import Article, Withdrawal
from tests.faults.made import one_by_one
from tests.index.store.postgres_server import lack, server
from tests.index.store.store_builders import DIM, NORLAND, SUDLAND, article, day, said, speaker

NAMES = st.sampled_from(["a", "b", "c", "d"])
WORDS = st.sampled_from(["tank", "bridge", "harbour", "snow"])
# Angles in degrees: no two of them have the same cosine with a query at 7 degrees.
ANGLES = st.sampled_from([0, 40, 90, 200, 300])
SENTENCES = st.lists(st.tuples(WORDS, ANGLES), max_size=4)
URLS = st.sampled_from([None, None, "http://herald.example/1", "https://herald.example/2"])
SPEAKERS = {"vik": speaker("Vik", NORLAND), "sol": speaker("Sol", SUDLAND)}


def direction(degrees):
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], np.float32)


class StoreAgainstDict(RuleBasedStateMachine):
    """
    ``held``: article name -> its sentences as (word, angle), who spoke the first, the article.
    ``history``: (name, address, what) of every revision.
    """

    def __init__(self):
        super().__init__()
        self.held = {}
        self.history = []
        self.fold, self.known, self.called = SpeakerFold(), {}, None
        self.store = self.open()

    def open(self):
        return MemoryStore(DIM)

    def teardown(self):
        self.store.close()

    def reader(self, second):
        """The store, or a second handle on it where there can be one."""
        return self.store

    @rule(name=NAMES, sentences=SENTENCES, who=st.sampled_from(sorted(SPEAKERS)), url=URLS)
    def put(self, name, sentences, who, url):
        rows = np.array([direction(angle) for _, angle in sentences], np.float32)
        texts = [word for word, _ in sentences]
        says = [said(SPEAKERS[who], (0, len(texts[0])))] if texts else []
        item = article(name, *texts, says=says, published_at=day(1 + ord(name) % 4))
        item = replace(item, article=replace(item.article, url=url))
        self.store.put(item, rows.reshape(-1, DIM))
        self.note_put(item.article)
        self.held[name] = (sentences, who, item)

    def note_put(self, made):
        address = canonical_url(made.url)
        elsewhere = [n for n, (*_, held) in self.held.items() if n != made.id]
        for other in elsewhere:
            if address and canonical_url(self.held[other][2].article.url) == address:
                del self.held[other]
                self.history.append((other, address, "changed"))
        old = self.held.get(made.id)
        if old is None:
            back = self.last(made.id, address) == "withdrawn"
            self.history.append((made.id, address, "restored" if back else "added"))
        elif old[2].article != made:
            self.history.append((made.id, address, "changed"))

    def last(self, name, address):
        fits = (w for n, a, w in reversed(self.history) if n == name or (address and a == address))
        return next(fits, None)

    @rule(name=NAMES)
    def remove(self, name):
        assert (name in self.held) == self.store.remove(name)
        if name in self.held:
            self.note_withdrawn(name)

    @rule(name=NAMES, reason=WORDS)
    def withdraw(self, name, reason):
        assert (name in self.held) == self.store.withdraw(Withdrawal(name, reason, day(9)))
        if name in self.held or self.last(name, None) != "withdrawn":
            self.note_withdrawn(name)
        last = self.store.last_revision(Article(name, "", ""))
        assert (name, "withdrawn") == (last.article_id, last.what)

    def note_withdrawn(self, name):
        held = self.held.pop(name, None)
        address = None if held is None else canonical_url(held[2].article.url)
        self.history.append((name, address, "withdrawn"))

    @rule(k=st.integers(0, 8), among=st.none() | st.sets(NAMES), second=st.booleans())
    def search(self, k, among, second):
        names = self.held if among is None else among & self.held.keys()
        angles = [angle for name in names for _, angle in self.held[name][0]]
        expected = sorted((np.cos(np.radians(angle - 7)) for angle in angles), reverse=True)[:k]

        keys = None if among is None else self.keys(among)
        rows = self.reader(second).search(direction(7), k, keys)

        assert np.allclose(expected, [row.score for row in rows], atol=1e-3)

    @rule(word=WORDS, among=st.none() | st.sets(NAMES), second=st.booleans())
    def match(self, word, among, second):
        names = self.held if among is None else among & self.held.keys()
        expected = {
            (name, n)
            for name in names
            for n, (held, _) in enumerate(self.held[name][0])
            if held == word
        }

        keys = None if among is None else self.keys(among)
        rows = self.reader(second).match(word, 100, keys)

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
        found = self.store.statements(self.store.select_columns(selection).statements)
        assert expected == [(c.article_id, c.sentence) for c in found]

    @rule()
    def call_the_roll(self):
        """Who hears of the changes alone, now and then, knows whom all articles quote."""
        changes = self.store.speaker_changes(self.called)
        if changes.whole:
            self.fold, self.known = SpeakerFold(), {}
        self.known |= self.fold.apply(changes.variants)
        self.called = changes.generation

        expected = Counter(who for sentences, who, _ in self.held.values() if sentences)
        found = {key: s.statements for key, s in self.known.items() if s is not None}
        assert {who: n for who, n in expected.items() if who} == found

    @invariant()
    def the_history_is_the_same(self):
        recorded = [(revision.article_id, revision.what) for revision in self.store.revisions(0)]
        assert [(name, what) for name, _, what in self.history] == recorded

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
        self.second = self.open_one()
        return self.open_one()

    def open_one(self):
        return SqliteStore(Path(self.folder.name), "tiny", DIM)

    def reader(self, second):
        return self.second if second else self.store

    @rule(projection=st.booleans())
    def reopen(self, projection):
        if projection:
            self.store.rebuild_projection()
        self.store.close()
        self.store = self.open_one()

    @rule()
    def change_handles(self):
        self.store, self.second = self.second, self.store

    @rule()
    def read_again(self):
        read = []

        def analyse(stored):
            read.append(self.held[stored.id])
            return read[-1][2]

        def embed(texts):
            rows = [direction(angle) for _, angle in read[-1][0]]
            return np.array(rows, np.float32).reshape(-1, DIM)

        assert len(self.held) == reindex(
            Path(self.folder.name), "tiny", DIM, one_by_one(analyse, embed), embed
        )

    def teardown(self):
        assert [] == self.store.verify() == self.second.verify()
        self.second.close()
        super().teardown()
        self.folder.cleanup()


class PostgresAgainstDict(StoreAgainstDict):
    def open(self):
        self.url = server().new_database()
        self.second = self.open_one()
        return self.open_one()

    def open_one(self):
        from index.store.postgres.store import PostgresStore

        return PostgresStore(self.url, "tiny", DIM)

    def reader(self, second):
        return self.second if second else self.store

    @rule()
    def change_handles(self):
        self.store, self.second = self.second, self.store

    def teardown(self):
        assert [] == self.store.verify() == self.second.verify()
        self.second.close()
        super().teardown()
        server().drop_database(self.url)


TestMemory = StoreAgainstDict.TestCase
TestMemory.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)
TestSqlite = SqliteAgainstDict.TestCase
TestSqlite.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
TestPostgres = pytest.mark.skipif(lack() is not None, reason=str(lack()))(
    PostgresAgainstDict.TestCase
)
TestPostgres.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
