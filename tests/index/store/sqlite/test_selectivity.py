"""Filters that leave one row in a thousand up to all: always as many and as near as there are."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from index.store import Selection
from index.store.sqlite.store import SqliteStore
from tests.index.store.store_builders import DIM, NORLAND, SOL, SUDLAND, VIK, article, day, said

ARTICLES, SENTENCES = 250, 20
WHO = {0: VIK, 1: SOL}
ASKED = np.array([0.6, 0.8])


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """5,000 sentences, and where each stands: (row, article number)."""
    chance = np.random.default_rng(5)
    store = SqliteStore(tmp_path_factory.mktemp("selectivity"), "tiny", DIM)
    every = []
    for number in range(ARTICLES):
        angles = chance.uniform(0, 6, SENTENCES)
        rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float16)
        who = WHO[0] if number == 0 else WHO[number % 2]
        texts = ["x"] * SENTENCES
        made = article(
            f"n{number:03}",
            *texts,
            says=[said(who, (0, 2 * SENTENCES - 1))],
            published_at=day(1) + timedelta(hours=number),
            outlet=f"Herald {number % 100}",
        )
        store.put(made, rows)
        every += [(row.astype(np.float64), number) for row in rows]
    yield store, every
    store.close()


FILTERS = {
    "an article": (Selection(article_id="n007"), lambda n: n == 7),
    "an outlet": (Selection(outlets=frozenset({"herald 3"})), lambda n: n % 100 == 3),
    "two days": (
        Selection(since=day(2), until=day(4)),
        lambda n: 24 <= n < 72,
    ),
    "a party": (Selection(parties=frozenset({NORLAND.key})), lambda n: n % 2 == 0),
    "a speaker in two days": (
        Selection(speakers=frozenset({SOL.key}), since=day(2), until=day(4)),
        lambda n: n % 2 and 24 <= n < 72,
    ),
    "two parties": (
        Selection(parties=frozenset({NORLAND.key, SUDLAND.key})),
        lambda n: True,
    ),
}


@pytest.mark.parametrize("k", [1, 10, 400, 10_000])
@pytest.mark.parametrize("name", FILTERS)
def test_a_filtered_search_finds_what_brute_force_finds(stored, name, k):
    store, every = stored
    selection, fits = FILTERS[name]
    scores = [float(row @ ASKED / np.linalg.norm(row)) for row, n in every if fits(n)]

    among = np.unique([candidate.key for candidate in store.select(selection)])
    assert np.array_equal(among, np.unique(store.select_columns(selection).keys))
    found = store.search(ASKED.astype(np.float32), k, among)

    assert min(k, len(scores)) == len(found)
    expected = sorted(scores, reverse=True)[:k]
    assert np.allclose(expected, [hit.score for hit in found], atol=1e-6)


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("k", [1, 10, 400])
def test_any_share_of_the_rows_is_searched_exactly(stored, share, k):
    store, every = stored
    keys = np.array(sorted({c.key for c in store.select(Selection())}), dtype=np.int64)
    chosen = np.random.default_rng(11).permutation(len(keys))[: max(1, round(share * len(keys)))]
    rows = np.stack([row for row, _ in every])[chosen]
    scores = rows @ ASKED / np.linalg.norm(rows, axis=1)

    found = store.search(ASKED.astype(np.float32), k, keys[chosen])

    best = np.lexsort((keys[chosen], -scores))[:k]
    assert min(k, len(chosen)) == len(found)
    assert np.allclose(scores[best], [hit.score for hit in found], atol=1e-6)
    assert set(keys[chosen].tolist()) >= {hit.key for hit in found}
