"""
All fault runs with seeds that were never used before, for a given time.

    python -m tests.faults.night [--minutes 60] [--seed N] [--only NAME ...]

Rounds of the simulator, kills at random moments and at every call, pairs of commands, flipped
bits, power loss, faults of the disk, mutated files, and arrivals in any order with a kill. Each
round draws its seed and sizes from the clock, or from --seed, and prints them before it begins,
so that it can be run again. What fails is added to ``corpus.jsonl`` beside this file, which the
tests replay. The last round is without faults: every question must end and every article be
indexed. At the end the number of rounds since the last failure is printed, and how much of the
formats and the store their tests run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults import coverage

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).with_name("corpus.jsonl")
# Seconds after which a round counts as hanging.
_LONGEST = 1_200.0
_LAST_LINES = 5

# Of each run, the options that a round draws, from the first number to the last.
RUNS: dict[str, dict[str, tuple[int, int]]] = {
    "simulate": {"seeds": (20, 60)},
    "kills": {"runs": (5, 15)},
    "commands": {"most": (4, 12)},
    "commands --pairs": {"pairs": (10, 30)},
    "flips": {"mutations": (100, 300)},
    "power": {"states": (50, 150)},
    "faults": {"calls": (100, 300)},
    "mutate_formats": {"count": (300, 1_000)},
    "arrivals": {"articles": (30, 80), "updates": (5, 15), "withdrawals": (2, 6), "poison": (2, 6)},
    # How fast it must be is for a machine that does nothing else.
    "inbox": {"files": (60, 150), "seconds": (10, 30), "limit": (45, 45)},
}
# Without faults: no kill, no poison, nothing put back; what is left must come to its end.
CALM: Sequence[Mapping[str, object]] = (
    {"run": "simulate", "options": {"first": 0, "seeds": 20}},
    {"run": "arrivals", "options": {"articles": 40, "copies": 5, "poison": 0, "seed": 1}},
)


def drawn(chance: random.Random, names: Sequence[str]) -> dict[str, object]:
    """Draw a round: which run, and its options with a seed of its own."""
    name = chance.choice(list(names))
    options = {option: chance.randint(*span) for option, span in RUNS[name].items()}
    seed = chance.randrange(10_000, 2**31)
    # Its runs take consecutive seeds, or the whole of one.
    options["first" if name == "simulate" else "seed"] = seed
    if name == "arrivals":
        options["copies"] = options["articles"] // 10
    return {"run": name, "options": options}


def words_of(round_: Mapping[str, object]) -> list[str]:
    """Word a round as a command."""
    options = round_["options"]
    assert isinstance(options, dict)
    name = str(round_["run"]).split()[0]
    given = [part for option, value in options.items() for part in (f"--{option}", str(value))]
    return ["-m", f"tests.faults.{name}", *given]


def play(round_: Mapping[str, object]) -> tuple[bool, str]:
    """Run one round in a process of its own; gives whether all held, and its last lines."""
    words = [sys.executable, *words_of(round_)]
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        try:
            code = subprocess.run(
                words, cwd=ROOT, stdout=output, stderr=output, timeout=_LONGEST, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            code = -1
            output.write(f"\nnot done after {_LONGEST:.0f} s\n")
        output.seek(0)
        lines = [line for line in output.read().splitlines() if line.strip()]
    return code == 0, "\n".join(lines[-1:] if code == 0 else lines[-_LAST_LINES:])


def keep(round_: Mapping[str, object], corpus: Path = CORPUS) -> None:
    """Add a round that failed to the corpus."""
    with corpus.open("a", encoding="utf-8") as file:
        file.write(json.dumps(round_) + "\n")


def read_corpus(corpus: Path = CORPUS) -> list[dict[str, object]]:
    """Read the rounds that have failed once."""
    if not corpus.exists():
        return []
    return [json.loads(line) for line in corpus.read_text("utf-8").splitlines() if line.strip()]


def drive(
    seconds: float, seed: int, names: Sequence[str], corpus: Path = CORPUS
) -> tuple[int, int]:
    """Play rounds for so long, then the calm ones; gives those that held, and all."""
    chance, deadline = random.Random(seed), time.monotonic() + seconds
    held = done = since = 0
    calm = list(CALM)
    while time.monotonic() < deadline or calm:
        over = time.monotonic() >= deadline
        round_ = calm.pop(0) if over else drawn(chance, names)
        print(
            f"{'without faults: ' if over else ''}python {' '.join(words_of(round_))}", flush=True
        )
        good, last = play(round_)
        print("  " + last.replace("\n", "\n  "), flush=True)
        held, done, since = held + good, done + 1, since + 1 if good else 0
        if not good:
            print("  FAILED", flush=True)
            keep(round_, corpus)
    print(f"{since} rounds since the last failure", flush=True)
    return held, done


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**31)
    parser.add_argument("--only", nargs="+", choices=list(RUNS), default=list(RUNS))
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with contextlib.suppress(KeyboardInterrupt):
        held, done = drive(given.minutes * 60, given.seed, given.only)
        print(f"rounds: {held}/{done}, seed {given.seed}, {given.minutes:.0f} min", flush=True)
        print("\n".join(coverage.lines_of(coverage.PACKAGES)), flush=True)
        return 0 if held == done else 1
    return 130


if __name__ == "__main__":
    sys.exit(main())
