"""In which time zone somebody asks: from Slack, for a day; UTC where it does not say."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.people import People
from bot.state.state import State


class Slack(WebClient):
    """Answers users.info with *found*, or fails with it."""

    def __init__(self, found):
        super().__init__()
        self.found = found
        self.asked = 0

    def users_info(self, **kwargs):
        self.asked += 1
        if isinstance(self.found, Exception):
            raise self.found
        return {"user": self.found}


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "bot.db")
    yield opened
    opened.close()


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


def test_a_person_is_asked_about_once_a_day(state):
    clock, slack = Clock(), Slack({"tz": "Europe/Paris", "locale": "fr-FR"})
    people = People(state, clock)

    zones = [people.locale_of(slack, "T1", "U1").zone for _ in range(3)]
    within = slack.asked
    clock.now += 86_401
    people.locale_of(slack, "T1", "U1")

    assert ([ZoneInfo("Europe/Paris")] * 3, 1, 2) == (zones, within, slack.asked)


def test_the_same_id_in_another_team_is_another_person(state):
    People(state).locale_of(Slack({"tz": "Europe/Paris"}), "T1", "U1")

    other = People(state).locale_of(Slack({"tz": "Asia/Tokyo"}), "T2", "U1")

    assert ZoneInfo("Asia/Tokyo") == other.zone


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "\0", None]
)
def test_an_unknown_zone_is_utc(state, name):
    assert UTC == People(state).locale_of(Slack({"tz": name}), "T1", "U1").zone


def test_a_missing_scope_is_asked_for_once_a_day_and_a_broken_line_again(state):
    refused = Slack(SlackApiError("missing_scope", {"error": "missing_scope"}))
    cut = Slack(ConnectionResetError())

    zones = [
        People(state).locale_of(slack, "T1", user).zone
        for slack, user in ((refused, "U1"), (refused, "U1"), (cut, "U2"), (cut, "U2"))
    ]

    assert ([UTC] * 4, 1, 2) == (zones, refused.asked, cut.asked)
