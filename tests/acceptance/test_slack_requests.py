"""HTTP requests to the bot: forged, malformed, and the ones that are not questions."""

from __future__ import annotations

import json
import re
import socket
from functools import partial

import httpx
import pytest

from tests.acceptance.slack_clicks import home_click, interact, shortcut, submission
from tests.acceptance.slack_payloads import command, mention
from tests.acceptance.slack_sender import sign

pytestmark = pytest.mark.server

DEEP = b"[" * 100_000
JSON = "application/json"


def unsigned(body):
    return {}


@pytest.mark.parametrize(
    ("body", "signed", "status"),
    [
        (b"{}", unsigned, 401),
        (b"{}", partial(sign, secret="another"), 401),
        (b"{}", partial(sign, timestamp="abc"), 401),
        (b"{}", partial(sign, timestamp="1500000000"), 401),
        (b"{}", lambda body: {**sign(body), "X-Slack-Signature": b"v0=\xe9"}, 401),
        (DEEP, unsigned, 401),
        (DEEP, partial(sign, secret="another"), 401),
        (DEEP, sign, 400),
        (b"\xff\xfe", sign, 400),
        (b"[]", sign, 400),
        (b"null", sign, 400),
        (b'{"event": 1}', sign, 400),
        (b"", sign, 400),
        (b"x" * 50_000_000, unsigned, 401),
        (b"x" * 50_000_000, sign, 413),
    ],
    ids=[
        "unsigned",
        "forged",
        "abc",
        "old",
        "non-ascii",
        "deep-unsigned",
        "deep-forged",
        "deep",
        "not-utf8",
        "list",
        "null",
        "odd-event",
        "empty",
        "50-MB-unsigned",
        "50-MB",
    ],
)
def test_a_request_that_is_no_good_is_refused_quietly(
    slack, make_bot, caplog, capfd, body, signed, status
):
    bot = make_bot()

    answer = bot.sender.post(body, JSON, signed(body))

    assert (status, "") == (answer.status_code, answer.text)
    assert "Traceback" not in caplog.text + "".join(capfd.readouterr())
    assert [] == bot.engine.asked


@pytest.mark.parametrize(
    ("signed", "length", "status"),
    [(False, "Content-Length: 9", b"401"), (True, "Transfer-Encoding: chunked", b"411")],
)
def test_a_body_is_refused_by_its_head_before_it_comes(make_bot, signed, length, status):
    port = int(make_bot().sender.address.rpartition(":")[2])
    # Signed now: what was signed minutes ago is refused for that.
    headers = sign(b"x") if signed else {}
    lines = [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join(["POST /slack/events HTTP/1.1", "Host: a", length, *lines, "", "1"])

    with socket.create_connection(("127.0.0.1", port), 3) as sender:
        sender.sendall(head.encode())

        assert b"HTTP/1.1 " + status == sender.recv(12)


def test_three_signatures_of_another_secret_in_a_row_name_the_setting(make_bot, caplog):
    bot = make_bot()
    caplog.set_level("INFO")

    for headers in [sign(b"{}", secret="another")] * 2 + [sign(b"{}"), {}]:
        bot.sender.post(b"{}", JSON, headers)
    assert "SLACK_SIGNING_SECRET" not in caplog.text
    assert "refused with 401: its signature was made with another secret" in caplog.text
    assert "refused with 401: it is not signed" in caplog.text
    for _ in range(5):
        bot.sender.post(b"{}", JSON, sign(b"{}", secret="another"))

    assert 1 == caplog.text.count("into SLACK_SIGNING_SECRET")


def test_a_request_that_is_sent_once_more_gives_no_second_reply(slack, make_bot):
    bot = make_bot()
    body = json.dumps(mention("<@U0BOT> what did Russia say?")).encode()
    signed = sign(body)

    statuses = [bot.sender.post(body, JSON, signed).status_code for _ in range(2)]

    assert [200, 200] == statuses
    assert 1 == len(slack.settled(1))


def test_slacks_check_of_the_address_is_answered(slack, make_bot):
    body = json.dumps({"type": "url_verification", "challenge": "3eZb"}).encode()

    answer = make_bot().sender.post(body, JSON)

    assert (200, "3eZb") == (answer.status_code, answer.json()["challenge"])


def test_health_and_numbers_can_be_read(slack, make_bot):
    bot = make_bot()
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))
    slack.settled(1)

    health = httpx.get(f"{bot.sender.address}/healthz")
    numbers = httpx.get(f"{bot.sender.address}/metrics").text

    assert {
        "status": "ok",
        "articles": 12,
        "sentences": 340,
        "newest": "2018-02-20T14:03:00+00:00",
    } == (health.json())
    assert 'onrecord_questions_total{outcome="answered",surface="mention"} 1.0' in numbers
    assert "_created" not in numbers


def test_the_numbers_count_the_questions_of_every_surface(slack, make_bot):
    bot = make_bot()
    interact(bot, shortcut(slack, "who_said_this", "we will never leave"))
    interact(bot, shortcut(slack, "ask_onrecord"))
    slack.wait(lambda: slack.views)
    interact(bot, submission(slack.views[0], form_party="russia"))
    interact(bot, home_click({"action_id": "ask-0", "type": "button", "value": "Russia?"}))
    bot.sender.command(command(slack, "/said", "Russia on the tank"))
    bot.sender.command(command(slack, "/brief", "tank"))
    slack.settled(5)

    numbers = httpx.get(f"{bot.sender.address}/metrics").text
    counted = re.findall(r'questions_total{outcome="answered",surface="(.*?)"} 1.0', numbers)
    assert {"/brief", "/said", "ask_onrecord", "button", "who_said_this"} == set(counted)
