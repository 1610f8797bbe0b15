"""
Alerts in Slack while processes are killed: is each statement posted, and none twice?

    python -m tests.faults.alerts [--kills 50 --seed 7]

Two processes of the bot share a data folder and a Slack on loopback. Watches of ten channels find
statements all the time, some several watches at once; every now and then a process is killed with
signal 9 at a random moment, and another starts in its place; Slack refuses posts for their rate,
and cuts connections before, while and after it takes one. At the end every statement must stand in
its channel once, or be counted in one message with the button that shows it, and none twice.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from starlette.responses import JSONResponse

from bot.app import STATE_FILE
from bot.state.outbox import REST
from bot.state.state import State
from bot.state.watches import SlackWatch, Watches, owner_of
from bot.types import WatchOptions
from index.alerts.book import Book
from index.types import Query
from tests.acceptance.engine_double import quote
from tests.acceptance.slack_payloads import quoted
from tests.acceptance.slack_server import SECRET, SlackServer
from tests.faults.made import report

ROOT = Path(__file__).parents[2]
_CHANNELS, _WATCHES = 10, 20
_UP = b"mode: HTTP"  # what a process logs once it serves
_LEASE = "2"  # seconds
_PATIENCE = 240.0  # seconds that are waited while nothing comes


class Course:
    """The watches, and what each channel must show."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._book, self._state = Book(folder), State(folder / STATE_FILE)
        self._watches = Watches(self._state)
        self._chance = chance
        self.wanted: set[tuple[str, str]] = set()
        self._places: dict[int, str] = {}
        for number in range(_WATCHES):
            place = f"C{number % _CHANNELS}"
            owner = owner_of("T1", place, "U1")
            watch = self._book.add(f"w{number}", Query(f"w{number}"), after=0, owner=owner)
            self._places[watch.number] = place
            self._watches.keep(SlackWatch("T1", watch.number, place, "U1", WatchOptions(cap=0)))

    def find(self, number: int) -> None:
        """Let some watches find a statement, in one step."""
        words = words_of(number)
        finders = self._chance.sample(sorted(self._places), self._chance.choice((1, 1, 2, 3)))
        statement = None
        with self._book.changing() as changes:
            for watch in finders:
                said = (quote(words, article_id=f"a{number}"),)
                _, statement = changes.record(watch, said, datetime.now(UTC), statement)
        self.wanted |= {(self._places[watch], words) for watch in finders}

    def counted(self) -> set[tuple[str, str]]:
        """List what messages only count, with a button that shows it: (channel, sentence)."""
        with self._state.reading() as db:
            rows: list[Any] = db.execute(
                "SELECT DISTINCT place, article FROM alerts WHERE message != '' AND spot = ?",
                (REST,),
            ).fetchall()
        return {(place, words_of(int(article[1:]))) for place, article in rows}

    def close(self) -> None:
        """Release the files."""
        self._book.close()
        self._state.close()


def words_of(number: int) -> str:
    """Word a statement."""
    return f"“The {number}. boat has left,” said Ivan Marek."


def shown(slack: SlackServer) -> Counter[tuple[str, str]]:
    """Count what stands in the channels: (channel, sentence)."""
    return Counter(
        (sent["channel"], words)
        for method, sent in slack.calls
        if method == "chat.postMessage"
        for words in quoted(sent)
    )


def start(slack: SlackServer, folder: Path) -> subprocess.Popen[bytes]:
    """Start a process of the bot."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.url,
        "BOT_HOST": "127.0.0.1",
        "BOT_DATA_DIR": str(folder),
        "BOT_ALERT_WINDOW": "0",
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    words = [sys.executable, str(ROOT / "tests/acceptance/engine_double.py"), "0", _LEASE]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(words, env=environment, stdout=log, stderr=log)


def trouble(slack: SlackServer, chance: random.Random) -> None:
    """Let the next posts fail in some way."""
    limited = JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"})
    answers: tuple[Any, ...] = (limited, limited, "before", "during", "after")
    if not slack.refusals("chat.postMessage"):
        slack.refuse("chat.postMessage", chance.choice(answers))


def drive(kills: int, seed: int, folder: Path) -> tuple[int, int, int]:
    """Run it; gives how many statements stand once, how many must, and how many stand twice."""
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # what is cut on purpose
    chance, slack = random.Random(seed), SlackServer()
    running = [start(slack, folder) for _ in range(2)]
    try:
        with closing(Course(folder, chance)) as course:
            _wait(lambda: int(_UP in (folder / "log").read_bytes()), 1)
            found = 0
            for kill in range(kills):
                until = time.monotonic() + chance.uniform(0.5, 3.0)
                while time.monotonic() < until:
                    course.find(found := found + 1)
                    if chance.random() < 0.2:
                        trouble(slack, chance)
                    time.sleep(chance.uniform(0.02, 0.3))
                victim = kill % 2
                running[victim].kill()
                running[victim].wait()
                running[victim] = start(slack, folder)
            before = (folder / "log").read_bytes().count(_UP)
            _wait(lambda: (folder / "log").read_bytes().count(_UP), before + 1)
            _wait(partial(_standing, course, slack), len(course.wanted))
            standing = shown(slack) + Counter(course.counted())
            once = sum(standing[each] == 1 for each in course.wanted)
            return once, len(course.wanted), sum(count > 1 for count in standing.values())
    finally:
        for process in running:
            process.kill()
            process.wait()
        slack.close()


def _standing(course: Course, slack: SlackServer) -> int:
    """Count what stands of what must."""
    return len(course.wanted & {*shown(slack), *course.counted()})


def _wait(count: Callable[[], int], wanted: int) -> None:
    """Wait until something is counted so often, for as long as more comes: machines may be slow."""
    best, since = count(), time.monotonic()
    while best < wanted and time.monotonic() - since < _PATIENCE:
        time.sleep(0.2)
        if (now := count()) > best:
            best, since = now, time.monotonic()


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        once, wanted, twice = drive(given.kills, given.seed, Path(folder))
    more = f"{given.kills} kills; {twice} twice"
    return report("alerts posted once", once, wanted, given.seed, more) or int(twice > 0)


if __name__ == "__main__":
    sys.exit(main())
