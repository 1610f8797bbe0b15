"""
Does `check` tell what was said from what was not?

Quotations are made from labelled articles, as many of each kind: word for word, altered by one to
four words, put into another's mouth, stitched from two, and said in articles that are not indexed.
Each stands in a draft behind the name of its speaker; the drafts are checked, and each verdict is
compared with what was made.

    python -m tests.benchmarks.checking --folder ../shared/bench/world \
        --strange ../shared/bench/world-train [--each 60 --seed 7]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from index.attribution.quotations import quotation_spans
from index.core import Index, open_index
from index.formats import parse
from index.settings import load_index_settings
from index.types import Article

_FEWEST = 8  # words of a quotation
_MARKS = "“”\"„«»'‘’` "
_EXPECTED = {
    "verbatim": "found",
    "altered": "altered",
    "another's": "other_speaker",
    "stitched": "stitched",
    "invented": "not_on_record",
}
_LEADS = ("{} said: “{}”", "“{}”, said {}.", "According to {}, “{}”")


class Said(NamedTuple):
    """A direct quotation of an article, by a person with a name."""

    text: str
    speaker: str


class Made(NamedTuple):
    """A quotation of a draft, and what it was made as."""

    kind: str
    text: str
    speaker: str


def main() -> None:
    """Print a table, and every verdict that differs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, required=True, help="with */articles.jsonl")
    options.add_argument("--strange", type=Path, required=True, help="the same, not indexed")
    options.add_argument("--each", type=int, default=60)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    rng = random.Random(chosen.seed)
    made = make(list(said_in(chosen.folder)), list(said_in(chosen.strange)), chosen.each, rng)
    with tempfile.TemporaryDirectory() as name:
        index = open_index(load_index_settings(data_dir=Path(name)))
        with closing(index):
            for file in sorted(chosen.folder.glob("*/articles.jsonl")):
                found = parse(file.read_bytes(), file.name)
                list(index.add([each for each in found if isinstance(each, Article)]))
            index.check("“Warm up the models before anything is timed,” she said.")
            report(index, made, rng)


def said_in(folder: Path) -> Iterator[Said]:
    """Read the direct quotations of labelled articles."""
    for file in sorted(folder.glob("*/labels.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            document = json.loads(line)
            for sentence in document["sentences"]:
                yield from _said(document["text"][sentence["start"] : sentence["end"]], sentence)


def _said(text: str, sentence: dict[str, object]) -> Iterator[Said]:
    statements = sentence["statements"]
    assert isinstance(statements, list)
    if len(statements) != 1 or statements[0]["kind"] != "direct":
        return
    speaker = statements[0]["speaker"]
    if not speaker or not re.fullmatch(r"(?:[A-Z][\w'-]+ ){1,2}[A-Z][\w'-]+", speaker):
        return
    for start, end in quotation_spans(text):
        quotation = text[start:end].strip(_MARKS).rstrip(",.")
        if len(quotation.split()) >= _FEWEST and not re.search(r"[“”\"…\[]|\.\.", quotation):
            yield Said(quotation, speaker)


def make(said: list[Said], strange: list[Said], each: int, rng: random.Random) -> list[Made]:
    """Make *each* quotations of every kind."""
    rng.shuffle(said)
    rng.shuffle(strange)
    vocabulary = sorted({word for one in said for word in one.text.split() if word.isalpha()})
    made = [Made("verbatim", *one) for one in said[:each]]
    made += [
        Made("altered", _altered(one.text, vocabulary, rng), one.speaker) for one in said[-each:]
    ]
    for one in rng.sample(said, each):
        others = [other.speaker for other in said if _differ(other.speaker, one.speaker)]
        made.append(Made("another's", one.text, rng.choice(others)))
    while sum(one.kind == "stitched" for one in made) < each:
        one, other = rng.sample(said, 2)
        if one.text != other.text:
            made.append(Made("stitched", f"{_half(one.text)} {_half(other.text, 1)}", one.speaker))
    return made + [Made("invented", *one) for one in strange[:each]]


def _differ(one: str, other: str) -> bool:
    return not set(one.split()) & set(other.split())


def _half(text: str, which: int = 0) -> str:
    words = text.split()
    middle = len(words) // 2
    return " ".join(words[middle:] if which else words[: max(middle, 4)])


def _altered(text: str, vocabulary: Sequence[str], rng: random.Random) -> str:
    """Replace, add or leave out one to four words, of eight at most one."""
    words = text.split()
    for _ in range(rng.randint(1, max(1, min(4, len(words) // 5)))):
        at = rng.randrange(1, len(words) - 1)
        how = rng.choice(("replace", "add", "drop"))
        if how == "drop" and len(words) > 6:
            del words[at]
        elif how == "add":
            words.insert(at, rng.choice(vocabulary))
        else:
            others = [word for word in vocabulary if word.casefold() != words[at].casefold()]
            words[at] = rng.choice(others)
    return " ".join(words)


def report(index: Index, made: list[Made], rng: random.Random) -> None:
    """Check drafts of ten quotations each, and print what was told of them."""
    rng.shuffle(made)
    right: Counter[str] = Counter()
    verdicts: Counter[tuple[str, str]] = Counter()
    taken = size = 0.0
    for begin in range(0, len(made), 50):
        part = made[begin : begin + 50]
        draft = "\n\n".join(_line(one, rng) for one in part)
        started = time.perf_counter()
        found = index.check(draft)
        taken += time.perf_counter() - started
        size += len(draft.split())
        for one in part:
            at = draft.index(one.text)
            mine = [c for c in found if c.verdict and c.start <= at < c.end]
            told = mine[0].verdict if mine else "none"
            verdicts[one.kind, str(told)] += 1
            right[one.kind] += told == _EXPECTED[one.kind]
            if told != _EXPECTED[one.kind]:
                by = mine[0].speaker if mine else None
                print(f"- {one.kind} told {told}: {one.speaker} (read as {by}): {one.text}")
                for quote in mine[0].matches[:2] if mine else ():
                    print(f"    {quote.speaker}: {quote.text}")
    for kind, expected in _EXPECTED.items():
        total = sum(n for (k, _), n in verdicts.items() if k == kind)
        told = ", ".join(f"{n} {v}" for (k, v), n in verdicts.most_common() if k == kind)
        print(f"{kind}: {right[kind]}/{total} {expected} ({told})")
    print(f"{size:.0f} words in {taken:.1f} s: 5,000 in {taken * 5_000 / size:.1f} s")


def _line(one: Made, rng: random.Random) -> str:
    lead = rng.choice(_LEADS)
    filled = (one.text, one.speaker) if lead.startswith("“") else (one.speaker, one.text)
    return lead.format(*filled)


if __name__ == "__main__":
    main()
