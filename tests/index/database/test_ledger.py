"""What was acknowledged is there, or the database is refused with the name of its log."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from bot.state.state import State
from index.database.commit_note import ENDING, CommitNote, open_slots
from index.database.database import accept_loss
from index.database.ledger import Ledger
from index.errors import StoreError
from index.store.sqlite.store import DATABASE, SqliteStore
from tests.index.database.ledger_builders import FRAME, LOG, NOTED, cut, flip, names, noted
from tests.index.store.store_builders import DIM, EAST, article, vectors


@pytest.fixture
def killed(tmp_path):
    """A folder as a kill leaves it: "a" lies in the database, "b", "c" and "d" in the log."""
    living, left = tmp_path / "living", tmp_path / "killed"
    with closing(SqliteStore(living, "tiny", DIM)) as store:
        store.put(article("a", "x"), vectors(EAST))
    with closing(SqliteStore(living, "tiny", DIM)) as store:
        for name in "bcd":
            store.put(article(name, "x"), vectors(EAST))
        shutil.copytree(living, left)
    return left


def test_a_sound_log_is_read(killed):
    assert ["a", "b", "c", "d"] == names(killed)


@pytest.mark.parametrize(
    ("damage", "lost"),
    [
        (lambda log: flip(log, log.stat().st_size - 9), "the last 1 of"),
        (lambda log: flip(log, 32 + 30), "the last 3 of"),
        (lambda log: flip(log, 17), "the last 3 of"),
        (lambda log: cut(log, log.stat().st_size - FRAME), "the last 1 of"),
        (lambda log: cut(log, 32), "the last 3 of"),
        (lambda log: cut(log, 0), "the last 3 of"),
        (Path.unlink, "the last 3 of"),
    ],
    ids=["last frame", "first frame", "header", "shorter", "no frame", "empty", "gone"],
)
def test_a_damaged_log_is_refused_by_name_and_left_as_it_is(killed, damage, lost):
    damage(killed / LOG)
    before = {path.name: path.read_bytes() for path in killed.iterdir() if path.suffix != ".s-shm"}

    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            names(killed)
        assert f"log {killed / LOG} is damaged or missing: {lost}" in str(caught.value)
        assert "--accept-loss" in str(caught.value)
    kept = {NOTED, DATABASE, LOG} & before.keys()
    assert {name: before[name] for name in kept} == {n: (killed / n).read_bytes() for n in kept}


def test_a_new_index_that_lies_wholly_in_its_log_is_not_begun_again(tmp_path):
    with closing(SqliteStore(tmp_path / "living", "tiny", DIM)) as store:
        store.put(article("a", "x"), vectors(EAST))
        shutil.copytree(tmp_path / "living", tmp_path / "killed")
    cut(tmp_path / "killed" / LOG, 0)

    with pytest.raises(StoreError, match=f"{LOG} is damaged or missing"):
        names(tmp_path / "killed")


@pytest.mark.parametrize("seed", range(30))
def test_no_damage_to_the_log_hides_what_was_acknowledged(killed, seed):
    chance = random.Random(seed)
    flip(killed / LOG, chance.randrange((killed / LOG).stat().st_size))

    try:
        found = names(killed)
    except StoreError as exc:
        found = str(exc)

    assert found == ["a", "b", "c", "d"] or str(killed / LOG) in found


def test_what_is_left_is_used_once_the_loss_is_accepted(killed):
    flip(killed / LOG, (killed / LOG).stat().st_size - 9)

    lost = accept_loss(killed / DATABASE)

    assert lost is not None
    assert lost.startswith("the last 1 of ")
    assert ["a", "b", "c"] == names(killed)
    assert accept_loss(killed / DATABASE) is None


def test_what_is_left_is_refused_where_it_is_no_whole_database(killed):
    with closing(apsw.Connection(str(killed / DATABASE))) as db:
        db.execute("PRAGMA foreign_keys = OFF; DELETE FROM articles WHERE id = 'b'")
        db.execute("UPDATE ledger SET number = 1")

    with pytest.raises(StoreError, match=r"what is left of .* is not whole"):
        accept_loss(killed / DATABASE)
    assert (killed / NOTED).exists()


# No alarm without a loss


def test_opening_and_asking_counts_nothing(killed):
    names(killed)
    before = noted(killed / NOTED)

    names(killed)

    assert before == noted(killed / NOTED)


def test_a_log_that_another_program_has_moved_and_deleted_is_not_missed(killed):
    with closing(apsw.Connection(str(killed / DATABASE))) as db:
        db.execute("SELECT count(*) FROM articles")
    assert not (killed / LOG).exists()

    assert ["a", "b", "c", "d"] == names(killed)


def test_a_log_begun_anew_is_not_taken_for_a_damaged_one(tmp_path):
    store = SqliteStore(tmp_path / "living", "tiny", DIM)
    for number in range(4):
        store.put(article(f"n{number}", "x"), vectors(EAST))
        with store._database.reading() as db:
            db.execute("COMMIT")
            db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_RESTART)
            db.execute("BEGIN")
        shutil.copytree(tmp_path / "living", tmp_path / f"killed{number}")
    store.close()

    assert [1, 2, 3, 4] == [len(names(tmp_path / f"killed{number}")) for number in range(4)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: flip(path, 39),
        lambda path: flip(path, 4_096 + 39),
        lambda path: cut(path, 4_096),
        lambda path: cut(path, 0),
        Path.unlink,
    ],
    ids=["one slot", "the other", "cut", "empty", "gone"],
)
def test_a_damaged_note_alone_loses_nothing_and_is_written_anew(killed, damage):
    damage(killed / NOTED)

    assert ["a", "b", "c", "d"] == names(killed)
    with open_slots(killed / NOTED) as slots:
        assert slots.whole


@pytest.mark.parametrize("left", [NOTED, LOG, "replaced-1", ".restoring-1"])
def test_a_database_that_is_missing_is_not_begun_again_where_something_of_it_is_left(killed, left):
    (killed / "replaced-1").mkdir()
    shutil.copy(killed / DATABASE, killed / "replaced-1")
    (killed / ".restoring-1").mkdir()
    for name in {DATABASE, NOTED, LOG, "replaced-1", ".restoring-1"} - {left}:
        (killed / name).rename(killed.parent / name)

    with pytest.raises(StoreError, match=rf"{DATABASE} is missing, but .*{left}.* is there"):
        names(killed)
    assert not (killed / DATABASE).exists()
    (killed / left).rename(killed.parent / f"{left} away")
    assert [] == names(killed)


def test_what_a_log_without_a_page_leaves_is_no_trace(tmp_path):
    (tmp_path / LOG).touch()

    assert [] == names(tmp_path)


@pytest.mark.parametrize("size", [0, 1, 99, 100, 512, 4_095, 4_096, 8_192, -4_096, -1])
@pytest.mark.parametrize("with_log", [True, False])
def test_a_database_that_was_cut_is_refused_wherever(killed, size, with_log):
    if not with_log:
        names(killed)
    whole = (killed / DATABASE).stat().st_size
    cut(killed / DATABASE, size if size >= 0 else whole + size)

    try:
        found = names(killed)
    except StoreError as exc:
        found = str(exc)

    # The pages that are gone may stand in the log as well, or hold nothing of the list.
    assert found == ["a", "b", "c", "d"] if size < 0 and "is" not in found else DATABASE in found


def test_another_database_in_the_same_place_is_used(killed, tmp_path):
    with closing(SqliteStore(tmp_path / "other", "tiny", DIM)) as store:
        store.put(article("z", "x"), vectors(EAST))
    (killed / LOG).unlink()
    shutil.copy(tmp_path / "other" / DATABASE, killed / DATABASE)

    assert ["z"] == names(killed)
    assert noted(tmp_path / "other" / NOTED).identity == noted(killed / NOTED).identity


def test_a_database_cut_to_nothing_is_refused_before_its_log_is_deleted(killed):
    cut(killed / DATABASE, 0)

    with pytest.raises(StoreError, match=f"{DATABASE} is empty, and should not be"):
        names(killed)
    assert (killed / LOG).stat().st_size


def test_a_closed_index_leaves_no_log(killed):
    names(killed)

    assert not (killed / LOG).exists()


def test_a_new_note_is_whole_at_once(tmp_path):
    Ledger(tmp_path / "db", "hint")._note(CommitNote(bytes(16), 1))

    with open_slots(tmp_path / f"db{ENDING}") as slots:
        assert slots.whole


@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_a_note_may_be_used_by_whoever_may_use_the_database(tmp_path, mode):
    path = tmp_path / "db"
    path.touch()
    path.chmod(mode)

    Ledger(path, "hint")._note(CommitNote(bytes(16), 1))

    assert mode == (tmp_path / f"db{ENDING}").stat().st_mode & 0o777


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_note_made_by_root_belongs_to_the_owner_of_the_database(tmp_path):
    path = tmp_path / "db"
    path.touch()
    os.chown(path, 1234, 4321)

    Ledger(path, "hint")._note(CommitNote(bytes(16), 1))

    made = (tmp_path / f"db{ENDING}").stat()
    assert (1234, 4321) == (made.st_uid, made.st_gid)


def test_a_note_that_cannot_be_given_away_is_written_all_the_same(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(os, "fchown", refuse)
    (tmp_path / "db").touch()

    Ledger(tmp_path / "db", "hint")._note(CommitNote(bytes(16), 1))

    assert CommitNote(bytes(16), 1) == noted(tmp_path / f"db{ENDING}")


def test_a_later_number_of_another_process_stays(tmp_path):
    path = tmp_path / "db"
    one, identity = Ledger(path, "hint"), bytes(16)

    one._note(CommitNote(identity, 2))
    one._note(CommitNote(identity, 1))

    assert CommitNote(identity, 2) == noted(tmp_path / f"db{ENDING}")


# The bot's state


def test_a_damaged_log_of_the_state_is_refused_by_name(tmp_path):
    living, left = tmp_path / "living", tmp_path / "left"
    state = State(living / "bot.db")
    state.ensure("CREATE TABLE t (x)")
    with state.transaction() as db:
        db.execute("INSERT INTO t VALUES (1)")
    shutil.copytree(living, left)
    state.close()
    log = left / "bot.db-wal"
    flip(log, log.stat().st_size - 9)

    with pytest.raises(StoreError, match=r"bot\.db-wal is damaged .*move the file"):
        State(left / "bot.db")
    # The other way out that the message names.
    (left / f"bot.db{ENDING}").unlink()
    State(left / "bot.db").close()


def test_a_new_table_alone_is_a_change(tmp_path):
    state = State(tmp_path / "bot.db")
    before = noted(tmp_path / f"bot.db{ENDING}").number
    state.ensure("CREATE TABLE t (x)")
    state.close()

    assert before + 1 == noted(tmp_path / f"bot.db{ENDING}").number


def test_what_a_power_cut_may_undo_is_not_noted(tmp_path):
    living, left = tmp_path / "living", tmp_path / "left"
    state = State(living / "bot.db")
    state.ensure("CREATE TABLE t (x)")
    size = (living / "bot.db-wal").stat().st_size
    with state.transaction(durable=False) as db:
        db.execute("INSERT INTO t VALUES (1)")
    shutil.copytree(living, left)
    state.close()
    cut(left / "bot.db-wal", size)

    again = State(left / "bot.db")
    with again.reading() as db:
        assert [] == list(db.execute("SELECT * FROM t"))
    again.close()
