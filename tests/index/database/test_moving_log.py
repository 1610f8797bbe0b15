"""A write-ahead log on its way into the database: killed, lost, or kept by the disk meanwhile."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from bot.state.state import State
from index.database.commit_note import ENDING, CommitNote, open_slots
from index.database.database import accept_loss
from index.database.ledger import Ledger, own_log
from index.errors import StoreError
from index.store.sqlite.store import DATABASE, SqliteStore
from tests.faults.disk import Watcher, watched
from tests.index.database.ledger_builders import LOG, NOTED, cut, flip, names, noted
from tests.index.store.store_builders import DIM, EAST, article, vectors


class Camera(Watcher):
    """Copies a folder as a kill would leave it, at each write into the database itself."""

    def __init__(self, folder: Path, to: Path) -> None:
        self.folder, self.to = folder, to
        self.copies: list[Path] = []

    def after(self, what, path, offset=0, data=b""):
        if what == "write" and path == str(self.folder / DATABASE) and self.to.exists():
            self.copies.append(self.to / str(len(self.copies)))
            shutil.copytree(self.folder, self.copies[-1])


def moving(folder, to):
    """The folders that kills at each write of a move of the log leave."""
    with closing(SqliteStore(folder, "tiny", DIM)) as store:
        store.put(article("n0", *"abcdefgh"), vectors(*[EAST] * 8))
    camera = Camera(folder, to)
    with watched(camera, folder), closing(SqliteStore(folder, "tiny", DIM)) as store:
        for number in range(3):
            store.put(article(f"n{number}", "x"), vectors(EAST))
        to.mkdir()
        store.close()
    return camera.copies


def test_a_kill_while_the_log_is_moved_loses_nothing(tmp_path):
    copies = moving(tmp_path / "living", tmp_path / "kills")

    assert len(copies) > 5
    assert all(names(copy) == ["n0", "n1", "n2"] for copy in copies[::3])


@pytest.mark.parametrize("size", [None, 0, 32])
def test_a_log_lost_while_it_was_moved_is_missed_whatever_the_number_says(tmp_path, size):
    messages = []
    for copy in moving(tmp_path / "living", tmp_path / "kills"):
        (copy / LOG).unlink() if size is None else cut(copy / LOG, size)

        with pytest.raises(StoreError, match=DATABASE) as caught:
            names(copy)
        messages.append(str(caught.value))

    by_number = sum("acknowledged changes are lost" in line for line in messages)
    by_move = sum("it was being moved into the database" in line for line in messages)
    assert by_number
    assert by_move


def test_a_log_that_another_program_moved_to_the_end_and_deleted_costs_one_command(tmp_path):
    left = moving(tmp_path / "living", tmp_path / "kills")[-1]
    with closing(apsw.Connection(str(left / DATABASE))) as other:
        other.execute("SELECT count(*) FROM articles")
    assert not (left / LOG).exists()

    with pytest.raises(StoreError, match=r"may be whole .* checked .* --accept-loss"):
        names(left)
    accept_loss(left / DATABASE)

    assert ["n0", "n1", "n2"] == names(left)


def test_of_a_damaged_note_only_the_number_counts(tmp_path):
    # The slot that is left says that a move is under way; it ended, and the log was deleted.
    names(tmp_path)
    with open_slots(tmp_path / NOTED) as slots:
        latest = slots.latest
        slots.write(CommitNote(latest.identity, latest.number, moving=True))
        slots.write(latest)
    data = (tmp_path / NOTED).read_bytes()
    newest = max((0, 4_096), key=lambda at: data[at + 8 : at + 16][::-1])
    flip(tmp_path / NOTED, newest + 20)

    assert [] == names(tmp_path)


class Stuck(Watcher):
    """Refuses the note that the move of a log has ended."""

    def __init__(self) -> None:
        self.noting = 0

    def before(self, what, path, size=0):
        if what == "write" and path.endswith(ENDING):
            self.noting -= 1
            if self.noting == 0:
                raise OSError(5, "injected")
        return size


def test_a_note_of_a_move_that_the_disk_kept_is_taken_back_at_the_closing(tmp_path):
    stuck = Stuck()
    with watched(stuck, tmp_path), closing(SqliteStore(tmp_path, "tiny", DIM)) as store:
        store.put(article("a", "x"), vectors(EAST))
        stuck.noting = 2
        with store._database.reading() as db:
            db.execute("COMMIT")
            store._database._ledger.empty(db)
            db.execute("BEGIN")
        assert noted(tmp_path / NOTED).moving

    assert ["a"] == names(tmp_path)


class Kills(Watcher):
    """Copies a folder as a kill would leave it, after every call."""

    def __init__(self, folder: Path, to: Path) -> None:
        self.folder, self.to = folder, to
        self.copies: list[Path] = []

    def after(self, what, path, offset=0, data=b""):
        if what in ("write", "truncate"):
            self.copies.append(self.to / str(len(self.copies)))
            shutil.copytree(self.folder, self.copies[-1])


def rows(folder):
    with closing(State(folder / "bot.db")) as state, state.reading() as db:
        return db.execute("SELECT x FROM t").fetchall()


def test_a_kill_while_the_log_of_the_state_is_emptied_is_never_taken_for_a_loss(tmp_path):
    living = tmp_path / "living"
    kills = Kills(living, tmp_path / "kills")
    with watched(Watcher(), living), closing(State(living / "bot.db")) as state:
        state.ensure("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    with watched(kills, living), closing(State(living / "bot.db")) as state:
        with state.transaction() as db:
            db.execute("UPDATE t SET x = 2")
        before = len(kills.copies)
        state.empty_log()
        copies = kills.copies[before:]

    assert 0 in {(copy / "bot.db-wal").stat().st_size for copy in copies}
    assert all(rows(copy) == [(2,)] for copy in copies)


class Meanwhile(Watcher):
    """Does something as soon as the end of a move has been noted."""

    def __init__(self, action) -> None:
        self.action, self.noted = action, 0

    def after(self, what, path, offset=0, data=b""):
        if what == "write" and path.endswith(ENDING):
            self.noted += 1
            if self.noted == 2:
                self.action()


def test_what_another_process_commits_after_the_move_is_not_moved_without_a_note(tmp_path):
    def commit():
        with closing(apsw.Connection(str(tmp_path / "bot.db"))) as other:
            own_log(other)
            other.execute("INSERT INTO t VALUES (1)")

    with closing(State(tmp_path / "bot.db")) as state:
        state.ensure("CREATE TABLE t (x)")
        with watched(Meanwhile(commit), tmp_path):
            state.empty_log()

        with state.reading() as db:
            length, moved = db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
        assert (True, 1) == (length > moved, len(rows(tmp_path)))


def test_a_long_log_is_moved_under_a_note(tmp_path, monkeypatch):
    monkeypatch.setattr("index.database.ledger._LONG", 50)
    moved = []
    real = Ledger._move_log

    def seen(ledger, db, least, **how):
        before = db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
        done = real(ledger, db, least, **how)
        moved.append((before[0] >= 50, db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)))
        return done

    monkeypatch.setattr(Ledger, "_move_log", seen)
    with closing(SqliteStore(tmp_path, "tiny", DIM)) as store:
        for number in range(6):
            store.put(article(f"n{number}", "x"), vectors(EAST))
        assert any(long for long, _ in moved)
        assert all(length == done for long, (length, done) in moved if long)
        assert not noted(tmp_path / NOTED).moving


def test_sqlite_leaves_a_long_log_alone(tmp_path):
    db = apsw.Connection(str(tmp_path / "x.db"))
    own_log(db)
    db.pragma("journal_mode", "wal")
    db.execute("CREATE TABLE t (x)")

    for _ in range(1_100):
        db.execute("INSERT INTO t VALUES (zeroblob(10))")

    length, done = db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
    assert (True, 0) == (length > 1_000, done)
    db.close()
    assert (tmp_path / "x.db-wal").exists()
