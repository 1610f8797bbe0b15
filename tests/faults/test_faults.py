"""The short forms of the long runs in ``tests/faults``."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.faults import (
    alerts,
    commands,
    coverage,
    faults,
    flips,
    inbox,
    kills,
    night,
    power,
    processes,
    sentences,
    soak,
    threads,
)

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


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_a_command_killed_at_some_of_its_calls_loses_nothing_and_works_again(name):
    sound, done, found = commands.drive([name], 3, seed=1)

    assert [] == found
    assert sound == done > 0


@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace")
def test_a_real_process_killed_at_a_rename_of_a_restore_loses_nothing(tmp_path):
    made = commands.template(tmp_path)
    with patch.object(commands, "_SYSTEM_CALLS", ["rename"]):
        sound, done, found = commands.kills_by_strace("restore", made, 2)

    assert (2, 2, []) == (sound, done, found)


def test_pairs_of_commands_leave_what_one_after_the_other_would(tmp_path):
    sound, found = commands.pairs(5, commands.template(tmp_path), random.Random(1))

    assert (5, []) == (sound, found)


def test_what_a_watching_command_acknowledges_is_read_from_its_log():
    line = "2026-11-30T14:53:53Z info dropped1: indexed, 1 statements\n2026 info dropped2: held\n"

    assert {"dropped1"} == commands.Ended("watch", -9, "", line).acknowledged


def test_a_pair_that_has_lost_something_is_seen():
    added = commands.Ended("add", 0, '{"id": "new1", "status": "indexed"}', "")
    restored = commands.Ended("restore", 0, "", "")

    def fits(names, *aside):
        orders = ((added, restored), (restored, added))
        return any(commands._fits(order, frozenset(names), aside) for order in orders)

    assert fits(commands.SAVED | {"new1"}, commands.BASE)
    assert fits(commands.SAVED, commands.BASE | {"new1"})
    assert not fits(commands.SAVED, commands.BASE)
    assert not fits(commands.BASE | {"new1"})


def test_good_files_among_bad_ones_are_indexed_in_time(tmp_path):
    good, total, wrong, _ = inbox.drive(30, 4, 1, tmp_path)

    # How long they took is for a machine that does nothing else.
    assert [] == [line for line in wrong if " took " not in line]
    assert total > good / 2 > 0


@pytest.mark.parametrize("round_", night.read_corpus(), ids=str)
def test_what_has_failed_once_holds(round_):
    held, last = night.play(round_)

    assert held, last


def test_a_night_keeps_what_failed_and_ends_without_faults(tmp_path, monkeypatch, capsys):
    played = []

    def play(round_):
        played.append(round_)
        return len(played) != 1, "last line"

    ticks = iter(range(100))
    monkeypatch.setattr(night, "play", play)
    monkeypatch.setattr(night.time, "monotonic", lambda: float(next(ticks)))

    held, done = night.drive(6.0, 3, list(night.RUNS), tmp_path / "corpus.jsonl")

    assert (done - 1, list(night.CALM)) == (held, played[-2:])
    assert [played[0]] == night.read_corpus(tmp_path / "corpus.jsonl")
    printed = capsys.readouterr().out
    assert all(" ".join(night.words_of(each)) in printed for each in played)


def test_every_option_of_a_night_is_one_of_its_run():
    chance = random.Random(1)
    for name in night.RUNS:
        words = night.words_of(night.drawn(chance, [name]))
        module = sys.modules.get(words[1]) or __import__(words[1], fromlist=["main"])
        source = Path(module.__file__).read_text("utf-8")
        for option in words[2::2]:
            assert option.removeprefix("--") in source, (name, option)


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


def test_coverage_counts_the_files_of_a_package_alone():
    def file(lines, branches):
        names = ("covered_lines", "num_statements", "covered_branches", "num_branches")
        return {"summary": dict(zip(names, (*lines, *branches), strict=True))}

    files = {
        "index/store/codec.py": file((9, 10), (3, 4)),
        "index/store/sqlite/rows.py": file((10, 10), (4, 4)),
        "index/stores.py": file((0, 99), (0, 99)),
    }

    found = coverage.covered({"files": files}, "index/store")

    assert "statements 19/20 (95.0 %), branches 7/8 (87.5 %)" == str(found)


@pytest.mark.server
def test_alerts_are_posted_once_though_processes_are_killed(tmp_path):
    once, wanted, twice = alerts.drive(2, 1, tmp_path)

    assert (wanted, 0) == (once, twice)
    assert wanted > 5
