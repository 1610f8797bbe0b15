"""Watched folders: whole files only, each once, and what is no good set aside with its reason."""

from __future__ import annotations

import os
import shutil
import threading
import time
from types import SimpleNamespace

import pytest

from index.arrivals import folders as watch_module
from index.arrivals.folders import Folders
from index.arrivals.schedule import Schedule
from index.errors import SettingsError
from index.queue.backlog import read_backlog
from tests.index.arrivals.arrivals_builders import article, lines


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def start(inbox, queue):
    """Watch the inbox; all that was started is stopped at the end."""
    started = []

    def begin(**given):
        schedule, folders = Schedule(), Folders([inbox], **given)
        schedule.start()
        folders.start(queue, schedule)
        started.append((schedule, folders))

    yield begin
    for schedule, folders in started:
        folders.stop()
        schedule.stop()


@pytest.fixture
def clock(monkeypatch):
    """The clock by which files rest; it stands still unless it is moved."""
    made = SimpleNamespace(now=0.0, monotonic=lambda: made.now)
    monkeypatch.setattr(watch_module, "time", made)
    return made


def until(holds):
    """Wait for what must come; the test's own limit ends a wait in vain."""
    while not holds():
        threading.Event().wait(0.02)


def put(path, data):
    """Rename a file into place, as careful programs do."""
    path.with_suffix(".part").write_bytes(data)
    path.with_suffix(".part").rename(path)


@pytest.mark.parametrize("poll", [False, True])
def test_a_file_that_appears_is_received_with_its_articles(start, inbox, queue, poll):
    start(poll=poll)

    put(inbox / "one.jsonl", lines("a", "b"))
    (inbox / "two.txt").write_text("Harbour\n\nThe boats left.", "utf-8")

    until(lambda: len(queue.received()) == 2)
    taken = {arrival.id: arrival for arrival in queue.take(9)}
    assert article("a").text == taken["a"].item.text
    assert 3 == len(taken)
    assert {f"folder {inbox}"} == {arrival.origin for arrival in taken.values()}


def test_what_came_while_nobody_watched_is_received_once(start, inbox, queue):
    put(inbox / "one.jsonl", lines("a"))
    start()
    until(lambda: queue.status("a"))
    (first,) = queue.take(9)
    queue.settle(first, "indexed", None)

    start()
    put(inbox / "two.jsonl", lines("b"))
    until(lambda: queue.status("b"))

    assert "indexed" == queue.status("a").state


def test_a_file_put_in_again_with_another_content_is_received_again(start, inbox, queue):
    start()
    put(inbox / "one.jsonl", lines("a"))
    until(lambda: queue.status("a"))

    put(inbox / "one.jsonl", lines("b"))

    until(lambda: queue.status("b"))


def test_a_file_is_not_read_while_it_is_still_written(inbox, queue, clock):
    folders, whole = Folders([inbox]), lines("a", "b")
    for at in range(0, len(whole), 40):
        with (inbox / "one.jsonl").open("ab") as file:
            file.write(whole[at : at + 40])
        folders.look(queue)
        folders.tend(queue)
        assert {} == queue.received()
        clock.now += 0.9 * watch_module._REST

    clock.now += watch_module._REST
    folders.tend(queue)

    assert ["a", "b"] == sorted(arrival.id for arrival in queue.take(9))


def test_a_file_that_grows_while_it_is_read_is_read_again(inbox, queue, monkeypatch):
    path, honest = inbox / "one.jsonl", watch_module.read_file

    def read_while_it_grows(file, name):
        yield from honest(file, name)
        path.write_bytes(lines("a", "b"))

    monkeypatch.setattr(watch_module, "_REST", 0)
    put(path, lines("a"))
    folders = Folders([inbox])
    folders.look(queue)
    with monkeypatch.context() as growing:
        growing.setattr(watch_module, "read_file", read_while_it_grows)
        folders.tend(queue)
    received_too_early = queue.received()
    folders.tend(queue)

    assert {} == received_too_early
    assert {"a", "b"} == {arrival.id for arrival in queue.take(9)}


def test_a_file_renamed_into_place_is_received_at_once(inbox, queue, monkeypatch):
    monkeypatch.setattr(watch_module, "_REST", 3600)
    folders = Folders([inbox])
    (inbox / "one.part").write_bytes(lines("a"))
    # The clock of a file system ticks every few milliseconds.
    time.sleep(0.05)
    (inbox / "one.part").rename(inbox / "one.jsonl")

    folders.look(queue)
    folders.tend(queue)

    assert ["a"] == [arrival.id for arrival in queue.take(9)]


def test_a_file_that_is_no_good_is_set_aside_with_its_reason_and_its_good_lines_stay(
    start, inbox, queue
):
    start()
    put(inbox / "mixed.jsonl", lines("a") + b"{bad\n")

    until(lambda: (inbox / "failed" / "mixed.jsonl.reason.txt").exists())
    until(lambda: not queue.to_move(f"folder {inbox}"))

    assert lines("a") + b"{bad\n" == (inbox / "failed" / "mixed.jsonl").read_bytes()
    assert "line 2: not valid JSON" in (inbox / "failed" / "mixed.jsonl.reason.txt").read_text()
    assert ([], ["a"]) == (list(inbox.glob("*.jsonl")), [a.id for a in queue.take(9)])


