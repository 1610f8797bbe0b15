"""
Arrivals in any order, twice, with a kill between: the index equals that of a clean run.

``python -m tests.faults.arrivals [--articles 1000 --updates 200 --withdrawals 50
--copies 100 --poison 30 --seed 7]``. The events are files dropped in random order into a folder
that the real indexer watches in a process of its own; it is killed once half-way (SIGKILL) and
started again. Then all files come a second time, in another order, which must change nothing.
The clean run stores the same events in the order of their dates, one by one, in this process.
Compared are articles, sentences, statements, vectors and near copies. The tagger is the real
one; the embedder makes vectors by hash, so that the run takes minutes and not an hour.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from index.arrivals import indexer
from index.core import Index
from index.queue import Queue
from index.queue.backlog import read_backlog
from index.settings import load_index_settings
from index.types import Article, Withdrawal
from tests.index.arrivals.arrivals_builders import open_tiny

ROOT = Path(__file__).parents[2]
_NAMES = ("Ana Horvat", "Ivo Babić", "Mia Kos", "Jan Lind", "Eva Berg", "Tom Ruiz")
_PLACES = ("harbour", "valley", "station", "bridge", "market", "quarry", "airfield", "lock")
_START = datetime(2018, 2, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of what arrives."""

    articles: int
    updates: int
    withdrawals: int
    copies: int
    poison: int
    seed: int


def events(plan: Plan) -> list[Article | Withdrawal]:
    """Make the sound events of a plan in the order of their dates."""
    chance, made = random.Random(plan.seed), []
    for number in range(plan.articles):
        made.append(_article(chance, number, _START + timedelta(minutes=number)))
    later = _START + timedelta(minutes=plan.articles)
    originals = list(made)
    for number in range(plan.copies):
        old = chance.choice(originals)
        at = later + timedelta(minutes=number)
        text = old.text + " More is expected."
        made.append(replace(old, id=f"copy{number}", text=text, url=None, published_at=at))
    changes = ["update"] * plan.updates + ["withdrawal"] * plan.withdrawals
    chance.shuffle(changes)
    for number, change in enumerate(changes):
        at = later + timedelta(days=1, minutes=number)
        old = chance.choice(originals)
        if change == "update":
            text = old.text.replace("days", "weeks") + f" It was version {number}."
            made.append(replace(old, text=text, revised_at=at, note="The span was wrong."))
        else:
            made.append(Withdrawal(old.id, "legal", at))
    return made


def _article(chance: random.Random, number: int, at: datetime) -> Article:
    name, place, other = chance.choice(_NAMES), *chance.sample(_PLACES, 2)
    days, boats = chance.randrange(2, 900), chance.randrange(2, 900)
    text = (
        f"“We stay at the {place} for {days} days,” {name} said on Monday.\n\n"
        f"The {boats} people of the {other} left in the evening, number {number} among them. "
        f"{chance.choice(_NAMES)} denied that the {place} would close within {days + boats} hours."
    )
    url = f"https://herald.example/{number}" if number % 2 else None
    return Article(f"n{number}", f"News of the {place} {number}", text, "Herald", url, at)


def clean_run(folder: Path, made: Sequence[Article | Withdrawal]) -> Index:
    """Store the events one by one in the order of their dates."""
    index = open_tiny(folder)
    for item in made:
        list(index.add([item], manual=False))
    return index


def drop(inbox: Path, made: Sequence[Article | Withdrawal], plan: Plan, run: int) -> None:
    """Put all events and the poison into the folder, in random order."""
    chance = random.Random(plan.seed + run)
    files = [_line(item).encode() for item in made]
    files += [b'{"id": "poison%d", "text' % n + chance.randbytes(9) for n in range(plan.poison)]
    chance.shuffle(files)
    for number, data in enumerate(files):
        part = inbox / f"run{run}-{number}.part"
        part.write_bytes(data)
        part.rename(part.with_suffix(".jsonl"))


def _line(item: Article | Withdrawal) -> str:
    if isinstance(item, Withdrawal):
        record = {"id": item.id, "withdrawn": True, "note": item.reason, "revised_at": str(item.at)}
    else:
        names = ("id", "title", "text", "outlet", "url", "note")
        record = {name: getattr(item, name) for name in names}
        record["published_at"] = str(item.published_at)
        record["revised_at"] = item.revised_at and str(item.revised_at)
    return json.dumps(record)


