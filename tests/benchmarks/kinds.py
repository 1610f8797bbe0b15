"""
How long warm questions of each kind take, on an index of any size.

    python -m tests.benchmarks.kinds FOLDER [--each 40] [--only KIND ...] [--json FILE]

FOLDER is the folder of an index, as ``onrecord`` or ``scale --folder`` makes it; nothing is written
there but what opening it writes. The questions are made out of what is on record, always the same
of one index, the hardest kinds among them. Of each kind: how many were answered, the wall's
percentiles, and those of the processor's time, which another program's load disturbs less.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from index.core import Index, open_index
from index.errors import QuestionError
from index.questions.parser import LONGEST
from index.settings import load_index_settings
from index.store import Store
from index.text.words import content_words
from tests.benchmarks.made import Spoken, spoken_statements

SEED = 11
WARM_UP = 5
# Of a long question, in characters: no longer one is read.
LONG = LONGEST
# Articles whose commonest words are asked about, and how many of these.
_SAMPLE, _COMMON = 200, 12
_COLUMNS = ("n", "wall p50", "p95", "max", "cpu p50", "p95")


def main() -> int:
    """Ask all kinds, print the table; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=40, help="questions of each kind")
    parser.add_argument("--only", nargs="+", metavar="KIND")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    settings = load_index_settings(data_dir=chosen.folder)
    with closing(open_index(settings, create=False)) as index:
        index.warm()
        print(index.stats())
        print(f"{'':24}" + " ".join(f"{name:>8}" for name in _COLUMNS), flush=True)
        found = {}
        for kind, talks in made_kinds(index.store, chosen.each + WARM_UP).items():
            if not chosen.only or kind in chosen.only:
                found[kind] = figures(times_of(index, talks))
                print(f"{kind:24}" + " ".join(f"{x:8.0f}" for x in found[kind]), flush=True)
    if chosen.json:
        rows = {kind: dict(zip(_COLUMNS, row, strict=True)) for kind, row in found.items()}
        chosen.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def times_of(
    index: Index, talks: Sequence[Sequence[str]], warm_up: int = WARM_UP
) -> list[tuple[float, float]]:
    """
    Lead each conversation once; only its last question is timed, of the first *warm_up* none.

    Returns:
        Milliseconds of the wall and of the processor, of each question that was understood.
    """
    taken = []
    for number, turns in enumerate(talks):
        query = None
        for text in turns:
            begun, worked = time.perf_counter(), time.process_time()
            try:
                query = index.answer(text, previous=query).query
            except QuestionError:
                break
            wall, cpu = time.perf_counter() - begun, time.process_time() - worked
            if number >= warm_up and text is turns[-1]:
                taken.append((1_000 * wall, 1_000 * cpu))
    return taken


def figures(taken: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """Sum up times: how many, then percentiles as in the table."""
    if not taken:
        return (0.0,) * len(_COLUMNS)
    wall, cpu = np.array(taken).T
    return (
        float(len(taken)),
        *np.percentile(wall, (50, 95, 100)).tolist(),
        *np.percentile(cpu, (50, 95)).tolist(),
    )


def made_kinds(store: Store, each: int) -> dict[str, list[tuple[str, ...]]]:
    """Make *each* conversations of every kind, always the same of one store."""
    chance = random.Random(SEED)
    spoken = list(spoken_statements(store, each, chance))
    known = store.speakers()
    people = [one.name for one in known if one.parties and len(one.name.split()) == 2]
    often = people[: max(1, each // 4)] or [spoken[0].speaker.name]
    common = common_words(store, chance)
    made: dict[str, list[tuple[str, ...]]] = {}
    for number, one in enumerate(spoken):
        party, topic = one.speaker.parties[0].name, " ".join(one.words)
        word, other = one.words
        busy = often[number % len(often)]
        frequent = common[number % len(common)]
        month = ("March", "May", "July", "October")[number % 4]
        quotation = " ".join(one.text.split()[:9]).replace('"', "")
        talks = {
            "party, topic": (f"What did {party} say about {topic}?",),
            "party": (f"What did {party} say?",),
            "person, topic": (f"What did {one.speaker.name} say about {topic}?",),
            "most quoted": (f"What did {busy} say?",),
            "most quoted, common word": (f"What did {busy} say about {frequent}?",),
            "unknown person, topic": (f"What did Quillan Varro say about {topic}?",),
            "described": (f"What did the {word} maker say about {other}?",),
            "anyone, topic": (f"What was said about {topic}?",),
            "anyone, one word": (f"What was said about {word}?",),
            "anyone, common word": (f"Who said anything about the {frequent}?",),
            "anyone, three matters": (f"What was said about {word}, {other} and {frequent}?",),
            "anyone, dates": (f"What was said about {topic} since {month} 2018?",),
            "anyone, few days": (f"What was said about {topic} in {month} 2018?",),
            "party, dates": (f"What did {party} say about {topic} since {month} 2018?",),
            "anyone, no topic": (f"What was said in {month} 2018?",),
            "stance, anyone": (_STANCES[number % len(_STANCES)].format(topic),),
            "stance, party": (f"Did {party} deny the {topic}?",),
            "stance, no topic": (f"What did {party} deny?",),
            "quotation": (f'Who said "{quotation}"?',),
            "quotation, a little off": (f'Who said "{_off(quotation, other)}"?',),
            "two parties": (f"What did {party} and {busy} say about {topic}?",),
            "follow-up, others": (
                f"What did {party} say about {topic}?",
                "And what did others say?",
            ),
            "follow-up, topic": (f"What did {party} say about {word}?", f"And about {topic}?"),
            "very long, anyone": (_long("What was said about ", spoken, number),),
            "very long, party": (_long(f"What did {party} say about ", spoken, number),),
        }
        for kind, turns in talks.items():
            made.setdefault(kind, []).append(turns)
    return made


_STANCES = (
    "Who denied the {}?",
    "Who warned of {}?",
    "Who demanded {}?",
    "Who promised {}?",
    "Who accused anybody of {}?",
    "Who confirmed the {}?",
)


def common_words(store: Store, chance: random.Random) -> list[str]:
    """List the words of topics that most sentences hold."""
    names = sorted(store.ids())
    chosen = chance.sample(names, min(_SAMPLE, len(names)))
    counted: Counter[str] = Counter()
    for item in store.get_many(chosen).values():
        words = content_words(item.article.text)
        counted.update(word for word in words if re.fullmatch("[a-z]{4,}", word))
    none = np.empty(0, dtype=np.int64)
    likely = [word for word, _ in counted.most_common(5 * _COMMON)]
    return sorted(likely, key=lambda word: -store.sentences_with(word, none)[0])[:_COMMON]


def _off(quotation: str, other: str) -> str:
    """Put another word into the middle of a quotation."""
    words = quotation.split()
    words[len(words) // 2] = other
    return " ".join(words)


def _long(begun: str, spoken: Sequence[Spoken], number: int) -> str:
    """Go on with one statement after the other, up to the longest question."""
    rest = " ".join(each.text for each in (*spoken[number:], *spoken[:number]))
    plain = re.sub(r"[^\w ]+", "", rest) + " "
    return f"{begun}{plain * (LONG // len(plain) + 1)}"[: LONG - 1] + "?"


if __name__ == "__main__":
    raise SystemExit(main())
