"""What a store on disk refuses, notices and looks up through its indexes."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from index.errors import StoreError
from index.settings import load_index_settings
from index.store import Selection, Tenure
from index.store.factory import open_store
from index.store.memory.store import MemoryStore
from index.store.sqlite.rows import fetch
from index.store.sqlite.select import column_query, query
from index.store.sqlite.store import DATABASE, SqliteStore
from tests.index.store.store_builders import (
    DIM,
    EAST,
    NORLAND,
    article,
    day,
    nearest,
    said,
    speaker,
    steps_of,
    vectors,
)
from tests.index.store.store_writer import fill, item, rows


def test_another_model_is_refused_with_both_names_and_the_way_out(on_disk, tmp_path):
    on_disk("old-model").put(article("a", "x"), vectors(EAST))

    with pytest.raises(StoreError) as caught:
        SqliteStore(tmp_path, "new-model", DIM)

    assert str(caught.value) == (
        "store holds vectors of 'old-model', settings name 'new-model'; set "
        "INDEX_EMBEDDING_MODEL=old-model or run `onrecord rebuild`"
    )
    with pytest.raises(StoreError, match="length 2, 'old-model' makes 3"):
        SqliteStore(tmp_path, "old-model", 3)


def test_a_newer_format_and_another_programs_database_are_refused(on_disk, tmp_path):
    on_disk().close()
    db = apsw.Connection(str(tmp_path / DATABASE))
    db.pragma("user_version", 99)
    with pytest.raises(StoreError, match="has format 99, this version of onrecord uses 7"):
        on_disk()

    db.pragma("application_id", 7)
    db.close()
    with pytest.raises(StoreError, match="database of another program"):
        on_disk()


def test_an_open_index_that_another_version_brings_up_is_refused_from_then_on(on_disk, tmp_path):
    store = on_disk()
    store.put(article("a", "x"), vectors(EAST))
    with closing(apsw.Connection(str(tmp_path / DATABASE))) as other:
        other.pragma("user_version", 99)

    for use in (
        lambda: store.put(article("b", "y"), vectors(EAST)),
        lambda: nearest(store, EAST),
        store.coverage,
        store.generation,
    ):
        with pytest.raises(StoreError, match="brought to format 99 by another version"):
            use()


def test_a_file_that_is_no_database_is_refused_in_one_line(on_disk, tmp_path):
    (tmp_path / DATABASE).write_bytes(b"minutes of the meeting\n" * 1_000)

    with pytest.raises(StoreError, match="damaged or no index") as caught:
        on_disk()

    assert str(tmp_path / DATABASE) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="INDEX_DATA_DIR"):
        SqliteStore(tmp_path / "file" / "folder", "tiny", DIM)


@pytest.fixture
def read_only_folder():
    """A folder with an index that the account of this test must not write."""
    folder = Path(tempfile.mkdtemp())
    store = SqliteStore(folder, "tiny", DIM)
    store.put(article("a", "x"), vectors(EAST))
    store.close()
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_refused_with_its_path_and_the_way_out(read_only_folder):
    with pytest.raises(
        StoreError, match="give this account write access or set INDEX_DATA_DIR"
    ) as caught:
        SqliteStore(read_only_folder, "tiny", DIM)

    assert str(read_only_folder) in str(caught.value)


def test_a_full_disk_undoes_the_put_and_says_so(on_disk, tmp_path):
    store = on_disk()
    fill(store, 2)
    with store._database.reading() as db:
        pages = db.pragma("page_count")
        db.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreError, match="the disk is full"):
        store.put(item("big", 3_000), rows(3_000))

    assert ["n0", "n1"] == list(store.ids())
    assert [] == store.verify()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE articles SET text = 'We shall stay' WHERE id = 'a'",
        "UPDATE sentences SET stop = 12 WHERE key = 1",
        "UPDATE statements SET body = replace(body, 'said', 'denied')",
    ],
)
def test_a_changed_byte_of_an_article_is_never_served(on_disk, tmp_path, damage):
    store = on_disk()
    store.put(article("a", "We will stay.", says=[said(None, (0, 13))]), vectors(EAST))
    store.put(article("b", "Calm."), vectors(EAST))

    db = apsw.Connection(str(tmp_path / DATABASE))
    db.execute(damage)
    db.close()

    with pytest.raises(StoreError, match=r"article 'a' in .* is damaged"):
        store.get("a")
    assert store.get("b") is not None
    assert ["article 'a'"] == [line[:11] for line in store.verify()]


def test_bytes_that_are_no_text_are_told_as_damage(on_disk, tmp_path):
    store = on_disk()
    store.put(article("a", "We will stay."), vectors(EAST))

    db = apsw.Connection(str(tmp_path / DATABASE))
    db.execute("UPDATE articles SET title = CAST(x'f6' AS TEXT)")
    db.close()

    with pytest.raises(StoreError, match="is damaged or no index"):
        store.get("a")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("UPDATE vectors SET rows = zeroblob(8)", "vectors are damaged"),
        ("DELETE FROM parts", "do not lead to the sentences"),
        ("UPDATE statement_parties SET party = 99", "refers to a missing row"),
        ("DELETE FROM words WHERE rowid = 1", "word index: 1 sentences"),
        ("DELETE FROM vectors", "vectors are missing"),
        ("UPDATE meta SET value = 7 WHERE name = 'sentences'", "counts: not those"),
        ("UPDATE meta SET value = 7 WHERE name = 'articles'", "counts: not those"),
        ("DELETE FROM meta WHERE name = 'articles'", "counts: not those"),
    ],
)
def test_verify_names_each_kind_of_damage(on_disk, tmp_path, damage, problem):
    store = on_disk()
    says = [said(speaker("Vik", NORLAND), (0, 2))]
    store.put(article("a", "We", says=says), vectors(EAST))
    assert [] == store.verify()
    nearest(store, EAST)

    db = apsw.Connection(str(tmp_path / DATABASE))
    db.execute(damage)
    db.close()

    assert problem in " ".join(store.verify())


def test_verify_compares_the_index_that_selects_with_its_table(on_disk, tmp_path):
    store = on_disk()
    store.put(article("a", "We", says=[said(speaker("Vik", NORLAND), (0, 2))]), vectors(EAST))
    store.close()

    # The table is changed while the index is out of the schema.
    kept = in_schema(tmp_path, "SELECT * FROM sqlite_schema WHERE name = 'statements_briefly'")
    in_schema(tmp_path, "DELETE FROM sqlite_schema WHERE name = 'statements_briefly'")
    in_schema(tmp_path, "UPDATE statements SET thought = 1 - thought")
    in_schema(tmp_path, "INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", kept)

    assert "row 1 missing from index statements_briefly" in " ".join(on_disk().verify())


def in_schema(folder, query, bindings=()):
    """Run *query* where the schema can be written; gives its row."""
    with closing(apsw.Connection(str(folder / DATABASE))) as db:
        db.pragma("writable_schema", True)
        row = db.execute(query, bindings).get
        db.pragma("schema_version", db.pragma("schema_version") + 1)
    return row


# Plans and settings


@pytest.mark.parametrize(
    "selection",
    [
        Selection(parties=frozenset({"norland", "sudland"})),
        Selection(speakers=frozenset({"vik"})),
        Selection(parties=frozenset({"norland"}), speakers=frozenset({"vik"}), since=day(1)),
        Selection(since=day(1), until=day(2)),
        Selection(outlets=frozenset({"post"}), since=day(1)),
        Selection(article_id="a"),
        Selection(cue_classes=frozenset({"denied", "warned"})),
    ],
)
def test_a_selection_reads_through_indexes_never_whole_tables(on_disk, selection):
    store = on_disk()
    fill(store, 2)

    for text, bindings in (query(selection), column_query(selection)):
        with store._database.reading() as db:
            plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + text, bindings)]
        scans = [step for step in plan if step.startswith("SCAN") and "SUBQUERY" not in step]
        # The list of whose statements they are.
        assert [] == [step for step in scans if step != "SCAN w"]


def test_many_articles_are_read_in_as_many_statements_as_one(on_disk):
    store, run = on_disk(), []
    fill(store, 30, sentences=3)
    with store._database.reading() as db:
        db.set_exec_trace(lambda cursor, query, bindings: run.append(query) or True)

        one = fetch(db, ["n0"])
        few = len(run)
        many = fetch(db, [f"n{n}" for n in range(30)])
        db.set_exec_trace(None)

    assert (1, 30) == (len(one), len(many))
    assert run[:few] == run[few:]


def test_the_settings_choose_the_store(tmp_path):
    disk = open_store(load_index_settings(data_dir=tmp_path), "tiny", DIM)
    memory = open_store(load_index_settings(store="memory"), "tiny", DIM)

    assert (SqliteStore, MemoryStore) == (type(disk), type(memory))
    assert (tmp_path / DATABASE).exists()
    disk.close()
    memory.close()


def test_a_term_is_read_in_as_many_steps_however_much_was_said_outside_it(on_disk):
    store = on_disk()
    terms = frozenset(Tenure("vik", day(2) + timedelta(hours=n), day(3)) for n in range(20))
    says = [said(speaker("Vik"), (0, 4))]

    def say(*names):
        for name in names:
            store.put(article(name, "I go", says=says, published_at=day(1)), vectors(EAST))
        return steps_of(store, lambda: store.select(Selection(learned=terms)))

    once, often = say("once"), say(*(f"n{number}" for number in range(30)))

    assert often == pytest.approx(once, abs=10)
