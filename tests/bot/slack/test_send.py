"""A reply goes nowhere in the clear."""

from __future__ import annotations

import pytest

from bot.errors import SlackError
from bot.messages.elements import plain
from bot.slack.send import send
from bot.types import Post, SlackPlace


def test_a_reply_is_not_sent_to_an_address_that_is_not_encrypted():
    place = SlackPlace("/said", "T1", "C1", "U1", response_url="http://reply.invalid/")

    with pytest.raises(SlackError, match="not encrypted"):
        send(None, Post(place, plain("“We will stay.”")))
