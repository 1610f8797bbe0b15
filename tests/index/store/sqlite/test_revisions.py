"""The history of a store on disk grows without end: looking into it must not grow with it."""

from __future__ import annotations

import pytest

from tests.index.store.store_builders import EAST, article, steps_of, vectors


def correct(store, name, times):
    for version in range(times):
        store.put(article(name, f"Ten boats, says version {version}."), vectors(EAST))


def test_the_last_revision_is_found_in_as_many_steps_however_often_an_article_changed(on_disk):
    store = on_disk()
    correct(store, "seldom", 2)
    correct(store, "often", 60)

    seldom, often = (
        steps_of(store, lambda name=name: store.last_revision(article(name, "x").article))
        for name in ("seldom", "often")
    )

    assert often == pytest.approx(seldom, abs=10)
