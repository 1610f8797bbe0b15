"""
What a request must be before Bolt parses it.

Bolt reads the body before it checks the signature: a forged request of 100,000 brackets ends
in a RecursionError, a timestamp "abc" in a 500. Here the order is timestamp, size, signature,
and only then the body. Whatever fails gets a status and no word of explanation.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from urllib.parse import parse_qs

MAX_BODY = 1_000_000  # bytes; Slack's largest are some ten thousand
MAX_AGE = 300  # seconds

# What a payload's parts are, where it has them.
_SHAPES = {
    **dict.fromkeys(("event", "channel", "user", "team", "view", "message", "container"), dict),
    **dict.fromkeys(("authorizations", "actions"), list),
}
_JSON = "application/json"
_DIGITS = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Refused(Exception):  # noqa: N818
    """The request is refused; ``status`` is what its sender gets, ``reason`` is for the log."""

    def __init__(self, status: int, reason: str = "it is not what Slack sends") -> None:
        super().__init__(f"refused with {status}: {reason}")
        self.status = status
        self.reason = reason


class WrongSignature(Refused):
    """The request has a fresh signature, made with another secret."""

    def __init__(self) -> None:
        super().__init__(401, "its signature was made with another secret")


def check_head(headers: Mapping[str, str], now: float | None = None) -> None:
    """
    Check what a request's head alone says, before any of its body is waited for.

    Args:
        headers: of the request, names in lower case.
        now: a Unix time; the clock's if None.

    Raises:
        Refused: with 401 if it is not signed, or was at another time; with 411 if it comes in
            chunks, for Slack sends a length.
    """
    timestamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    if not (_DIGITS.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
        raise Refused(401, "it is not signed")
    if abs((time.time() if now is None else now) - int(timestamp)) > MAX_AGE:
        raise Refused(401, "it was signed more than five minutes ago, or this clock is wrong")
    if "transfer-encoding" in headers:
        raise Refused(411, "it comes in chunks")


def check_signature(
    secret: str, headers: Mapping[str, str], body: bytes, now: float | None = None
) -> None:
    """
    Check that Slack has signed a request within the last five minutes.

    Args:
        secret: the app's signing secret.
        headers: of the request, names in lower case.
        body: as it was received.
        now: a Unix time; the clock's if None.

    Raises:
        Refused: with 401 if it has not.
        WrongSignature: if it was signed with another secret.
    """
    check_head(headers, now)
    timestamp, signature = headers["x-slack-request-timestamp"], headers["x-slack-signature"]
    signed = b"v0:" + timestamp.encode() + b":" + body
    wanted = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted, signature):
        raise WrongSignature


def check_body(content_type: str, body: bytes) -> str:
    """
    Decode a body that Bolt can parse.

    Raises:
        Refused: with 400 for what is not UTF-8, and not an object in JSON or a form.
    """
    try:
        text = body.decode("utf-8")
        # As Bolt does: what looks like JSON is read as JSON, whatever its type says.
        if _JSON in content_type.casefold() or text.lstrip().startswith(("{", "[")):
            _check_payload(json.loads(text))
        else:
            form = parse_qs(text, max_num_fields=100)
            if not ("payload" in form or "command" in form or "ssl_check" in form):
                raise Refused(400)
            if "payload" in form:
                _check_interaction(json.loads(form["payload"][-1]))
    except (ValueError, RecursionError) as exc:
        raise Refused(400) from exc
    return text


def _check_interaction(payload: object) -> None:
    """
    Raise Refused(400) for an interaction of another shape, or with a second team.

    Slack names its team in ``team``; Bolt would believe another place more.
    """
    _check_payload(payload)
    if isinstance(payload, dict) and {"authorizations", "team_id"} & payload.keys():
        raise Refused(400)


def _check_payload(payload: object) -> None:
    """Raise Refused(400) for a payload whose shape Bolt would stumble over."""
    if not isinstance(payload, dict):
        raise Refused(400)
    for name, kind in _SHAPES.items():
        if payload.get(name) is not None and not isinstance(payload[name], kind):
            raise Refused(400)
