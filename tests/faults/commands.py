"""
Every command of the command line, killed at each of its calls that change a file, and in pairs.

    python -m tests.faults.commands [--seed 7] [--most 10000]          kills, at every call
    python -m tests.faults.commands --pairs 200 [--seed 7]             two at random moments
    python -m tests.faults.commands --strace [--most 10000]            kills, at system calls

A command runs in a process of its own (a fork of this one; the real process under ``strace``, where
that is installed) with the real command line, store and queue; only vectors and speakers are made
up. Before its n-th write, sync, truncation, rename, removal or new file it is killed, for each n
that it reaches. Then `verify` must pass, nothing acknowledged may be missing (of a restore: all of
the old index or all of the new one), and the same command must work. Of a pair, the one
is paused before a random call while the other runs: what both acknowledged must be there as if one
had run after the other; who is refused names the way out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.__main__ import main as onrecord
from index.arrivals import folders, indexer, worker
from index.queue import Queue
from index.store.sqlite.store import DATABASE
from index.text.sentences import split_sentences
from index.types import IndexedArticle
from tests.faults.disk import Watcher, watched
from tests.faults.made import report
from tests.index.arrivals.arrivals_builders import TinyEmbedder, article, lines, open_tiny

ROOT = Path(__file__).parents[2]
BASE = frozenset(f"base{number}" for number in range(4))
SAVED = frozenset({"base0", "base1", "saved"})
NEW = frozenset(f"new{number}" for number in range(4))
DROPPED = frozenset(f"dropped{number}" for number in range(3))
REMOVED = "base2"
COMMANDS: dict[str, list[str]] = {
    "add": ["add", "--json", "new.jsonl"],
    "remove": ["remove", "--json", REMOVED],
    "rebuild": ["rebuild"],
    "backup": ["backup", "new.zip"],
    "restore": ["restore", "old.zip", "--force"],
    "watch": ["watch", "inbox"],
}
# What another command may meet besides; they only read.
READERS: dict[str, list[str]] = {"stats": ["stats"], "verify": ["verify"]}
_Step = Callable[[], object]
_SYSTEM_CALLS = "rename unlink unlinkat fsync fdatasync mkdir ftruncate pwrite64 rmdir".split()
_WAIT = 60.0
# Seconds that a watching one waits for its folder on a machine that does much else.
_LONGEST_IDLE = 20.0
# Seconds that a command pauses while another one runs; longer than either waits for a lock.
_PAUSE = 4.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended; ``code`` is negative for a signal."""

    name: str
    code: int
    out: str
    err: str

    @property
    def acknowledged(self) -> frozenset[str]:
        """The articles that it says are there."""
        if self.name == "watch":
            words = [line.split(": ") for line in self.err.splitlines()]
            # A line begins with its time and how grave it is.
            found = [w[0].split()[-1] for w in words if len(w) > 1 and w[1].startswith("indexed")]
            return frozenset(found)
        records = [json.loads(line) for line in self.out.splitlines() if line.endswith("}")]
        return frozenset(r["id"] for r in records if r.get("status") in ("indexed", "unchanged"))


class Killer(Watcher):
    """
    Ends this process before its *number*-th call that changes a file; counts the calls.

    With *pause*, a folder, it waits there instead until somebody makes the file "resume" in it.
    """

    def __init__(self, number: int, pause: Path | None = None) -> None:
        self.number = number
        self.pause = pause
        self.calls = 0

    def before(self, what: str, path: str, size: int = 0) -> int:
        """See a call."""
        self.calls += 1
        if self.calls == self.number and self.pause is not None:
            os.mknod(self.pause / "paused")
            deadline = time.monotonic() + _PAUSE
            while not (self.pause / "resume").exists() and time.monotonic() < deadline:
                time.sleep(0.01)
        elif self.calls == self.number:
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(_WAIT)
        return size


@contextmanager
def killing(killer: Killer, folder: Path) -> Iterator[None]:
    """Send all calls that change files below *folder* through *killer*."""

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(path: Any, *more: Any, **named: Any) -> Any:
            killer.before(name, str(path))
            return real(path, *more, **named)

        return call

    with watched(killer, folder):
        names = ("rename", "unlink", "mkdir", "rmdir", "chmod")
        with patch.multiple(os, **{name: counted(name) for name in names}):
            yield


