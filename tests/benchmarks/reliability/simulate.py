"""
Two replicas of the bot through a bad hour, on a clock, a Slack, a disk and a network of chance.

    python -m tests.benchmarks.reliability.simulate [--seeds 1000] [--first 0]

Inbox, claims, workers, courier, pacing, reconciling, answering and the index are the real ones;
threads are not: one seed decides who acts when, and what breaks. It must hold that

     8  no reply mixes two versions of one article
    14  every quote is a sentence that was said in an article, word for word
    15  a reply stands in the workspace and the thread of its question, and nowhere else
    16  however often an event is delivered, to whom, with kills between: one reply at the most
    18  whenever a post is cut: one reply in the end, in 99 of 100 questions at the least

A notice that a reply may not have arrived, where nobody can look, is no reply. The same seed makes
the same run, event for event.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.client import IncompleteRead
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

sys.path.insert(0, str(Path(__file__).parents[2] / "acceptance"))

from slack_payloads import quoted

from bot.answers import Answers
from bot.audience import Audience
from bot.channels import Channels
from bot.courier import Courier
from bot.desk import Desk
from bot.errors import InboxFull
from bot.feedback import Feedback
from bot.idempotency import Claims
from bot.inbox import LEASE, Inbox
from bot.metrics import Metrics
from bot.pacing import Pacer
from bot.people import People
from bot.settings import BotSettings
from bot.shown import Shown
from bot.state import State
from bot.threads import Threads
from bot.wording import UNCONFIRMED
from bot.workers import Workers
from index.core import Index
from index.errors import StoreError
from index.settings import IndexSettings
from index.store.memory import MemoryStore
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)
from tests.arrivals.arrivals_builders import DIM, TinyEmbedder

TEAMS, CHANNELS, QUESTIONS, ARTICLES = ("T1", "T2"), ("C1", "C2"), 8, 3
BAD_TIME = 240.0  # seconds; after them nothing breaks any more
ENOUGH = 0.99
NOTICE = UNCONFIRMED.partition(" (")[0]
_ENVOY = Speaker("ana horvat", "Ana Horvat", "envoy", (Party("russia", "Russia"),))
_VERSION = re.compile(r"boats of (n\d) wait on day (\d+),")


class Killed(BaseException):
    """A process ends here, whatever it is doing."""


@dataclass
class World:
    """What one seed decides, and the log of it."""

    seed: int
    now: float = 1_000_000.0
    calm: bool = False
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def clock(self) -> float:
        return self.now

    def happens(self, share: float) -> bool:
        return self.chance.random() < share and not self.calm

    def note(self, *what: object) -> None:
        self.log.append(f"{self.now:.3f} {' '.join(map(str, what))}")


class FlakyState(State):
    """The bot's state file, on a disk that fails, and in processes that end."""

    world: World

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[Any]:
        if self.world.happens(0.01):
            self.world.note("disk fails")
            raise StoreError("the disk fails")
        with super().transaction(durable=False) as db:
            yield db
            if self.world.happens(0.003):
                raise Killed("before a commit")
        if self.world.happens(0.003):
            raise Killed("after a commit")


class BusyStore(MemoryStore):
    """An index whose articles change while it is being read."""

    world: World
    versions: Counter[str]

    def select(self, selection: Any) -> Any:
        found = super().select(selection)
        if self.world.happens(0.05):
            raise StoreError("the index cannot be read")
        if self.world.happens(0.1):
            write_next(self, f"n{self.world.chance.randrange(ARTICLES)}")
        return found


def write_next(store: BusyStore, name: str) -> None:
    """Replace an article by its next version; in every other one nobody said the first sentence."""
    store.versions[name] += 1
    day = store.versions[name]
    texts = ["Rain fell on the boats."] * (day % 2)
    texts += [f"“The boats of {name} wait on day {day}, in berth {n}.”" for n in range(3)]
    starts = [sum(len(text) + 1 for text in texts[:n]) for n in range(len(texts))]
    spans = [Span(at, at + len(text)) for at, text in zip(starts, texts, strict=True)]
    at = datetime(2018, 2, 1, tzinfo=UTC)
    item = IndexedArticle(
        Article(name, "Harbour", " ".join(texts), f"Paper {name}", None, at),
        tuple(Sentence(n, *span) for n, span in enumerate(spans)),
        tuple(
            Statement(Attribution((), (), (span,), "direct"), _ENVOY) for span in spans[day % 2 :]
        ),
        at,
    )
    store.put(item, TinyEmbedder().embed_passages(texts))


