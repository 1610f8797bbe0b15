"""From the acknowledgement to the one reply: crashes, cut connections, limits, refusals."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from starlette.responses import JSONResponse

from bot.slack import delivery, reconcile
from bot.state.state import State
from tests.acceptance.engine_double import EngineDouble
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_payloads import command, direct, mention
from tests.acceptance.slack_sender import HttpSender

pytestmark = pytest.mark.server

ASK = "<@U0BOT> what did Russia say?"


def refusal(fault, status=200, **headers):
    return JSONResponse({"ok": False, "error": fault}, status, headers)


@pytest.fixture
def soon(monkeypatch):
    """A post of unknown fate is looked for at once, and soon again where Slack is in trouble."""
    monkeypatch.setattr(delivery, "LOOK_AFTER", 0.05)
    monkeypatch.setattr(reconcile, "LATER", 0.05)


# --- the connection breaks ------------------------------------------------------------------


@pytest.mark.parametrize("moments", [["before"], ["during"], ["after"], ["before", "after"]])
def test_a_post_whose_connection_broke_is_shown_once(slack, make_bot, soon, moments):
    bot = make_bot()
    slack.refuse("chat.postMessage", *moments)
    bot.sender.event(mention(ASK))

    assert ["chat.postMessage"] == [method for method, _ in slack.settled(1)]


def test_a_post_that_cannot_be_looked_for_is_not_sent_again(slack, make_bot, soon, caplog):
    bot = make_bot()
    slack.refuse("chat.postMessage", "after")
    slack.refuse("conversations.replies", refusal("missing_scope"))
    bot.sender.event(mention(ASK))

    [(first, _), (second, message)] = slack.settled(2)
    assert ("chat.postMessage", "chat.postEphemeral") == (first, second)
    assert message["text"].startswith("My answer may not have arrived (ref ")
    assert "cannot be looked up: missing_scope" in caplog.text


@pytest.mark.parametrize("listed", [{"messages": []}, {}])
def test_a_thread_that_slack_lists_without_its_first_message_says_nothing(
    slack, make_bot, soon, listed
):
    bot = make_bot()
    slack.refuse("chat.postMessage", "after")
    looks = [JSONResponse({"ok": True, **listed}) for _ in range(5)]
    slack.refuse("conversations.replies", *looks)
    bot.sender.event(mention(ASK))

    [(first, _), (second, message)] = slack.settled(2)
    assert ("chat.postMessage", "chat.postEphemeral") == (first, second)
    assert message["text"].startswith("My answer may not have arrived (ref ")


def test_a_look_that_slack_refuses_for_now_is_taken_later(slack, make_bot, soon):
    bot = make_bot()
    slack.refuse("chat.postMessage", "before")
    late = JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"})
    slack.refuse("conversations.replies", late, "before")
    bot.sender.event(mention(ASK))

    assert ["chat.postMessage"] == [method for method, _ in slack.settled(1)]


def test_a_private_reply_whose_connection_broke_is_not_sent_again(slack, make_bot, soon):
    bot = make_bot()
    slack.refuse("response_url", "after")
    bot.sender.command(command(slack, "/said", "Russia on the tank"))

    [(first, _), (second, message)] = slack.settled(2)
    assert ("response_url", "response_url") == (first, second)
    assert message["text"].startswith("My answer may not have arrived (ref ")


def test_who_was_told_of_a_lost_reply_is_not_told_again(slack, make_bot, soon):
    bot = make_bot()
    slack.refuse("response_url", "after", "after")
    bot.sender.command(command(slack, "/said", "Russia on the tank"))

    assert 2 == len(slack.settled(2))
    assert 0 == bot.waiting


# --- limits ---------------------------------------------------------------------------------


def test_one_channel_gets_one_message_at_its_pace_and_others_need_not_wait(
    slack, make_bot, monkeypatch
):
    monkeypatch.setattr("bot.slack.pacing.PACE", 3_600.0)
    began, bot = time.time(), make_bot()
    for text in ("a", "b", "c"):
        bot.sender.event(mention(f"<@U0BOT> what did Russia say about {text}?"))
    bot.sender.event(direct("what did Russia say?"))

    later = "SELECT due FROM inbox WHERE post IS NOT NULL AND due > at + 60 ORDER BY due"
    slack.wait(lambda: 2 == len(bot.query(later)) == bot.waiting)
    assert ["C1", "D1"] == sorted(sent["channel"] for _, sent in slack.replies)
    (second,), (third,) = bot.query(later)
    assert (True, True) == (second >= began + 3_600, third >= began + 7_200)


@pytest.mark.parametrize("header", [{"Retry-After": "1"}, {"Retry-After": "abc"}, {}])
def test_slacks_too_fast_holds_back_that_channel_alone(slack, make_bot, header):
    bot = make_bot()
    slack.refuse("chat.postMessage", refusal("ratelimited", 429, **header))
    bot.sender.event(mention(ASK))
    slack.wait(lambda: not slack.refusals("chat.postMessage"))
    bot.sender.event(direct("what did Russia say?"))

    replies = slack.settled(2)
    assert ["D1", "C1"] == [sent["channel"] for _, sent in replies]


def test_a_channel_that_slack_holds_back_for_long_holds_nobody_else_up(slack, make_bot):
    bot = make_bot()
    began = time.time()
    slack.refuse("chat.postMessage", refusal("ratelimited", 429, **{"Retry-After": "30"}))
    bot.sender.event(mention(ASK))
    slack.wait(lambda: not slack.refusals("chat.postMessage"))
    bot.sender.event(mention(ASK, channel="C2"))

    slack.wait(lambda: 1 == bot.waiting and bot.resting)
    assert ["C2"] == [sent["channel"] for _, sent in slack.replies]
    [(due,)] = bot.query("SELECT due FROM inbox")
    assert due >= began + 30


def test_a_burst_is_acknowledged_and_answered_or_told_busy(slack, make_bot):
    bot = make_bot(EngineDouble(delay=0.5), queue=15)
    events = [mention(ASK, channel=f"C{n}", user=f"U{n}") for n in range(25)]
    with ThreadPoolExecutor(25) as slack_side:
        statuses = [each.status_code for each in slack_side.map(bot.sender.event, events)]

    replies = slack.settled(25)
    busy = [sent for method, sent in replies if method == "chat.postEphemeral"]
    assert [200] * 25 == statuses
    assert {f"C{n}" for n in range(25)} == {sent["channel"] for _, sent in replies}
    assert 25 == len(replies)
    assert busy
    assert {"Many questions came at once, and I could not take yours. Ask again in a minute."} == {
        sent["text"] for sent in busy
    }


# --- crashes --------------------------------------------------------------------------------


def test_what_a_stopped_bot_left_is_answered_by_the_next(slack, tmp_path):
    first = Bot(slack, tmp_path, engine=EngineDouble(), working=False)
    first.sender.event(mention(ASK))
    first.sender.command(command(slack, "/said", "Russia"))
    first.close()

    second = Bot(slack, tmp_path)
    replies = slack.settled(2)
    second.close()

    assert {"chat.postMessage", "response_url"} == {method for method, _ in replies}


def test_a_question_that_ended_three_processes_is_given_up_and_its_asker_told(slack, tmp_path):
    first = Bot(slack, tmp_path, working=False)
    first.sender.event(mention(ASK))
    first.close()
    with closing(State(tmp_path / "bot.db")) as state, state.transaction() as db:
        db.execute("UPDATE inbox SET tries = 3")

    second = Bot(slack, tmp_path)
    [(method, sent)] = slack.settled(1)
    second.close()

    assert "chat.postEphemeral" == method
    assert sent["text"].startswith("I could not search the articles (ref ")
    assert [] == second.engine.asked


def test_a_question_that_cannot_be_written_down_is_answered_with_one_sentence(
    slack, make_bot, tmp_path, monkeypatch
):
    monkeypatch.setattr("bot.state.state.WAIT_MS", 100)
    bot = make_bot()
    with closing(State(tmp_path / "bot.db")) as another, another.transaction():
        bot.sender.event(mention(ASK))
        replies = slack.settled(1)

    assert ["chat.postEphemeral"] == [method for method, _ in replies]
    assert replies[0][1]["text"].startswith("I could not search the articles (ref ")
    assert [] == bot.engine.asked


# --- refusals -------------------------------------------------------------------------------


def test_a_command_whose_way_back_expired_is_answered_in_the_channel(slack, make_bot):
    bot = make_bot()
    slack.refuse("response_url", JSONResponse({"error": "expired_url"}, 404))
    bot.sender.command(command(slack, "/said", "Russia on the tank"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postEphemeral", "C1", "U1") == (method, sent["channel"], sent["user"])
    assert "1 statement by Ivan Marek (Russia)" == sent["text"]


@pytest.mark.parametrize(
    ("fault", "message", "logged"),
    [
        ("not_in_channel", "I am not a member of that channel", "invite the bot"),
        ("is_archived", "The channel you asked in is archived", "is archived"),
        ("thread_not_found", "The message you asked in is gone", "was deleted"),
        ("missing_scope", "I lack a permission in this workspace", "onrecord manifest"),
        ("invalid_auth", "I could not search the articles (ref ", "OAuth Token again"),
    ],
)
def test_who_cannot_be_answered_in_the_channel_is_told_why(
    slack, make_bot, caplog, fault, message, logged
):
    bot = make_bot()
    slack.refuse("chat.postMessage", refusal(fault))
    slack.refuse("chat.postEphemeral", refusal(fault))
    bot.sender.event(mention(ASK))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1") == (method, sent["channel"])
    assert sent["text"].startswith(message)
    assert logged in caplog.text
    assert "Traceback" not in caplog.text


def test_a_post_carries_the_id_of_its_answer_unseen(slack, make_bot):
    make_bot().sender.event(mention(ASK))

    [(_, sent)] = slack.settled(1)
    metadata = sent["metadata"]
    assert "onrecord_answer" == metadata["event_type"]
    assert 16 == len(metadata["event_payload"]["id"])


# --- two processes over one inbox ------------------------------------------------------------


def test_two_bots_over_one_inbox_answer_each_question_once(slack, make_bot):
    first, second = make_bot(), make_bot()
    events = [mention(ASK, channel=f"C{n}") for n in range(20)]
    for number, event in enumerate(events):
        HttpSender.event((first, second)[number % 2].sender, event)

    replies = slack.settled(20)
    assert 20 == len(replies)
    assert {f"C{n}" for n in range(20)} == {sent["channel"] for _, sent in replies}
