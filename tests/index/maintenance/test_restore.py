"""A restore is one step: whatever interrupts it, the folder holds the old index or the new one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.state.state import State
from index.cli.main import main
from index.database import in_use, switch
from index.database.in_use import Share, alone
from index.errors import StoreError
from index.maintenance.backup import Extra, restore_backup, write_backup
from index.queue import ARRIVALS, Queue
from index.store.sqlite.store import DATABASE
from tests.faults.backup import made_item, put, settings_of
from tests.index.arrivals.arrivals_builders import article, open_tiny

ROOT = Path(__file__).parents[3]
OLD, NEW = 3, 6
ADD = """
import sys, time
from pathlib import Path
from index.store.sqlite.store import SqliteStore
store = SqliteStore(Path(sys.argv[1]), "tiny", 8)
print("open", flush=True)
time.sleep(600)
"""


class Killed(BaseException):
    """The end of the process, as far as a test in it can play it."""


def filled(folder, count):
    with closing(open_tiny(folder)) as index:
        for number in range(count):
            put(index.store, made_item(number, 7, ids=1_000))
    with closing(Queue(folder)) as queue:
        queue.receive("test", [article(f"of {count}")])
    return folder


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """An index of a few articles; a copy of it is restored into."""
    return filled(tmp_path_factory.mktemp("before") / "data", OLD)


@pytest.fixture
def folder(tmp_path, before):
    return shutil.copytree(before, tmp_path / "data")


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    """The index that is restored, of more articles."""
    return filled(tmp_path_factory.mktemp("after") / "data", NEW)


@pytest.fixture(scope="module")
def backup(after):
    write_backup(settings_of(after), after.parent / "backup.zip")
    return after.parent / "backup.zip"


def held(folder):
    """How many articles the index holds, and which of the two queues it has; all whole."""
    with closing(open_tiny(folder)) as index, closing(Queue(folder)) as queue:
        assert [] == index.verify()
        return index.stats().articles, queue.take(9)[0].id


def interrupted(monkeypatch, number, call):
    """Run *call* until its *number*-th change of a file; False if it ended before."""
    done = 0

    def counted(real):
        def change(*arguments, **given):
            nonlocal done
            done += 1
            if done == number:
                raise Killed
            return real(*arguments, **given)

        return change

    with monkeypatch.context() as patched:
        for name in ("rename", "replace", "unlink", "mkdir", "rmdir", "open"):
            patched.setattr(os, name, counted(getattr(os, name)))
        # A process that is killed cleans nothing up.
        patched.setattr(switch, "clear", lambda folder: None)
        # Nor is power lost: what it has written is there.
        patched.setattr(os, "fsync", counted(lambda handle: None))
        try:
            call()
        except Killed:
            return True
    return False


def test_a_restore_that_is_interrupted_anywhere_is_finished_or_taken_back(
    tmp_path, before, backup, monkeypatch
):
    seen, number = set(), 0
    while True:
        number += 1
        folder = shutil.copytree(before, tmp_path / f"data{number}")
        if not interrupted(
            monkeypatch, number, lambda folder=folder: restore_backup(backup, folder, force=True)
        ):
            break

        found = held(folder)
        seen.add(found)
        assert found in {(OLD, f"of {OLD}"), (NEW, f"of {NEW}")}
        assert [] == [*folder.glob(".restoring-*"), *folder.glob("restore.json")]

    assert number > 20
    assert {(OLD, f"of {OLD}"), (NEW, f"of {NEW}")} == seen


def test_a_restore_into_nothing_that_is_interrupted_begins_no_empty_index(
    tmp_path, backup, monkeypatch
):
    number, refused = 0, 0
    while True:
        number += 1
        folder = tmp_path / f"new{number}"
        if not interrupted(
            monkeypatch, number, lambda folder=folder: restore_backup(backup, folder)
        ):
            break
        there = (folder / DATABASE).exists() or (folder / switch.JOURNAL).exists()
        if list(folder.glob(".restoring-*")) and not there:
            with pytest.raises(StoreError, match=r"is missing, but .*\.restoring-"):
                open_tiny(folder)
            refused += 1
            restore_backup(backup, folder)
        if (folder / DATABASE).exists() or (folder / switch.JOURNAL).exists():
            assert (NEW, f"of {NEW}") == held(folder)

    assert refused


def test_what_was_replaced_is_whole_aside(folder, backup):
    restore_backup(backup, folder, force=True)

    [aside] = folder.glob("replaced-*")
    assert (OLD, f"of {OLD}") == held(aside)
    assert 0o700 == aside.stat().st_mode & 0o777


def test_the_state_in_another_folder_is_switched_in_the_same_step(
    tmp_path, before, after, monkeypatch
):
    def state_with(home, table):
        with closing(State(home / "bot.db")) as state:
            state.ensure(f"CREATE TABLE {table} (x)")
        return home / "bot.db"

    def tables(home):
        with closing(State(home / "bot.db")) as state, state.reading() as db:
            names = db.execute("SELECT name FROM sqlite_schema WHERE name IN ('old', 'new')")
            return [name for (name,) in names]

    made = state_with(tmp_path / "made", "new")
    old = state_with(tmp_path / "old", "old").parent
    write_backup(settings_of(after), tmp_path / "b.zip", Extra(made, "SELECT 1"))
    seen, number = [], 0
    while True:
        number += 1
        data = shutil.copytree(before, tmp_path / f"data{number}")
        home = shutil.copytree(old, tmp_path / f"bot{number}")
        if not interrupted(
            monkeypatch,
            number,
            lambda data=data, home=home: restore_backup(
                tmp_path / "b.zip", data, force=True, elsewhere={"bot.db": home}
            ),
        ):
            break
        # Whichever of the two is opened first.
        looks = [lambda home=home: tables(home), lambda data=data: held(data)[0]]
        found = {n: looks[n]() for n in ((0, 1) if number % 2 else (1, 0))}
        seen.append((found[0], found[1]))

    assert {("old", OLD), ("new", NEW)} == {(names[0], count) for names, count in seen}


def test_a_disk_that_refuses_half_way_leaves_the_rest_to_the_next_command(
    folder, backup, monkeypatch
):
    honest, moved = os.replace, []

    def once(source, target):
        if len(moved) > 4 and "restoring" in str(source):
            raise OSError(5, "the disk is gone")
        moved.append(honest(source, target))

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", once)
        with pytest.raises(StoreError, match=r"the disk is gone.*the next command finishes it"):
            restore_backup(backup, folder, force=True)

    assert (NEW, f"of {NEW}") == held(folder)


def test_a_damaged_journal_is_refused_with_the_way_out(folder):
    (folder / switch.JOURNAL).write_text('{"name": 1}')

    with pytest.raises(StoreError, match=r"restore\.json is damaged; move"):
        held(folder)


# --- who must not meet ----------------------------------------------------------------------


def test_a_folder_that_another_process_has_open_is_not_replaced_and_that_is_named(
    folder, backup, monkeypatch
):
    monkeypatch.setattr(in_use, "PATIENCE", 0.1)
    words = [sys.executable, "-c", ADD, str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as other:
        other.stdout.readline()
        with pytest.raises(StoreError, match=rf"is in use by .*process {other.pid} .*stop that"):
            restore_backup(backup, folder, force=True)
        other.kill()
        other.wait()

    assert (OLD, f"of {OLD}") == held(folder)


@pytest.mark.parametrize("open_it", [open_tiny, Queue, lambda folder: State(folder / "bot.db")])
def test_nothing_is_opened_while_the_files_are_replaced(folder, open_it, monkeypatch):
    monkeypatch.setattr(in_use, "PATIENCE", 0.1)

    with (
        alone([folder]),
        pytest.raises(StoreError, match=rf"being replaced by process {os.getpid()}"),
    ):
        open_it(folder)


@pytest.mark.parametrize("open_it", [open_tiny, Queue, lambda folder: State(folder / "bot.db")])
def test_whoever_has_a_database_open_shares_the_folder_until_it_is_closed(
    folder, open_it, monkeypatch
):
    monkeypatch.setattr(in_use, "PATIENCE", 0.1)
    opened = open_it(folder)

    with pytest.raises(StoreError, match="in use"), alone([folder]):
        pass
    opened.close()
    with alone([folder]):
        pass


def test_a_fork_that_ends_takes_no_lock_from_its_parent(tmp_path, monkeypatch):
    monkeypatch.setattr(in_use, "PATIENCE", 0.1)
    share = Share(tmp_path)
    child = os.fork()
    if child == 0:
        share.release()
        os._exit(0)
    os.waitpid(child, 0)

    with pytest.raises(StoreError, match="in use"), alone([tmp_path]):
        pass
    share.release()


def test_a_loss_is_accepted_only_by_who_is_alone(folder, monkeypatch):
    monkeypatch.setattr(in_use, "PATIENCE", 0.1)
    with closing(open_tiny(folder)):
        code = main(["--data-dir", str(folder), "rebuild", "--accept-loss"])

    assert 1 == code


def test_a_backup_is_not_taken_while_the_files_are_replaced(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(in_use, "PATIENCE", 0.1)

    with alone([folder]), pytest.raises(StoreError, match="being replaced"):
        write_backup(settings_of(folder), tmp_path / "b.zip")


# --- every command refuses an index that is gone --------------------------------------------

COMMANDS = [
    ["add", "new.txt"],
    ["remove", "n1"],
    ["watch", "."],
    ["ask", "what did Russia say?"],
    ["brief", "the harbour"],
    ["compare", "Russia and Turkey"],
    ["changed", "Russia"],
    ["stats"],
    ["verify"],
    ["rebuild"],
    ["rebuild", "--accept-loss"],
    ["backup", "b.zip"],
    ["doctor"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_begins_no_index_in_the_place_of_one_that_is_gone(
    folder, words, capsys, monkeypatch, tmp_path
):
    (folder / DATABASE).rename(tmp_path / DATABASE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new.txt").write_text(article("new").text)

    code = main(["--data-dir", str(folder), *words])
    printed = capsys.readouterr()

    assert 1 == code
    assert f"{folder / DATABASE} is missing" in printed.out + printed.err
    assert "restore a backup" in printed.out + printed.err
    assert not (folder / DATABASE).exists()
    # The way out.
    (tmp_path / DATABASE).rename(folder / DATABASE)
    assert (OLD, f"of {OLD}") == held(folder)


@pytest.mark.parametrize("words", [["stats"], ["backup", "b.zip"], ["watch", "."]], ids=" ".join)
def test_a_queue_that_is_gone_is_refused_too(folder, words, capsys, monkeypatch, tmp_path):
    (folder / ARRIVALS).unlink()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("index.cli.upkeep.opened", lambda arguments: open_tiny(folder))
    monkeypatch.setattr(
        "index.arrivals.indexer.open_index", lambda settings, create: open_tiny(folder)
    )

    code = main(["--data-dir", str(folder), *words])

    assert 1 == code
    assert f"{folder / ARRIVALS} is missing" in capsys.readouterr().err
