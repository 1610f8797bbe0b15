"""What the store in PostgreSQL owes besides the contract: its start, its faults, its index."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from threading import Thread

import numpy as np
import pytest

from index.errors import SettingsError, StoreError
from index.settings import IndexSettings, load_index_settings
from index.store.factory import index_metadata, open_store, require_index
from index.store.sqlite.store import SqliteStore
from tests.index.store.postgres_server import lack, server
from tests.index.store.store_builders import (
    DIM,
    EAST,
    NORTH,
    VIK,
    article,
    put,
    said,
    vectors,
)

needs_server = pytest.mark.skipif(lack() is not None, reason=str(lack()))


def sql(url, *queries):
    import psycopg

    with psycopg.connect(url, autocommit=True) as db:
        cursor = [db.execute(query) for query in queries][-1]
        return cursor.fetchall() if cursor.description else None


@pytest.fixture
def url(postgres):
    made = postgres.new_database()
    yield made
    postgres.drop_database(made)


@pytest.fixture
def opened(url):
    """Open the store of this test's database; all that were opened are closed at the end."""
    stores = []

    def open_one(at=url, model="tiny", dim=DIM):
        stores.append(open_store(IndexSettings(store=at), model, dim))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


def refusal(open_one, *args, **more):
    with pytest.raises(StoreError) as caught:
        open_one(*args, **more)
    told = str(caught.value)
    assert "\n" not in told
    assert "not a secret" not in told
    return told


# The setting


def test_nothing_of_postgresql_is_imported_without_the_setting():
    code = "import sys, index.core; print([m for m in sys.modules if 'psycopg' in m])"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == found.stdout.strip()


def test_a_wrong_engine_is_refused_without_repeating_a_password():
    with pytest.raises(SettingsError) as caught:
        load_index_settings(store="mysql://bot:hush@db/news")

    assert "hush" not in str(caught.value)
    assert "postgresql://user:password@host/database" in str(caught.value)
    assert "hush" not in repr(IndexSettings(store="postgresql://bot:hush@db/news"))


def test_without_the_driver_the_way_out_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(SettingsError, match=r"pip install 'onrecord\[postgres\]'"):
        open_store(IndexSettings(store="postgresql://db/news"), "tiny", DIM)


@needs_server
def test_a_database_without_an_index_is_refused_where_none_is_to_be_made(url, opened):
    with pytest.raises(StoreError, match="no index in the database"):
        require_index(IndexSettings(store=url))
    assert {} == index_metadata(IndexSettings(store=url))

    put(opened(), "a", EAST)

    require_index(IndexSettings(store=url))
    found = index_metadata(IndexSettings(store=url))
    assert ("tiny", DIM, 1, 1) == tuple(found[n] for n in ("model", "dim", "articles", "sentences"))


# The start


@needs_server
def test_a_wrong_password_is_named(opened):
    told = refusal(opened, server().url(password="guess"))

    assert "password authentication failed" in told
    assert "correct user and password in INDEX_STORE" in told


@needs_server
def test_a_database_that_is_not_there_is_named(opened):
    told = refusal(opened, server().url("nowhere"))

    assert 'database "nowhere" does not exist' in told
    assert "createdb" in told


def test_a_server_that_is_down_is_named():
    pytest.importorskip("psycopg")

    told = refusal(open_store, IndexSettings(store="postgresql://127.0.0.1:1/news"), "tiny", DIM)

    assert "postgresql://127.0.0.1:1/news" in told
    assert "temporarily unavailable; start the server" in told


def test_an_address_that_cannot_be_read_is_not_repeated():
    pytest.importorskip("psycopg")

    told = refusal(
        open_store, IndexSettings(store="postgresql://a:hush@h/news?nonsense=1"), "tiny", DIM
    )

    assert "no address of PostgreSQL" in told
    assert "hush" not in told


@needs_server
def test_another_model_or_length_of_vectors_is_refused(opened):
    put(opened(), "a", EAST)

    assert "INDEX_EMBEDDING_MODEL=tiny" in refusal(opened, model="large")
    assert "vectors of length 2, 'tiny' makes 3" in refusal(opened, dim=3)


@needs_server
def test_another_format_is_refused_at_the_start_and_while_open(url, opened):
    store = opened()
    put(store, "a", EAST)
    sql(url, "UPDATE meta SET value = '99' WHERE name = 'format'")

    assert "format 99, this version of onrecord uses 1" in refusal(opened)
    assert "brought to format 99" in refusal(put, store, "b", EAST)
    assert "brought to format 99" in refusal(store.generation)


@needs_server
def test_tables_of_another_program_are_left_alone(url, opened):
    sql(url, "CREATE TABLE articles (x integer)")

    assert "of another program" in refusal(opened)


