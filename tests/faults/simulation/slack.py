"""
What the workspaces show, and how their API and the way to it answer.

A call can fail before Slack takes it or after; the caller sees the same. What is posted is listed
a few seconds late at times, and some workspaces do not let the app read its channels at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http.client import IncompleteRead
from typing import Any, ClassVar
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookResponse

from bot.manifest import CALLS
from bot.types import Post
from tests.faults.simulation.world import Killed, World

TEAMS = ("T1", "T2")
LATE = 5.0  # seconds after which whatever is posted is listed


@dataclass(frozen=True)
class Visible:
    """What readers see: where, since when, in answer to which question."""

    team: str
    question: str
    method: str
    sent: dict[str, Any]
    at: float
    ts: str
    gone: tuple[str, ...]  # sentences in it that no article said when it was sent

    @property
    def is_private(self) -> bool:
        return self.method != "chat_postMessage"


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
    ("before", partial(refusal, 200, "not_in_channel")),
    *((when, partial(ConnectionResetError, "cut")) for when in ("before", "after")),
    *((when, partial(TimeoutError, "no answer")) for when in ("before", "after")),
    ("after", partial(IncompleteRead, b"{")),
    ("after", partial(refusal, 200, "fatal_error")),
    *((when, partial(refusal, 503, "service_unavailable")) for when in ("before", "after")),
    *((when, partial(Killed, "in a call")) for when in ("before", "after")),
)


@dataclass
class Slack:
    """The workspaces. *meanwhile* lets others act while a process waits for an answer."""

    world: World
    said: Callable[[str], bool]
    quoted: Callable[[dict[str, Any]], list[str]]
    meanwhile: Callable[[], None]
    shown: list[Visible] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # questions with a post that Slack refused
    at_work: list[Any] = field(default_factory=list)  # the processes that wait for an answer
    unknown: set[str] = field(default_factory=set)  # what the bot asked of a client in vain

    def __post_init__(self) -> None:
        # Where the app may not read: Slack says so, or it lists nothing.
        blind = [team for team in TEAMS if self.world.happens(0.1)]
        self.blind = {team: self.world.happens(0.5) for team in blind}

    def call(self, client: Client, method: str, **sent: Any) -> dict[str, Any]:
        """Take a call, or fail before it or after it."""
        world, question = self.world, client.question
        gone = tuple(text for text in self.quoted(sent) if not self.said(text))
        if world.happens(0.2):
            self.meanwhile()
        when, make = world.chance.choice(FAULTS) if world.happens(0.25) else ("", None)
        fault = make() if make else None
        world.note(client.team, question, method, when, repr(fault)[:60])
        if fault is not None and when == "before":
            if "not_in_channel" in str(fault):
                self.refused.add(question)
            raise fault
        answer = self._answer(client, method, sent, gone)
        if fault is not None:
            raise fault
        return answer

    def can_look(self, team: str, post: Post) -> bool:
        """Return whether Slack lets the bot look whether *post* is shown."""
        place = post.place
        to_one = post.alone or place.response_url is not None or place.channel.startswith("U")
        return not to_one and team not in self.blind

    def _answer(
        self, client: Client, method: str, sent: dict[str, Any], gone: tuple[str, ...]
    ) -> dict[str, Any]:
        now, channel = self.world.now, str(sent.get("channel"))
        if method != "chat_postMessage" and channel.startswith("U"):
            raise refusal(200, "channel_not_found")  # only a post opens the conversation
        if method in ("chat_postMessage", "chat_postEphemeral", "response_url"):
            ts = f"{now + len(self.shown) * 1e-6:.6f}"
            self.shown.append(Visible(client.team, client.question, method, sent, now, ts, gone))
            return {"ok": True, "ts": ts}
        if method in ("conversations_replies", "conversations_history"):
            return self._listed(client.team, sent)
        return {"ok": True}

    def _listed(self, team: str, asked: dict[str, Any]) -> dict[str, Any]:
        """List the posts of a thread that Slack shows by now."""
        if team in self.blind:
            if self.blind[team]:
                raise refusal(200, "missing_scope")
            return {"ok": True, "messages": []}
        until = self.world.now
        if self.world.happens(0.3):
            until -= self.world.chance.uniform(0, LATE)
        thread = (asked["channel"], asked.get("ts"))
        posts = [
            {"bot_id": "B", "ts": post.ts, "text": post.sent["text"],
             "metadata": post.sent.get("metadata")}
            for post in self.shown
            if (post.team, post.method) == (team, "chat_postMessage")
            and (post.sent["channel"], post.sent["thread_ts"]) == thread
            and float(asked["oldest"]) <= post.at <= until
        ]  # fmt: skip
        return {"ok": True, "messages": [{"ts": asked.get("ts")}, *posts]}


@dataclass(frozen=True)
class Client:
    """The client that works on one question, with the token of one workspace."""

    slack: Slack
    team: str
    question: str
    base_url: ClassVar[str] = "https://slack.com/api/"

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if method not in CALLS:
            self.slack.unknown.add(method)
            raise AttributeError(method)
        return partial(self.slack.call, self, method)


@dataclass(frozen=True)
class Webhook:
    """What sends to the response URL of a command; stands for slack_sdk's client."""

    client: Client

    @classmethod
    def at(cls, slack: Slack, url: str, **_: Any) -> Webhook:
        """Make it as slack_sdk's is made."""
        team, question = url.split("/")[-2:]
        return cls(Client(slack, team, question))

    def send(self, **sent: Any) -> WebhookResponse:
        """Send, and tell Slack's answer as that client does."""
        try:
            self.client.slack.call(self.client, "response_url", **sent)
        except SlackApiError as exc:
            refused = exc.response
            return WebhookResponse(
                url="", status_code=max(refused.status_code, 400), body=refused["error"],
                headers=refused.headers,
            )  # fmt: skip
        return WebhookResponse(url="", status_code=200, body="ok", headers={})
