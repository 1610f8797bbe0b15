"""
Time the first reply over HTTP against the engine's own time, in one run; then a burst.

    python -m tests.benchmarks.slack_reply

Over 3,300 sentences of ``../shared/bench``, warm: of an asker whose time zone is known, Slack's
connection open. Each question is asked of the engine alone and as a mention in a channel of its
own, measured from Slack's request to the post's arrival; which goes first changes from question to
question. The same again over Socket Mode. Then 100 mentions and commands come within a second.
"""

from __future__ import annotations

import contextlib
import itertools
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from index.core import Index, open_index
from index.errors import QuestionError
from index.settings import load_index_settings
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_payloads import command, mention
from tests.acceptance.slack_sender import HttpSender
from tests.acceptance.slack_server import SlackServer
from tests.benchmarks.asking import WARM_UP, fill
from tests.benchmarks.questions import DEFAULT, lines_of

QUESTIONS = 120
BURST = 100
_channels = (f"C{number}" for number in itertools.count(1))


def main() -> int:
    """Time it; 0 unless there is nothing to ask."""
    asked = DEFAULT / "questions_dev.jsonl"
    if not asked.exists():
        print(f"skipped: no {asked}")
        return 0
    questions = [line["question"] for line in lines_of(asked)][: WARM_UP + QUESTIONS]
    with tempfile.TemporaryDirectory() as scratch:
        fill(Path(scratch))
        index = open_index(load_index_settings(data_dir=scratch))
        index.warm()
        slack = SlackServer()
        try:
            for transport in ("socket", "http"):
                bot = Bot(slack, Path(scratch), transport, index)
                try:
                    _time(index, slack, bot, questions)
                finally:
                    bot.close()
        finally:
            slack.close()
            index.close()
    return 0


def _time(index: Index, slack: SlackServer, bot: Bot, questions: list[str]) -> None:
    if not isinstance(bot.sender, HttpSender):
        print("Socket Mode:")
        return _compare(index, slack, bot, questions)
    print("HTTP:")
    with httpx.Client(verify=False, timeout=20) as connection:
        bot.sender.send = connection.post
        _compare(index, slack, bot, questions)
        return _burst(slack, bot)


def _compare(index: Index, slack: SlackServer, bot: Bot, questions: list[str]) -> None:
    alone, posted = [], []
    for number, question in enumerate(questions):
        if number % 2:
            alone.append(_answer(index, question))
        posted.append(_post(slack, bot, question))
        if not number % 2:
            alone.append(_answer(index, question))
    engine, reply = _p95(alone[WARM_UP:]), _p95(posted[WARM_UP:])
    print(f"engine alone p95 {engine * 1000:.0f} ms, question to post p95 {reply * 1000:.0f} ms")
    print(f"ratio {reply / engine:.2f} over {len(questions) - WARM_UP} questions")


def _answer(index: Index, question: str) -> float:
    began = time.monotonic()
    with contextlib.suppress(QuestionError):
        index.answer(question)
    return time.monotonic() - began


def _post(slack: SlackServer, bot: Bot, question: str) -> float:
    channel = next(_channels)
    event = mention(f"<@U0BOT> {question}", channel=channel)
    began = time.monotonic()
    bot.sender.event(event)

    def arrived() -> list[float]:
        return [
            at
            for at, method, sent in slack.times[-5:]
            if method.startswith("chat.") and sent["channel"] == channel
        ]

    slack.wait(arrived)
    return arrived()[0] - began


def _burst(slack: SlackServer, bot: Bot) -> None:
    """Send 100 questions, half of them commands, each at its hundredth of a second."""
    before = len(slack.replies)
    began = time.monotonic()

    def send(number: int) -> float:
        time.sleep(max(0.0, began + number / BURST - time.monotonic()))
        sent = time.monotonic()
        if number % 2:
            answer = bot.sender.command(command(slack, "/said", "what did the President say?"))
        else:
            channel = next(_channels)
            answer = bot.sender.event(mention("what did the President say?", channel=channel))
        assert answer.status_code == 200
        return time.monotonic() - sent

    with ThreadPoolExecutor(50) as slack_side:
        seconds = list(slack_side.map(send, range(BURST)))
    slack.wait(lambda: len(slack.replies) - before >= BURST, 120)
    took = time.monotonic() - began
    print(f"{BURST} questions in a second: longest acknowledgement {max(seconds) * 1000:.0f} ms")
    print(f"all answered or told busy after {took:.1f} s: {len(slack.replies) - before}/{BURST}")


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