@needs_server
def test_a_server_without_pgvector_and_an_older_one_are_refused(url, opened, monkeypatch):
    from index.store.postgres import layout

    with monkeypatch.context() as patched:
        patched.setattr(layout, "_AVAILABLE", "SELECT 1 WHERE false")
        assert "install version 0.8.4 or later" in refusal(opened)
    with monkeypatch.context() as patched:
        patched.setattr(layout, "_AVAILABLE", "SELECT '0.8.3'")
        assert "has pgvector 0.8.3" in refusal(opened)
    put(opened(), "a", EAST)
    sql(url, "UPDATE pg_extension SET extversion = '0.7.0' WHERE extname = 'vector'")
    assert "ALTER EXTENSION vector UPDATE" in refusal(opened)
    for version in ("0.8.4", "0.8.6", "0.10.0", "1.0"):
        layout.require_pgvector(version, "here")


@needs_server
def test_a_read_only_server_is_named(url, opened):
    put(opened(), "a", EAST)
    database = url.rpartition("/")[2]
    sql(url, f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    # A replica refuses as this does, with the same code.
    assert "read-only replica; name the primary" in refusal(_put_read_only, url)


def _put_read_only(url):
    from index.store.postgres.database import PostgresDatabase

    database = PostgresDatabase(url)
    try:
        database.read(lambda db: db.execute("UPDATE state SET generation = 0"))
    finally:
        database.close()


@needs_server
def test_a_full_disk_is_named_and_changes_nothing(url, opened):
    store = opened()
    put(store, "a", EAST)
    full = (
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE disk_full USING MESSAGE = 'could not extend file: No space left on device'; END $$"
    )
    sql(url, full, "CREATE TRIGGER t BEFORE INSERT ON parts EXECUTE FUNCTION full_disk()")

    told = refusal(store.put, article("a", "new", says=[said(VIK, (0, 3))]), vectors(NORTH))

    assert "No space left on device" in told
    assert "free space there" in told
    assert "word0" == store.get("a").article.text
    assert [] == store.verify()


# Several processes, several threads


@needs_server
def test_what_another_handle_puts_is_seen_at_once(opened):
    first, second = opened(), opened()

    put(first, "a", EAST)
    put(second, "b", NORTH)

    assert ["a", "b"] == list(first.ids()) == list(second.ids())
    assert first.generation() == second.generation() == 2


@needs_server
def test_two_that_open_an_empty_database_at_once_make_one_index(url, opened):
    threads = [Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    put(opened(), "a", EAST)
    assert [(1,)] == sql(url, "SELECT count(*) FROM state")


@needs_server
def test_connections_that_the_server_ends_are_made_anew(url, opened):
    store = opened()
    put(store, "a", EAST)

    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
    others += "current_database() AND pid <> pg_backend_pid()"
    sql(url, others)
    assert ["a"] == list(store.ids())
    sql(url, others)
    put(store, "b", NORTH)

    assert ["a", "b"] == list(store.ids())


# The index of vectors


@needs_server
def test_the_index_of_vectors_finds_what_comparing_all_finds(opened, monkeypatch):
    from index.store.postgres import nearest

    store, dim = opened(dim=16), 16
    chance = np.random.default_rng(7)
    rows = chance.normal(size=(600, dim)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    for n in range(20):
        item = article(f"n{n}", *(f"word{i}" for i in range(30)))
        store.put(item, rows[30 * n : 30 * n + 30])
    asked = rows[::50] + chance.normal(scale=0.1, size=(12, dim)).astype(np.float32)
    among = np.arange(1, 601, 2)
    exact = [(store.search(v, 5), store.search(v, 5, among)) for v in asked]

    monkeypatch.setattr(nearest, "EXACT", 100)
    assert store._database.read(nearest.is_needed)
    store.put(article("more"), np.empty((0, dim), np.float32))
    assert not store._database.read(nearest.is_needed)

    assert exact == [(store.search(v, 5), store.search(v, 5, among)) for v in asked]


# Words


@needs_server
def test_scores_of_words_are_those_of_fts5(opened, tmp_path):
    chance = np.random.default_rng(11)
    words = ["tank", "tanks", "the", "bridge", "F-16", "Zelený", "fell", "U.S.", "snow", "said"]
    ours, theirs = opened(), SqliteStore(tmp_path, "tiny", DIM)
    for n in range(60):
        texts = [" ".join(chance.choice(words, chance.integers(1, 14))) for _ in range(5)]
        for store in (ours, theirs):
            store.put(article(f"n{n}", *texts), vectors(*[EAST] * 5))

    for asked in ("tank", "the tanks", "F-16 bridge", "U.S. snow zeleny fell", "said said the"):
        expected = theirs.match(asked, 1_000)
        found = ours.match(asked, 1_000)
        assert [row.key for row in expected] == [row.key for row in found]
        assert np.allclose([r.score for r in expected], [r.score for r in found], rtol=1e-12)
    theirs.close()


@needs_server
def test_a_text_with_a_null_or_the_character_that_stands_for_it_comes_back(opened):
    store = opened()
    item = article("a", "x\0y \U0010ffff0 \U0010ffff")
    item = replace(item, article=replace(item.article, title="\0\U0010ffff\0"))

    store.put(item, vectors(EAST))

    assert item == store.get("a")
