"""
Slack, as far as the bot meets it: the Web API, response URLs, signed events, Socket Mode.

A real server on loopback. It records every call that it takes; `refuse` makes the next ones of
a method fail. What readers would see is in `replies`.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import defaultdict
from itertools import groupby
from urllib.parse import parse_qsl, urlencode

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BOT = {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T1", "team": "Desk", "url": "/"}
VISIBLE = ("chat.postMessage", "chat.postEphemeral", "response_url")


class SlackServer:
    """One workspace, T1, with the bot U0BOT in it."""

    def __init__(self):
        self.calls = []
        self.acknowledged = []
        self.sockets = 0
        self._failures = defaultdict(list)
        self._outbox = []
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        routes = [
            Route("/api/{method}", self._api, methods=["POST"]),
            Route("/respond/{id}", self._respond, methods=["POST"]),
            WebSocketRoute("/link", self._link),
        ]
        self._server, self.port = start(Starlette(routes=routes))
        self.url = f"http://127.0.0.1:{self.port}/api/"

    def close(self):
        stop(self._server)

    def refuse(self, method, *answers):
        """Let the next calls of *method* end in *answers*, as if nothing had been taken."""
        self._failures[method].extend(answers)

    @property
    def replies(self):
        return [(method, sent) for method, sent in self.calls if method in VISIBLE]

    def wait(self, done, seconds=15.0):
        with self._changed:
            assert self._changed.wait_for(done, seconds), f"not within {seconds} s: {self.calls}"

    def settled(self, count, pause=0.4):
        """The replies, once there are *count* and no more have come for a while."""
        self.wait(lambda: len(self.replies) >= count)
        time.sleep(pause)
        return self.replies

    async def _api(self, request):
        method = request.path_params["method"]
        raw = (await request.body()).decode()
        sent = json.loads(raw) if raw.startswith("{") else dict(parse_qsl(raw))
        return self._note(method, sent)

    async def _respond(self, request):
        sent = json.loads(await request.body())
        return self._note("response_url", {**sent, "to": request.path_params["id"]})

    def _note(self, method, sent):
        with self._changed:
            if self._failures[method]:
                return self._failures[method].pop(0)
            self.calls.append((method, sent))
            self._changed.notify_all()
        extra = {}
        if method == "auth.test":
            extra = BOT
        elif method == "apps.connections.open":
            extra = {"url": f"ws://127.0.0.1:{self.port}/link"}
        return JSONResponse({"ok": True, "ts": f"{next(self._numbers)}.0", **extra})

    async def _link(self, websocket):
        await websocket.accept()
        with self._changed:
            self.sockets += 1
            self._changed.notify_all()
        try:
            while True:
                envelope = await run_in_threadpool(self._next_envelope)
                if envelope is None:
                    return await websocket.close()
                await websocket.send_text(json.dumps(envelope))
                answer = json.loads(await websocket.receive_text())
                with self._changed:
                    self.acknowledged.append(answer["envelope_id"])
                    self._changed.notify_all()
        except Exception:  # the bot hung up
            return None

    def _next_envelope(self):
        with self._changed:
            self._changed.wait_for(lambda: self._outbox, 5.0)
            return self._outbox.pop(0) if self._outbox else None

    def push(self, kind, payload):
        """Send *payload* over Socket Mode and wait for the acknowledgement."""
        with self._changed:
            envelope = f"e{next(self._numbers)}"
            accepts = {"accepts_response_payload": kind == "slash_commands"}
            self._outbox.append(
                {"type": kind, "envelope_id": envelope, "payload": payload, **accepts}
            )
            self._changed.notify_all()
        self.wait(lambda: envelope in self.acknowledged)


def start(web):
    """Run *web* on a free port of loopback; returns the server and the port."""
    config = uvicorn.Config(
        web, host="127.0.0.1", port=0, log_config=None, lifespan="off", ws="websockets-sansio"
    )
    server = uvicorn.Server(config)
    server.thread = threading.Thread(target=server.run)
    server.thread.start()
    while not server.started:
        assert server.thread.is_alive()
        time.sleep(0.01)
    return server, server.servers[0].sockets[0].getsockname()[1]


def stop(server):
    server.should_exit = server.force_exit = True
    server.thread.join()


def sign(body, timestamp=None, secret=SECRET):
    """The headers that Slack would send with *body*."""
    timestamp = str(int(time.time())) if timestamp is None else timestamp
    signed = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


class HttpSender:
    """Slack's side of the HTTP transport."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"

    def event(self, payload):
        return self.post(json.dumps(payload).encode(), "application/json")

    def command(self, form):
        return self.post(urlencode(form).encode(), "application/x-www-form-urlencoded")

    def post(self, body, content_type, headers=None):
        signed = sign(body) if headers is None else headers
        return httpx.post(
            f"{self.address}/slack/events",
            content=body,
            headers={"Content-Type": content_type, **signed},
            timeout=20,
        )


class SocketSender:
    """Slack's side of Socket Mode."""

    def __init__(self, slack):
        self.slack = slack
        slack.wait(lambda: slack.sockets > 0)

    def event(self, payload):
        self.slack.push("events_api", payload)

    def command(self, form):
        self.slack.push("slash_commands", form)


_ids = itertools.count(1)


def mention(text, *, ts=None, thread=None, event_id=None, user="U1", **more):
    """An app_mention event as Slack delivers it."""
    number = next(_ids)
    event = {
        "type": "app_mention",
        "user": user,
        "text": text,
        "channel": "C1",
        "ts": ts or f"1700000000.{number:06}",
        **more,
    }
    if thread:
        event["thread_ts"] = thread
    return _delivery(event, event_id or f"Ev{number:08}")


def direct(text, *, ts=None, thread=None, event_id=None, user="U1", **more):
    """A direct message as Slack delivers it."""
    payload = mention(text, ts=ts, thread=thread, event_id=event_id, user=user, **more)
    payload["event"].update({"type": "message", "channel_type": "im", "channel": "D1"})
    return payload


def _delivery(event, event_id):
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": event_id,
        "event_time": 1700000000,
        "event": event,
        "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}],
    }


def command(slack, name, text, trigger=None):
    """A slash command as Slack delivers it."""
    number = next(_ids)
    return {
        "command": name,
        "text": text,
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": "U1",
        "trigger_id": trigger or f"t{number}",
        "response_url": f"http://127.0.0.1:{slack.port}/respond/{number}",
    }


def quoted(sent):
    """The sentences that stand in block quotes, read back from a posted message."""
    return [sentence for bar in quote_bars(sent["blocks"]) for sentence in bar]


def quote_bars(blocks):
    """The sentences of each block quote; an element that is one blank parts two of them."""
    bars = [
        [part["text"] for part in element["elements"]]
        for block in blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
    ]
    return [
        ["".join(run) for blank, run in groupby(bar, lambda text: text == " ") if not blank]
        for bar in bars
    ]


def wording(sent):
    """Every text of a posted message, joined."""
    found = []

    def walk(node):
        if isinstance(node, dict):
            found.extend(
                v for k, v in node.items() if k in ("text", "fallback") and isinstance(v, str)
            )
            node = list(node.values())
        if isinstance(node, list):
            for item in node:
                walk(item)

    walk(sent["blocks"])
    return " ".join(found)
