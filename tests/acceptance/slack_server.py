"""
Slack, as far as the bot meets it: the Web API, response URLs, and Socket Mode.

A real server on loopback. It records every call that it takes; `refuse` makes the next ones of
a method fail. What readers would see is in `replies`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections import defaultdict
from email.utils import formatdate
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute

from bot.manifest import scopes
from tests.bot.messages.slack_limits import broken_limits

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BOT = {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T1", "team": "Services", "url": "/"}
VISIBLE = ("chat.postMessage", "chat.postEphemeral", "response_url")


class SlackServer:
    """
    Workspaces with the bot U0BOT in them: T1, and for a token xoxb-T… the team of that name.

    `scopes` and `date` go with every answer; `zone` is where its people live, `members` who is in
    every channel; `granted` is what the code of an installation buys; `bots` are those that run
    on it.
    """

    def __init__(self):
        self.calls = []
        self.tokens = []
        self.scopes = ",".join(scopes())
        self.date = None
        self.zone = "America/New_York"
        self.members = ["U0BOT", "U1", "U2"]
        self.added = ["T1"]  # the workspaces of an organisation that have the app
        self.granted = {}
        self.times = []
        self.acknowledged = []
        self.sockets = 0
        self.bots = []
        self._failures = defaultdict(list)
        self._outbox = []
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        routes = [
            Route("/api/{method}", self._api, methods=["GET", "POST"]),
            Route("/respond/{id}", self._respond, methods=["POST"]),
            WebSocketRoute("/link", self._link),
        ]
        self._server, self.port = start(Starlette(routes=routes))
        self.url = f"http://127.0.0.1:{self.port}/api/"

    def close(self):
        stop(self._server)

    def refuse(self, method, *answers):
        """
        Let the next calls of *method* end in *answers*.

        A response comes as if nothing had been taken. "before", "during" and "after" cut the
        connection: before Slack has taken the call, in its answer to it, and before that answer.
        """
        self._failures[method].extend(answers)

    def refusals(self, method):
        """How many of the calls that `refuse` named are still to come."""
        return len(self._failures[method])

    @property
    def replies(self):
        return [(method, sent) for method, sent in self.calls if method in VISIBLE]

    @property
    def views(self):
        return [sent["view"] for method, sent in self.calls if method.startswith("views.")]

    def wait(self, done, seconds=60.0):
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, f"not within {seconds} s: {self.calls}"
            with self._changed:
                self._changed.wait(0.01)

    def settled(self, count):
        """The replies, once there are *count* and no bot has work left that could end in one."""
        self.wait(lambda: len(self.replies) >= count)
        self.wait(lambda: all(bot.idle for bot in self.bots))
        return self.replies

    async def _api(self, request):
        method = request.path_params["method"]
        raw = (await request.body()).decode() or str(request.query_params)
        sent = json.loads(raw) if raw.startswith("{") else dict(parse_qsl(raw))
        return self._note(method, sent, request)

    async def _respond(self, request):
        sent = json.loads(await request.body())
        return self._note("response_url", {**sent, "to": request.path_params["id"]}, request)

    def _note(self, method, sent, request):
        with self._changed:
            failure = self._failures[method].pop(0) if self._failures[method] else None
            self._changed.notify_all()
            if failure is not None and failure not in ("during", "after"):
                return _hang_up(request) if failure == "before" else failure
            ts = f"{next(self._numbers)}.0"
            self.calls.append((method, sent))
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            self.tokens.append((method, token))
            self.times.append((time.monotonic(), method, sent))
        if failure == "after":
            return _hang_up(request)
        answer = {"ok": True, "ts": ts, **self._answer(method, sent, token)}
        date = self.date or formatdate(usegmt=True)
        headers = {"X-OAuth-Scopes": self.scopes, "Date": date}
        return _half(answer) if failure == "during" else JSONResponse(answer, headers=headers)

    def _answer(self, method, sent, token):
        """What *method* answers beside "ok"."""
        if method == "auth.test":
            team = token.partition("-")[2]
            return {**BOT, "team_id": team} if team.startswith("T") else BOT
        if method == "oauth.v2.access":
            return self.granted.pop(sent["code"], {"ok": False, "error": "invalid_code"})
        if method == "blocks.validate":
            return _judged(sent)
        if method == "conversations.info":
            return {"channel": {"id": sent["channel"], "is_ext_shared": False}}
        if method == "auth.teams.list":
            return {"teams": [{"id": team, "name": f"Desk {team}"} for team in self.added]}
        if method == "conversations.members":
            return {"members": self.members}
        if method == "users.info":
            return {"user": {"tz": self.zone, "locale": "en-US"}}
        if method == "apps.connections.open":
            return {"url": f"ws://127.0.0.1:{self.port}/link"}
        if method in ("conversations.replies", "conversations.history"):
            return {"messages": [{"ts": sent.get("ts"), "user": "U1"}, *self._shown(sent)]}
        return {}

    def _shown(self, where):
        """The bot's posts that stand in a channel, or a thread of it."""
        return [
            {"bot_id": "B0BOT", "text": sent["text"], "metadata": sent.get("metadata")}
            for method, sent in self.calls
            if method == "chat.postMessage"
            and sent["channel"] == where["channel"]
            and sent.get("thread_ts") == where.get("ts")
        ]

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
                if envelope["type"] == "disconnect":
                    return await websocket.close()
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

    def hang_up_on_socket(self):
        """Ask for a new connection, as Slack does every few hours."""
        with self._changed:
            self._outbox.append({"type": "disconnect", "reason": "refresh_requested"})
            self._changed.notify_all()

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


def _judged(sent):
    """What is wrong with the blocks of a message or a view, as Slack says it."""
    ((kind, payload),) = (
        (name, json.loads(sent[name])) for name in ("message", "view") if name in sent
    )
    faults = broken_limits(payload["blocks"], payload.get("type", "message"))
    errors = [
        {"pointer": "/blocks", "code": "failed_constraint", "message": line} for line in faults
    ]
    return {"ok": False, "error": f"invalid_{kind}", "errors": errors} if faults else {}


def _hang_up(request):
    """Cut the connection without a byte."""
    request.receive.__self__.transport.abort()
    return Response()


def _half(answer):
    """The first half of an answer; the connection ends there."""
    whole = json.dumps(answer).encode()

    def halves():
        yield whole[: len(whole) // 2]
        raise ConnectionError("cut here on purpose")

    return StreamingResponse(halves(), headers={"Content-Length": str(len(whole))})


class _Server(uvicorn.Server):
    """Ends when it is told to: uvicorn's own looks every 0.1 s, and waits as long once more."""

    async def startup(self, sockets=None):
        self.told = asyncio.Event()
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)

    async def main_loop(self):
        await self.told.wait()

    async def shutdown(self, sockets=None):
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)


def start(web):
    """Run *web* on a free port of loopback; returns the server and the port."""
    config = uvicorn.Config(
        web,
        host="127.0.0.1",
        port=0,
        log_config=None,
        lifespan="off",
        ws="websockets-sansio",
        date_header=False,
    )
    server = _Server(config)
    server.thread = threading.Thread(target=server.run)
    server.thread.start()
    while not server.started:
        assert server.thread.is_alive()
        time.sleep(0.01)
    return server, server.servers[0].sockets[0].getsockname()[1]


def stop(server):
    server.loop.call_soon_threadsafe(server.told.set)
    server.thread.join()