@dataclass
class Slack:
    """What the workspaces show, and how their API answers."""

    world: World
    meanwhile: Callable[[Any], None]
    shown: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def call(self, team: str, replica: Any, method: str, **sent: Any) -> dict[str, Any]:
        """Take a call, or part of it."""
        world = self.world
        if method == "assistant_threads_setStatus":
            return {"ok": True}  # from a thread of its own, by the real clock: not in the play
        if world.happens(0.2):
            self.meanwhile(replica)
        fault = world.chance.choice(FAULTS) if world.happens(0.3) else None
        world.note(team, replica.name, method, sent.get("thread_ts", ""), fault)
        if fault is not None and fault[0] == "before":
            raise_fault(fault[1])
        answer = self._answer(team, method, sent)
        if fault is not None:
            raise_fault(fault[1])
        return answer

    def _answer(self, team: str, method: str, sent: dict[str, Any]) -> dict[str, Any]:
        if method in ("chat_postMessage", "chat_postEphemeral"):
            self.shown.append((team, method, sent))
        elif method in ("conversations_replies", "conversations_history"):
            posts = [
                {"bot_id": "B", "text": post["text"], "metadata": post.get("metadata")}
                for where, how, post in self.shown
                if (where, how) == (team, "chat_postMessage")
                and (post["channel"], post["thread_ts"]) == (sent["channel"], sent.get("ts"))
            ]
            return {"ok": True, "messages": [{"ts": sent.get("ts")}, *posts]}
        return {"ok": True, "ts": f"{len(self.shown)}.9"}


def refusal(status: int, error: str, header: str | None = None) -> SlackApiError:
    """Make what slack_sdk raises when Slack says no."""
    headers = {} if header is None else {"Retry-After": header}
    data = {"ok": False, "error": error}
    response = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers=headers,
        status_code=status,
    )  # fmt: skip
    return SlackApiError(error, response)


# Whether Slack has taken the call when it fails, and how the failure looks.
FAULTS: tuple[tuple[str, Callable[[], BaseException]], ...] = (
    *(("before", partial(refusal, 429, "ratelimited", wait)) for wait in ("1", "30", None, "abc")),
    ("before", partial(URLError, ConnectionRefusedError("refused"))),
    *((when, partial(ConnectionResetError, "cut")) for when in ("before", "after")),
    ("after", partial(IncompleteRead, b"{")),
    *((when, partial(refusal, 500, "internal_error")) for when in ("before", "after")),
    *((when, partial(Killed, "in a call")) for when in ("before", "after")),
)


def raise_fault(make: Callable[[], BaseException]) -> None:
    """Raise what *make* makes."""
    raise make()


@dataclass(frozen=True)
class Client:
    """The client of one workspace, as the bot calls it."""

    slack: Slack
    team: str
    replica: Any

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return partial(self.slack.call, self.team, self.replica, method)


class Replica:
    """A process of the bot; after a kill another one in its place."""

    def __init__(self, name: str, world: World, slack: Slack, state: State, index: Index) -> None:
        self.name = name
        self._world, self._slack, self._state, self._index = world, slack, state, index
        self.working: set[str] = set()
        self.start()

    def start(self) -> None:
        """Begin with an empty memory."""
        calm, self._world.calm = self._world.calm, True
        state, clock, metrics = self._state, self._world.clock, Metrics()
        self.desk = Desk(
            self._index, BotSettings(_env_file=None), Claims(state, clock), Threads(state, clock),
            metrics, None, Channels(state, clock), People(state, clock), Feedback(state, clock),
            state, inbox=Inbox(state, clock=clock), answers=Answers(state, clock),
            shown=Shown(state, clock), audience=Audience(clock),
        )  # fmt: skip
        self.desk.handlers["mention"] = lambda client, place, body: self.desk.answer(
            client, place, body["event"]["text"]
        )
        posted = self.desk.answers.posted
        courier = Courier(self.desk.inbox, metrics, posted, Pacer(clock))
        self._workers = Workers(self.desk, courier, lambda job: Client(self._slack, job.team, self))
        self.working.clear()
        self._world.calm = calm

    def act(self, what: Callable[[], Any]) -> Any:
        """Do something until it is done or fails; a kill starts the process anew."""
        try:
            return what()
        except Killed as exc:
            self._world.note(self.name, "is killed", exc)
            self.start()
        except Exception as exc:
            self._world.note(self.name, "fails", type(exc).__name__)
        return None

    def tick(self) -> None:
        """Work on what is due."""
        for job in self.act(lambda: self.desk.inbox.take(2)) or ():
            self.working.add(job.id)
            self.act(partial(self._workers.work, job))
            self.working.discard(job.id)

    def renew(self) -> None:
        """Keep the leases, as a thread of the bot does while others wait; a kill ends all."""
        with suppress(StoreError):
            self.desk.inbox.renew(tuple(sorted(self.working)))


