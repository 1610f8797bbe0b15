"""The short forms of the long runs in ``tests/faults``."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import faults, flips, kills, power, processes, sentences, soak, threads

ROOT = Path(__file__).parents[2]


def test_what_a_power_loss_leaves_is_a_committed_generation():
    assert 40 == power.drive(states=40, seed=1)


def test_a_disk_that_refuses_a_call_loses_nothing_acknowledged():
    chance = random.Random(1)
    wrong = {n: faults.trial(n, chance)[0] for n in range(1, 420, 11)}

    assert {} == {n: found for n, found in wrong.items() if found}


def test_damaged_files_are_never_served():
    counts = flips.drive(mutations=60, seed=1)

    assert 0 == counts["wrong"]
    assert counts["refused"]
    assert counts["right"]


def test_a_kill_at_a_random_moment_leaves_every_acknowledged_article_whole():
    sound, acknowledged, _ = kills.drive(runs=3, seed=1)

    assert 3 == sound
    assert acknowledged


def test_every_answer_among_writing_threads_is_of_one_generation():
    tally = threads.drive(seconds=1.5, seed=1)

    assert [] == tally.faults
    assert tally.sound


def test_a_version_in_parts_is_noticed():
    rows = [(number, threads.score_of(3, 5)) for number in range(25)]

    assert threads.mixture(rows) is None
    assert "article 3" in threads.mixture(rows[:-1])
    assert "article 3" in threads.mixture([*rows[:-1], (25, threads.score_of(3, 6))])


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
def test_spawned_children_search_and_forked_ones_are_refused_the_parents_store():
    good, _ = processes.drive(4)

    assert 4 == good


def test_stored_sentences_and_quotes_are_slices_of_their_articles():
    stored, quoted = sentences.drive(sentences=400, questions=5, seed=1)

    assert stored[0] == stored[1] >= 400
    assert quoted[0] == quoted[1] > 0


def test_files_and_log_stay_small_in_a_short_soak():
    # In a process of its own: other tests of this one open and close files too.
    command = [sys.executable, "-m", soak.__name__, "--rounds", "60", "--seed", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    met = {line.split(":")[0].strip() for line in done.stdout.splitlines() if ": met," in line}
    assert {"files", "log", "answers"} <= met, done.stdout + done.stderr
