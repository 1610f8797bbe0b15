"""Fixtures for tests that go through Slack."""

from __future__ import annotations

import pytest

from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_server import SlackServer


@pytest.fixture
def slack():
    server = SlackServer()
    yield server
    server.close()


@pytest.fixture(params=["http", "socket"])
def bot(request, slack, tmp_path):
    running = Bot(slack, tmp_path, request.param)
    yield running
    running.close()


@pytest.fixture
def make_bot(slack, tmp_path):
    made = []

    def make(engine=None, folder=None, transport="http", **given):
        made.append(Bot(slack, folder or tmp_path, transport, engine, **given))
        return made[-1]

    yield make
    for each in made:
        each.close()
