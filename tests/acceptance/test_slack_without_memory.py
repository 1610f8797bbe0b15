"""While the bot's state cannot be written, questions are answered all the same, and once."""

from __future__ import annotations

import httpx
import pytest

from bot.state import state as state_module
from index.errors import StoreError
from tests.acceptance.engine_double import EngineDouble, quote
from tests.acceptance.slack_clicks import asked, buttons, click, interact, shortcut, submission
from tests.acceptance.slack_payloads import command, direct, mention, quoted

pytestmark = pytest.mark.server


@pytest.fixture
def full(make_bot, monkeypatch):
    """A bot whose disk is full, and what frees it."""
    bot = make_bot()
    monkeypatch.setattr(state_module, "BETWEEN_CHECKS", 0.0)
    real = type(bot._state).transaction

    def refuse(state, **given):
        raise StoreError("the disk is full")

    monkeypatch.setattr(type(bot._state), "transaction", refuse)
    return bot, lambda: monkeypatch.setattr(type(bot._state), "transaction", real)


def test_a_mention_is_answered_in_its_thread_without_buttons(slack, full):
    bot, _ = full

    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts="1.0"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "1.0") == (method, sent["thread_ts"])
    assert (["“We will stay,” said Ivan Marek."], {}) == (quoted(sent), buttons(sent))


def test_a_command_and_a_direct_message_are_answered_too(slack, full):
    bot, _ = full

    bot.sender.command(command(slack, "/said", "Russia on the tank"))
    slack.settled(1)
    bot.sender.event(direct("what did Russia say?"))

    assert ["response_url", "chat.postMessage"] == [method for method, _ in slack.settled(2)]


def test_a_question_that_slack_delivers_again_is_answered_once(slack, full):
    bot, free = full
    event = mention("<@U0BOT> what did Russia say?")

    for _ in range(3):
        bot.sender.event(event)
    slack.settled(1)
    free()
    bot.sender.event(mention("<@U0BOT> and Turkey?"))

    assert 2 == len(slack.settled(2))


def test_the_health_says_so_until_there_is_room(slack, full):
    bot, free = full
    address = f"{bot.sender.address}/healthz"

    ill = httpx.get(address)
    free()
    well = httpx.get(address)

    assert (503, 200) == (ill.status_code, well.status_code)
    assert "cannot be written" in ill.json()["status"]
    assert "set BOT_DATA_DIR elsewhere" in ill.json()["status"]


def test_a_question_that_cannot_be_understood_is_told_so(slack, full):
    bot, _ = full

    bot.sender.event(direct("tank tank tank"))

    assert slack.settled(1)[0][1]["text"].startswith("Ask who said what")


def test_a_question_that_was_written_down_after_all_is_left_to_the_inbox(slack, full, monkeypatch):
    bot, free = full
    services = bot._workers.services
    monkeypatch.setattr(type(services.claims), "are_taken", lambda claims, *keys: True)

    bot.sender.event(mention("<@U0BOT> what did Russia say?"))
    slack.settled(1)
    free()

    assert [False] == ["“We will stay" in str(sent) for _, sent in slack.settled(1)]


def test_a_form_opens_and_what_is_filled_in_is_answered(slack, full):
    bot, _ = full

    interact(bot, shortcut(slack, "ask_onrecord"))
    slack.wait(lambda: slack.views)
    interact(bot, submission(slack.views[0], form_party="russia"))

    [(_, sent)] = slack.settled(1)
    assert ["“We will stay,” said Ivan Marek."] == quoted(sent)


def test_what_needs_memory_says_that_it_does_and_whom_to_tell(slack, make_bot, monkeypatch):
    bot = make_bot(EngineDouble([quote(start=n, end=n + 32) for n in range(9)]))
    sent = asked(slack, bot)
    monkeypatch.setattr(state_module, "BETWEEN_CHECKS", 0.0)

    def refuse(state, **given):
        raise StoreError("the disk is full")

    monkeypatch.setattr(type(bot._state), "transaction", refuse)
    interact(bot, click(slack, sent, "More"))

    [_, (_, message)] = slack.settled(2)
    monkeypatch.undo()
    assert "cannot keep anything right now" in message["text"]
    assert "administrator" in message["text"]
