"""
Backups of an index that another process writes to: does each hold one state of it, whole?

    python -m tests.faults.backup [--backups 20] [--questions 200] [--seed 7]
    python -m tests.faults.backup --sentences 100000

A writer puts and replaces articles in an order that the seed fixes, so the state at any
generation can be made again. Each backup is restored into an empty folder; its answers, quotes
and all, must be those of a fresh index with that many writes and no more. With --sentences the
restoring of an index of that size is timed instead. Vectors are generated.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from pathlib import Path

import numpy as np

from index.core import Index
from index.maintenance.backup import restore_backup, write_backup
from index.settings import IndexSettings, load_index_settings
from index.store.sqlite.store import DATABASE, SqliteStore
from index.types import (
    Article,
    Attribution,
    Briefing,
    IndexedArticle,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)
from tests.index.arrivals.arrivals_builders import TinyEmbedder, open_tiny

PARTIES = ("Russia", "Turkey", "France", "Iran", "Japan", "Norway")
PLACES = ("harbour", "valley", "station", "bridge", "market", "quarry", "airfield", "lock")
FORMS = (
    "what did {party} say about the {place}?",
    "what did {party} say about the {place} since 2018-02-03?",
    "did {party} deny anything about the {place}?",
    "what did {party} say about the {place} in the Daily Example?",
    "who else but {party} spoke about the {place}?",
)
START = datetime(2018, 2, 1, tzinfo=UTC)
IDS = 300  # as many articles at the most: later ones replace earlier ones


def made_item(number: int, seed: int, sentences: int = 4, ids: int = IDS) -> IndexedArticle:
    """Make the *number*-th article that is written; the same one for the same seed."""
    chance = random.Random(f"{seed}-{number}")
    party = chance.choice(PARTIES)
    name = f"Ana{chance.randrange(40)} Horvat{chance.randrange(40)}"
    who = Speaker(name.lower(), name, f"{party} envoy", (Party(party.lower(), party),))
    texts = [
        f"“We hold the {chance.choice(PLACES)} for {chance.randrange(90)} days.”"
        for _ in range(sentences)
    ]
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
    spans = [Span(at, at + len(text)) for at, text in zip(starts, texts, strict=False)]
    classes = [chance.choice(("said", "denied")) for _ in spans]
    at = START + timedelta(hours=number)
    name = f"n{chance.randrange(ids)}"
    article = Article(name, "Harbour", " ".join(texts), "Daily Example", None, at)
    return IndexedArticle(
        article,
        tuple(Sentence(index, *span) for index, span in enumerate(spans)),
        tuple(
            Statement(Attribution((), (), (span,), "direct", kind), who)
            for span, kind in zip(spans, classes, strict=True)
        ),
        at,
    )


def put(store: SqliteStore, item: IndexedArticle) -> None:
    """Store *item* with the vectors that its sentences have."""
    texts = [item.article.text[s.start : s.end] for s in item.sentences]
    store.put(item, TinyEmbedder().embed_passages(texts))


def write_until_killed(folder: Path, seed: int) -> None:
    """Write articles one after the other, for ever."""
    with closing(open_tiny(folder)) as index:
        number = 0
        while True:
            put(index.store, made_item(number, seed))
            number += 1


def questions(count: int) -> list[str]:
    """List *count* questions."""
    asked = product(FORMS, PARTIES, PLACES)
    return [form.format(party=party, place=place) for form, party, place in islice(asked, count)]


def answers(index: Index, asked: Sequence[str]) -> list[Briefing]:
    """Answer all; the day is fixed."""
    return [index.answer(text, now=START + timedelta(days=30)) for text in asked]


def settings_of(folder: Path) -> IndexSettings:
    """Make the settings of a folder."""
    return load_index_settings(data_dir=folder)


def trial(folder: Path, fresh: Index, aside: Path, asked: Sequence[str], seed: int) -> int:
    """
    Back up the index in *folder*, restore it into *aside*, and ask.

    Args:
        folder: may be written to meanwhile.
        fresh: an index with the same writes, but fewer; it is brought to the same number.

    Returns:
        How many answers are those of *fresh*; 0 if anything stored is damaged.
    """
    aside.mkdir(parents=True)
    made = write_backup(settings_of(folder), aside / "backup.zip")
    restore_backup(aside / "backup.zip", aside / "restored")
    for write in range(fresh.store.generation(), made.generation):
        put(fresh.store, made_item(write, seed))
    with closing(open_tiny(aside / "restored")) as restored:
        if restored.verify():
            return 0
        pairs = zip(answers(fresh, asked), answers(restored, asked), strict=True)
        return sum(a == b and bool(a.quotes) for a, b in pairs)


def backups_under_writes(folder: Path, count: int, asked: Sequence[str], seed: int) -> int:
    """Take *count* backups while another process writes; returns how many fail."""
    module = "tests.faults.backup"
    command = [sys.executable, "-m", module, "--write", str(folder / "data")]
    command += ["--seed", str(seed)]
    alike = []
    with subprocess.Popen(command) as writer, closing(open_tiny(folder / "fresh")) as fresh:
        try:
            while not (folder / "data" / DATABASE).exists() or _generation(folder / "data") < 200:
                assert writer.poll() is None, "the writer has ended"
                time.sleep(0.1)
            for number in range(count):
                aside = folder / f"trial{number}"
                alike.append(trial(folder / "data", fresh, aside, asked, seed))
        finally:
            writer.kill()
        writes = fresh.store.generation()
    failed = sum(same < len(asked) for same in alike)
    print(
        f"backups with one whole state {count - failed}/{count}, taken during {writes} writes; "
        f"same answers {sum(alike)}/{count * len(asked)}; seed {seed}"
    )
    return failed


def _generation(folder: Path) -> int:
    with closing(open_tiny(folder)) as index:
        return index.store.generation()


def restoring_time(folder: Path, sentences: int, seed: int) -> None:
    """Print how long a backup and a restore of many sentences with real-sized vectors take."""
    chance = np.random.default_rng(seed)
    with closing(SqliteStore(folder / "big", "generated", 384)) as store:
        for number in range(sentences // 20):
            rows = chance.standard_normal((20, 384), dtype=np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            item = made_item(number, seed, 20, sentences)
            store.put(item, rows)
        held = store.coverage().sentences
    began = time.monotonic()
    write_backup(settings_of(folder / "big"), folder / "big.zip")
    saved = time.monotonic()
    restore_backup(folder / "big.zip", folder / "again")
    with closing(SqliteStore(folder / "again", "generated", 384)) as store:
        store.search(rows[0], 10)
    done = time.monotonic()
    size = (folder / "big.zip").stat().st_size / 1e6
    print(
        f"{held} sentences, {size:.0f} MB: backup {saved - began:.1f} s, restore to the first "
        f"search {done - saved:.1f} s; seed {seed}"
    )


def main() -> int:
    """Run, print the counts; 1 for a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backups", type=int, default=20)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        write_until_killed(given.write, given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.sentences:
            restoring_time(folder, given.sentences, given.seed)
            return 0
        asked = questions(given.questions)
        return bool(backups_under_writes(folder, given.backups, asked, given.seed))


if __name__ == "__main__":
    sys.exit(main())
