"""
The Bolt app: wiring, and nothing else.

Bolt reads SLACK_CLIENT_ID and SLACK_CLIENT_SECRET from the environment by itself and then waits
for an OAuth installation. Its `authorize` is therefore given, which settles the matter.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk import WebClient
from starlette.routing import Route

from bot.alerts.follower import Follower, Silent
from bot.alerts.shelf import Shelf
from bot.alerts.watching import Watching
from bot.encryption import Keys
from bot.engine import Engine
from bot.errors import SlackError
from bot.listeners import actions, briefings, commands, events, watches
from bot.listeners.briefings.runs import refused_run
from bot.metrics import Metrics
from bot.rounds import Rounds
from bot.services import Services
from bot.settings import BotSettings, secret, split
from bot.slack.agent import Agent
from bot.slack.client import one_team, web_client
from bot.slack.corrections import Corrections
from bot.slack.delivery import Delivery
from bot.slack.payloads import enterprise_of
from bot.slack.people import People
from bot.state.answers import Answers
from bot.state.channels import Channels
from bot.state.feedback import Feedback
from bot.state.idempotency import Claims
from bot.state.inbox import Inbox, Job
from bot.state.installations import Installations
from bot.state.outbox import Outbox
from bot.state.schedules import Schedules
from bot.state.shown import Shown
from bot.state.state import State
from bot.state.teams import Teams, resume
from bot.state.threads import Threads
from bot.state.watches import Watches
from bot.transport.feeds import feed_routes
from bot.transport.oauth import Installer
from bot.types import Post
from bot.workers import Workers
from index.alerts.feed_tokens import FeedTokens

STATE_FILE = "bot.db"

# How Bolt begins what it says, and what is said instead.
_INSTEAD = {
    "Unhandled request": (
        "Slack delivered something that this version does not handle; create the app's events and "
        "shortcuts from `onrecord manifest` again"
    ),
    "Although the app should be installed": (
        "a delivery came from a workspace whose token is not here: the app was not installed "
        "there, or its token was revoked"
    ),
}


@dataclass(frozen=True, slots=True)
class Bot:
    """
    The app, which takes questions, the workers, which answer them, what marks answers whose
    articles were corrected afterwards, and what has briefings posted when they are due. ``fault``
    says why nothing can be answered; "" if it can. ``follower`` has what the watches find posted.
    """

    app: App
    workers: Workers
    corrections: Corrections
    rounds: Rounds
    fault: Callable[[], str]
    follower: Follower

    def start(self) -> None:
        """Begin what works beside the app."""
        self.workers.start()
        self.corrections.start()
        self.follower.start()
        self.rounds.start()

    def stop(self, seconds: float) -> bool:
        """
        End it; what can be finished in *seconds* is finished.

        Returns:
            Whether nothing was left under way.
        """
        self.rounds.stop()
        self.follower.stop()
        self.corrections.stop()
        finished = self.workers.stop(seconds)
        self.workers.services.watching.shelf.close()
        return finished


def feed_pages(bot: Bot, index: Engine, folder: Path) -> list[Route]:
    """Make the pages of the feeds of watches; StoreError if their secret cannot be had."""
    shelf = bot.workers.services.watching.shelf
    return feed_routes(index, shelf, FeedTokens(folder))


def build_bot(
    index: Engine,
    settings: BotSettings,
    *,
    metrics: Metrics | None = None,
    executor: Executor | None = None,
    state: State | None = None,
    teams: Teams | None = None,
    folder: Path | None = None,
    silent: Silent = lambda now: (),
) -> Bot:
    """
    Make the bot; its threads are not started yet.

    Args:
        index: the engine that it answers from.
        settings: the bot's.
        metrics: where it counts; numbers of its own if None.
        executor: runs the listeners; threads of its own if None.
        state: the bot's file, open; else opened as the settings say.
        teams: the workspaces; else those that the settings name.
        folder: of the index, where its watches are; the bot's own if None.
        silent: lists which sources of articles have fallen silent.

    Returns:
        The app with all listeners, and what works beside it.

    Raises:
        SettingsError: if Slack refuses the token or cannot be reached.
        StoreError: if the bot's state file cannot be used.
    """
    state = state or open_state(settings)
    teams = teams or open_teams(settings, state)
    shelf = Shelf(folder or settings.data_dir)
    services = _services(index, settings, state, teams, metrics or Metrics(), shelf)
    app = _app(settings, teams, executor)
    for module in (*events.ALL, *commands.ALL, *actions.ALL, *watches.ALL, *briefings.ALL):
        module.register(app, services)
    services.metrics.follow(services.inbox.load)
    return _working(app, services, partial(_client_of, settings, teams), silent)


def _working(
    app: App, services: Services, client_of: Callable[..., WebClient | None], silent: Silent
) -> Bot:
    """Put together what works beside the app; *client_of* makes the client of a workspace."""
    delivery = Delivery(
        services.inbox,
        services.metrics,
        services.answers.posted,
        services.engine,
        waiting=services.agent.sessions.processing,
        settled=services.agent.settled,
        met=services.watching.outbox.meet,
        refused=partial(_refused, services),
    )

    def client_for(job: Job) -> WebClient | None:
        return client_of(job.team, enterprise_of(job.body))

    corrections = Corrections(
        services.engine,
        services.shown,
        services.answers,
        services.inbox,
        client_of,
        services.letters.redrawn,
    )
    window = services.settings.alert_window
    follower = Follower(
        services.watching,
        services.inbox,
        services.people,
        client_of,
        window,
        services.stopping,
        silent,
    )
    workers = Workers(services, delivery, client_for)
    rounds = Rounds(services.engine, services.schedules, services.inbox)
    return Bot(app, workers, corrections, rounds, services.fault, follower)


def _refused(services: Services, job: Job, post: Post, refusal: SlackError) -> Post | bool:
    """Deal with what nobody asked for where Slack refuses it; False where that is not so."""
    dealt = services.stopping.refused(job, post, refusal)
    return dealt or refused_run(services.schedules, services.engine, job, post, refusal)


def _services(
    index: Engine,
    settings: BotSettings,
    state: State,
    teams: Teams,
    metrics: Metrics,
    shelf: Shelf,
) -> Services:
    """Put together what every listener works with."""
    threads, inbox, shown = Threads(state), Inbox(state, room=settings.queue), Shown(state)
    return Services(
        index,
        settings,
        Claims(state),
        threads,
        metrics,
        teams,
        Channels(state),
        People(state),
        Feedback(state),
        state,
        inbox=inbox,
        answers=Answers(state),
        shown=shown,
        agent=Agent(index, threads, inbox),
        watching=Watching(index, shelf, Watches(state), Outbox(state), shown),
        schedules=Schedules(state),
    )


def _app(settings: BotSettings, teams: Teams, executor: Executor | None) -> App:
    """Make the Bolt app, which hears nothing yet; each request gets its token from *teams*."""
    client = web_client(settings)
    client.token = None

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return teams.authorize(team_id or "", enterprise_id or "")

    return App(
        name="onrecord",
        logger=_logger(),
        client=client,
        authorize=authorize,  # type: ignore[arg-type]  # None is allowed: not installed there
        signing_secret=secret(settings.slack_signing_secret),
        listener_executor=executor or ThreadPoolExecutor(settings.threads, "answer"),
    )


def _client_of(
    settings: BotSettings, teams: Teams, team: str, enterprise: str = ""
) -> WebClient | None:
    """Make the client of a workspace; None for one that has left."""
    token = teams.token_of(team, enterprise)
    if token is None:
        return None
    client = web_client(settings)
    client.token = token
    return client


def open_state(settings: BotSettings) -> State:
    """Open the bot's state file; StoreError if it cannot be used."""
    return State(settings.data_dir / STATE_FILE)


