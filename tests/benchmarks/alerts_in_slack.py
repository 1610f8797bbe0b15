"""
From an article's arrival to the alert in Slack.

    python -m tests.benchmarks.alerts_in_slack [--arrivals 200 --watches 50 --every 0.25]

Over real sockets, with the real models: articles are added one after another to an index, its
watches are looked at after each as `onrecord watch` does, and the bot posts what they find to ten
channels of a Slack on loopback. Each article is on one of the watches' matters, and a second watch
of another channel matches it too. The time counts from just before the article is added; messages
are not held back for each other. Prints how many statements stand where they must, once, and p50
and p95 of the seconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.types import WatchOptions
from index.alerts.alerting import watchable
from index.alerts.watchman import Watchman
from index.core import Index, open_index
from index.settings import load_index_settings
from index.types import Article
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_payloads import quoted
from tests.acceptance.slack_server import SlackServer
from tests.benchmarks.freshness import person

_CHANNELS = 10
_PATIENCE = 120.0  # seconds that are waited for the last post


@dataclass
class Course:
    """What must stand where, and since when: (channel, sentence)."""

    wanted: set[tuple[str, str]] = field(default_factory=set)
    since: dict[str, float] = field(default_factory=dict)


def main() -> int:
    """Time it, and print a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arrivals", type=int, default=200)
    parser.add_argument("--watches", type=int, default=50)
    parser.add_argument("--every", type=float, default=0.25, help="seconds between two arrivals")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        index = open_index(load_index_settings(data_dir=scratch))
        index.warm()
        slack = SlackServer()
        with closing(index):
            bot = Bot(slack, Path(scratch), "http", index, alert_window=0)
            try:
                places = _set_watches(bot, index, given.watches)
                course = _arrive(index, Path(scratch), given.arrivals, places, given.every)
                return _judge(slack, course)
            finally:
                bot.close()
                slack.close()


def _set_watches(bot: Bot, index: Index, count: int) -> dict[str, list[str]]:
    """Set watches on invented people, two in channels of their own; gives those of each."""
    watching = bot.made.workers.services.watching
    places: dict[str, list[str]] = {}
    for number in range(count):
        name = person(number // 2)
        channel = f"C{number % _CHANNELS}"
        query = watchable(index.parse(f"what did {name} say?"))
        watching.add("T1", channel, "U1", name, query, WatchOptions(cap=0))
        places.setdefault(name, []).append(channel)
    return places


def _arrive(
    index: Index, folder: Path, arrivals: int, places: dict[str, list[str]], every: float
) -> Course:
    """Add articles at a steady pace, and look at the watches after each."""
    course, names = Course(), sorted(places)
    with closing(Watchman(index, folder)) as watchman:
        began = time.monotonic()
        for number in range(arrivals):
            name = names[number % len(names)]
            sentence = f"“The ferry of pier {number} will sail in May,” Mayor {name} said."
            text = f"{sentence}\n\nThe harbour was closed for the whole week. It rained."
            time.sleep(max(0.0, began + number * every - time.monotonic()))
            course.since[sentence] = time.monotonic()
            course.wanted |= {(place, sentence) for place in places[name]}
            new = Article(f"a{number}", "Ferry", text, published_at=datetime.now(UTC))
            for _ in index.add([new]):
                watchman.look()
    return course


def _judge(slack: SlackServer, course: Course) -> int:
    """Wait for the last alert; print how many stand once, and the seconds."""

    def shown() -> list[tuple[float, str, str]]:
        return [
            (at, sent["channel"], words)
            for at, method, sent in list(slack.times)
            if method == "chat.postMessage"
            for words in quoted(sent)
        ]

    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if course.wanted <= {(channel, words) for _, channel, words in shown()}:
            break
        time.sleep(0.2)
    found = shown()
    counts = Counter((channel, words) for _, channel, words in found)
    once = sum(counts[each] == 1 for each in course.wanted)
    twice = sum(count > 1 for count in counts.values())
    seconds = sorted(at - course.since[words] for at, _, words in found if words in course.since)
    p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    print(
        f"alerts in Slack: {once}/{len(course.wanted)} once, {twice} twice; from arrival to post "
        f"p50 {p50:.2f} s, p95 {p95:.2f} s, slowest {seconds[-1]:.2f} s",
        flush=True,
    )
    return int(once != len(course.wanted) or twice > 0)


if __name__ == "__main__":
    sys.exit(main())
