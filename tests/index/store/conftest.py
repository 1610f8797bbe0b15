from __future__ import annotations

import pytest

from index.store.memory.store import MemoryStore
from index.store.sqlite.store import SqliteStore
from tests.index.store.postgres_server import lack, server
from tests.index.store.store_builders import (
    BRYN,
    DIM,
    EAST,
    NORTH,
    SOL,
    VIK,
    WEST,
    article,
    day,
    said,
    vectors,
)


@pytest.fixture(scope="session")
def postgres():
    """A server of PostgreSQL; without one the test is skipped."""
    if reason := lack():
        pytest.skip(reason)
    return server()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request, tmp_path):
    """An empty store of every kind, for vectors of two numbers."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").new_database()
        from index.store.postgres.store import PostgresStore

        made = PostgresStore(url, "tiny", DIM)
    else:
        made = MemoryStore(DIM) if request.param == "memory" else SqliteStore(tmp_path, "tiny", DIM)
    yield made
    made.close()
    if request.param == "postgres":
        server().drop_database(url)


@pytest.fixture
def on_disk(tmp_path):
    """Open the store in this test's folder; all that were opened are closed at the end."""
    opened = []

    def open_one(model="tiny", dim=DIM):
        opened.append(SqliteStore(tmp_path, model, dim))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def archive(store):
    """Three articles; sentence n covers the characters 10n to 10n+9."""
    text = ("aaaaaaaaa", "bbbbbbbbb", "ccccccccc")
    rows = vectors(EAST, NORTH, WEST)
    says = [said(VIK, (0, 9)), said(SOL, (10, 19), cue_class="denied"), said(None, (20, 29))]
    store.put(article("a", *text, says=says, published_at=day(1), outlet="The Herald"), rows)
    says = [said(BRYN, (0, 19)), said(VIK, (20, 29), thought=True)]
    store.put(article("b", *text, says=says, published_at=day(2), outlet="Post"), rows)
    store.put(article("c", *text, says=[said(SOL, (0, 9))]), rows)
    return store