def open_teams(settings: BotSettings, state: State) -> Teams:
    """
    Find out which workspaces the settings serve: the token's, or those that install the app.

    Raises:
        SettingsError: if Slack refuses the token or cannot be reached, or no key opens the
            token of a workspace.
        StoreError: if the state file cannot be used.
    """
    if not settings.oauth:
        alone = one_team(web_client(settings), settings.slack_api_url)
        resume(state, alone.team)
        return alone
    installations = Installations(state, Keys(split(secret(settings.encryption_keys))))
    installations.renew()
    return installations


def install_pages(settings: BotSettings, state: State, teams: Teams) -> list[Route]:
    """Make the pages by which workspaces install the app; none where the token settles which."""
    if not isinstance(teams, Installations):
        return []
    return Installer(settings, web_client(settings), teams, Claims(state)).routes()


def _logger() -> logging.Logger:
    """Make Bolt's logger: from WARNING, as its INFO and DEBUG repeat messages and requests."""
    logger = logging.getLogger("bot.bolt")
    logger.setLevel(logging.WARNING)
    logger.addFilter(_for_operators)
    return logger


def _for_operators(record: logging.LogRecord) -> bool:
    """
    Say what Bolt says to programmers in words for those who run the app.

    Its hint that SLACK_BOT_TOKEN in the environment is unused is dropped: it is used, by us. What
    a delivery held that nobody handles is not repeated: somebody may have typed it.
    """
    message = record.getMessage()
    if message == warning_client_prioritized_and_token_skipped():
        return False
    for begins, instead in _INSTEAD.items():
        if message.startswith(begins):
            record.msg, record.args = instead, ()
    return True
