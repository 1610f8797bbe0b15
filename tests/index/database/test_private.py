"""What is kept is for this account alone: it tells who asked what."""

from __future__ import annotations

import os
import sys
from contextlib import closing

import pytest

from bot.state.state import State
from index.arrivals.lock import only_indexer
from index.database import files
from index.maintenance.backup import restore_backup, write_backup
from index.queue import Queue
from tests.faults.backup import made_item, put, settings_of
from tests.index.arrivals.arrivals_builders import article, open_tiny

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")


def fill(folder):
    """Make every file that a data folder can have; gives their modes while they are open."""
    with (
        only_indexer(folder),
        closing(open_tiny(folder)) as index,
        closing(Queue(folder)) as queue,
        closing(State(folder / "bot.db")) as state,
    ):
        put(index.store, made_item(1, 7))
        index.store.rebuild_projection()
        queue.receive("test", [article("a")])
        state.ensure()
        return modes(folder)


def modes(folder):
    paths = [folder, *folder.rglob("*")]
    return {path.name: path.stat().st_mode & 0o777 for path in paths}


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_all_files_are_for_this_account_alone_whatever_the_umask(tmp_path, umask):
    folder = tmp_path / "a" / "data"

    open_now = fill(folder)
    write_backup(settings_of(folder), tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", folder, force=True)
    restore_backup(tmp_path / "b.zip", tmp_path / "new")

    assert {"bot.db", "bot.db-wal", "bot.db-shm", "vectors.faiss", "in-use.lock"} <= set(open_now)
    for found in (open_now, modes(folder), modes(tmp_path / "new")):
        wrong = {name: oct(mode) for name, mode in found.items() if mode & 0o077}
        assert {} == wrong
    assert 0o600 == (tmp_path / "b.zip").stat().st_mode & 0o777


def test_a_new_folder_is_open_to_others_not_even_for_a_moment(tmp_path, umask, monkeypatch):
    monkeypatch.setattr(files, "tighten", lambda path: None)

    files.make_private_folder(tmp_path / "data")

    assert 0o700 == modes(tmp_path)["data"]


def test_what_an_older_version_made_is_tightened_at_the_start(tmp_path):
    fill(tmp_path / "data")
    (tmp_path / "data" / "replaced-1").mkdir()
    for path in [tmp_path / "data", *(tmp_path / "data").iterdir()]:
        path.chmod(0o755 if path.is_dir() else 0o644)

    fill(tmp_path / "data")

    found = modes(tmp_path / "data")
    assert {} == {n: oct(m) for n, m in found.items() if m & 0o077}


def test_a_folder_in_which_others_put_files_stays_open_to_them(tmp_path):
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    (tmp_path / "data").chmod(0o755)

    open_tiny(tmp_path / "data").close()

    assert 0o755 == (tmp_path / "data").stat().st_mode & 0o777


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can")
def test_what_root_makes_belongs_to_the_owner_of_the_folder(tmp_path):
    (tmp_path / "data").mkdir()
    os.chown(tmp_path / "data", 1234, 4321)

    fill(tmp_path / "data")

    owners = {(p.name, p.stat().st_uid) for p in (tmp_path / "data").iterdir()}
    assert {(name, 1234) for name, _ in owners} == owners
