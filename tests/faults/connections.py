"""
Does the bot hear Slack while a stranger holds thousands of connections open?

    python -m tests.faults.connections [--connections 5000] [--events 100] [--seed 7]

The bot runs as a process that may open 1,024 files. From one address come connections that say
nothing, that send half of a head, or a byte now and then; those that are hung up on come again.
Meanwhile Slack delivers signed events, from the same address, and somebody looks at /healthz.
Right is an event that is acknowledged within half a second; printed are also the slowest, and how
much the bot has logged.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from tests.acceptance import engine_double
from tests.acceptance.slack_payloads import mention
from tests.acceptance.slack_sender import HttpSender
from tests.acceptance.slack_server import SECRET, SlackServer
from tests.faults.made import report

FILES = 1_024
IN_TIME = 0.5  # seconds, a sixth of what Slack waits
MAX_LOG = 1_000_000  # bytes
SAID = (
    b"",
    b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Le",
    b"GET /healthz HT",
    b"\x16\x03\x01",
)


class Strangers(threading.Thread):
    """So many connections to one port, opened again when they are closed."""

    def __init__(self, port: int, count: int, chance: random.Random) -> None:
        super().__init__(daemon=True)
        self.port, self.count, self.chance = port, count, chance
        self.open: set[socket.socket] = set()
        self.opened = 0
        self.over = threading.Event()
        self._selector = selectors.DefaultSelector()

    def run(self) -> None:
        """Open what is missing, and drop what was hung up on."""
        while not self.over.is_set():
            # All at first; of those that are hung up on some hundred a second come again.
            wanted = 200 if self.opened < self.count else 2
            for _ in range(min(wanted, self.count - len(self.open))):
                self._connect()
            for key, _ in self._selector.select(0.01):
                self._drop(key.fileobj)
            for each in self.chance.sample(sorted(self.open, key=id), min(20, len(self.open))):
                with suppress(OSError):
                    each.send(b"x")
        for each in list(self.open):
            self._drop(each)

    def _connect(self) -> None:
        connection = socket.socket()
        connection.setblocking(False)
        with suppress(BlockingIOError):
            connection.connect(("127.0.0.1", self.port))
        self.open.add(connection)
        self.opened += 1
        self._selector.register(connection, selectors.EVENT_READ)
        with suppress(OSError):
            connection.send(self.chance.choice(SAID))

    def _drop(self, connection: object) -> None:
        assert isinstance(connection, socket.socket)
        self._selector.unregister(connection)
        self.open.discard(connection)
        connection.close()


@contextmanager
def served(slack: SlackServer, folder: Path) -> Iterator[int]:
    """Run the bot with few files; gives its port, and leaves its log in *folder*."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.url,
        "BOT_HOST": "127.0.0.1",
        "BOT_DATA_DIR": str(folder),
        "PORT": str(port),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    words = ["bash", "-c", f'ulimit -n {FILES}; exec "$0" "$@"']
    words += [sys.executable, str(engine_double.__file__), "0", "10"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(words, env=environment, stderr=log) as process,
    ):
        try:
            while not _is_up(port):
                assert process.poll() is None, (folder / "log").read_text("utf-8")
                time.sleep(0.1)
            yield port
        finally:
            process.kill()


def drive(connections: int, events: int, seed: int, folder: Path) -> tuple[list[float], bool, int]:
    """Return the seconds to each acknowledgement, whether /healthz answered, and bytes of log."""
    slack = SlackServer()
    try:
        with served(slack, folder) as port:
            strangers = Strangers(port, connections, random.Random(seed))
            strangers.start()
            until = time.monotonic() + 30
            while strangers.opened < connections and time.monotonic() < until:
                time.sleep(0.05)
            seconds = [_acknowledged(HttpSender(port)) for _ in range(events)]
            healthy = _is_up(port)
            strangers.over.set()
            strangers.join()
    finally:
        slack.close()
    return seconds, healthy, (folder / "log").stat().st_size


def _acknowledged(sender: HttpSender) -> float:
    """Deliver an event; gives the seconds, or infinity where it was not acknowledged."""
    began = time.monotonic()
    try:
        status = sender.event(mention("<@U0BOT> what did Russia say?")).status_code
    except httpx.HTTPError:
        return float("inf")
    return time.monotonic() - began if status == 200 else float("inf")


def _is_up(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def main() -> int:
    """Run, and print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=5_000)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        seconds, healthy, log = drive(given.connections, given.events, given.seed, Path(folder))
    right = sum(each <= IN_TIME for each in seconds) if healthy and log < MAX_LOG else 0
    more = (
        f"median {statistics.median(seconds) * 1000:.0f} ms, slowest {max(seconds) * 1000:.0f} ms, "
        f"/healthz {'answers' if healthy else 'is silent'}, log {log:,} bytes"
    )
    return report("acknowledged in time", right, given.events, given.seed, more)


if __name__ == "__main__":
    sys.exit(main())
