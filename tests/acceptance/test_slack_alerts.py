"""What watches find is posted once, and edited when something becomes of it, over real sockets."""

from __future__ import annotations

import json
import time

import pytest
from starlette.responses import JSONResponse

from index.types import Revision
from tests.acceptance.alert_kit import again, change, find, find_all, keep, posts, updates
from tests.acceptance.engine_double import NOW
from tests.acceptance.slack_clicks import buttons, click, interact
from tests.acceptance.slack_payloads import quoted, wording

pytestmark = pytest.mark.server

WORDS = "“We will stay,” said Ivan Marek."


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """The bots look all the time."""
    monkeypatch.setattr("bot.alerts.follower.PAUSE", 0.02)
    monkeypatch.setattr("bot.slack.corrections.PAUSE", 0.02)


@pytest.fixture
def bot(make_bot):
    return make_bot(alert_window=0)


def alerts(slack, count):
    """The posts, once there are *count* and nothing waits or is under way."""
    slack.wait(lambda: len(posts(slack)) >= count)
    waiting = "SELECT 1 FROM alerts WHERE message = ''"
    slack.wait(lambda: not any(bot.query(waiting) for bot in slack.bots))
    slack.wait(lambda: all(bot.idle for bot in slack.bots))
    return posts(slack)


def test_what_a_watch_finds_is_posted_once_where_it_alerts(slack, bot, tmp_path):
    here, mine = keep(bot), keep(bot, place="U1")

    find_all(tmp_path, [(here, WORDS), (mine, WORDS)])

    sent = alerts(slack, 2)
    assert ["C1", "U1"] == sorted(each["channel"] for each in sent)
    assert [[WORDS], [WORDS]] == [quoted(each) for each in sent]
    assert all("the tank: 1 statement by Ivan Marek (Russia)" == each["text"] for each in sent)
    assert all(each["metadata"]["event_payload"]["id"] for each in sent)


def test_one_statement_for_three_watches_is_one_message_that_names_them(slack, bot, tmp_path):
    numbers = [keep(bot, text) for text in ("the tank", "denials", "Marek")]

    find_all(tmp_path, [(number, WORDS) for number in numbers])

    [sent] = alerts(slack, 1)
    assert [WORDS] == quoted(sent)
    assert "matches: the tank; denials; Marek" in wording(sent)
    assert [] == updates(slack)


def test_a_statement_that_another_watch_finds_later_names_that_one_too(slack, bot, tmp_path):
    first, later = keep(bot), keep(bot, "denials")
    statement = find(tmp_path, first, WORDS)
    alerts(slack, 1)

    again(tmp_path, later, WORDS, statement)
    slack.wait(lambda: updates(slack))

    [sent] = edited(slack)
    assert ([WORDS], 1) == (quoted(sent), len(alerts(slack, 1)))
    assert "matches: the tank; denials" in wording(sent)


def edited(slack):
    """The edits, once no message is to be edited."""
    due = "SELECT 1 FROM shown WHERE due IS NOT NULL"
    slack.wait(lambda: not any(bot.query(due) for bot in slack.bots))
    return updates(slack)


def test_another_outlet_is_edited_in(slack, bot, tmp_path):
    find(tmp_path, keep(bot), WORDS)
    alerts(slack, 1)

    change(tmp_path, lambda changes, alert: changes.carried_by(alert, "Norland Today"))
    slack.wait(lambda: updates(slack))

    [sent] = edited(slack)
    assert "also in Norland Today" in wording(sent)
    assert 1 == len(alerts(slack, 1))


@pytest.mark.parametrize("what", ["changed", "withdrawn"])
def test_what_becomes_of_the_article_is_marked_in_the_alert(slack, bot, tmp_path, what):
    find(tmp_path, keep(bot), WORDS, article="a1")
    alerts(slack, 1)

    bot.engine.gone.add(WORDS)
    bot.engine.history.append(Revision(1, "a1", NOW, what))
    slack.wait(lambda: updates(slack))

    [sent] = edited(slack)
    assert '"strike": true' in json.dumps(sent["blocks"])


