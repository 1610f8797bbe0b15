"""
The Socket Mode transport.

The connection of slack_sdk notices a silent loss only after four missed pings, so it pings
every two seconds. Its `close` waits for nothing: what is being acknowledged would be cut off,
and Slack would deliver it again. `drain` therefore closes in an order of its own.
"""

from __future__ import annotations

import logging

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.settings import BotSettings, refuse_plain, secret
from index.errors import SettingsError

PING = 2.0  # seconds

log = logging.getLogger(__name__)


class Client(SocketModeClient):
    """Connects, and reconnects, only where nobody can listen in."""

    def issue_new_wss_url(self) -> str:
        """Fetch the address of the next connection; ValueError for an unencrypted one."""
        address = super().issue_new_wss_url()
        refuse_plain(address)
        return address


class Handler(SocketModeHandler):
    """Bolt's handler, on our client."""

    def __init__(self, app: App, app_token: str) -> None:
        self.app = app
        self.app_token = app_token
        self.client = Client(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            ping_interval=PING,
            concurrency=10,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]


def connect(app: App, settings: BotSettings) -> Handler:
    """
    Open the connection over which Slack sends events.

    Raises:
        SettingsError: if Slack refuses the app-level token or cannot be reached.
    """
    handler = Handler(app, secret(settings.slack_app_token))
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


def drain(handler: Handler) -> None:
    """Take nothing new, let what is being acknowledged finish, then close the connection."""
    client = handler.client
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    client.closed = True
    client.message_processor.shutdown()  # type: ignore[no-untyped-call]
    client.message_workers.shutdown(wait=True)
    try:
        client.close()
    except AttributeError:  # slack_sdk's, when it is reconnecting at this very moment
        log.info("the connection was being renewed while it was closed")
