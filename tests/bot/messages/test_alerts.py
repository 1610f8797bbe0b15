"""Alerts and lists of watches fit into a message, and bring nothing to life."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.messages.alerts.letter import Entry, alert_message
from bot.messages.alerts.watch_list import (
    WatchLine,
    page_of,
    preview_message,
    watch_list_message,
)
from bot.messages.views.watch_form import described_options, filled_watch, watch_form
from bot.types import WatchOptions
from tests.acceptance.engine_double import quote
from tests.acceptance.slack_payloads import quoted, wording
from tests.bot.messages.slack_limits import alive, as_read, broken_limits

BAD = "<!channel> *bold* <@U1> & `code`"


def entry(number, words, names=("the tank",), **fields):
    """A statement that the watches of those names have found."""
    return Entry(number, (quote(words, article_id=f"a{number}", **fields),), names)


def sent(message):
    return {"blocks": message.blocks, "text": message.text}


@pytest.mark.parametrize("length", [40, 400, 3_000, 9_000, 60_000])
@pytest.mark.parametrize("count", [1, 7, 300])
def test_any_number_of_statements_of_any_length_fits_and_none_is_cut(length, count):
    words = [f"“{n} {'a' * length}”" for n in range(count)]

    message = alert_message([entry(n, text) for n, text in enumerate(words)], "id")

    assert [] == broken_limits(message.blocks)
    shown = quoted(sent(message))
    assert len(message.statements) >= 1
    assert words[: len(shown)] == ["".join(text) for text in shown]
    rest = count - len(message.statements)
    assert (f"and {rest:,} more" in wording(sent(message))) == (rest > 0)


def test_what_people_and_articles_write_brings_nothing_to_life():
    found = entry(1, f"“{BAD}”", (BAD, BAD * 40), speaker=BAD, role=BAD, outlet=BAD)

    message = alert_message([found], "id", others=3)
    listed = watch_list_message([WatchLine(1, BAD * 40, "", True, None, "", "")])
    preview = preview_message(BAD, 3, found.quotes, "id", notes=[BAD])

    for each in (message, listed, preview):
        assert [] == broken_limits(each.blocks)
        assert [] == alive(each.blocks, each.text)
    assert f"“{BAD}”" in quoted(sent(message))
    assert "1 new" not in as_read(message.text)


def test_the_notification_says_what_and_by_whom_without_the_articles_words():
    one = alert_message([entry(1, "“We stay.”")], "id")
    two = alert_message([entry(1, "“We stay.”"), entry(2, "“Go.”", ("denials",))], "id", others=4)

    assert "the tank: 1 statement by Ivan Marek (Russia)" == one.text
    assert "the tank; denials: 2 statements by Ivan Marek (Russia) and 4 more" == two.text


def test_more_sentences_than_an_alert_shows_are_counted():
    group = tuple(quote(f"“{n}.”", start=9 * n, end=9 * n + 4) for n in range(5))

    message = alert_message([Entry(1, group, ("the tank",))], "id")

    assert ["“0.” “1.” “2.”"] == [" ".join(quoted(sent(message)))]
    assert "2 more sentences of this statement did not fit" in wording(sent(message))
    assert 3 == len(message.statements[0]) == len(message.sentences)


def test_a_long_list_of_watches_comes_page_by_page():
    at = datetime(2026, 3, 2, tzinfo=UTC)
    lines = [WatchLine(n, f"watch {n}", "C1", False, at, "", "U2") for n in range(1, 41)]

    pages, after = [], 0
    while (found := page_of(lines, after))[0]:
        pages.append(found)
        after = found[0][-1].number

    assert lines == [line for page, _ in pages for line in page]
    assert [33, 26, 19, 12, 5, 0] == [more for _, more in pages]
    assert all(
        [] == broken_limits(watch_list_message(page, more=more).blocks) for page, more in pages
    )


@pytest.mark.parametrize(
    "options",
    [
        WatchOptions(),
        WatchOptions(5, "22:00", "07:00", "", True, 3),
        WatchOptions(0, "", "", "09:15", False, 30),
    ],
)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(options):
    form = watch_form("{}", "the tank", "C1", options)
    states = {}
    for block in form["blocks"]:
        element = block["element"]
        state = {
            "value": element.get("initial_value"),
            "selected_time": element.get("initial_time"),
            "selected_option": element.get("initial_option"),
            "selected_options": element.get("initial_options", []),
            "selected_conversation": element.get("initial_conversation"),
        }
        states[block["block_id"]] = {element["action_id"]: state}

    assert [] == broken_limits(form["blocks"], "modal")
    assert ("the tank", "C1", options) == filled_watch({"state": {"values": states}})


def test_when_alerts_come_is_said_in_a_few_words():
    assert "" == described_options(WatchOptions())
    assert "quiet 22:00–07:00 · in one thread · at most 5 an hour" == described_options(
        WatchOptions(5, "22:00", "07:00", "", True)
    )