def test_what_is_withdrawn_before_its_turn_is_not_posted(slack, bot, tmp_path):
    number = keep(bot)
    bot.made.workers.services.watching.outbox.mute("T1", "C1", time.time() + 1)
    find(tmp_path, number, "“We go,” he said.")
    change(tmp_path, lambda changes, alert: changes.mark(alert, "withdrawn"))
    find(tmp_path, number, WORDS)

    [sent] = alerts(slack, 1)
    assert [WORDS] == quoted(sent)


def test_hundreds_at_once_are_few_messages_that_count_the_rest(slack, bot, tmp_path):
    number = keep(bot, cap=0)
    said = [f"“The {word} {count} is closed,” said Ivan Marek." for word in ("road", "port")
            for count in range(100)]  # fmt: skip

    find_all(tmp_path, [(number, words) for words in said])

    [sent] = alerts(slack, 1)
    shown = quoted(sent)
    assert len(shown) >= 5
    assert f"and {200 - len(shown)} more" in wording(sent)
    while len(shown) < 200:
        before = len(slack.replies)
        more = next(text for text in buttons(sent) if text.startswith("Show "))
        interact(bot, click(slack, {"channel": "C1", **sent}, more))
        sent = slack.settled(before + 1)[before][1]
        shown += quoted(sent)
    assert sorted(said) == sorted(shown)


def test_too_fast_means_later_and_once(slack, bot, tmp_path):
    limited = JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"})
    slack.refuse("chat.postMessage", limited, limited)

    find(tmp_path, keep(bot), WORDS)

    [sent] = alerts(slack, 1)
    assert [WORDS] == quoted(sent)


@pytest.mark.parametrize("when", ["before", "during", "after"])
def test_a_post_whose_connection_broke_is_shown_once(slack, bot, tmp_path, when, monkeypatch):
    monkeypatch.setattr("bot.slack.delivery.LOOK_AFTER", 0.05)
    slack.refuse("chat.postMessage", when)

    find(tmp_path, keep(bot), WORDS)

    assert [[WORDS]] == [quoted(sent) for sent in alerts(slack, 1)]


def test_two_bots_over_one_folder_post_it_once(slack, bot, make_bot, tmp_path):
    make_bot(alert_window=0)
    numbers = [keep(bot, f"watch {n}", place=f"C{n}") for n in range(5)]
    for number in numbers:
        for count in range(4):
            find(tmp_path, number, f"“Line {count} of {number},” said Ivan Marek.")

    alerts(slack, 5)
    slack.wait(lambda: sum(len(quoted(sent)) for sent in posts(slack)) >= 20)
    said = [text for sent in alerts(slack, 5) for text in quoted(sent)]
    assert 20 == len(said) == len(set(said))


@pytest.mark.parametrize("fault", ["not_in_channel", "is_archived", "channel_not_found"])
def test_a_channel_that_cannot_be_reached_pauses_its_watch_and_tells_its_creator_once(
    slack, bot, tmp_path, fault
):
    refusal = JSONResponse({"ok": False, "error": fault})
    slack.refuse("chat.postMessage", refusal)
    number = keep(bot)

    find(tmp_path, number, WORDS)

    [sent] = alerts(slack, 1)
    assert "U1" == sent["channel"]
    assert "I paused “the tank”" in sent["text"]
    assert bot.made.workers.services.watching.shelf.book().watch(number).paused


def test_a_person_who_is_gone_pauses_the_watch_and_nobody_is_told(slack, bot, tmp_path):
    slack.refuse("chat.postMessage", JSONResponse({"ok": False, "error": "user_disabled"}))
    number = keep(bot, place="U1")

    find(tmp_path, number, WORDS)

    book = bot.made.workers.services.watching.shelf.book()
    slack.wait(lambda: book.watch(number).paused)
    assert [] == alerts(slack, 0)
