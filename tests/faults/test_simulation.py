"""The bot through thirty bad hours; and the simulator sees what it is there to see."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot import services
from bot.slack.delivery import Delivery
from bot.slack.payloads import keys_of
from bot.state import idempotency, inbox
from bot.state.inbox import Inbox
from bot.state.threads import Threads
from index import core
from index.answers import quotes
from tests.faults.simulate import ENOUGH, MANY, Ends, simulate
from tests.faults.simulation.disk import BusyStore
from tests.faults.simulation.judging import quoted

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_what_must_hold_holds_through_thirty_seeds(tmp_path):
    asked, answered, ends = 0, 0, Ends()
    for seed in range(30):
        run = simulate(seed, tmp_path)
        assert [] == run.faults(), f"seed {seed}"
        asked += len(run.taken)
        answered += sum(bool(quoted(post.sent)) for post in run.slack.shown)
        ends = Ends(*map(sum, zip(ends, run.ends(), strict=True)))

    assert asked > 200
    assert answered > asked / 2
    assert asked == ends.once + ends.told + ends.untold + ends.refused
    assert ends.once >= ENOUGH * (asked - ends.told - ends.untold - ends.refused)
    assert ends.told + ends.untold <= MANY * asked


DIGESTS = """
import logging, tempfile, pathlib
from tests.faults.simulate import simulate
logging.disable(logging.CRITICAL)
with tempfile.TemporaryDirectory() as folder:
    print(*(simulate(seed, pathlib.Path(folder)).digest() for seed in (7, 8)))
"""


def test_a_seed_is_played_again_event_for_event_in_another_process():
    first, second = (
        subprocess.run(
            [sys.executable, "-c", DIGESTS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split()
        for seed in ("1", "2")
    )

    assert first == second
    assert 2 == len(set(first))


# --- without a guard of the bot, the simulator sees what it guards against -------------------


def faults_of(tmp_path, seeds=10):
    """What does not hold: the lines, for all seeds."""
    return "\n".join(line for seed in range(seeds) for line in simulate(seed, tmp_path).faults())


def always(*_):
    return True


def in_one_team(method):
    """Let *method*, of the threads' memory, take all teams for one."""
    return lambda threads, place, *more: method(threads, replace(place, team="T"), *more)


@pytest.mark.parametrize(
    ("where", "guard", "without"),
    [
        (inbox, "claim", always),
        (Delivery, "_is_missing", always),
        (Inbox, "begin", always),
        (idempotency, "TTL", 600.0),
    ],
)
def test_without_claims_or_looking_for_a_post_two_replies_are_seen(
    tmp_path, monkeypatch, where, guard, without
):
    monkeypatch.setattr(where, guard, without)

    assert "16: " in faults_of(tmp_path, 36)


def test_a_key_without_the_team_leaves_the_other_team_without_a_reply(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "keys_of", lambda body: keys_of({**body, "team_id": ""}))

    assert "18: no reply" in faults_of(tmp_path)


def test_what_the_play_does_not_know_of_a_client_is_seen(tmp_path, monkeypatch):
    monkeypatch.delattr("tests.faults.simulation.slack.Client.base_url")

    assert "the play has no client.base_url" in faults_of(tmp_path, 2)


def test_a_question_that_never_ends_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(Inbox, "done", lambda inbox, name: inbox.defer(name, 1e6))

    assert "questions still wait" in faults_of(tmp_path, 1)


def test_a_memory_of_threads_without_the_team_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(Threads, "recall", in_one_team(Threads.recall))
    monkeypatch.setattr(Threads, "remember", in_one_team(Threads.remember))

    assert "is understood as another team's question" in faults_of(tmp_path, 45)


def test_a_sentence_that_is_not_said_any_more_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(Delivery, "_still_holds", always)

    assert "14: no article said" in faults_of(tmp_path)


def test_a_quote_that_reaches_over_its_sentence_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(BusyStore, "lies", 0.4)
    monkeypatch.setattr(Delivery, "_still_holds", always)
    checked = "14: nobody said" in faults_of(tmp_path / "checked", 20)
    monkeypatch.setattr(quotes, "checked", lambda quote, item: quote)

    assert (False, True) == (checked, "14: nobody said" in faults_of(tmp_path / "not", 20))


def test_an_answer_of_two_versions_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(BusyStore, "changes", 0.2)
    monkeypatch.setattr(Delivery, "_still_holds", always)
    monkeypatch.setattr(core, "READINGS", 1)

    assert "8: " in faults_of(tmp_path, 20)
