"""
The process that one of the compared systems runs in; it measures itself.

    python -m tests.benchmarks.peers_child SYSTEM THREADS

Each line on stdin is a command, ``{"do": "ask", "question": "…"}``; each has a line on stdout as
its reply. What libraries print goes to stderr.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from index.types import Article
from tests.benchmarks.memory import peak, resident
from tests.benchmarks.peers_systems import SYSTEMS, System

Reply = dict[str, Any]


class Worker:
    """Does what the commands say with one system, made by the first of them."""

    def __init__(self, make: Callable[[], System]) -> None:
        self._make = make
        self._made: System | None = None

    @property
    def _system(self) -> System:
        if self._made is None:
            self._made = self._make()
        return self._made

    def build(self, folder: str, articles: int) -> Reply:
        """Index the first *articles*; gives sentences, seconds and CPU seconds."""
        # Imported late: it brings the whole engine, which would count as every peer's cold start.
        from tests.benchmarks.ladder import real_articles

        chosen = list(islice(real_articles(), articles))
        Path(folder).mkdir()
        wall, cpu = time.perf_counter(), time.process_time()
        sentences = self._system.build(Path(folder), chosen)
        return {
            "sentences": sentences,
            "seconds": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
        }

    def open(self, folder: str) -> Reply:
        """Open what was built."""
        self._system.open(Path(folder))
        return {}

    def ask(self, question: str, limit: int = 10) -> Reply:
        """Ask; gives the places, seconds and CPU seconds."""
        wall, cpu = time.perf_counter(), time.process_time()
        found = self._system.ask(question, limit)
        return {
            "seconds": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "found": found,
        }

    def add(self, article: dict[str, Any], question: str) -> Reply:
        """Add an article and ask until it is found; gives the seconds."""
        new = Article(**article)
        begun = time.perf_counter()
        self._system.add(new)
        while not any(place.doc == new.id for place in self._system.ask(question, 10)):
            pass
        return {"seconds": time.perf_counter() - begun}

    def memory(self) -> Reply:
        """Give the memory of this process, in MiB."""
        return {"resident": resident(), "peak": peak()}


def main() -> int:
    """Obey until stdin ends."""
    name, threads = sys.argv[1], int(sys.argv[2])
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker = Worker(lambda: SYSTEMS[name](threads))
    for line in sys.stdin:
        command = json.loads(line)
        reply = getattr(worker, command.pop("do"))(**command)
        print(json.dumps(reply), file=replies, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
