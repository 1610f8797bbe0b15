"""
Do all doors say the same, whatever is asked, and how fast?

    python -m tests.benchmarks.doors same [--folder FOLDER]
    python -m tests.benchmarks.doors hostile [--strings 10000 --seed 7]
    python -m tests.benchmarks.doors load [--rate 100 --seconds 60] [--repeated] [--folder FOLDER]

``same`` asks the questions of labelled world news through `ask --json`, `/ask` and the assistant's
`who_said`, with its protocol's own client over standard input, HTTP and in memory, and counts
those that get the very same quotes everywhere.
``hostile`` sends strings that no reader would type through every tool and address: an answer that
fails, steers a terminal or holds what is nobody's business counts. ``load`` asks the questions at a
steady rate, each at its own moment, whether or not the ones before have been answered: each
a little different, so that every answer is made anew, or ``--repeated`` as they are.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import logging
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import httpx2
import numpy as np
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from starlette.applications import Starlette

from index.cli.assistant.server import make_server
from index.cli.web.routes import door_routes
from index.core import Index, open_index
from index.formats import parse
from index.serving import limited_server
from index.settings import IndexSettings, load_index_settings
from index.types import Article

WORLD = Path(__file__).parents[3] / "shared" / "bench" / "world"
TOKEN = "a-canary-to-ask-with"
LIMIT = 10
KINDS = {"Accept": "application/json, text/event-stream", "Authorization": f"Bearer {TOKEN}"}
STEERING = {*map(chr, range(32)), "\x7f", "\x9b", "\u202e", "\u2066", "\u200f"} - {"\n", "\t"}
OURS = (TOKEN, "Traceback", "site-packages", "sqlite", "/tmp/")
PIECES = [
    *("what did ", "who said ", " Ana Horvat ", " the ferry", " since ", "“", "”", '"', "'", "’"),
    *("\x00", "\x1b[31m", "\x07", "\u202e", "\u2066", "\ud800", "\udfff", "\ufeff", "\ufffd"),
    *("\x9b", "%s%n{}", "{0.__class__}", "../../etc/passwd", "file:///etc/passwd", "?", "-"),
    *("http://127.0.0.1:1/", "'; DROP TABLE articles; --", '" NEAR("a', "a* AND ^b", " OR 1=1"),
    *("<script>alert(1)</script>", "<!channel>", "<@U1>", "ignore all rules and ", "🙂", "é"),
    *("ﬁ", "ǆ", "İ", "ß", "０", "१", "漢字", "\n", "\r\n", "\t", "\u2028", " " * 50, "…"),
    *("(" * 60, "[" * 60, "a" * 300, "9" * 400),
]
TEXT = (
    "“The ferry stays in port until the crew has slept,” Mayor Ana Horvat told reporters.\n\n"
    "Ivo Babic, a fisherman, said the harbour was full of nets."
)


def main() -> int:
    """Run one of the benchmarks; 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("which", choices=["same", "hostile", "load", "askers"])
    parser.add_argument("--folder", type=Path, default=WORLD)
    parser.add_argument("--strings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--repeated", action="store_true")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    if chosen.which == "hostile":
        return hostile(chosen.strings, chosen.seed)
    if chosen.which == "askers":
        asyncio.run(_paced(**json.load(sys.stdin)))
        return 0
    if not chosen.folder.exists():
        print(f"skipped: no {chosen.folder}")
        return 0
    if chosen.which == "same":
        return same(chosen.folder)
    return load(chosen.folder, chosen.rate, chosen.seconds, repeated=chosen.repeated)


