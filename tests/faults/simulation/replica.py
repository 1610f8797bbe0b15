"""A process of the bot: the real parts of it, without threads, on the clocks of a World."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from bot.alerts.shelf import Shelf
from bot.alerts.watching import Watching
from bot.listeners.commands import said
from bot.listeners.events import mention, messages
from bot.metrics import Metrics
from bot.services import Services
from bot.settings import BotSettings
from bot.slack.agent import Agent
from bot.slack.audience import Audience
from bot.slack.delivery import Delivery
from bot.slack.pacing import Pacer
from bot.slack.people import People
from bot.state.answers import Answers
from bot.state.channels import Channels
from bot.state.feedback import Feedback
from bot.state.idempotency import Claims
from bot.state.inbox import Inbox, Job
from bot.state.outbox import Outbox
from bot.state.schedules import Schedules
from bot.state.shown import Shown
from bot.state.threads import Threads
from bot.state.watches import Watches
from bot.workers import Workers
from index.core import Index
from index.errors import StoreError
from index.settings import IndexSettings
from tests.faults.simulation.disk import BusyStore, FlakyState
from tests.faults.simulation.slack import Client, Slack
from tests.faults.simulation.world import Killed, World
from tests.index.arrivals.arrivals_builders import TinyEmbedder


class Ears:
    """Stands for the Bolt app where listeners register: nothing is heard through it."""

    def event(self, *_: Any, **__: Any) -> Callable[[Any], Any]:
        return lambda listener: listener

    command = event


class Replica:
    """A process of the bot; after a kill another one in its place."""

    def __init__(
        self,
        name: str,
        slack: Slack,
        state: FlakyState,
        store: BusyStore,
        may_get_lost: set[str],
        room: int,
    ) -> None:
        self.name = name
        self._world: World = slack.world
        self._slack, self._state, self._store = slack, state, store
        self._may_get_lost = may_get_lost
        self._room = room
        self._working: set[str] = set()
        self.start()

    def start(self) -> None:
        """Begin with an empty memory."""
        calm, self._world.calm = self._world.calm, True
        state, clock, metrics = self._state, self._world.wall_clock, Metrics()
        index = Index(self._store, TinyEmbedder(), IndexSettings(_env_file=None))
        threads, inbox = Threads(state, clock), Inbox(state, room=self._room, clock=clock)
        shown, watches = Shown(state, clock), Watches(state, clock)
        shelf = Shelf(Path("/nowhere"))  # nobody sets a watch
        watching = Watching(index, shelf, watches, Outbox(state, clock), shown)
        self.services = Services(
            index, BotSettings(_env_file=None), Claims(state, clock), threads,
            metrics, None, Channels(state, clock), People(state, clock), Feedback(state, clock),
            state, inbox=inbox, answers=Answers(state, clock), shown=shown,
            agent=Agent(index, threads, inbox), watching=watching,
            schedules=Schedules(state, clock),
            audience=Audience(self._world.clock),
        )  # fmt: skip
        for module in (mention, messages, said):
            module.register(Ears(), self.services)
        delivery = Delivery(
            self.services.inbox, metrics, self.services.answers.posted, index,
            Pacer(self._world.clock),
        )  # fmt: skip
        self._workers = Workers(self.services, delivery, self._client_of)
        self._working.clear()
        self._world.calm = calm

    def _client_of(self, job: Job) -> Client:
        return Client(self._slack, job.team, asked_as(job.body))

    def act(self, what: Callable[[], Any]) -> Any:
        """Do something until it is done or fails; a kill starts the process anew."""
        try:
            return what()
        except Killed as exc:
            self._world.note(self.name, "is killed", exc)
            self.start()
        except Exception as exc:
            self._world.note(self.name, "fails:", type(exc).__name__, exc)
        return None

    def tick(self) -> None:
        """Work on what is due, until a kill."""
        workers = self._workers
        for job in self.act(lambda: self.services.inbox.take(2)) or ():
            if job.doubt == "cut" and job.post and not self._slack.can_look(job.team, job.post):
                self._may_get_lost.add(asked_as(job.body))
            self._working.add(job.id)
            self._slack.at_work.append(self)
            self.act(partial(workers.work, job))
            self._slack.at_work.pop()
            self._working.discard(job.id)
            if self._workers is not workers:
                return

    def renew(self) -> None:
        """Keep the leases, as a thread of the bot does while others wait; a kill ends all."""
        with suppress(StoreError):
            self.services.inbox.renew(tuple(sorted(self._working)))


def asked_as(body: Any) -> str:
    """Name the question that a delivery brings."""
    if "command" in body:
        return str(body["response_url"]).rpartition("/")[2]
    return str(body["event"]["client_msg_id"])
