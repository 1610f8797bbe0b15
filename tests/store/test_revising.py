"""The history of a store on disk grows without end: looking into it must not grow with it."""

from __future__ import annotations

import pytest
from store_builders import EAST, article, vectors


def steps_to_the_last_revision(store, name):
    """Count the steps of SQLite's machine."""
    steps = []

    def go_on():
        steps.append(1)
        return False

    with store._database.reading() as db:
        db.set_progress_handler(go_on, 1)
    assert store.last_revision(article(name, "x").article).article_id == name
    with store._database.reading() as db:
        db.set_progress_handler(None)
    return len(steps)


def correct(store, name, times):
    for version in range(times):
        store.put(article(name, f"Ten boats, says version {version}."), vectors(EAST))


def test_the_last_revision_is_found_in_as_many_steps_however_often_an_article_changed(on_disk):
    store = on_disk()
    correct(store, "seldom", 2)
    correct(store, "often", 60)

    seldom, often = (steps_to_the_last_revision(store, name) for name in ("seldom", "often"))

    assert often == pytest.approx(seldom, abs=10)
