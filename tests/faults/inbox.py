"""
A watched folder in bad hands: are the good files indexed within seconds of being whole?

    python -m tests.faults.inbox [--files 1000 --seconds 60 --limit 5 --seed 7]

While the real `onrecord watch` runs in a process of its own (with little vectors), files are put
into its folder at random moments: good ones, renamed into place, written slowly, written in
pieces by a writer that closes the file between, or under names that are no text; among them sparse
ones of 40 GB, pipes, sockets, links out of the folder, files that are not text, have an invalid
line or cannot be read, and one that grows to the end. From the moment at which a good file is
whole its article must be indexed within the limit; nothing of the secret behind the links may be
there, and what is no good must be set aside, or left alone, with no article lost.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.__main__ import main as onrecord
from index.arrivals import files, folders, indexer, worker
from index.queue import Queue
from index.store.sqlite.store import DATABASE
from tests.faults import commands
from tests.faults.made import report
from tests.index.arrivals.arrivals_builders import lines, open_tiny

ROOT = Path(__file__).parents[2]
_SPARSE = 40 * 2**30
_SECRET = "secret"
# Seconds that are waited for the last of the good files.
_PATIENCE = 60.0


@dataclass(slots=True)
class Course:
    """When each good file was whole (Unix seconds), and what else was put there."""

    inbox: Path
    whole: dict[str, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    bad: int = 0

    def good(self, path: Path, name: str) -> None:
        """Note that a file is whole now."""
        self.whole[files.key_of(path)] = time.time()
        self.names[files.key_of(path)] = name


def renamed(course: Course, number: int, chance: random.Random) -> None:
    """Put a file in place by a rename."""
    part = course.inbox / f"g{number}.part"
    part.write_bytes(lines(f"g{number}"))
    part.rename(part.with_suffix(".jsonl"))
    course.good(part.with_suffix(".jsonl"), f"g{number}")


def slow(course: Course, number: int, chance: random.Random) -> None:
    """Write a file with pauses while it is open."""
    path, whole = course.inbox / f"g{number}.jsonl", lines(f"g{number}")
    with path.open("wb") as file:
        for at in range(0, len(whole), 60):
            file.write(whole[at : at + 60])
            file.flush()
            time.sleep(chance.random() * 2)
    course.good(path, f"g{number}")


def pieces(course: Course, number: int, chance: random.Random) -> None:
    """Write a file in pieces, each by a writer that closes it; whole with the last."""
    path, whole = course.inbox / f"g{number}.jsonl", lines(f"g{number}")
    for at in range(0, len(whole), 80):
        with path.open("ab") as file:
            file.write(whole[at : at + 80])
        time.sleep(chance.random())
    course.good(path, f"g{number}")


def odd_name(course: Course, number: int, chance: random.Random) -> None:
    """Write a file whose name is no text, or is as long as a name can be."""
    stem = chance.choice((b"\xff\xfe", b"\xe9" * 200, b"new\nline", b"esc\x1b[2J", b"n" * 230))
    path = course.inbox / os.fsdecode(b"%s%d.jsonl" % (stem, number))
    path.write_bytes(lines(f"g{number}"))
    course.good(path, f"g{number}")


def sparse(course: Course, number: int, chance: random.Random) -> None:
    """Make a file of 40 GB that takes no room."""
    suffix = chance.choice((".txt", ".jsonl", ".html", ".json", ".xml", ".md"))
    with (course.inbox / f"b{number}{suffix}").open("wb") as file:
        file.write(b"Boats left the harbour. ")
        file.truncate(_SPARSE)


def special(course: Course, number: int, chance: random.Random) -> None:
    """Make what is no file: a pipe, a socket, a link out of the folder, or a linked folder."""
    path = course.inbox / f"b{number}.txt"
    kind = chance.randrange(4)
    if kind == 0:
        os.mkfifo(path)
    elif kind == 1:
        # Its path may be too long for a socket.
        with socket.socket(socket.AF_UNIX) as made, suppress(OSError):
            made.bind(str(path))
    elif kind == 2:
        path.symlink_to(course.inbox.parent / "secret" / "secret.txt")
    else:
        path.with_suffix("").symlink_to(course.inbox.parent / "secret")


def invalid(course: Course, number: int, chance: random.Random) -> None:
    """Write what cannot be read: binary, half a line, nothing, or without the right to read."""
    data = chance.choice((b"\0\1\2", b"{half", b"\xe2\x28\xa1 a \x81", lines(f"x{number}")[:-9]))
    path = course.inbox / f"b{number}{chance.choice(('.jsonl', '.txt', '.html', '.json'))}"
    path.write_bytes(data)
    path.chmod(chance.choice((0o644, 0o000)))


GOOD = (renamed, slow, pieces, odd_name)
BAD = (sparse, special, invalid)


def put(course: Course, count: int, seconds: float, seed: int) -> None:
    """Put *count* files into the folder, spread over *seconds*."""
    chance = random.Random(seed)
    at_work: list[threading.Thread] = []
    growing = (course.inbox / "growing.txt").open("wb")
    began = time.monotonic()
    for number in range(count):
        make: Callable[..., None] = chance.choice(GOOD if chance.random() < 0.6 else BAD)
        course.bad += make in BAD
        growing.write(b"It grows and grows. " * 100)
        growing.flush()
        own = random.Random(f"{seed} {number}")
        if make in (slow, pieces):
            at_work.append(threading.Thread(target=make, args=(course, number, own)))
            at_work[-1].start()
        else:
            make(course, number, own)
        time.sleep(max(0.0, began + seconds * (number + 1) / count - time.monotonic()))
    for thread in at_work:
        thread.join()
    growing.close()


def warm_up(inbox: Path, data: Path) -> None:
    """Let the process load what it needs for a file of each kind."""
    for suffix in (".txt", ".html", ".jsonl"):
        (inbox / f"warm{suffix}").write_bytes(
            lines("warm") if suffix == ".jsonl" else b"Boats left."
        )
    with closing(Queue(data)) as queue:
        while len(queue.received()) < 3 or not settled(data):
            time.sleep(0.1)


def settled(data: Path) -> dict[str, float]:
    """When the articles of each file were indexed, by the file's name (Unix seconds)."""
    with closing(Queue(data)) as queue, queue.database.reading() as db:
        rows = db.execute("SELECT file, settled_at FROM arrivals WHERE state = 'indexed'")
        return {file: at / 1e6 for file, at in rows if file is not None}


