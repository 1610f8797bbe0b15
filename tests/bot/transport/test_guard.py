"""Requests are checked before anything parses them."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.transport.guard import Refused, check_body, check_signature

NOW = 1_700_000_000
JSON = "application/json"


def signed(body, timestamp=str(NOW), secret="s3cret"):
    text = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": f"v0={digest}"}


def test_slacks_own_example_of_a_signature_is_accepted():
    # From Slack's page on verifying requests.
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        b"&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
        b"%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = {
        "x-slack-request-timestamp": "1531420618",
        "x-slack-signature": (
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
        ),
    }

    check_signature("8f742231b10e8888abcd99yyyzzz85a5", headers, body, now=1531420618)


@pytest.mark.parametrize("age", [-301, 301])
def test_a_signature_from_another_time_is_refused(age):
    with pytest.raises(Refused) as refusal:
        check_signature("s3cret", signed(b"{}"), b"{}", now=NOW + age)

    assert 401 == refusal.value.status


@pytest.mark.parametrize("given", [(b"{} ", "s3cret"), (b"{}", "s3creT"), (b"{}", "")])
def test_another_body_or_another_secret_has_another_signature(given):
    body, secret = given

    with pytest.raises(Refused) as refusal:
        check_signature(secret, signed(b"{}"), body, now=NOW)

    assert 401 == refusal.value.status


def test_signatures_are_compared_in_constant_time(monkeypatch):
    compared = []
    honest = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda *two: compared.append(two) or honest(*two))
    headers = signed(b"{}")

    check_signature("s3cret", headers, b"{}", now=NOW)

    assert [(headers["x-slack-signature"],) * 2] == compared


@settings(deadline=None)
@given(st.text(), st.text())
def test_no_header_is_a_signature_by_chance_or_breaks_the_check(timestamp, signature):
    headers = {"x-slack-request-timestamp": timestamp, "x-slack-signature": signature}

    with pytest.raises(Refused):
        check_signature("s3cret", headers, b"{}", now=NOW)


@settings(deadline=None)
@given(st.binary(), st.sampled_from((JSON, "application/x-www-form-urlencoded", "", "a/b")))
def test_any_body_is_decoded_or_refused(body, content_type):
    try:
        decoded = check_body(content_type, body).encode()
    except Refused as refusal:
        outcome = refusal.status
    else:
        outcome = decoded

    assert outcome in (body, 400)


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"event": 1}',
        b'{"event": {}, "authorizations": {}}',
        b"payload=%5B%5D",
        b"payload=1",
        b"payload=%7B%22channel%22%3A%22C1%22%7D",
        b"payload=%7B%22actions%22%3A%7B%7D%7D",
        b"payload=%7B%22team_id%22%3A%22T9%22%7D",
        b"payload=%7B%22authorizations%22%3A%5B%5D%7D",
        b"text=x",
        b"\xff",
        b"&".join(b"a=1" for _ in range(101)) + b"&command=x",
    ],
)
def test_what_bolt_would_stumble_over_is_refused(body):
    with pytest.raises(Refused) as refusal:
        check_body("application/x-www-form-urlencoded", body)

    assert 400 == refusal.value.status


@pytest.mark.parametrize(
    "body", [b"command=%2Fsaid&text=x", b'{"type": "event_callback"}', b"payload=%7B%7D"]
)
def test_what_slack_sends_passes(body):
    content_type = JSON if body.startswith(b"{") else "application/x-www-form-urlencoded"

    assert body.decode() == check_body(content_type, body)
