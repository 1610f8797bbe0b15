"""A watched folder that others write to: slow writers, links, huge files, odd names."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import threading
from types import SimpleNamespace

import pytest

from index.arrivals import files
from index.arrivals import folders as watch_module
from index.arrivals.folders import Folders
from index.arrivals.schedule import Schedule
from index.queue.backlog import read_backlog
from index.sources.folder import MAX_BYTES, read_paths
from tests.index.arrivals.arrivals_builders import article, lines

TEXT = ("Harbour\n\n" + article("a").text).encode()


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def clock(monkeypatch):
    """The clock by which files rest; it stands still unless it is moved."""
    made = SimpleNamespace(now=0.0, monotonic=lambda: made.now)
    monkeypatch.setattr(watch_module, "time", made)
    return made


@pytest.fixture
def tended(inbox, queue, clock):
    """Look through the folder and tend it, so many seconds later."""
    folders = Folders([inbox])

    def after(seconds=watch_module._REST, more=0):
        folders.look(queue)
        folders.tend(queue)
        clock.now += seconds
        folders.tend(queue)
        for pool in folders._beside:
            pool.submit(lambda: None).result()
        if more:
            folders.tend(queue)
            clock.now += more
            folders.tend(queue)
        taken = queue.take(99)
        for arrival in taken:
            queue.settle(arrival, "indexed", None)
        return sorted(arrival.id for arrival in taken)

    yield after
    folders.stop()


def refusals(tmp_path):
    backlog = read_backlog(tmp_path)
    return [refusal.reason for refusal in backlog.refusals]


def until(holds):
    while not holds():
        threading.Event().wait(0.02)


# --- slow writers ---------------------------------------------------------------------------


@pytest.mark.parametrize("rest", [1, 30, 3_600])
def test_a_file_that_somebody_has_open_for_writing_is_not_read_however_long_it_rests(
    inbox, tended, rest
):
    whole = lines("a", "b")
    with (inbox / "slow.jsonl").open("wb") as file:
        file.write(whole[:-9])
        file.flush()
        early = tended(rest, more=rest)
        file.write(whole[-9:])

    assert ([], ["a", "b"]) == (early, tended(rest))
    assert not (inbox / "failed").exists()


def test_a_file_renamed_while_it_is_written_is_not_read(inbox, tended):
    with (inbox / "one.part").open("wb") as file:
        file.write(lines("a")[:40])
        file.flush()
        (inbox / "one.part").rename(inbox / "one.jsonl")
        early = tended(60)
        file.write(lines("a")[40:])

    assert ([], ["a"]) == (early, tended())


def test_a_file_that_was_read_too_early_is_read_again_and_not_set_aside(inbox, tended, tmp_path):
    whole = lines("a", "b")
    (inbox / "slow.jsonl").write_bytes(whole[:-9])
    early = tended()
    with (inbox / "slow.jsonl").open("ab") as file:
        still = tended(3_600, more=3_600)
        file.write(whole[-9:])

    assert (["a"], []) == (early, still)
    assert ["b"] == [name for name in tended() if name != "a"]
    tended(3_600, more=3_600)
    assert not (inbox / "failed").exists()
    assert [] == refusals(tmp_path)


def test_where_the_system_cannot_tell_a_file_rests_longer_and_longer_still_before_it_is_set_aside(
    inbox, tended, monkeypatch
):
    monkeypatch.setattr(files, "is_written", lambda file: None)
    monkeypatch.setattr(files, "was_renamed", lambda path: False)
    (inbox / "one.jsonl").write_bytes(lines("a") + b"{half")

    early, late = tended(0.9 * watch_module._LONG_REST), tended(watch_module._LONG_REST)
    tended(0, more=0.9 * watch_module._LONG_SETTLED)
    there = (inbox / "one.jsonl").exists()
    tended(0, more=0.2 * watch_module._LONG_SETTLED)

    assert ([], ["a"]) == (early, late)
    assert (True, False) == (there, (inbox / "one.jsonl").exists())


def test_a_file_open_for_writing_is_told_from_one_open_for_reading(inbox):
    path = inbox / "one.txt"
    path.write_bytes(TEXT)

    with path.open("rb") as reading, path.open("rb"):
        closed = files.is_written(reading)
        with path.open("ab"):
            assert (False, True) == (closed, files.is_written(reading))


def test_without_leases_the_open_files_of_this_account_are_looked_through(inbox, monkeypatch):
    monkeypatch.setattr(files, "_is_remote", lambda device: True)
    path = inbox / "one.txt"
    path.write_bytes(TEXT)

    with path.open("rb") as reading:
        closed = files.is_written(reading)
        with path.open("ab"):
            assert (None, True) == (closed, files.is_written(reading))


def test_the_signal_of_a_broken_lease_is_one_without_effect(inbox, monkeypatch):
    path, honest, signals = inbox / "one.txt", fcntl.fcntl, []
    path.write_bytes(TEXT)

    def lease(handle, what, value):
        given = honest(handle, what, value)
        if (what, value) == (fcntl.F_SETLEASE, fcntl.F_RDLCK):
            signals.append(honest(handle, fcntl.F_GETSIG))
        return given

    monkeypatch.setattr(fcntl, "fcntl", lease)
    with path.open("rb") as reading:
        files.is_written(reading)

    assert [signal.SIGURG] == signals
    assert signal.SIG_DFL == signal.getsignal(signal.SIGURG)


# --- links ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["file", "broken", "itself", "within"])
def test_a_link_is_not_followed_but_set_aside_with_its_reason(inbox, tended, tmp_path, kind):
    (tmp_path / "secret.txt").write_bytes(TEXT)
    (inbox / "good.txt").write_bytes(TEXT)
    targets = {"file": tmp_path / "secret.txt", "broken": "none", "itself": inbox / "link.txt"}
    (inbox / "link.txt").symlink_to(targets.get(kind, inbox / "good.txt"))

    got = tended(more=watch_module._SETTLED)

    assert 1 == len(got)
    assert (inbox / "failed" / "link.txt").is_symlink()
    assert "link" in (inbox / "failed" / "link.txt.reason.txt").read_text()
    assert TEXT == (tmp_path / "secret.txt").read_bytes()


def test_what_lies_behind_a_linked_folder_is_neither_read_nor_moved(inbox, queue, clock, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jsonl").write_bytes(lines("a") + b"{bad")
    (inbox / "sub").symlink_to(outside)
    folders = Folders([inbox])
    # As an event names it; and as if the folder had been replaced by the link just now.
    folders._noticed(inbox / "sub" / "secret.jsonl")
    noticed = dict(folders._resting)
    folders._resting[inbox / "sub" / "secret.jsonl"] = (
        files.mark_of(outside / "secret.jsonl"),
        0.0,
    )

    for _ in range(4):
        clock.now += watch_module._LONG_SETTLED
        folders.tend(queue)

    assert ({}, []) == (noticed, queue.take(9))
    assert (outside / "secret.jsonl").exists()
    assert [] == [path for path in (inbox / "failed").glob("*") if "secret" in path.name]


def test_nothing_is_set_aside_through_a_link(inbox, tended, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (inbox / "failed").symlink_to(tmp_path / "elsewhere")
    (inbox / "one.jsonl").write_bytes(b"{bad\n")

    tended(more=watch_module._SETTLED)

    assert [] == list((tmp_path / "elsewhere").iterdir())
    assert (inbox / "one.jsonl").exists()


# --- sizes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html", "x.json", "x.xml", "x.jsonl"])
def test_a_file_of_any_size_is_refused_in_little_memory(inbox, tended, tmp_path, name):
    with (inbox / name).open("wb") as file:
        file.truncate(40 * 2**30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    tended(more=watch_module._SETTLED)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB
    assert 1 == len(refusals(tmp_path))
    assert (inbox / "failed" / name).exists()


def test_lines_are_read_one_at_a_time_and_nothing_after_an_endless_one(inbox, tended, tmp_path):
    with (inbox / "x.jsonl").open("wb") as file:
        file.write(lines("a") + b"{bad\n" + lines("b"))
        file.truncate(40 * 2**30)

    assert ["a", "b"] == tended()
    assert any("line 4: more than" in reason for reason in refusals(tmp_path))
    assert any("line 2: not valid JSON" in reason for reason in refusals(tmp_path))


def test_a_file_that_grows_while_it_is_read_is_read_up_to_the_limit(inbox, monkeypatch):
    (inbox / "x.txt").write_bytes(b"Line of text.\n" * (MAX_BYTES // 14 + 9))
    monkeypatch.setattr(os, "fstat", lambda handle: SimpleNamespace(st_size=10, st_mode=0o100644))

    (refusal,) = read_paths([str(inbox / "x.txt")])

    assert f"{MAX_BYTES + 1:,} bytes are too much" in str(refusal)


def test_many_errors_of_one_file_are_counted_not_kept(inbox, tended, tmp_path):
    (inbox / "x.jsonl").write_bytes(b"{bad\n" * 10_000 + lines("a"))

    assert ["a"] == tended()
    assert 101 == read_backlog(tmp_path).refused
    assert any("9,900 more errors" in reason for reason in refusals(tmp_path))


def test_a_file_that_takes_long_delays_no_other(inbox, queue, clock, monkeypatch):
    honest, goes_on = watch_module.read_file, threading.Event()

    def read(file, name):
        if name.endswith("poison.html"):
            goes_on.wait(20)
        yield from honest(file, name)

    monkeypatch.setattr(watch_module, "read_file", read)
    (inbox / "poison.html").write_bytes(b"<p>" + TEXT)
    (inbox / "z.jsonl").write_bytes(lines("a"))
    folders = Folders([inbox])
    folders.look(queue)
    clock.now += watch_module._REST
    folders.tend(queue)

    assert ["a"] == [arrival.id for arrival in queue.take(9)]
    goes_on.set()
    folders.stop()


# --- names ----------------------------------------------------------------------------------

NAMES = [
    b"a\xff.txt",
    b"a\xfe.txt",
    b"new\nline.txt",
    b"esc\x1b[31m.txt",
    "r\u202etl.txt".encode(),
    b"n" * 251 + b".txt",
    "é".encode() * 125 + b".txt",
    b"\xe9" * 250 + b".txt",
    b"blank .txt",
    b"-rf.txt",
]


def test_files_of_any_name_are_received_each_as_an_article_of_its_own(inbox, tended):
    for name in NAMES:
        (inbox / os.fsdecode(name)).write_bytes(TEXT)

    assert len(NAMES) == len(set(tended()))
    assert [] == tended()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_is_set_aside_with_its_reason(inbox, tended, name):
    (inbox / os.fsdecode(name)).write_bytes(b"\x00 no text")

    tended(more=watch_module._SETTLED)

    left = sorted(os.fsencode(path.name) for path in (inbox / "failed").iterdir())
    assert (2, []) == (len(left), [*inbox.glob("*.*")])
    assert left[0] + b".reason.txt" == left[1]
    assert left[0].endswith(b".txt")
    reason = (inbox / "failed" / os.fsdecode(left[1])).read_text("utf-8")
    assert (1, True) == (reason.count("\n"), "\x1b" not in reason and "\u202e" not in reason)


def test_another_failure_of_a_long_name_is_kept_apart(inbox, tended):
    for _ in range(3):
        (inbox / ("n" * 251 + ".txt")).write_bytes(b"\x00 no text")
        tended(more=watch_module._SETTLED)

    assert 6 == len(list((inbox / "failed").iterdir()))


def test_a_watcher_that_cannot_read_a_name_is_replaced_by_looking(inbox, queue, caplog):
    schedule, folders = Schedule(), Folders([inbox])
    schedule.start()
    folders.start(queue, schedule)
    until(lambda: "watching" in caplog.text or folders._thread.is_alive())
    try:
        (inbox / os.fsdecode(b"a\xff.txt")).write_bytes(TEXT)
        until(lambda: len(queue.received()) == 1)
        for number in range(3):
            (inbox / f"good{number}.jsonl").write_bytes(lines(f"good{number}"))
            until(lambda number=number: queue.status(f"good{number}"))
    finally:
        folders.stop()
        schedule.stop()

    assert 1 >= sum("watching fails" in message for message in caplog.messages)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.mknod(path, 0o140600)])
def test_a_pipe_is_left_alone(inbox, tended, make):
    make(inbox / "x.txt")

    assert [] == tended(more=60)
    with pytest.raises(OSError, match=r"no regular file|No such device"):
        files.open_within(inbox, inbox / "x.txt")
