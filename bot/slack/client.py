"""
The Slack clients the bot makes, and what they may repeat.

slack_sdk repeats a request whose connection broke, also a post that Slack already has: readers
see the answer twice. So its retry handlers are replaced: only a request that changes nothing is
repeated by itself. `bot.slack.send` decides about posts.
"""

from __future__ import annotations

import functools
import http.client
import logging
import ssl

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryState

from bot.settings import BotSettings, secret
from bot.state.teams import OneTeam
from index.errors import SettingsError

TIMEOUT = 15  # seconds
BROKEN = (OSError, http.client.HTTPException, ValueError)  # ValueError: an answer cut short
READS = ("auth.test", "apps.connections.open")

log = logging.getLogger(__name__)


class ReadsOnly(RateLimitErrorRetryHandler):
    """Waits as long as Slack asks, and repeats, but only what posts nothing."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        reads = request.url.split("?")[0].rsplit("/", 1)[-1] in READS
        return reads and response is not None and response.status_code == 429


def web_client(settings: BotSettings) -> WebClient:
    """Make the client of the Web API that the settings name."""
    return WebClient(
        token=secret(settings.slack_bot_token),
        base_url=settings.slack_api_url,
        timeout=TIMEOUT,
        ssl=_certificates() if settings.slack_api_url.startswith("https:") else None,
        retry_handlers=[ReadsOnly(max_retry_count=2)],
        logger=_silent(),
    )


def _silent() -> logging.Logger:
    """Make slack_sdk's logger: it logs failures that it also raises, and the caller words them."""
    logger = logging.getLogger("bot.slack_sdk")
    logger.setLevel(logging.CRITICAL)
    return logger


def new_token(fault: str) -> str:
    """Say how to get a bot token instead of one that Slack refuses with *fault*."""
    if fault in ("token_revoked", "token_expired", "account_inactive"):
        return "reinstall the app (Install App) and copy the new Bot User OAuth Token"
    return "copy the Bot User OAuth Token from OAuth & Permissions again"


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Load the certificates once: slack_sdk does it again for every request, some 20 ms."""
    return ssl.create_default_context()


def one_team(client: WebClient, url: str) -> OneTeam:
    """
    Ask Slack whose token the client has, and take that workspace for the only one.

    Raises:
        SettingsError: if Slack refuses the token or cannot be reached.
    """
    try:
        found = client.auth_test()
    except SlackApiError as exc:
        fault = exc.response.get("error", "unknown error")
        if exc.response.status_code >= 500:
            raise SettingsError(f"Slack at {url} answers {fault!r}; try again later") from exc
        raise SettingsError(f"Slack refuses SLACK_BOT_TOKEN ({fault}); {new_token(fault)}") from exc
    except BROKEN as exc:
        raise SettingsError(
            f"cannot reach Slack at {url} ({exc}); check the network and SLACK_API_URL"
        ) from exc
    return OneTeam(
        AuthorizeResult(
            enterprise_id=found.get("enterprise_id"),
            team_id=found.get("team_id"),
            team=found.get("team"),
            url=found.get("url"),
            bot_user_id=found.get("user_id"),
            bot_id=found.get("bot_id"),
            bot_token=client.token,
        )
    )
