"""
From an article's arrival to a correct answer in another process.

``python -m tests.benchmarks.freshness [--arrivals 200] [--sentences 3300]``: a real `onrecord
watch` with the real models. The arrivals come in turn as files renamed into its folder, pushed,
and published in a feed on loopback that is looked at every half second, each with its page. This
process asks "what did X say?" again and again until the new sentence is among the quotes, word
for word; the time counts from the rename, the request's start or the publication. Prints p50 and
p95. The index is filled with copies of a few articles, with random vectors.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import httpx
import numpy as np

from index.core import Index, open_index
from index.ingest.analysis import analyse
from index.queue.backlog import read_backlog
from index.settings import load_index_settings
from index.types import Article
from tests.faults.arrivals import Plan, events
from tests.index.sources.sites import Site, serving

ROOT = Path(__file__).parents[2]
_TOKEN = "freshness"
_FIRST = ("Ana", "Ivo", "Mia", "Jan", "Eva", "Tom", "Lea", "Max", "Ida", "Leo")
_ENDS = ("berg", "lund", "holm", "dahl", "vik", "mark", "sen", "stad", "gren", "fors")
_HEADS = ("Ar", "Bro", "Cal", "Dor", "El", "Fen", "Gal", "Hov", "Il", "Jor", "Kar", "Lin")


def person(number: int) -> str:
    """Invent the name of a person; another one for each number up to 1,200."""
    first, rest = _FIRST[number % 10], number // 10
    return f"{first} {_HEADS[rest // 10 % 12]}{_ENDS[rest % 10]}"


def arrive(number: int) -> tuple[str, str, bytes]:
    """Make an article; gives its question, the sentence wanted, and the article as JSON."""
    name = person(number)
    sentence = f"“The ferry will sail in {number + 2} days,” Mayor {name} said on Monday."
    text = f"{sentence}\n\nThe harbour was closed for the whole week. It rained."
    body = json.dumps({"id": f"new{number}", "title": "Ferry", "text": text}).encode()
    return f"what did {name} say?", sentence, body


def seconds_until(index: Index, question: str, sentence: str, since: float) -> float:
    """Ask until the sentence is quoted; gives the seconds since then."""
    while all(quote.text != sentence for quote in index.answer(question).quotes):
        if time.monotonic() - since > 60:
            raise TimeoutError(f"no answer to {question!r}")
        time.sleep(0.02)
    return time.monotonic() - since


def dropping(inbox: Path) -> Callable[[int, bytes], None]:
    """Rename each article into the folder."""

    def drop(number: int, body: bytes) -> None:
        part = inbox / f"{number}.part"
        part.write_bytes(body + b"\n")
        part.rename(part.with_suffix(".jsonl"))

    return drop


def pushing(client: httpx.Client) -> Callable[[int, bytes], None]:
    """Push each article."""

    def push(number: int, body: bytes) -> None:
        client.post("/articles", content=body).raise_for_status()

    return push


class Newsroom:
    """A site with a feed of its newest articles, each on a page of its own."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._items: list[str] = []
        self.feed = site.url("/feed")
        self._write()

    def publish(self, number: int, body: bytes) -> None:
        """Put an article on its page and into the feed."""
        record = json.loads(body)
        paragraphs = "".join(f"<p>{part}</p>" for part in record["text"].split("\n\n"))
        page = f"<html><body><article><h1>Ferry</h1>{paragraphs}</article></body></html>"
        headers = {"Content-Type": "text/html; charset=utf-8"}
        self._site.pages[f"/{number}"] = (200, headers, page.encode())
        link = self._site.url(f"/{number}")
        self._items.insert(
            0, f"<item><title>Ferry {number}</title><guid>{link}</guid><link>{link}</link></item>"
        )
        self._write()

    def _write(self) -> None:
        items = "".join(self._items[:30])
        body = f"<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>"
        headers = {"Content-Type": "application/rss+xml", "ETag": f'"{len(self._items)}"'}
        self._site.pages["/feed"] = (200, headers, body.encode())


def fill(index: Index, sentences: int) -> None:
    """Fill the index with many copies of a few articles, each sentence with a vector of its own."""
    made = [item for item in events(Plan(60, 0, 0, 0, 0, 7)) if isinstance(item, Article)]
    read = analyse(made, index.tables)
    noise = np.random.default_rng(7)
    count = 0
    for number, item in enumerate(cycle(read)):
        if count >= sentences:
            return
        rows = noise.standard_normal((len(item.sentences), 384)).astype(np.float32)
        vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        article = replace(item.article, id=f"old{number}", url=None)
        index.store.put(replace(item, article=article), vectors)
        count += len(item.sentences)


def print_times(name: str, seconds: list[float]) -> None:
    """Print a line of percentiles."""
    cuts = statistics.quantiles(seconds, n=20)
    print(
        f"{name}: {len(seconds)} arrivals, p50 {statistics.median(seconds):.2f} s, "
        f"p95 {cuts[18]:.2f} s, worst {max(seconds):.2f} s",
        flush=True,
    )


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arrivals", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=3_300)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, inbox = Path(folder, "data"), Path(folder, "in")
        inbox.mkdir()
        with closing(open_index(load_index_settings(data_dir=data), create=True)) as index:
            fill(index, arguments.sentences)
            print(f"{index.stats().sentences:,} sentences in the index", flush=True)
            measure(index, data, inbox, arguments.arrivals)
    return 0


def measure(index: Index, data: Path, inbox: Path, arrivals: int) -> None:
    """Start the indexer, and measure all ways in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "index", "--data-dir", str(data), "watch", str(inbox)]
    headers = {"Authorization": f"Bearer {_TOKEN}", "Content-Type": "application/x-ndjson"}
    address = f"http://127.0.0.1:{port}"
    with (
        serving({}) as site,
        httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False) as client,
    ):
        newsroom = Newsroom(site)
        ways = {"file": dropping(inbox), "push": pushing(client), "feed": newsroom.publish}
        environment = {
            "INDEX_PUSH_TOKEN": _TOKEN,
            "INDEX_PUSH_PORT": str(port),
            "INDEX_FEEDS": newsroom.feed,
            "INDEX_FEED_EVERY": "0.5",
            "INDEX_FETCH_ALLOW": "127.0.0.1",
        }
        running = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **environment})
        taken: dict[str, list[float]] = {name: [] for name in ways}
        try:
            dropping(inbox)(arrivals, arrive(arrivals)[2])
            while (backlog := read_backlog(data)) is None or not backlog.last or backlog.waiting:
                time.sleep(0.1)
            for number in range(arrivals):
                name = tuple(ways)[number % len(ways)]
                question, sentence, body = arrive(number)
                since = time.monotonic()
                ways[name](number, body)
                taken[name].append(seconds_until(index, question, sentence, since))
        finally:
            running.terminate()
            running.wait()
        for name, seconds in taken.items():
            print_times(name, seconds)
        print_times("all", [one for seconds in taken.values() for one in seconds])


if __name__ == "__main__":
    sys.exit(main())