def start(data: Path, inbox: Path) -> subprocess.Popen[bytes]:
    """Start the indexer."""
    words = [sys.executable, "-m", "tests.faults.arrivals"]
    return subprocess.Popen([*words, "--serve", str(data), str(inbox)], cwd=ROOT)


def serve(data: Path, inbox: Path) -> None:
    """Be the indexer, with little vectors."""
    indexer.open_index = lambda settings, create: open_tiny(settings.data_dir)  # type: ignore[assignment]
    settings = load_index_settings(data_dir=data)
    stop = Event()
    indexer.stop_on_signals(stop)
    indexer.run_indexer(settings, indexer.sources_of(settings, [inbox], poll=False), stop)


def settled(data: Path) -> int:
    """Count the articles that the queue is done with."""
    with closing(Queue(data)) as queue, queue.database.reading() as db:
        return int(db.execute("SELECT count(*) FROM arrivals WHERE body IS NULL").get or 0)


def wait_idle(data: Path, inbox: Path, run: int, poison: int) -> None:
    """Wait until every file of this run is received or set aside, and nothing waits."""
    while True:
        left = {str(path) for path in inbox.glob(f"run{run}-*.jsonl")}
        with closing(Queue(data)) as queue:
            unread = left - set(queue.received())
        failed = len(list((inbox / "failed").glob(f"run{run}-*.jsonl")))
        # The last: what has just been received waits by now.
        backlog = read_backlog(data)
        if backlog and not backlog.waiting and not unread and failed == poison:
            return
        time.sleep(0.2)


def difference(one: Index, other: Index) -> list[str]:
    """List the articles in which two indexes differ."""
    names = sorted({*one.store.ids(), *other.store.ids()})
    return [name for name in names if _whole(one, name) != _whole(other, name)]


def _whole(index: Index, name: str) -> object:
    item, rows = index.store.get(name), index.store.vectors(name)
    if item is None or rows is None:
        return None
    # Whose it is differs: the clean run adds by hand.
    own = replace(item, article=replace(item.article, origin=None), indexed_at=_START)
    return own, rows.tolist(), index.store.near_copies(name)


def drive(plan: Plan, folder: Path) -> dict[str, int]:
    """Run it all; counts what was compared and what differs."""
    data, inbox = folder / "data", folder / "in"
    inbox.mkdir()
    made = events(plan)
    running = start(data, inbox)
    try:
        drop(inbox, made, plan, 1)
        while not data.joinpath("arrivals.sqlite3").exists() or settled(data) < len(made) // 3:
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
        running.wait()
        running = start(data, inbox)
        wait_idle(data, inbox, 1, plan.poison)
        with closing(open_tiny(data)) as index:
            before = (index.store.generation(), len(index.revisions(0)))
        drop(inbox, made, plan, 2)
        wait_idle(data, inbox, 2, plan.poison)
    finally:
        running.terminate()
        running.wait()
    with closing(open_tiny(data)) as index, closing(clean_run(folder / "clean", made)) as clean:
        after = (index.store.generation(), len(index.revisions(0)))
        return {
            "articles": clean.stats().articles,
            "different": len(difference(index, clean)),
            "changed by the second run": after[0] - before[0] + after[1] - before[1],
            "damaged": len(index.verify()),
            "failed files": len(list((inbox / "failed").glob("*.jsonl"))),
        }


def main() -> int:
    """Drive a plan and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", nargs=2, type=Path, metavar=("DATA", "INBOX"))
    sizes = {"articles": 1000, "updates": 200, "withdrawals": 50, "copies": 100, "poison": 30}
    for name, count in {**sizes, "seed": 7}.items():
        parser.add_argument(f"--{name}", type=int, default=count)
    arguments = vars(parser.parse_args())
    if served := arguments.pop("serve"):
        serve(*served)
        return 0
    plan = Plan(**arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = drive(plan, Path(folder))
    same = found["articles"] - found["different"]
    print(f"{plan}\n{same}/{found['articles']} articles as in a clean run; {found}")
    print(f"{time.monotonic() - began:.0f} s")
    return int(bool(found["different"] or found["changed by the second run"] or found["damaged"]))


if __name__ == "__main__":
    sys.exit(main())