def watch(folder: Path) -> int:
    """Be the watching process, until it is told to stop."""
    real = worker.work
    with commands.made_up():
        indexer.work = real
        folders._REST, folders._SETTLED, folders._TICK = 0.5, 2.0, 200
        return onrecord(["--data-dir", str(folder / "data"), "watch", str(folder / "in")])


def drive(
    count: int, seconds: float, seed: int, folder: Path, limit: float = 5.0
) -> tuple[int, int, list[str], str]:
    """Run it; gives the files in time, all good files, what was wrong, and a line of figures."""
    (folder / "in").mkdir()
    (folder / "secret").mkdir()
    (folder / "secret" / "secret.txt").write_text(f"Boats left. The {_SECRET} is out.")
    course = Course(folder / "in")
    words = [sys.executable, "-m", "tests.faults.inbox", "--watch", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, cwd=ROOT, stdout=log, stderr=log)
    try:
        while b"indexing what arrives" not in (folder / "log").read_bytes():
            time.sleep(0.05)
        warm_up(course.inbox, folder / "data")
        put(course, count, seconds, seed)
        deadline = time.monotonic() + _PATIENCE
        while set(course.whole) - set(settled(folder / "data")) and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(folders._SETTLED + 1)
        memory = _memory(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
    at = settled(folder / "data")
    lags = {key: at[key] - whole for key, whole in course.whole.items() if key in at}
    wrong = [f"{course.names[key]} was not indexed" for key in course.whole if key not in at]
    wrong += [f"{course.names[k]} took {lag:.1f} s" for k, lag in lags.items() if lag > limit]
    with closing(open_tiny(folder / "data")) as index:
        names = {name: index.store.get(name) for name in index.store.ids()}
        wrong += index.verify()
    wrong += [f"{n} holds the secret" for n, i in names.items() if i and _SECRET in i.article.text]
    if not (folder / "secret" / "secret.txt").exists():
        wrong.append("the file behind the links was moved")
    late = sum(lag > limit for lag in lags.values())
    figures = f"{course.bad} others; slowest {max(lags.values()):.1f} s; {memory} MB"
    return len(lags) - late, len(course.whole), wrong, figures


def _memory(number: int) -> int:
    """The most memory that a process had, in MB."""
    for line in Path(f"/proc/{number}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--limit", type=float, default=5.0, help="seconds")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--watch", type=Path)
    given = parser.parse_args()
    if given.watch:
        return watch(given.watch)
    with tempfile.TemporaryDirectory() as folder:
        options = (given.files, given.seconds, given.seed, Path(folder), given.limit)
        good, total, wrong, more = drive(*options)
    print("\n".join(wrong), end="\n" if wrong else "")
    code = report("files indexed in time", good, total, given.seed, f"{more}; {DATABASE} sound")
    return code or int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
