"""A file is replaced whole: by a disk that writes by halves, and through a loss of power."""

from __future__ import annotations

import errno
import os
import random

import pytest

from index.database import files
from index.database.database import accept_loss
from index.database.files import write_whole
from index.errors import StoreError
from index.queue import ARRIVALS, Queue
from tests.faults.disk import watched
from tests.faults.faults import Faulty
from tests.faults.power import Log, state_at

OLD, NEW = b"old " * 500, b"new " * 700


def test_a_loss_of_power_leaves_the_old_bytes_or_the_new_ones(tmp_path):
    log, path, chance = Log(), tmp_path / "file", random.Random(1)
    with watched(log, tmp_path):
        write_whole(path, [OLD])
        before = len(log.calls)
        write_whole(path, [NEW[:1000], memoryview(NEW)[1000:]])

    drawn = {
        moment: {state_at(log.calls[:moment], chance).get(str(path)) for _ in range(30)}
        for moment in range(before, len(log.calls) + 1)
    }
    assert {OLD, NEW} == set.union(*drawn.values())
    assert {NEW} == drawn[len(log.calls)]


def test_a_disk_that_takes_half_of_each_write_gets_all(tmp_path):
    with watched(Faulty(1, 0, lasting=True), tmp_path):
        write_whole(tmp_path / "file", [NEW[:1023], NEW[1023:]])

    assert NEW == (tmp_path / "file").read_bytes()


@pytest.mark.parametrize("call", range(1, 5))
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path, call):
    write_whole(tmp_path / "file", [OLD])

    with (
        watched(Faulty(call, errno.ENOSPC, lasting=False), tmp_path),
        pytest.raises(OSError, match="injected"),
    ):
        write_whole(tmp_path / "file", [NEW])

    assert OLD == (tmp_path / "file").read_bytes()
    assert ["file"] == [path.name for path in tmp_path.iterdir()]


def test_what_a_killed_process_left_aside_is_cleared_away_after_a_day(tmp_path):
    for name, age in (("file.1.tmp", files._LEFT_BEHIND + 60), ("file.2.tmp", 0)):
        left = tmp_path / name
        left.write_bytes(OLD)
        stamp = left.stat().st_mtime - age
        os.utime(left, (stamp, stamp))

    write_whole(tmp_path / "file", [NEW])

    assert ["file", "file.2.tmp"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_database_with_two_names_is_refused_under_each_that_is_a_link(tmp_path, link):
    path, other = tmp_path / ARRIVALS, tmp_path / "other" / ARRIVALS
    other.parent.mkdir()
    Queue(path.parent).close()
    link(path, other)

    for open_it in (lambda: Queue(other.parent), lambda: accept_loss(other)):
        with pytest.raises(StoreError, match="is a link, or another name links to it"):
            open_it()