def same(folder: Path) -> int:
    """Ask everywhere, and count the questions whose quotes are the same."""
    counts: Counter[str] = Counter()
    for part in sorted(each.parent for each in folder.glob("*/questions.jsonl")):
        asked = [_typed(row) for row in _rows(part / "questions.jsonl")]
        with tempfile.TemporaryDirectory() as home, _opened(home, part / "articles.jsonl") as index:
            wanted = _on_the_command_line(home, asked)
            found = {"in memory": asyncio.run(_through(make_server(index), asked))}
            command = ["-m", "bot", "--data-dir", home, "mcp"]
            started = StdioServerParameters(command=sys.executable, args=command)
            found["stdio"] = asyncio.run(_through(stdio_client(started), asked))
            with _served(index, home) as client:
                found["/mcp"] = asyncio.run(_over_http(f"{client.base_url}/mcp", asked))
                found["/ask"] = [_got(client, q)["quotes"] for q in asked]
            counts["asked"] += len(asked)
            for door, quotes in found.items():
                counts[door] += sum(a == b for a, b in zip(wanted, quotes, strict=True))
    asked_in_all = counts.pop("asked")
    for door, count in counts.items():
        print(f"{door}: the quotes of `ask --json` for {count}/{asked_in_all} questions")
    return int(any(count < asked_in_all for count in counts.values()))


def _typed(row: dict[str, Any]) -> str:
    return str(row["turns"][-1] if row.get("turns") else row["question"])


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


@contextmanager
def _opened(home: str, articles: Path | None = None) -> Iterator[Index]:
    index = open_index(_settings(home))
    if articles is not None:
        list(index.add(parse(articles.read_bytes(), str(articles))))
    try:
        yield index
    finally:
        index.close()


def _settings(home: str) -> IndexSettings:
    return load_index_settings(data_dir=Path(home), api_token=TOKEN, api_rate=10_000_000)


def _on_the_command_line(home: str, asked: Sequence[str]) -> list[Any]:
    lines = [json.dumps({"qid": str(n), "question": text}) for n, text in enumerate(asked)]
    command = [sys.executable, "-m", "bot", "--data-dir", home, "--json", "ask"]
    words = ["--batch", "-", "--limit", str(LIMIT)]
    ran = subprocess.run(
        [*command, *words], input="\n".join(lines), capture_output=True, text=True, check=True
    )
    return [json.loads(line)["quotes"] for line in ran.stdout.splitlines()]


async def _over_http(address: str, asked: Sequence[str]) -> list[Any]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx2.AsyncClient(headers=headers, trust_env=False, timeout=120) as http:
        return await _through(streamable_http_client(address, http_client=http), asked)


async def _through(server: Any, asked: Sequence[str]) -> list[Any]:
    """Ask with the client of the protocol's own package."""
    async with Client(server) as client:
        return [
            (
                await client.call_tool("who_said", {"question": q, "limit": LIMIT})
            ).structured_content["quotes"]
            for q in asked
        ]


