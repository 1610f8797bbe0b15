"""
Two replicas of the bot through a bad hour, on clocks, a Slack, disks and a network of chance.

    python -m tests.faults.simulate [--seeds 1000] [--first 0]

Inbox, claims, workers, delivery, pacing, reconciling, answering and the index are the real ones;
threads are not: one seed decides who acts when, and what breaks. It must hold that

     8  no reply mixes two versions of one article
    14  every quote is a sentence that somebody says in an article when it is sent, word for word
    15  a reply stands in the workspace and the thread of its question, answers that question,
        and stands nowhere else
    16  however often an event is delivered, to whom, with kills between: one reply at the most
    18  whenever a post is cut: one reply in the end, in 99 of 100 questions at the least
    32  at the end nothing breaks any more, and then every question ends: each is acknowledged,
        and none waits in the inbox

What only its asker sees cannot be looked for once its fate is in doubt, nor can a post where the
app may not read: it is not sent again, and a notice tells the asker. Those questions are counted
apart. Any other question without a reply breaks 18. The same seed makes the same run.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import sys
import tempfile
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from bot.state.inbox import LEASE
from tests.faults.simulation.disk import SPEAKERS, BusyStore, FlakyState
from tests.faults.simulation.judging import BOTH, Asked, faults_of_post, is_notice, quoted
from tests.faults.simulation.replica import Replica
from tests.faults.simulation.slack import TEAMS, Slack, Webhook
from tests.faults.simulation.world import World

SLOTS = 5  # times at which a question is asked in each team: with the same ids in all of them
ROOMS = (1, 200, 200, 200)  # for how many questions the inbox has room
BAD_TIME = 240.0  # seconds; after them nothing breaks any more
SETTLING = 5_000.0  # seconds; a clock that was put back by an hour lets questions wait that long
ENOUGH = 0.99
MANY = 0.06  # of all questions; more whose reply may be lost are a fault of the play or the bot
ASKS = {
    "boats": "what did Russia say about the boats?",
    "nets": "what did Latvia say about the nets?",
    BOTH: "what did Russia and Latvia say about the berth?",
}
GOES_ON = "and since 2018?"


class Ends(NamedTuple):
    """How questions ended."""

    once: int = 0  # with exactly one reply
    told: int = 0  # with one that may be lost and that nobody can look for; a notice says so
    untold: int = 0  # … and that notice may be lost too
    refused: int = 0  # Slack refused the reply, whichever way it was to go
    both: int = 0  # of those with one reply: a notice stands beside it


class Run:
    """One seed."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.world = World(seed, calm=True)
        self._state = FlakyState(folder / f"{seed}.db", self.world)
        store = BusyStore(self.world)
        self.world.calm = False
        self.slack = Slack(self.world, store.holds, quoted, self._meanwhile)
        self.may_get_lost: set[str] = set()  # questions with a reply that nobody can look for
        room = self.world.chance.choice(ROOMS)
        parts = (self.slack, self._state, store, self.may_get_lost, room)
        self._replicas = [Replica(name, *parts) for name in ("A", "B")]
        self.asked: dict[str, Asked] = {}
        self.taken: set[str] = set()
        self._due: list[tuple[float, str]] = []
        self._left = 0  # questions in the inbox, once all is settled
        self._nested = False

    def play(self) -> None:
        """Deliver the questions, let things break, then let them settle."""
        chance = self.world.chance
        for slot in range(SLOTS):
            self._ask(slot)
        while self.world.now - self.world.began < BAD_TIME:
            self._deliver_due()
            for replica in chance.sample(self._replicas, 2):
                replica.tick()
            self.world.now += chance.uniform(0.05, 2) + chance.choice((0, 0, 0, 0, LEASE + 1))
        self.world.calm = True
        while self.world.now - self.world.began < BAD_TIME + SETTLING:
            self._deliver_due()
            if not self._due and not self._replicas[0].services.inbox.load().waiting:
                break
            for replica in self._replicas:
                replica.tick()
            self.world.now += 2
        self._left = self._replicas[0].services.inbox.load().waiting
        self._state.close()

    def _ask(self, slot: int) -> None:
        """Let both teams ask, each about its own matter, with ids that are the same."""
        chance = self.world.chance
        at = self.world.now + chance.uniform(0, 60)
        kind = chance.choice(("mention", "mention", "mention", "direct", "/said"))
        channel = "D1" if kind == "direct" else chance.choice(("C1", "C2"))
        ts = f"{at:.6f}"
        before = [a for a in self.asked.values() if a.channel == channel and a.what != BOTH]
        both = self.world.happens(0.3)
        for team, own_matter in zip(TEAMS, SPEAKERS, strict=True):
            own = [a.thread for a in before if a.team == team and not a.command]
            follows = bool(own) and kind == "mention" and slot % 2 == 1
            what = BOTH if both and not follows else own_matter
            name = f"{slot}{team}"
            self.asked[name] = Asked(
                name, team, channel, f"U{slot}", ts, own[-1] if follows else ts, what,
                follows, kind == "/said",
            )  # fmt: skip
            for late in (0, *(chance.choice((0, 0, 3, 60)) for _ in range(chance.randrange(4)))):
                self._due.append((at + late, name))

    def _deliver_due(self) -> None:
        for at, name in sorted(each for each in self._due if each[0] <= self.world.now):
            self._due.remove((at, name))
            if not self._deliver(name) and name not in self.taken:
                self._due.append((self.world.now + 5, name))  # Slack heard no acknowledgement

    def _deliver(self, name: str) -> bool:
        waiting = [each for each in self._replicas if each not in self.slack.at_work]
        replica = self.world.chance.choice(waiting)
        kind, body = delivery(self.asked[name])
        taken = replica.act(lambda: replica.services.take(body, kind))
        self.world.note("delivery", name, "to", replica.name, taken)
        if taken:
            self.taken.add(name)
        return bool(taken)

    def _meanwhile(self) -> None:
        """Let a call take long: time passes, deliveries come, the other process works."""
        busy = self.slack.at_work[-1]
        if self._nested:
            return
        self._nested = True
        try:
            for _ in range(self.world.chance.randrange(1, 5)):
                self.world.now += 3
                busy.renew()
                self._deliver_due()
                for replica in self._replicas:
                    if replica is not busy:
                        replica.tick()
        finally:
            self._nested = False

    def faults(self) -> list[str]:
        """What does not hold, a line each."""
        found = [
            line
            for post in self.slack.shown
            for line in faults_of_post(post, self.asked[post.question])
        ]
        found += [f"16: {n} replies to {name}" for name, n in self.replies().items() if n > 1]
        lost = self.taken - self.may_get_lost - self.slack.refused
        found += [f"18: no reply to {n}" for n in sorted(lost) if not self.replies()[n]]
        found += [f"32: {name} is not acknowledged" for name in sorted({*self.asked} - self.taken)]
        found += [f"the play has no client.{name}" for name in sorted(self.slack.unknown)]
        return found + ([f"32: {self._left} questions still wait"] if self._left else [])

    def replies(self) -> Counter[str]:
        """How many replies each acknowledged question has."""
        shown = Counter(post.question for post in self.slack.shown if not is_notice(post))
        return Counter({name: shown[name] for name in self.taken})

    def ends(self) -> Ends:
        """How many questions ended how."""
        noticed = {post.question for post in self.slack.shown if is_notice(post)}
        once = {name for name, n in self.replies().items() if n == 1}
        none = {name for name, n in self.replies().items() if n == 0}
        lost = none & self.may_get_lost
        return Ends(
            once=len(once),
            told=len(lost & noticed),
            untold=len(lost - noticed),
            refused=len((none - lost) & self.slack.refused),
            both=len(once & noticed),
        )

    def digest(self) -> str:
        """Hash everything that happened."""
        lines = [*self.world.log, *map(repr, self.slack.shown)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def delivery(asked: Asked) -> tuple[str, dict[str, Any]]:
    """Make what Slack delivers of a question, and name the kind of its handler."""
    if asked.command:
        url = f"https://hooks.slack.com/{asked.team}/{asked.name}"
        body = {"command": "/said", "trigger_id": asked.ts, "response_url": url}
        where = {"team_id": asked.team, "channel_id": asked.channel, "user_id": asked.user}
        return "/said", {**body, **where, "text": ASKS[asked.what]}
    event = {"channel": asked.channel, "user": asked.user, "ts": asked.ts}
    event["text"] = GOES_ON if asked.follows else ASKS[asked.what]
    event["client_msg_id"] = asked.name
    if asked.thread != asked.ts:
        event["thread_ts"] = asked.thread
    body = {"team_id": asked.team, "event_id": f"E{asked.ts}", "event": event}
    if asked.channel.startswith("D"):
        event |= {"type": "message", "channel_type": "im"}
        return "direct", body
    event["type"] = "app_mention"
    return "mention", body


def simulate(seed: int, folder: Path) -> Run:
    """Play one seed; ids are drawn from it too."""
    ids = random.Random(f"ids {seed}")
    run = None

    def webhook(url: str, **_: Any) -> Webhook:
        return Webhook.at(run.slack, url)

    with (
        patch("secrets.token_hex", lambda size=8: ids.randbytes(size).hex()),
        patch("bot.slack.send.WebhookClient", webhook),
        # A thread of its own that goes by the real clock: not in the play.
        patch("bot.slack.status.Sessions.searching", lambda *_: nullcontext()),
    ):
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
    broken, asked, ends = 0, 0, Ends()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(given.first, given.first + given.seeds):
            run = simulate(seed, Path(folder))
            faults = run.faults()
            broken += bool(faults)
            asked += len(run.taken)
            ends = Ends(*map(sum, zip(ends, run.ends(), strict=True)))
            for line in faults:
                print(f"seed {seed}: {line}")
    lost = ends.told + ends.untold
    print(
        f"seeds {given.first} to {given.first + given.seeds - 1}: all holds in "
        f"{given.seeds - broken}/{given.seeds}; exactly one reply {ends.once:,}/{asked:,} "
        f"(beside {ends.both} of them a notice); no way to look whether it is shown {lost}, "
        f"of which the asker was told {ends.told}; refused by Slack every way {ends.refused}"
    )
    few = ends.once < ENOUGH * (asked - lost - ends.refused)
    return bool(broken or few or lost > MANY * asked)


if __name__ == "__main__":
    sys.exit(main())
