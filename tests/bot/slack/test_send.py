"""A reply goes to Slack and to nobody else."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from bot.errors import SlackError
from bot.messages.elements import plain
from bot.slack.error_messages import error_message
from bot.slack.send import is_slacks, send
from bot.types import Post, SlackPlace

API = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "api", "want"),
    [
        ("https://hooks.slack.com/commands/T1/2/x", API, True),
        ("https://hooks.slack-gov.com/commands/T1/2/x", API, True),
        ("http://127.0.0.1:8123/respond/1", "http://127.0.0.1:8123/api/", True),
        ("http://127.0.0.1:43211/ssrf", API, False),
        ("http://127.0.0.1:43211/ssrf", "http://127.0.0.1:8123/api/", False),
        ("http://hooks.slack.com/commands/T1/2/x", API, False),
        ("https://hooks.slack.com:8443/x", API, False),
        ("https://hooks.slack.com@evil.example/x", API, False),
        ("https://hooks.slack.com.evil.example/x", API, False),
        ("https://10.0.0.1/x", API, False),
        ("https://[bad", API, False),
        ("file:///etc/passwd", API, False),
        ("", API, False),
    ],
)
def test_only_an_address_of_slacks_is_answered_at(url, api, want):
    assert want == is_slacks(url, api)


def test_a_reply_is_not_sent_to_an_address_that_is_not_slacks(caplog):
    place = SlackPlace("/said", "T1", "C1", "U1", response_url="http://reply.invalid/")

    with pytest.raises(SlackError, match="no address of Slack's") as refused:
        send(WebClient(base_url=API), Post(place, plain("“We will stay.”")))
    error_message(refused.value, "/said")

    [line] = caplog.records
    assert "nothing was sent there" in line.getMessage()
    assert line.exc_info is None
