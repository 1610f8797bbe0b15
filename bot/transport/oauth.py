"""
Installing the app in a workspace: Slack's OAuth, in two requests of a browser.

The state that travels through Slack is sealed and dated, so nothing is written for who only
looks; it also stands in a cookie, or a stranger could end an installation that another began.
A used one is claimed by what it holds: base64 lets one value be spelt in many ways. Pages say
nothing that a request brought.
"""

from __future__ import annotations

import hmac
import logging
import re
import secrets
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.manifest import REDIRECT_PATH, scopes
from bot.settings import BotSettings, secret
from bot.slack.client import BROKEN
from bot.state.idempotency import Claims
from bot.state.installations import Installation, Installations
from bot.transport.public import FewAtATime
from index.errors import OnRecordError

INSTALL_PATH = "/slack/install"
STATE_TIME = 600  # seconds from the first request to the last; claims are kept for longer
COOKIE = "onrecord-install"

_MARK = b"install:"  # a sealed token of a workspace is no state
_WORD = re.compile(r"[a-z_]{1,40}")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>onrecord</title></head>'
    "<body><h1>{title}</h1><p>{text}</p></body></html>"
)
_AGAIN = "Nothing was changed. Start again at this address with /slack/install at its end."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Installer:
    """What the two requests work with."""

    settings: BotSettings
    client: WebClient
    installations: Installations
    claims: Claims

    def routes(self) -> list[Route]:
        """Make the two routes."""
        return [
            Route(INSTALL_PATH, FewAtATime(self.begin).answer, methods=["GET"]),
            Route(REDIRECT_PATH, FewAtATime(self.finish).answer, methods=["GET"]),
        ]

    def begin(self, request: Request) -> Response:
        """Send the browser to Slack's page that asks for the scopes."""
        state = self.installations.keys.seal(_MARK + secrets.token_bytes(16)).decode()
        address = AuthorizeUrlGenerator(
            client_id=self.settings.slack_client_id or "",
            scopes=scopes(unfurl=bool(self.settings.unfurl_domains)),
            authorization_url=urljoin(self.settings.slack_api_url, "/oauth/v2/authorize"),
        ).generate(state)
        answer = RedirectResponse(address, status_code=302, headers=_HEADERS)
        answer.set_cookie(
            COOKIE, state, max_age=STATE_TIME, secure=True, httponly=True, samesite="lax"
        )
        return answer

    def finish(self, request: Request) -> Response:
        """Take what Slack sent the browser back with, and keep the workspace's token."""
        fault = request.query_params.get("error")
        if fault is not None:
            word = fault if _WORD.fullmatch(fault) else "an unknown reason"
            return _page(400, "onrecord was not installed", f"Slack says: {word}. {_AGAIN}")
        state = request.query_params.get("state", "")
        code = request.query_params.get("code", "")
        same = hmac.compare_digest(state.encode(), request.cookies.get(COOKIE, "").encode())
        if not (code and same and self._is_first_use(state)):
            return _page(
                400, "This installation cannot be finished", f"It is used or too old. {_AGAIN}"
            )
        try:
            found = self._exchange(code)
            self.installations.keep(found)
        except SlackApiError as exc:
            log.warning("an installation failed: Slack answers %s", exc.response.get("error"))
            return _page(400, "onrecord was not installed", f"Slack refused it. {_AGAIN}")
        except (OnRecordError, *BROKEN) as exc:
            log.error("an installation failed: %s", exc)
            return _page(502, "onrecord was not installed", f"It could not be finished. {_AGAIN}")
        log.info("installed in team %s", found.team)
        name = escape(found.name) or "your workspace"
        return _page(
            200,
            "onrecord is installed",
            f"Invite @onrecord to a channel of {name} and mention it, or send it a message.",
        )

    def _is_first_use(self, state: str) -> bool:
        """Claim a state; False for one that is forged, too old or used."""
        nonce = self.installations.keys.unseal(state.encode(), ttl=STATE_TIME)
        if nonce is None or not nonce.startswith(_MARK):
            return False
        return self.claims.claim(f"oauth:{nonce.hex()}")

    def _exchange(self, code: str) -> Installation:
        """Exchange the code for a token, and ask whose it is."""
        granted = self.client.oauth_v2_access(
            client_id=self.settings.slack_client_id or "",
            client_secret=secret(self.settings.slack_client_secret),
            code=code,
        )
        token = str(granted.get("access_token") or "")
        bot = self.client.auth_test(token=token)
        team, enterprise = granted.get("team") or {}, granted.get("enterprise") or {}
        return Installation(
            team=str(team.get("id") or enterprise.get("id") or ""),
            token=token,
            name=str(team.get("name") or enterprise.get("name") or ""),
            enterprise=str(enterprise.get("id") or ""),
            bot_user=str(granted.get("bot_user_id") or ""),
            bot=str(bot.get("bot_id") or ""),
            scopes=tuple(str(granted.get("scope") or "").split(",")),
        )


def _page(status: int, title: str, text: str) -> Response:
    """Make one plain page; *text* is escaped already."""
    return HTMLResponse(_PAGE.format(title=title, text=text), status, _HEADERS)
