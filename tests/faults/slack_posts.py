"""
How often a reply is shown when the connection to Slack breaks during the post.

    python -m tests.faults.slack_posts [--runs 500] [--seed 7] [--transport socket]

Each run is one mention in a channel of its own. Its post is let through, or cut before Slack
has taken it, in Slack's answer, or before that answer; a second break follows in every fifth.
Printed are the runs with exactly one visible reply, with none and with more.
"""

from __future__ import annotations

import argparse
import logging
import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.slack import delivery
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_payloads import mention
from tests.acceptance.slack_server import VISIBLE, SlackServer

MOMENTS = ("before", "during", "after")


def main() -> None:
    """Run, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--transport", choices=("http", "socket"), default="http")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    delivery.LOOK_AFTER = 0.2
    slack = SlackServer()
    with tempfile.TemporaryDirectory() as folder:
        bot = Bot(slack, Path(folder), given.transport, queue=given.runs)
        try:
            shown = ask(slack, bot, given.runs, random.Random(given.seed))
        finally:
            bot.close()
            slack.close()
    counts = Counter(min(times, 2) for times in shown)
    print(
        f"exactly one reply {counts[1]}/{given.runs}, none {counts[0]}, "
        f"more {counts[2]}, seed {given.seed}, {given.transport}"
    )


def ask(slack: SlackServer, bot: Bot, runs: int, chance: random.Random) -> list[int]:
    """Ask in *runs* channels; returns how many replies each of them shows at the end."""
    fates: list[str] = []
    for _ in range(runs):
        fates.append(chance.choice(MOMENTS))
        if chance.random() < 0.2:
            fates.append(chance.choice(MOMENTS))
    slack.refuse("chat.postMessage", *fates)
    channels = [f"C{number}" for number in range(runs)]
    with ThreadPoolExecutor(8) as slack_side:
        asked = [mention("<@U0BOT> what did Russia say?", channel=name) for name in channels]
        list(slack_side.map(bot.sender.event, asked))
    until = time.monotonic() + 300
    while time.monotonic() < until and bot.waiting:
        time.sleep(0.2)
    replies = Counter(sent["channel"] for method, sent in slack.calls if method in VISIBLE)
    return [replies[name] for name in channels]


if __name__ == "__main__":
    main()