@contextmanager
def made_up() -> Iterator[None]:
    """Let commands make little vectors and find no speakers, and a watching one end when idle."""

    def work(index: Any, queue: Any, stop: Any, after: _Step, idle: _Step) -> None:
        rounds, deadline = 0, time.monotonic() + _LONGEST_IDLE
        while not stop.is_set() and rounds < 40:
            busy = worker.work_once(index, queue) or (
                _unread(queue) and time.monotonic() < deadline
            )
            (after if busy else idle)()
            rounds = 0 if busy else rounds + 1
            stop.wait(0.02)

    def embedder(*_: Any) -> TinyEmbedder:
        return TinyEmbedder()

    with (
        patch("index.core.open_embedder", embedder),
        patch("index.maintenance.rebuild.open_embedder", embedder),
        patch("index.ingest.indexing.analyse", analyse),
        patch("index.maintenance.rebuild.analyse", analyse),
        patch.object(indexer, "analyse", analyse),
        patch.object(indexer, "work", work),
        patch.object(folders, "_REST", 0.05),
        patch.object(folders, "_SETTLED", 0.1),
        patch.object(folders, "_TICK", 30),
        patch("index.core.Index.warm", lambda index: None),
    ):
        yield


def _unread(queue: Queue) -> bool:
    """Whether a file of the watched folder is still to be received, or to be set aside."""
    inbox = Path("inbox").resolve()
    left = {str(path) for path in inbox.glob("*.jsonl")}
    return (inbox / "bad.jsonl").exists() or bool(left - set(queue.received()))


def analyse(articles: Sequence[Any], tables: Any, desk: Any = None) -> list[IndexedArticle]:
    """Split articles into sentences."""
    now = datetime.now(UTC)
    return [IndexedArticle(each, tuple(split_sentences(each.text)), (), now) for each in articles]


def be(words: Sequence[str], folder: Path, kill_at: int = 0, *, pause: bool = False) -> int:
    """Be the command, in *folder*; returns its exit code."""
    os.chdir(folder)
    killer = Killer(kill_at, folder if pause else None)
    with made_up(), killing(killer, folder):
        code = onrecord(["--data-dir", str(folder / "data"), *words])
    (folder / "calls").write_text(str(killer.calls))
    return code