def test_a_mended_file_put_back_is_received_and_another_failure_of_its_name_kept_apart(
    start, inbox, queue
):
    start()
    for wrong in (b"{bad\n", b"{worse\n"):
        put(inbox / "one.jsonl", wrong)
        until(lambda: not (inbox / "one.jsonl").exists())
    put(inbox / "one.jsonl", lines("a"))
    until(lambda: queue.status("a"))

    kept = sorted(path.name for path in (inbox / "failed").glob("*.jsonl"))
    assert ["one-2.jsonl", "one.jsonl"] == kept


def test_a_file_refused_when_it_was_indexed_is_set_aside_too(start, inbox, queue):
    start()
    put(inbox / "one.jsonl", lines("a"))
    until(lambda: queue.status("a"))
    (arrival,) = queue.take(9)

    queue.settle(arrival, "refused", "a: it is not English")

    reason = inbox / "failed" / "one.jsonl.reason.txt"
    until(reason.exists)
    until(lambda: reason.read_text() == "a: it is not English\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_moved_is_refused_once(inbox, queue, clock, caplog):
    (inbox / "one.jsonl").write_bytes(b"{bad\n")
    inbox.chmod(0o555)
    folders = Folders([inbox])

    for _ in range(3):
        folders.look(queue)
        clock.now += watch_module._REST
        folders.tend(queue)
        clock.now += watch_module._LONG_SETTLED
        folders.tend(queue)
    inbox.chmod(0o755)

    assert 1 == sum("could not be set aside" in line for line in caplog.messages)


@pytest.mark.parametrize(
    "name", [".hidden.jsonl", "sub/.git/one.jsonl", "failed/one.jsonl", "one.jsonl.part", "~one"]
)
def test_what_is_no_article_file_is_left_alone(inbox, queue, clock, name):
    (inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_bytes(lines("a"))
    os.utime(inbox / name, (0, 0))
    folders = Folders([inbox])

    folders.look(queue)
    clock.now += watch_module._REST
    folders.tend(queue)

    assert ({}, True) == (queue.received(), (inbox / name).exists())


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("one.csv", b"id,text\n1,x\n", "no article format is known by its name"),
        ("one", b"\0\1\2", "no article format is known by its name"),
        ("one.txt", b"", "the file is empty"),
        ("sub/one.rtf", b"{\\rtf1 x}", "no article format is known by its name"),
    ],
)
def test_a_file_that_is_passed_over_is_reported_once_and_stays(inbox, queue, name, data, reason):
    (inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_bytes(data)
    os.utime(inbox / name, (0, 0))
    folders = Folders([inbox])

    folders.look(queue)
    folders.look(queue)
    folders.tend(queue)

    (refusal,) = read_backlog(queue.database.path.parent).refusals
    assert f"{inbox / name}: {reason}" in refusal.reason
    assert data == (inbox / name).read_bytes()


def test_a_new_file_of_an_unknown_name_is_not_reported_yet(inbox, queue):
    (inbox / "one.csv").write_bytes(b"id,text\n")

    Folders([inbox]).look(queue)

    assert {} == queue.received()


def test_a_file_of_an_unknown_name_that_begins_like_an_article_is_received(inbox, queue, clock):
    (inbox / "KBN0FL0NM").write_bytes(lines("a").split(b"\n")[0])
    os.utime(inbox / "KBN0FL0NM", (0, 0))
    folders = Folders([inbox])

    folders.look(queue)
    clock.now += watch_module._REST
    folders.tend(queue)
    folders.look(queue)

    assert ["a"] == [arrival.id for arrival in queue.take(9)]
    assert 1 == len(queue.received())


def test_a_deleted_file_withdraws_nothing(start, inbox, queue):
    start()
    put(inbox / "one.jsonl", lines("a"))
    until(lambda: queue.status("a"))

    (inbox / "one.jsonl").unlink()
    put(inbox / "two.jsonl", lines("b"))
    until(lambda: queue.status("b"))

    assert {"a", "b"} == {arrival.id for arrival in queue.take(9)}


def test_a_watched_folder_that_goes_away_and_comes_back_is_watched_on(
    start, inbox, queue, monkeypatch
):
    monkeypatch.setattr(watch_module, "_LOOK", 0.2)
    start()
    put(inbox / "one.jsonl", lines("a"))
    until(lambda: queue.status("a"))

    shutil.rmtree(inbox)
    time.sleep(0.5)
    inbox.mkdir()
    put(inbox / "two.jsonl", lines("b"))

    until(lambda: queue.status("b"))


def test_a_folder_that_is_none_is_refused_by_name(tmp_path):
    with pytest.raises(SettingsError, match="none is no folder"):
        Folders([tmp_path / "none"])
