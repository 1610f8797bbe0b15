"""
The Socket Mode transport.

The connection of slack_sdk notices a silent loss only after four missed pings, so it pings
every one and a half seconds; and where no ping was ever answered it notices nothing, which is
what `watch` is for. Its `close` waits for nothing: what is being acknowledged would be cut off,
and Slack would deliver it again. `drain` therefore closes in an order of its own.
"""

from __future__ import annotations

import logging
import socket
import time
from contextlib import suppress
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.metrics import Metrics
from bot.settings import BotSettings, refuse_plain, secret
from index.errors import SettingsError

PING = 1.5  # seconds
SILENCE = 15.0  # seconds without a sign of life, after which a session is given up

log = logging.getLogger(__name__)


class Client(SocketModeClient):
    """Connects, and reconnects, only where nobody can listen in; knows when Slack last spoke."""

    opened = 0.0  # Unix times
    last_message = 0.0

    def connect(self) -> None:
        """Open a session."""
        super().connect()
        self.opened = time.time()

    def enqueue_message(self, message: str) -> None:
        """Take a message of Slack."""
        self.last_message = time.time()
        super().enqueue_message(message)

    @property
    def silent_for(self) -> float:
        """Seconds since the session's last sign of life: a message, a pong or its beginning."""
        pong = getattr(self.current_session, "last_ping_pong_time", None) or 0.0
        return time.time() - max(self.opened, self.last_message, pong)

    def issue_new_wss_url(self) -> str:
        """Fetch the address of the next connection; ValueError for an unencrypted one."""
        address = super().issue_new_wss_url()
        refuse_plain(address)
        return address


class Handler(SocketModeHandler):
    """Bolt's handler, on our client."""

    client: Client

    def __init__(self, app: App, app_token: str, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics
        self.app_token = app_token
        self.client = Client(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            ping_interval=PING,
            concurrency=10,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Let Bolt acknowledge a delivery."""
        with self.metrics.acknowledged.time():
            super().handle(client, req)

    def stands(self) -> dict[str, Any]:
        """Describe how the connection stands."""
        last = self.client.last_message
        age = round(time.time() - last, 1) if last else None
        return {"connected": self.client.is_connected(), "last_message_seconds": age}


def connect(app: App, settings: BotSettings, metrics: Metrics) -> Handler:
    """
    Open the connection over which Slack sends events.

    Raises:
        SettingsError: if Slack refuses the app-level token or cannot be reached.
    """
    handler = Handler(app, secret(settings.slack_app_token), metrics)
    try:
        handler.client.connect()
    except SlackApiError as exc:
        drain(handler)
        raise SettingsError(
            f"Slack refuses SLACK_APP_TOKEN ({exc.response.get('error')}); make an app-level "
            "token with the scope connections:write under Basic Information"
        ) from exc
    except (OSError, ValueError) as exc:
        drain(handler)
        raise SettingsError(
            f"cannot open a Socket Mode connection ({exc}); check the network and SLACK_API_URL"
        ) from exc
    return handler


def watch(handler: Handler) -> None:
    """Begin a new session where the one there is no longer gives a sign of life."""
    client = handler.client
    if client.silent_for < SILENCE:
        return
    log.warning("no sign of life from Slack for %.0f s; connecting again", client.silent_for)
    client.opened = time.time()
    try:
        client.connect_to_new_endpoint(force=True)
    except (SlackApiError, OSError, ValueError) as exc:
        log.warning("cannot connect to Slack (%s); trying again", exc)


def drain(handler: Handler) -> None:
    """Take nothing new, let what is being acknowledged finish, then close the connection."""
    client = handler.client
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    client.closed = True
    client.message_queue.put(None)  # ends the processor's wait for a message, else up to a second
    client.message_processor.shutdown()  # type: ignore[no-untyped-call]
    client.message_workers.shutdown(wait=True)
    _wake(client)
    try:
        client.close()
    except AttributeError:  # slack_sdk's, when it is reconnecting at this very moment
        log.info("the connection was being renewed while it was closed")


def _wake(client: Client) -> None:
    """End the reader's wait for Slack, else closing waits for it, three seconds at most."""
    connection = getattr(client.current_session, "sock", None)
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