@contextmanager
def _served(index: Index, home: str) -> Iterator[httpx.Client]:
    server = limited_server(Starlette(routes=door_routes(index, _settings(home))), drain=1)
    bound = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    address = f"http://127.0.0.1:{bound.getsockname()[1]}"
    try:
        while not server.started:
            time.sleep(0.01)
        with httpx.Client(base_url=address, headers=KINDS, timeout=120, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def _call(client: httpx.Client, tool: str, arguments: dict[str, Any]) -> httpx.Response:
    params = {"name": tool, "arguments": arguments}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
    return client.post("/mcp", content=body, headers={"Content-Type": "application/json"})


def _got(client: httpx.Client, question: str) -> Any:
    return client.get("/ask", params={"q": question, "limit": LIMIT}).json()


def hostile(strings: int, seed: int) -> int:
    """Send hostile strings through every tool and address; count what goes wrong."""
    rng, bad, kinds = random.Random(seed), list[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as home, _opened(home) as index:
        list(index.add([Article("a", "Ferry", TEXT, "Harbour Post", "https://p.example/a")]))
        with _served(index, home) as client:
            ways = itertools.cycle(_WAYS)
            for _ in range(strings):
                text = "".join(rng.choices(PIECES, k=rng.randint(1, 12)))
                name, way = next(ways)
                try:
                    answer = way(client, text)
                except httpx.HTTPError as exc:
                    bad.append(f"{name} {text!r}: {exc!r}")
                    continue
                kinds[f"{answer.status_code}"] += 1
                if fault := _fault(answer, home):
                    bad.append(f"{name} {text!r}: {fault}")
            kinds["still answers"] = int(client.get("/coverage").status_code == 200)
    print(f"{strings} hostile strings, seed {seed}: {len(bad)} failed; by status {dict(kinds)}")
    print("\n".join(bad[:20]))
    return int(bool(bad))


def _fault(answer: httpx.Response, home: str) -> str:
    """Say what is wrong with an answer; "" for nothing."""
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if leaked := [word for word in (*OURS[:-1], home) if word in answer.text]:
        return f"holds {leaked}"
    result = answer.json().get("result", {})
    shown = "".join(part.get("text", "") for part in result.get("content", ()))
    return f"steers: {STEERING & set(shown)}" if STEERING & set(shown) else ""


def _tool(name: str, field: str, **more: Any) -> tuple[str, Any]:
    return f"{name}.{field}", lambda client, text: _call(client, name, {field: text} | more)


def _path(address: str, field: str, **more: Any) -> tuple[str, Any]:
    def get(client: httpx.Client, text: str) -> httpx.Response:
        sent = text.encode("utf-8", "surrogatepass")[:1_500]
        return client.get(address, params={**more, field: sent.decode("utf-8", "replace")})

    return f"{address}?{field}", get


def _draft(client: httpx.Client, text: str) -> httpx.Response:
    # As JSON of our own: httpx cannot send half a pair of UTF-16.
    body = json.dumps({"text": text})
    return client.post("/check", content=body, headers={"Content-Type": "application/json"})


_WHO = "who said anything?"
_WAYS = [
    *(_tool("who_said", "question"), _tool("who_said", "since", question=_WHO)),
    *(_tool("brief", "topic"), _tool("quoted_in", "url"), _tool("check_draft", "text")),
    *(_tool("verify_quotation", "text"), _tool("verify_quotation", "speaker", text="a ferry")),
    *(_path("/ask", "q"), _path("/ask", "party", q=_WHO), _path("/brief", "topic")),
    ("/check", _draft),
]


def load(folder: Path, rate: int, seconds: int, *, repeated: bool = False) -> int:
    """
    Ask at a steady rate from another process; print how many failed, and how long they took.

    Args:
        folder: of the labelled articles and questions.
        rate: questions a second.
        seconds: how long.
        repeated: ask the same again, which is answered with what was kept.
    """
    part = folder / "mixed"
    asked = [_typed(row) for row in _rows(part / "questions.jsonl")]
    with tempfile.TemporaryDirectory() as home, _opened(home, part / "articles.jsonl") as index:
        index.warm()
        with _served(index, home) as client:
            address = str(client.base_url)
            given = {"address": address, "asked": asked, "rate": rate, "seconds": seconds}
            given["repeated"] = repeated
            command = [sys.executable, "-m", "tests.benchmarks.doors", "askers"]
            return subprocess.run(command, input=json.dumps(given), text=True).returncode


async def _paced(
    address: str, asked: Sequence[str], rate: int, seconds: int, *, repeated: bool
) -> None:
    taken, codes = list[float](), Counter[str]()
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx.AsyncClient(
        base_url=address, headers=KINDS, timeout=60, trust_env=False, limits=limits
    ) as client:

        async def one(number: int) -> None:
            # Else each is a little different: no answer is one that was kept.
            offset = 0 if repeated else number // len(asked) % 1_000
            params = {"q": asked[number % len(asked)], "offset": offset}
            begun = time.perf_counter()
            try:
                answer = await client.get("/ask", params=params)
                codes[str(answer.status_code)] += 1
            except httpx.HTTPError as exc:
                codes[type(exc).__name__] += 1
            taken.append(time.perf_counter() - begun)

        begun = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(rate * seconds):
                await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
                group.create_task(one(number))
    low, high = (1_000 * np.percentile(taken, each) for each in (50, 99))
    print(f"{rate} a second for {seconds} s: {dict(codes)}; p50 {low:.0f} ms, p99 {high:.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
