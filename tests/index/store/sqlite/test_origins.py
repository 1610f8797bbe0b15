"""Whose an article is costs the same in a large index."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.store.sqlite.store import SqliteStore
from tests.index.store.store_builders import DIM, EAST, article, steps_of, vectors

URL = "https://wire.example/pact"


def put(store, name, text, origin, url):
    made = article(name, text)
    whose = replace(made.article, origin=origin, url=url)
    store.put(replace(made, article=whose), vectors(EAST))


@pytest.mark.parametrize("ask", ["other_versions", "claims", "at_address", "owner"])
def test_a_look_at_whose_an_article_is_reads_no_other_articles(tmp_path, ask):
    store = SqliteStore(tmp_path, "tiny", DIM)
    put(store, "a", "It is kept.", "feed https://wire.example/rss", URL)
    put(store, "b", "It is torn up.", "push", URL)
    asked = URL if ask == "at_address" else "a"
    before = steps_of(store, lambda: getattr(store.origins, ask)(asked))

    for number in range(50):
        put(store, f"n{number}", "It rains.", "push", f"https://wire.example/{number}")

    assert before == steps_of(store, lambda: getattr(store.origins, ask)(asked))
    assert ["b"] == [claim.article_id for claim in store.origins.other_versions("a")]
    store.close()
