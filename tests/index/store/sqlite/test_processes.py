"""A store on disk among several processes and threads, killed and forked ones included."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from index.errors import StoreError
from index.store import Selection
from tests.index.store.store_builders import EAST, NORTH, article, nearest, vectors
from tests.index.store.store_writer import fill, item, rows

ROOT = Path(__file__).parents[4]


def start_writer(folder, prefix, count, sentences=5):
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.index.store.store_writer",
            str(folder),
            prefix,
            str(count),
            str(sentences),
        ],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def steady(store, read):
    """Read in one generation: between a search and a look-up the writer may replace a sentence."""
    while True:
        before = store.generation()
        seen = read()
        if store.generation() == before:
            return seen


def found(store):
    hits = store.search(np.array(EAST, np.float32), 1_000)
    return set(store.locate([hit.key for hit in hits]).values())


def test_an_acknowledged_put_of_another_process_is_found_by_the_next_search(on_disk, tmp_path):
    store = on_disk()
    assert [] == nearest(store, EAST)
    with start_writer(tmp_path, "x", 12) as writer:
        for line in writer.stdout:
            name = line.strip()

            assert (name, 0) in steady(store, lambda: found(store))
            assert store.match(name, 1)
            assert name in [c.article_id for c in store.select(Selection())]
            assert store.get(name) == item(name, 5)

    assert 0 == writer.returncode
    assert [] == store.verify()


def test_three_writing_processes_wait_for_each_other(on_disk, tmp_path):
    writers = [start_writer(tmp_path, prefix, 8) for prefix in "xyz"]
    for writer in writers:
        out, _ = writer.communicate(timeout=120)
        assert (0, 8) == (writer.returncode, len(out.split()))

    store = on_disk()
    assert [] == store.verify()
    assert 3 * 8 == store.generation()


def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_no_half(on_disk, tmp_path):
    chance = random.Random(7)
    acknowledged = set()
    for run in range(5):
        with start_writer(tmp_path, f"run{run}-", 10_000) as writer:
            for _ in range(chance.randrange(1, 15)):
                acknowledged.add(writer.stdout.readline().strip())
            threading.Event().wait(chance.random() / 50)
            writer.send_signal(signal.SIGKILL)
            acknowledged.update(line.strip() for line in writer.stdout if line.endswith("\n"))

    store = on_disk()
    assert acknowledged <= set(store.ids())
    assert [] == store.verify()
    for name in store.ids():
        assert item(name, 5) == store.get(name)


def _search_in_fork(store, answers):
    try:
        answers.put(store.search(np.array(EAST, np.float32), 1))
    except StoreError as exc:
        answers.put(str(exc))


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
def test_a_store_opened_before_a_fork_is_refused_in_the_child(on_disk):
    store = on_disk()
    store.put(article("a", "x"), vectors(EAST))
    nearest(store, EAST)
    fork = get_context("fork")
    answers = fork.SimpleQueue()

    child = fork.Process(target=_search_in_fork, args=(store, answers))
    child.start()
    child.join(60)

    assert "open the store after forking" in answers.get()
    assert [("a", 0)] == nearest(store, EAST)


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
def test_a_fork_made_during_a_search_is_refused_instead_of_waiting_for_ever(on_disk):
    store = on_disk()
    store.put(article("a", "x"), vectors(EAST))
    fork = get_context("fork")
    answers = fork.SimpleQueue()
    child = fork.Process(target=_search_in_fork, args=(store, answers))

    # The child gets a copy of the lock, which nobody there will ever release.
    with store._sync.current():
        child.start()
    child.join(20)
    waits = child.is_alive()
    child.kill()

    assert not waits
    assert "open the store after forking" in answers.get()


def test_threads_search_while_another_puts_and_removes(on_disk):
    store = on_disk()
    fill(store, 3)
    done = threading.Event()
    faults = []

    def ask():
        while not done.is_set():
            try:
                hits = store.search(np.array(NORTH, np.float32), 10)
                store.match("word0001", 5)
                whole = store.get("n1")
                assert len(hits) == 10
                assert whole is None or whole == item("n1", len(whole.sentences))
            except Exception as exc:
                faults.append(exc)
                return

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(60):
        store.put(item(f"n{number % 5}", 10 + number % 7), rows(10 + number % 7))
        if number % 10 == 9:
            store.remove("n1")
    done.set()
    for thread in threads:
        thread.join()

    assert [] == faults
    assert [] == store.verify()


def test_a_search_waits_while_another_thread_changes_the_projection(on_disk):
    # FAISS dies now and then when this is not so; chance is no test.
    store = on_disk()
    store.put(article("a", "x"), vectors(EAST))
    answers = []
    asking = threading.Thread(target=lambda: answers.append(nearest(store, EAST)))

    with store._sync.current():
        asking.start()
        asking.join(0.3)
        assert [] == answers
    asking.join(60)

    assert [[("a", 0)]] == answers
