"""The checksum of every page: kept, checked, and given to files that have none."""

from __future__ import annotations

import random
from contextlib import closing

import apsw
import pytest

from index.database import pages
from index.errors import StoreError
from index.store.sqlite.rows import fetch
from index.store.sqlite.store import DATABASE
from tests.index.store.store_builders import EAST, NORTH, article, nearest, put, vectors
from tests.index.store.store_writer import fill


def seen(opening, path):
    try:
        return whole(opening())
    except StoreError as exc:
        return "refused" if str(path) in str(exc) else str(exc)


def whole(store):
    names = list(store.ids())
    return (
        store.get_many(names),
        store.match("word0001", 100),
        nearest(store, EAST),
        store.parties(),
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_bit_in_the_database_is_told_or_changes_no_answer(on_disk, tmp_path, seed):
    store = on_disk()
    fill(store, 3)
    expected = whole(store)
    store.close()
    path, chance = tmp_path / DATABASE, random.Random(seed)
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(data))

    assert seen(on_disk, path) in (expected, "refused")


def test_a_page_whose_rows_look_sound_is_not_served(on_disk, tmp_path):
    store = on_disk()
    put(store, "a", EAST, outlet="The Herald")
    store.close()
    path = tmp_path / DATABASE
    before, _, after = path.read_bytes().partition(b"The Heraldthe herald")
    path.write_bytes(before + b"The Haroldthe harold" + after)

    with pytest.raises(StoreError, match="is damaged or no index"):
        on_disk().get("a")


@pytest.fixture
def unchecked(on_disk, tmp_path, monkeypatch):
    """A folder with an index whose pages have no checksums."""
    with monkeypatch.context() as patched:
        patched.setattr("index.database.database.keep_checksums", lambda db, path: None)
        store = on_disk()
        put(store, "a", EAST, NORTH)
        store.close()
    assert 0 == reserved(tmp_path)
    return tmp_path


def reserved(folder):
    return (folder / DATABASE).read_bytes()[20]


def test_an_older_file_gets_checksums_and_keeps_all_it_holds(unchecked, on_disk):
    store = on_disk()

    assert [("a", 0), ("a", 1)] == nearest(store, EAST)
    assert [] == store.verify()
    store.close()
    assert 8 == reserved(unchecked)


def test_an_older_file_larger_than_sqlites_cache_gets_checksums_on_every_page(unchecked, on_disk):
    db = apsw.Connection(str(unchecked / DATABASE))
    db.execute("UPDATE articles SET text = text || ?", (" word" * 1_000_000,))
    db.close()

    store = on_disk()

    assert ["a"] == list(store.ids())
    store.close()
    assert ["a"] == list(on_disk().ids())


def test_an_older_file_that_another_process_has_open_is_left_alone(unchecked, on_disk, monkeypatch):
    monkeypatch.setattr("index.database.database.PATIENCE_MS", 50)
    with closing(apsw.Connection(str(unchecked / DATABASE))) as other:
        other.execute("BEGIN; SELECT count(*) FROM articles")
        with pytest.raises(StoreError, match="open in another process; stop that one"):
            on_disk()

    assert [("a", 0), ("a", 1)] == nearest(on_disk(), EAST)


def test_an_unsafe_sqlite_keeps_a_rollback_journal_instead_of_the_log(on_disk, monkeypatch):
    monkeypatch.setattr(pages.apsw, "sqlite_lib_version", lambda: "3.51.2")
    store = on_disk()
    put(store, "a", EAST)

    with store._database.reading() as db:
        assert "delete" == db.pragma("journal_mode")
    assert [("a", 0)] == nearest(store, EAST)


@pytest.mark.parametrize("number", [2, 99])
def test_an_id_that_leads_to_another_article_is_not_served(on_disk, number):
    # As a damaged index of ids would: two ids that have changed places, or a row that is not there.
    store = on_disk()
    store.put(article("a", "x"), vectors(EAST))
    store.put(article("b", "y"), vectors(NORTH))

    with store._database.reading() as db:
        swapped = _Swapped(db, number)
        with pytest.raises(StoreError, match=r"index of ids in .* is damaged at 'a'"):
            fetch(swapped, ["a"])


class _Swapped:
    """A connection whose index of ids is wrong."""

    def __init__(self, db, number):
        self.filename = db.filename
        self._db = db
        self._number = number

    def execute(self, query, bindings=()):
        wrong = query.replace("SELECT a.id, a.number FROM", f"SELECT 'a', {self._number} FROM")
        return self._db.execute(wrong, bindings)
