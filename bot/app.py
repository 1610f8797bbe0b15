"""
The Bolt app: wiring, and nothing else.

Bolt reads SLACK_CLIENT_ID and SLACK_CLIENT_SECRET from the environment by itself and then waits
for an OAuth installation. Its `authorize` is therefore given, which settles the matter.
"""

from __future__ import annotations

import logging
from concurrent.futures import Executor, ThreadPoolExecutor

from slack_bolt import App
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped

from bot import commands, listeners
from bot.client import authorize_once, web_client
from bot.desk import Desk, Engine
from bot.idempotency import Claims
from bot.metrics import Metrics
from bot.settings import BotSettings, secret
from bot.state import State
from bot.threads import Threads

STATE_FILE = "bot.db"


def build_app(
    index: Engine,
    settings: BotSettings,
    *,
    metrics: Metrics | None = None,
    executor: Executor | None = None,
    state: State | None = None,
) -> App:
    """
    Make the app that answers from *index*.

    Raises:
        SettingsError: if Slack refuses the token or cannot be reached.
        StoreError: if the bot's state file cannot be used.
    """
    client = web_client(settings)
    authorize = authorize_once(client, settings.slack_api_url)
    client.token = None  # each request gets the token from `authorize`
    state = state or open_state(settings)
    desk = Desk(index, settings, Claims(state), Threads(state), metrics or Metrics())
    app = App(
        name="onrecord",
        logger=_logger(),
        client=client,
        authorize=authorize,
        signing_secret=secret(settings.slack_signing_secret),
        listener_executor=executor or ThreadPoolExecutor(settings.threads, "answer"),
    )
    for module in (*listeners.ALL, *commands.ALL):
        module.register(app, desk)
    return app


def open_state(settings: BotSettings) -> State:
    """Open the bot's state file; StoreError if it cannot be used."""
    return State(settings.data_dir / STATE_FILE)


def _logger() -> logging.Logger:
    """Make Bolt's logger: from WARNING, as its INFO and DEBUG repeat messages and requests."""
    logger = logging.getLogger("bot.bolt")
    logger.setLevel(logging.WARNING)
    logger.addFilter(_without_token_hint)
    return logger


def _without_token_hint(record: logging.LogRecord) -> bool:
    """Drop Bolt's hint that SLACK_BOT_TOKEN in the environment is unused: it is used, by us."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()
