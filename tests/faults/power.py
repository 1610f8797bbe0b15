"""
Power loss: what the disk may hold at any moment opens as a generation that was committed.

``python -m tests.faults.power [--states 1000 --seed 7]``. One run of puts,
removals, a reading again, snapshots and reopenings is logged call by call. For each state a
moment is drawn; what had been synced by then is there, of the rest any subset: whole writes or
some of their sectors. Names are made, moved and deleted in order, as journaling file systems
do. The state is opened as a store: it must be of a generation at or after the last one that was
acknowledged, every article must be the one of that generation, and `verify` must find nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from index.errors import StoreError
from index.store.sqlite.reindex import reindex
from index.types import IndexedArticle
from tests.faults.disk import Watcher, watched
from tests.faults.made import (
    DIM,
    MODEL,
    embed,
    make,
    one_by_one,
    open_tiny,
    read_again,
    report,
    vectors,
)

_SECTOR = 512
Held = dict[str, IndexedArticle]


class Call(NamedTuple):
    """One call that the disk has seen; "write" at *at*, "truncate" to *at*, "rename" to *data*."""

    what: str
    path: str
    at: int
    data: bytes | str


@dataclass
class Log(Watcher):
    """The calls of a run; which generation was acknowledged when; what each generation holds."""

    calls: list[Call] = field(default_factory=list)
    acknowledged: list[tuple[int, int]] = field(default_factory=list)
    generations: list[Held] = field(default_factory=lambda: [{}])

    def after(self, what: str, path: str, offset: int = 0, data: bytes | str = b"") -> None:
        self.calls.append(Call(what, path, offset, data))

    def committed(self, held: Held) -> None:
        """Note what the next generation holds."""
        self.generations.append(dict(held))

    def acknowledge(self) -> None:
        """Note that all generations so far are durable."""
        self.acknowledged.append((len(self.calls), len(self.generations) - 1))


@dataclass
class File:
    """The bytes of a file that are safe, and the calls on it since."""

    safe: bytearray = field(default_factory=bytearray)
    open: list[Call] = field(default_factory=list)
    synced: bool = False

    def settle(self) -> None:
        """Make all of it safe."""
        for call in self.open:
            apply(self.safe, call)
        self.open.clear()


def run(folder: Path, rounds: int, chance: random.Random) -> Log:
    """Work on a store in *folder* and log every call."""
    log, held = Log(), Held()
    with watched(log, folder):
        for number in range(rounds):
            store = open_tiny(folder)
            for _ in range(12):
                name = f"n{chance.randrange(9)}"
                if name in held and chance.random() < 0.25:
                    del held[name]
                    log.committed(held)
                    store.remove(name)
                else:
                    item = make(name, len(log.generations), chance.randrange(1, 40))
                    # At the end, as in the store: a reading again goes by age.
                    held.pop(name, None)
                    held[name] = item
                    log.committed(held)
                    store.put(item, vectors(item))
                log.acknowledge()
            store.rebuild_projection()
            if number % 3 == 1:
                for name in list(held):
                    held[name] = read_again(held[name].article)
                    log.committed(held)
                reindex(folder, MODEL, DIM, one_by_one(read_again, embed), embed)
                log.acknowledge()
            store.close()
    return log


def apply(data: bytearray, call: Call) -> None:
    """Do to *data* what a call did to its file."""
    if call.what == "truncate":
        del data[call.at :]
    elif isinstance(call.data, bytes):
        data.extend(bytes(max(0, call.at - len(data))))
        data[call.at : call.at + len(call.data)] = call.data


def survivors(file: File, chance: random.Random) -> bytes:
    """Draw what of a file is on the disk after a power loss."""
    data, kept = bytearray(file.safe), chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for call in file.open:
        if chance.random() >= kept:
            continue
        if call.what == "write" and isinstance(call.data, bytes) and chance.random() < 0.3:
            for start in range(0, len(call.data), _SECTOR):
                if chance.random() < 0.5:
                    part = call.data[start : start + _SECTOR]
                    apply(data, call._replace(at=call.at + start, data=part))
        else:
            apply(data, call)
    return bytes(data)


def state_at(calls: Sequence[Call], chance: random.Random) -> dict[str, bytes]:
    """Draw the files that a power loss after *calls* leaves, by name."""
    names: dict[str, File] = {}
    safe_names: dict[str, File] = {}
    moves: list[dict[str, File]] = []
    for call in calls:
        before = dict(names)
        if call.what == "delete":
            names.pop(call.path, None)
        elif call.what == "rename":
            names[str(call.data)] = names.pop(call.path)
        elif call.what in ("write", "truncate"):
            names.setdefault(call.path, File()).open.append(call)
        elif call.what == "open":
            names[call.path] = File()
        elif call.what == "sync":
            file = names.get(call.path)
            if file is None or (not file.synced and call.path.endswith(("-wal", "-journal"))):
                # A folder; or a new journal, with which SQLite syncs its folder.
                safe_names, moves = dict(names), []
            if file is not None:
                file.settle()
                file.synced = True
        if before != names or any(before[n] is not names[n] for n in before):
            moves.append(dict(names))
    made = chance.randrange(len(moves) + 1)
    kept = moves[made - 1] if made else safe_names
    return {name: survivors(file, chance) for name, file in kept.items()}


def fault(state: dict[str, bytes], log: Log, moment: int, folder: Path) -> str | None:
    """Open a state; says what is wrong with it."""
    for name, data in state.items():
        (folder / Path(name).name).write_bytes(data)
    least = max((g for at, g in log.acknowledged if at <= moment), default=0)
    try:
        with closing(open_tiny(folder)) as store:
            generation = store.generation()
            if not least <= generation < len(log.generations):
                return f"generation {generation}, acknowledged was {least}"
            held = log.generations[generation]
            if store.get_many(sorted(store.ids())) != held:
                return f"generation {generation} does not hold its articles"
            found = store.search(embed(["Line"])[0], 10_000)
            if len(found) != sum(len(item.sentences) for item in held.values()):
                return f"generation {generation} does not find its sentences"
            return "; ".join(store.verify()) or None
    except StoreError as exc:
        return str(exc)


def drive(states: int, seed: int) -> int:
    """Draw states; returns how many are sound, and prints the others."""
    chance, sound = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        log = run(Path(folder), 6, chance)
    for number in range(states):
        moment = chance.randrange(len(log.calls) + 1)
        with tempfile.TemporaryDirectory() as folder:
            wrong = fault(state_at(log.calls[:moment], chance), log, moment, Path(folder))
        if wrong:
            print(f"state {number}, after call {moment}: {wrong}")
        sound += wrong is None
    return sound


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--states", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    return report("power loss, states", drive(given.states, given.seed), given.states, given.seed)


if __name__ == "__main__":
    sys.exit(main())
