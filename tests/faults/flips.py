"""
Damage to the files on disk: what is served is right, or the damage is reported by the file's name.

``python -m tests.faults.flips [--mutations 2000 --seed 7]``. Two folders are
damaged in turn: one of an index at rest (database, snapshot of the vectors, queue), and one as
a kill leaves it (with a write-ahead log and its index). Each mutation flips a bit, zeroes or
scrambles a sector, or cuts the file. Then everything is asked of the store that a question can
ask, in a new process's view, and compared with what the sound folder answers. What was
acknowledged counts: the answers of an earlier state are wrong.
"""

from __future__ import annotations

import argparse
import logging
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import StoreError
from index.queue import Queue
from index.store import Selection
from index.store.sqlite.store import SqliteStore
from tests.faults.made import embed, make, open_tiny, report, vectors

_SECTOR = 512
Answers = list[Any]


def answers(folder: Path) -> Answers:
    """Ask a folder everything."""
    with closing(open_tiny(folder)) as store:
        found = [*_ask(store)]
    with closing(Queue(folder)) as queue, queue.database.reading() as db:
        found.append(list(db.execute("SELECT * FROM arrivals ORDER BY number")))
    return found


def _ask(store: SqliteStore) -> Iterator[Any]:
    names = list(store.ids())
    yield store.get_many(names)
    yield [store.fingerprint(name) for name in names]
    yield [store.near_copies(name) for name in names]
    yield store.coverage(), store.outlets(), store.parties(), store.speakers()
    yield store.introduced_as("norland"), store.introduced_with_surname(["vik"])
    yield store.votes(["ana vik"])
    yield store.select(Selection(parties=frozenset({"norland"})))
    yield store.select(Selection(speakers=frozenset({"ana vik"}), outlets=frozenset({"herald"})))
    for selection in (Selection(parties=frozenset({"norland"})), Selection(thoughts=True)):
        columns = store.select_columns(selection)
        yield [column.tolist() for column in columns], store.statements(columns.statements)
    yield store.speaker_changes(), store.sentences_with("line", np.arange(1_000))
    keys = [hit.key for hit in store.search(embed(["Line"])[0], 1_000)]
    yield store.search(embed(["Line"])[0], 1_000), store.locate(keys)
    yield [store.match(word, 100) for word in ("line", "n3", "v2")]
    yield store.revisions(0)


def at_rest(folder: Path, articles: int) -> Answers:
    """Make an index that nobody has open."""
    with closing(open_tiny(folder)) as store:
        for number in range(articles):
            item = make(f"n{number % (articles - 3)}", number)
            store.put(item, vectors(item))
        store.rebuild_projection()
    with closing(Queue(folder)) as queue:
        queue.receive("push", [make(f"q{n}").article for n in range(5)], manual=False)
    return answers(folder)


def after_a_kill(folder: Path, articles: int) -> Answers:
    """Make an index and a queue that each have a write-ahead log."""
    at_rest(folder, articles)
    living = folder / "living"
    living.mkdir()
    for path in folder.glob("*.*"):
        shutil.move(path, living)
    with closing(open_tiny(living)) as store, closing(Queue(living)) as queue:
        for number in range(5):
            item = make(f"n{number}", 100 + number)
            store.put(item, vectors(item))
            queue.receive("push", [make(f"p{number}").article], manual=False)
        for path in living.iterdir():
            shutil.copy(path, folder)
    shutil.move(living, folder.with_name("sound"))
    return answers(folder.with_name("sound"))


def damage(path: Path, chance: random.Random) -> str:
    """Damage a file in place; says how."""
    data = bytearray(path.read_bytes())
    at = chance.randrange(len(data))
    how = chance.choice(("bit", "bit", "bit", "zeroes", "noise", "cut"))
    if how == "bit":
        data[at] ^= 1 << chance.randrange(8)
    elif how == "cut":
        del data[at:]
    else:
        start = at - at % _SECTOR
        size = len(data[start : start + _SECTOR])
        data[start : start + size] = bytes(size) if how == "zeroes" else chance.randbytes(size)
    path.write_bytes(bytes(data))
    return f"{how} at {at} of {path.name}"


def verdict(path: Path, expected: Answers) -> str:
    """Say what comes of a folder with the damaged file *path*: "right", "refused", or a fault."""
    try:
        found = answers(path.parent)
    except StoreError as exc:
        return "refused" if str(path) in str(exc) else f"refused without a name: {exc}"
    return "right" if found == expected else "WRONG ANSWER"


def drive(mutations: int, seed: int, articles: int = 12) -> Counter[str]:
    """Damage files; counts the verdicts by file, and prints the bad ones."""
    chance, counts = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folders = [(Path(name, "rest"), at_rest), (Path(name, "killed"), after_a_kill)]
        sound = []
        for folder, make_one in folders:
            folder.mkdir()
            sound.append((folder, make_one(folder, articles)))
        for number in range(mutations):
            folder, expected = sound[number % 2]
            damaged = Path(name, "damaged")
            shutil.copytree(folder, damaged)
            path = chance.choice(sorted(p for p in damaged.iterdir() if p.stat().st_size))
            how = damage(path, chance)
            found = verdict(path, expected)
            if found not in ("right", "refused"):
                print(f"mutation {number}, {how}: {found}")
                found = "wrong"
            counts[found] += 1
            counts[f"{path.name} {found}"] += 1
            with suppress(OSError):
                shutil.rmtree(damaged)
    return counts


def main() -> int:
    """Run, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    counts = drive(given.mutations, given.seed)
    for name, count in sorted(counts.items()):
        print(f"  {name}: {count}")
    sound = given.mutations - counts["wrong"]
    return report("damaged files", sound, given.mutations, given.seed)


if __name__ == "__main__":
    sys.exit(main())
