"""The bot through thirty bad hours; and the simulator sees what it is there to see."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import replace

import pytest

from bot import inbox
from bot.courier import Courier
from tests.benchmarks.reliability.simulate import ENOUGH, BusyStore, simulate


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_what_must_hold_holds_through_thirty_seeds(tmp_path):
    replies = Counter()
    for seed in range(30):
        run = simulate(seed, tmp_path)
        assert [] == run.faults(), f"seed {seed}"
        replies.update(run.replies().values())

    assert replies.total() > 200
    assert replies[1] >= ENOUGH * replies.total()


def test_a_seed_is_played_again_event_for_event(tmp_path):
    first, second = (simulate(7, tmp_path / name) for name in ("a", "b"))

    assert first.world.log == second.world.log
    assert first.digest() == second.digest() != simulate(8, tmp_path).digest()


def faults_of(tmp_path):
    """What does not hold in ten seeds: the numbers of the lines."""
    found = [line for seed in range(10) for line in simulate(seed, tmp_path).faults()]
    return {line.partition(":")[0] for line in found}


def test_without_claims_the_simulator_sees_two_replies(tmp_path, monkeypatch):
    monkeypatch.setattr(inbox, "claim", lambda db, keys, now: True)

    assert "16" in faults_of(tmp_path)


def test_without_looking_for_a_post_the_simulator_sees_two_replies(tmp_path, monkeypatch):
    monkeypatch.setattr(Courier, "_is_missing", lambda *_: True)

    assert "16" in faults_of(tmp_path)


def test_a_store_that_mixes_two_versions_is_seen(tmp_path, monkeypatch):
    whole = BusyStore.get_many

    def mixed(store, ids):
        return {name: _with_another_day(item) for name, item in whole(store, ids).items()}

    monkeypatch.setattr(BusyStore, "get_many", mixed)

    assert {"8"} == faults_of(tmp_path)


def _with_another_day(item):
    """The article with its last sentence from another version."""
    text = re.sub(r"\d(?=, in berth 2)", lambda day: str(9 - int(day[0])), item.article.text)
    return replace(item, article=replace(item.article, text=text))