def fork(name: str, folder: Path, kill_at: int = 0, *, pause: bool = False) -> int:
    """Begin a command in a fork of this process; returns its process number."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        os.setsid()
        for number, suffix in ((1, "out"), (2, "err")):
            os.dup2(os.open(folder / f"{name}.{suffix}", os.O_WRONLY | os.O_CREAT), number)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        code = be((COMMANDS | READERS)[name], folder, kill_at, pause=pause)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as exc:
        os.write(2, f"{type(exc).__name__}: {exc}\n".encode())
    os._exit(code)


def ended(name: str, child: int, folder: Path) -> Ended:
    """Wait for a command; one that does not end is killed."""
    deadline = time.monotonic() + _WAIT
    while (found := os.waitpid(child, os.WNOHANG))[0] == 0:
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            found = os.waitpid(child, 0)
            break
        time.sleep(0.005)
    out, err = ((folder / f"{name}.{end}").read_text("utf-8", "replace") for end in ("out", "err"))
    for end in ("out", "err"):
        (folder / f"{name}.{end}").unlink()
    return Ended(name, os.waitstatus_to_exitcode(found[1]), out, err)


def run(name: str, folder: Path, kill_at: int = 0) -> Ended:
    """Run a command in a fork to its end."""
    return ended(name, fork(name, folder, kill_at), folder)


def template(folder: Path) -> Path:
    """Make a folder with an index, the backup of another one, and what is to be added."""
    made = folder / "template"
    (made / "inbox").mkdir(parents=True)
    (made / "saved.jsonl").write_bytes(lines(*sorted(SAVED)))
    (made / "base.jsonl").write_bytes(lines(*sorted(BASE)))
    (made / "new.jsonl").write_bytes(lines(*sorted(NEW)))
    for name in sorted(DROPPED):
        (made / "inbox" / f"{name}.jsonl").write_bytes(lines(name))
    (made / "inbox" / "bad.jsonl").write_bytes(b"{bad\n")
    for words in (
        ["add", "saved.jsonl"],
        ["backup", "old.zip"],
        ["restore", "old.zip", "--force"],
        ["add", "base.jsonl"],
        ["remove", "saved"],
    ):
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(be(words, made))
        assert os.waitpid(child, 0)[1] == 0, words
    with closing(Queue(made / "data")) as queue:
        queue.receive("test", [article("held", embargoed_until=datetime(2999, 1, 1, tzinfo=UTC))])
    for left in (made / "data").glob("replaced-*"):
        shutil.rmtree(left)
    return made


def look(data: Path) -> tuple[frozenset[str], list[str]]:
    """List the articles of an index, and what is wrong with it; in a fork."""
    reading, writing = os.pipe()
    if not os.fork():
        try:
            with closing(open_tiny(data)) as index:
                found = (sorted(index.store.ids()), index.verify())
        except Exception as exc:
            found = ([], [f"{type(exc).__name__}: {exc}"])
        os.write(writing, json.dumps(found).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        names, problems = json.loads(answer.read())
    os.wait()
    return frozenset(names), problems


def faults_of_kill(name: str, done: Ended, folder: Path) -> list[str]:
    """Compare a folder in which a command was killed with what must be in it."""
    names, wrong = look(folder / "data")
    lowest, highest = {
        "add": (BASE | done.acknowledged, BASE | NEW),
        "watch": (BASE | done.acknowledged, BASE | DROPPED),
        "remove": (BASE - {REMOVED}, BASE - {REMOVED} if '"removed": true' in done.out else BASE),
        "restore": (SAVED, SAVED) if "saved" in names else (BASE, BASE),
    }.get(name, (BASE, BASE))
    if not lowest <= names <= highest:
        wrong.append(f"holds {sorted(names)}, not {sorted(lowest)} to {sorted(highest)}")
    again = run(name, folder)
    gone = name == "remove" and REMOVED not in names
    if again.code != (1 if gone else 0):
        wrong.append(f"again: {again.code}: {again.err}")
    names, more = look(folder / "data")
    after = {
        "add": BASE | NEW,
        "watch": BASE | DROPPED,
        "remove": BASE - {REMOVED},
        "restore": SAVED,
    }
    if names != after.get(name, BASE):
        wrong.append(f"again: holds {sorted(names)}")
    if name == "watch" and not (folder / "inbox" / "failed" / "bad.jsonl").exists():
        wrong.append("again: the bad file was not set aside")
    return wrong + more


def kills(name: str, made: Path, most: int, chance: random.Random) -> tuple[int, int, list[str]]:
    """
    Kill one command at each of its calls, or at *most* of them by *chance*.

    Returns:
        How many kills left all as it must be, how many there were, and what was wrong.
    """
    folder = shutil.copytree(made, made.with_name(f"{name}-whole"))
    if (whole := run(name, folder)).code:
        return 0, 1, [f"{name}: {whole.code}: {whole.err}"]
    calls = int((folder / "calls").read_text())
    numbers = range(1, calls + 1)
    chosen = sorted(chance.sample(numbers, most)) if calls > most else list(numbers)
    sound, done, found = 0, 0, []
    for number in chosen:
        folder = shutil.copytree(made, made.with_name(f"{name}-{number}"))
        killed = run(name, folder, number)
        if killed.code == -signal.SIGKILL:
            wrong = faults_of_kill(name, killed, folder)
            done, sound = done + 1, sound + (not wrong)
            found += [f"{name}, call {number} of {calls}: {line}" for line in wrong]
        shutil.rmtree(folder)
    return sound, done, found


def faults_of_pair(one: Ended, two: Ended, folder: Path) -> list[str]:
    """Compare a folder in which two commands met with the two orders of both."""
    names, wrong = look(folder / "data")
    for each in (one, two):
        refused = each.code == 1 and each.err.startswith("onrecord: ") and "; " in each.err
        gone = each.name == "remove" and "no article" in each.err
        if each.code and not refused and not gone:
            wrong.append(f"{each.name}: {each.code}: {each.err[-300:]}")
    aside = [look(path) for path in (folder / "data").glob("replaced-*")]
    wrong += [line for _, problems in aside for line in problems]
    if not any(
        _fits(order, names, [found for found, _ in aside]) for order in ((one, two), (two, one))
    ):
        wrong.append(f"holds {sorted(names)}, aside {[sorted(found) for found, _ in aside]}")
    return wrong


def _fits(order: Sequence[Ended], names: frozenset[str], aside: Sequence[frozenset[str]]) -> bool:
    """Whether what is there can be what *order* has left; ``aside`` is what was replaced."""
    low = high = BASE
    left = list(aside)
    for each in order:
        if each.name in ("add", "watch"):
            low |= each.acknowledged
            high |= low | (NEW if each.name == "add" else DROPPED)
        elif each.name == "remove" and '"removed": true' in each.out:
            low, high = low - {REMOVED}, high - {REMOVED}
        elif each.name == "restore" and each.code == 0:
            fitting = [found for found in left if low <= found <= high]
            if not fitting:
                return False
            left.remove(fitting[0])
            low = high = SAVED
    return low <= names <= high


def pairs(count: int, made: Path, chance: random.Random) -> tuple[int, list[str]]:
    """
    Let *count* random pairs of commands meet, the one paused at a random call.

    Returns:
        How many were sound, and what was wrong.
    """
    sound, found = 0, []
    every = [*COMMANDS, *READERS]
    calls = {name: calls_of(name, made) for name in COMMANDS}
    for number in range(count):
        folder = shutil.copytree(made, made.with_name(f"pair{number}"))
        first, second = chance.choice(list(COMMANDS)), chance.choice(every)
        while second == first:
            second = chance.choice(every)
        at, rest = chance.randint(1, calls[first]), chance.choice((0.1, 0.4, 1.0, _PAUSE))
        one = fork(first, folder, at, pause=True)
        while not (folder / "paused").exists() and not _is_over(one):
            time.sleep(0.005)
        two = fork(second, folder)
        deadline = time.monotonic() + rest
        while time.monotonic() < deadline and not _is_over(two):
            time.sleep(0.005)
        (folder / "resume").touch()
        ends = ended(first, one, folder), ended(second, two, folder)
        wrong = faults_of_pair(*ends, folder)
        sound += not wrong
        found += [f"pair {number}, {second} at call {at} of {first}: {line}" for line in wrong]
        shutil.rmtree(folder)
    return sound, found


def calls_of(name: str, made: Path) -> int:
    """Count the calls of one command that change a file."""
    folder = shutil.copytree(made, made.with_name(f"{name}-calls"))
    assert run(name, folder).code == 0, name
    calls = int((folder / "calls").read_text())
    shutil.rmtree(folder)
    return calls


def _is_over(child: int) -> bool:
    """Whether a child has ended; it can still be waited for."""
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def kills_by_strace(name: str, made: Path, most: int) -> tuple[int, int, list[str]]:
    """Kill the real process at its system calls, each kind by its number; as `kills`."""
    sound, done, found = 0, 0, []
    for kind in _SYSTEM_CALLS:
        for number in range(1, most + 1):
            folder = shutil.copytree(made, made.with_name(f"{name}-{kind}-{number}"))
            inject = f"inject={kind}:signal=SIGKILL:when={number}"
            words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={kind}", "-e", inject]
            words += [sys.executable, "-m", "tests.faults.commands", "--be", str(folder), name]
            environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
            with subprocess.Popen(
                words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as process:
                out, err = process.communicate()
            killed = Ended(name, process.returncode, out.decode(), err.decode())
            if killed.code in (0, 1):
                shutil.rmtree(folder)
                break
            wrong = faults_of_kill(name, killed, folder)
            done, sound = done + 1, sound + (not wrong)
            found += [f"{name}, {kind} {number}: {line}" for line in wrong]
            shutil.rmtree(folder)
    return sound, done, found


def drive(
    names: Sequence[str], most: int, seed: int, *, strace: bool = False
) -> tuple[int, int, list[str]]:
    """Kill each command of *names*; gives sound kills, all kills, and what was wrong."""
    chance, sound, done, found = random.Random(seed), 0, 0, []
    with tempfile.TemporaryDirectory() as aside:
        made = template(Path(aside))
        for name in names:
            kill = kills_by_strace(name, made, most) if strace else kills(name, made, most, chance)
            print(f"{name}: {kill[0]}/{kill[1]}", flush=True)
            sound, done, found = sound + kill[0], done + kill[1], found + kill[2]
    return sound, done, found


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--most", type=int, default=10_000, help="kills of each command")
    parser.add_argument("--pairs", type=int, default=0)
    parser.add_argument("--only", nargs="+", choices=list(COMMANDS), default=list(COMMANDS))
    parser.add_argument("--strace", action="store_true")
    parser.add_argument("--be", nargs=2, metavar=("FOLDER", "COMMAND"))
    given = parser.parse_args()
    if given.be:
        folder, name = given.be
        return be(COMMANDS[name], Path(folder))
    if given.pairs:
        with tempfile.TemporaryDirectory() as aside:
            sound, found = pairs(given.pairs, template(Path(aside)), random.Random(given.seed))
        done = given.pairs
    elif given.strace and shutil.which("strace") is None:
        print("skipped: no strace")
        return 0
    else:
        sound, done, found = drive(given.only, given.most, given.seed, strace=given.strace)
    print("\n".join(found), end="\n" if found else "")
    return report("pairs" if given.pairs else "kills", sound, done, given.seed, f"{DATABASE} whole")


if __name__ == "__main__":
    sys.exit(main())
