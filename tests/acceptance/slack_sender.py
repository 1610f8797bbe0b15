"""What Slack sends: signed requests, or envelopes over Socket Mode."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from functools import partial
from urllib.parse import urlencode

import httpx

from tests.acceptance.slack_server import SECRET


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
        # Without certificates: loading them takes longer than the request.
        self.send = partial(httpx.post, timeout=20, verify=False)

    def event(self, payload):
        return self.post(json.dumps(payload).encode(), "application/json")

    def command(self, form):
        return self.post(urlencode(form).encode(), "application/x-www-form-urlencoded")

    def post(self, body, content_type, headers=None):
        signed = sign(body) if headers is None else headers
        headers = {"Content-Type": content_type, **signed}
        return self.send(f"{self.address}/slack/events", content=body, headers=headers)


class SocketSender:
    """Slack's side of Socket Mode."""

    def __init__(self, slack):
        self.slack = slack
        slack.wait(lambda: slack.sockets > 0)

    def event(self, payload):
        self.slack.push("events_api", payload)

    def command(self, form):
        self.slack.push("slash_commands", form)
