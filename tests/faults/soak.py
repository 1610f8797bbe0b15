"""
Replacements and questions for long: memory, open files, the log and the times stay as they are.

``python -m tests.faults.soak [--rounds 20000 --seed 7]``. Each round replaces one
of 200 articles and answers a question over all of them (vectors by hash; no tagger). Looked at
are the process's memory (RSS, from a tenth of the way on), its open files, the largest
write-ahead log, and p99 of the questions in the first and the last minute (a tenth of the
time where the run is shorter); their processor time is reported beside it, for other work on the
machine shows in the clock alone. The driver's own notes have their room from the start: they
must not count as growth.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.core import Index
from index.settings import load_index_settings
from index.store.sqlite.store import DATABASE
from tests.faults.made import Tiny, make, open_tiny, report, vectors

_ARTICLES = 200
_WAL_LIMIT = 64 * 1024 * 1024
_QUESTIONS = (
    "what did Norland say?",
    "what did Ana Vik say about line {0}?",
    "what did Norland say about n{1}?",
    "who said “Line {0} of n{1} holds”?",
)


@dataclass
class Course:
    """
    What was measured: memory, files, the log and, by row, each question.

    ``questions`` (n, 3) in seconds: when it was asked, how long it took, of that the processor.
    """

    questions: NDArray[np.float64]
    rss: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    wal: int = 0
    unsound: int = 0

    def look(self, folder: Path) -> None:
        """Look at the process and its folder."""
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.rss.append(pages * os.sysconf("SC_PAGE_SIZE"))
        self.files.append(len([*Path("/proc/self/fd").iterdir()]))
        log = folder / f"{DATABASE}-wal"
        self.wal = max(self.wal, log.stat().st_size if log.exists() else 0)


def drive(rounds: int, seed: int) -> Course:
    """Replace and ask."""
    chance, course = random.Random(seed), Course(np.ones((rounds, 3)))
    with tempfile.TemporaryDirectory() as name, closing(open_tiny(Path(name))) as store:
        index = Index(store, Tiny(), load_index_settings(data_dir=name))
        for number in range(_ARTICLES):
            item = make(f"n{number}", 0)
            store.put(item, vectors(item))
        began = time.monotonic()
        for number in range(rounds):
            item = make(f"n{chance.randrange(_ARTICLES)}", number, chance.randrange(2, 8))
            store.put(item, vectors(item))
            text = chance.choice(_QUESTIONS)
            asked, busy = time.monotonic(), time.process_time()
            answer = index.answer(text.format(chance.randrange(4), chance.randrange(_ARTICLES)))
            taken, worked = time.monotonic() - asked, time.process_time() - busy
            course.questions[number] = asked - began, taken, worked
            course.unsound += not (answer.quotes or answer.nearest)
            if number % max(1, rounds // 200) == 0:
                course.look(Path(name))
        course.unsound += len(store.verify())
    return course


def p99(questions: NDArray[np.float64]) -> tuple[float, float]:
    """Give the 99th percentiles of time and of processor time, in milliseconds."""
    taken, worked = np.percentile(questions[:, 1:], 99, axis=0) * 1_000
    return float(taken), float(worked)


def checks(course: Course) -> dict[str, tuple[bool, str]]:
    """Judge a course: for each goal whether it is met, and the figures."""
    early = course.rss[len(course.rss) // 10 :]
    growth = max(early[-10:]) / early[0] - 1
    asked, end = course.questions[:, 0], course.questions[-1, 0]
    stretch = min(60.0, end / 10)
    first, busy_first = p99(course.questions[asked <= stretch])
    last, busy_last = p99(course.questions[asked >= end - stretch])
    busy = f"processor {busy_first:.1f} and {busy_last:.1f} ms"
    files = course.files[len(course.files) // 10 :]
    return {
        "memory": (growth < 0.05, f"RSS {early[0] / 1e6:.0f} MB, {growth:+.1%}"),
        "files": (max(files) <= files[0], f"{files[0]} open files, {max(files)} at the most"),
        "log": (course.wal < _WAL_LIMIT, f"largest log {course.wal / 1e6:.1f} MB"),
        "times": (
            last <= 1.2 * first,
            f"p99 {first:.1f} ms at first, {last:.1f} ms at last; {busy}",
        ),
        "answers": (not course.unsound, f"{course.unsound} without a quote, or unsound"),
    }


def main() -> int:
    """Run, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    judged = checks(drive(given.rounds, given.seed))
    for name, (met, figures) in judged.items():
        print(f"  {name}: {'met' if met else 'NOT MET'}, {figures}")
    met = sum(good for good, _ in judged.values())
    what = f"soak of {given.rounds} replacements and questions, goals"
    return report(what, met, len(judged), given.seed)


if __name__ == "__main__":
    sys.exit(main())