class Run:
    """One seed."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.world = World(seed)
        self.slack = Slack(self.world, self._meanwhile)
        self._state = FlakyState.__new__(FlakyState)
        self._state.world = World(seed, calm=True)
        self._state.__init__(folder / f"{seed}.db")
        self._state.world = self.world
        store = BusyStore(DIM)
        store.world, store.versions = World(seed, calm=True), Counter()
        for number in range(ARTICLES):
            write_next(store, f"n{number}")
        store.world = self.world
        index = Index(store, TinyEmbedder(), IndexSettings(_env_file=None))
        parts = (self.world, self.slack, self._state, index)
        self._replicas = [Replica(name, *parts) for name in ("A", "B")]
        self.asked: dict[str, tuple[str, str]] = {}
        self.taken: set[str] = set()
        self._nested = False

    def play(self) -> None:
        """Deliver the questions, let things break, then let them settle."""
        chance, deliveries = self.world.chance, []
        for number in range(QUESTIONS):
            ts = f"{number}.1"
            self.asked[ts] = (chance.choice(TEAMS), chance.choice(CHANNELS))
            first = chance.uniform(0, 60)
            again = [first + chance.choice((0, 0, 3, 60)) for _ in range(chance.randrange(4))]
            deliveries += [(at, ts) for at in (first, *again)]
        began = self.world.now
        while (past := self.world.now - began) < BAD_TIME:
            due = sorted(each for each in deliveries if each[0] <= past)
            for at, ts in due:
                deliveries.remove((at, ts))
                if not self._deliver(ts) and ts not in self.taken:
                    deliveries.append((past + 5, ts))  # Slack heard no acknowledgement
            for replica in chance.sample(self._replicas, 2):
                replica.tick()
            self.world.now += chance.uniform(0.05, 2) + chance.choice((0, 0, 0, 0, LEASE + 1))
        self.world.calm = True
        for _ in range(3_000):
            if not self._replicas[0].desk.inbox.load().waiting:
                break
            for replica in self._replicas:
                replica.tick()
            self.world.now += 1
        self._state.close()

    def _deliver(self, ts: str) -> bool:
        team, channel = self.asked[ts]
        event = {"type": "app_mention", "channel": channel, "user": f"U{ts}", "ts": ts}
        event["text"] = "what did Russia say about the boats?"
        body = {"team_id": team, "event_id": f"E{ts}", "event": event}
        replica = self.world.chance.choice(self._replicas)
        try:
            taken = replica.act(lambda: replica.desk.take(body, "mention"))
        except InboxFull:
            taken = None
        self.world.note("delivery", ts, "to", replica.name, taken)
        if taken:
            self.taken.add(ts)
        return bool(taken)

    def _meanwhile(self, busy: Replica) -> None:
        """Let a call take long: time passes, the other process works."""
        if self._nested:
            return
        self._nested = True
        try:
            for _ in range(self.world.chance.randrange(1, 5)):
                self.world.now += 3
                busy.renew()
                for replica in self._replicas:
                    if replica is not busy:
                        replica.tick()
        finally:
            self._nested = False

    def faults(self) -> list[str]:
        """What does not hold, a line each."""
        found = []
        for team, _, sent in self.slack.shown:
            ts = _question_of(sent)
            if self.asked[ts] != (team, sent["channel"]):
                found.append(f"15: a reply to {ts} stands in {team} {sent['channel']}")
            found += _quote_faults(sent)
        found += [f"16: {n} replies to {ts}" for ts, n in self.replies().items() if n > 1]
        return found

    def replies(self) -> Counter[str]:
        """How many replies each acknowledged question has."""
        posts = [sent for _, _, sent in self.slack.shown if not sent["text"].startswith(NOTICE)]
        shown = Counter(_question_of(sent) for sent in posts)
        return Counter({ts: shown[ts] for ts in self.taken})

    def digest(self) -> str:
        """Hash everything that happened."""
        lines = [*self.world.log, *(repr(each) for each in self.slack.shown)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _question_of(sent: dict[str, Any]) -> str:
    """Tell which question a post answers: by its thread, or by the one person who sees it."""
    return str(sent.get("thread_ts") or sent["user"].removeprefix("U"))


def _quote_faults(sent: dict[str, Any]) -> Iterator[str]:
    days: dict[str, set[str]] = {}
    for text in quoted(sent) if sent.get("blocks") else ():
        if not re.fullmatch(r"“The boats of n\d wait on day \d+, in berth \d\.”", text):
            yield f"14: nobody said {text!r}"
        for name, day in _VERSION.findall(text):
            days.setdefault(name, set()).add(day)
    yield from (f"8: {name} of days {sorted(d)}" for name, d in days.items() if len(d) > 1)


def simulate(seed: int, folder: Path) -> Run:
    """Play one seed; ids are drawn from it too."""
    chance = random.Random(f"ids {seed}")
    with patch("secrets.token_hex", lambda size=8: chance.randbytes(size).hex()):
        run = Run(seed, folder)
        run.play()
    return run


def main() -> int:
    """Play many seeds, print the counts; 1 for a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    broken, replies = 0, Counter[int]()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(given.first, given.first + given.seeds):
            run = simulate(seed, Path(folder))
            faults = run.faults()
            broken += bool(faults)
            replies.update(run.replies().values())
            for line in faults:
                print(f"seed {seed}: {line}")
    asked = sum(replies.values())
    print(
        f"runs in which all holds {given.seeds - broken}/{given.seeds}; questions with exactly "
        f"one reply {replies[1]}/{asked}, none {replies[0]}; seeds from {given.first}"
    )
    return bool(broken or replies[1] < ENOUGH * asked)


if __name__ == "__main__":
    sys.exit(main())
