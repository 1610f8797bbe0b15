"""What people write of days and times, and how it is said back."""

from __future__ import annotations

import pytest

from bot.timetable import EVERY_DAY, WEEKDAYS, WEEKEND, Timetable
from bot.timetable.words import lacks_time, read, say

EIGHT = 8 * 60


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("exports every weekday 8:00 in <#C9|desk>", ("exports", WEEKDAYS, EIGHT, "C9")),
        ("exports every weekday 8:00 in #desk", ("exports", WEEKDAYS, EIGHT, "#desk")),
        ("exports daily at 7", ("exports", EVERY_DAY, 7 * 60, "")),
        ("Russia and Ukraine on Mondays 09:30", ("Russia and Ukraine", (0,), 9 * 60 + 30, "")),
        ("Russia on Mondays and Thursdays at 5pm", ("Russia", (0, 3), 17 * 60, "")),
        ("Russia at 5:15 p.m. on Tue, Wed and Fri", ("Russia", (1, 2, 4), 17 * 60 + 15, "")),
        ("in #desk grain mon-fri 8.30", ("in #desk grain", WEEKDAYS, EIGHT + 30, "")),
        ("grain Friday to Monday at noon", ("grain", (0, 4, 5, 6), 12 * 60, "")),
        ("grain on weekends at midnight", ("grain", WEEKEND, 0, "")),
        ("grain every Sunday 12am to <#C1|a>", ("grain", (6,), 0, "C1")),
        ("daily 08:00", ("", EVERY_DAY, EIGHT, "")),
        ("every weekday at 8:00, in <#G7>", ("", WEEKDAYS, EIGHT, "G7")),
        ("EXPORTS EVERY DAY AT 8AM", ("EXPORTS", EVERY_DAY, EIGHT, "")),
    ],
)
def test_days_and_time_are_read_off_the_end(text, want):
    assert want == tuple(read(text))
    assert read(text).comes_again


@pytest.mark.parametrize(
    "text",
    [
        "exports",
        "strikes on Monday",
        "the daily papers",
        "the 8:00 train",
        "attack at 7 on the bridge",
        "the weekday trains at dawn",
        "exports every weekday",
        "exports at 25:00 daily",
        "exports daily at 13 pm",
        "sun and moon",
        "",
    ],
)
def test_what_does_not_say_when_is_a_topic(text):
    assert not read(text).comes_again


def test_days_that_come_again_ask_for_a_time():
    asked = ["exports every weekday", "grain on Mondays", "grain daily", "grain every Monday in #a"]
    assert [True] * 4 == [lacks_time(text) for text in asked]
    topics = ["strikes on Monday", "exports daily at 7", "exports", "sun"]
    assert [False] * 4 == [lacks_time(text) for text in topics]


@pytest.mark.parametrize(
    ("days", "want"),
    [
        (EVERY_DAY, "every day at 08:00 (America/New York)"),
        (WEEKDAYS, "every weekday at 08:00 (America/New York)"),
        ((0,), "on Mondays at 08:00 (America/New York)"),
        ((0, 3), "on Mondays and Thursdays at 08:00 (America/New York)"),
        ((6, 0, 3), "on Mondays, Thursdays and Sundays at 08:00 (America/New York)"),
    ],
)
def test_a_timetable_is_said_in_plain_words(days, want):
    assert want == say(Timetable(days, EIGHT, "America/New_York"))
