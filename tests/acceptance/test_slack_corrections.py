"""Answers that were posted are edited when their articles change, over real sockets."""

from __future__ import annotations

import json

import pytest
from starlette.responses import JSONResponse

from index.types import Revision
from tests.acceptance.engine_double import NOW, EngineDouble, quote
from tests.acceptance.slack_clicks import click, interact
from tests.acceptance.slack_payloads import command, mention, quoted, wording

pytestmark = pytest.mark.server

WORDS = "“We will stay,” said Ivan Marek."


def change(engine, *texts, what="changed", article="a1", reason=None):
    """Let an article change so that *texts* are no longer said."""
    engine.gone |= set(texts)
    engine.history.append(Revision(len(engine.history) + 1, article, NOW, what, reason))


def updates(slack):
    return [sent for method, sent in slack.calls if method == "chat.update"]


def edited(slack, count=0):
    """The edits, once there are *count* and every bot has seen all changes and none is due."""
    slack.wait(lambda: len(updates(slack)) >= count)
    # The look that is under way may have begun before the last change.
    seen = {bot: bot.looks + 2 for bot in slack.bots}
    slack.wait(lambda: all(bot.looks >= looks for bot, looks in seen.items()))
    due = "SELECT 1 FROM shown WHERE due IS NOT NULL"
    slack.wait(lambda: not any(bot.query(due) for bot in slack.bots))
    return updates(slack)


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """The bots look for changes all the time."""
    monkeypatch.setattr("bot.slack.corrections.PAUSE", 0.02)


@pytest.fixture
def asked(slack, make_bot):
    """A bot that has answered in a thread."""
    bot = make_bot()
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts="1700000001.000100"))
    slack.settled(1)
    return bot


def test_a_withdrawn_sentence_is_struck_through_in_the_answer_that_shows_it(slack, asked):
    change(asked.engine, WORDS, what="withdrawn", reason="legal")

    [sent] = edited(slack, 1)

    (posted,) = [sent for method, sent in slack.calls if method == "chat.postMessage"]
    assert ("C1", posted["metadata"]) == (sent["channel"], sent["metadata"])
    assert '"strike": true' in json.dumps(sent["blocks"])
    assert "the article was withdrawn: legal" in json.dumps(sent["blocks"])
    assert "Withdrawn: 1 statement by Ivan Marek (Russia)" == sent["text"]


def test_a_change_that_leaves_the_sentence_as_it_is_edits_nothing(slack, asked):
    change(asked.engine)
    change(asked.engine, "Other words.", article="another")

    assert [] == edited(slack)


def test_a_correction_is_marked_once_and_a_withdrawal_after_it_once_more(slack, asked):
    change(asked.engine, WORDS)
    edited(slack, 1)
    change(asked.engine)
    change(asked.engine, what="withdrawn")

    first, second = edited(slack, 2)

    assert [True, False] == ["Corrected" in sent["text"] for sent in (first, second)]
    assert "Withdrawn" in second["text"]


def test_two_processes_mark_an_answer_once(slack, asked, make_bot, tmp_path):
    make_bot(engine=asked.engine)

    change(asked.engine, WORDS)

    assert 1 == len(edited(slack, 1))


@pytest.mark.parametrize(
    "answer",
    [
        JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"}),
        JSONResponse({"ok": False, "error": "internal_error"}, 500),
        "before",
        "after",
    ],
    ids=["rate", "trouble", "cut-before", "cut-after"],
)
def test_an_edit_in_doubt_is_made_again(slack, asked, answer, monkeypatch):
    monkeypatch.setattr("bot.slack.corrections.LATER", 0.2)
    slack.refuse("chat.update", answer)

    change(asked.engine, WORDS)

    edits = edited(slack, 2 if answer == "after" else 1)
    assert {json.dumps(edits[0]["blocks"])} == {json.dumps(sent["blocks"]) for sent in edits}


@pytest.mark.parametrize(
    "fault", ["message_not_found", "edit_window_closed", "cant_update_message"]
)
def test_a_message_that_cannot_be_edited_is_left(slack, asked, fault):
    slack.refuse("chat.update", JSONResponse({"ok": False, "error": fault}))

    change(asked.engine, WORDS)
    edited(slack)
    change(asked.engine, article="another")

    assert [] == edited(slack)
    assert 0 == slack.refusals("chat.update")


def test_what_changed_while_the_bot_was_off_is_marked_at_its_start(slack, tmp_path, make_bot):
    engine = EngineDouble([quote(), quote("We go.", article_id="a2", start=5, end=11)])
    bot = make_bot(engine, folder=tmp_path / "one")
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))
    slack.settled(1)
    bot.close()

    change(engine, "We go.", article="a2")
    make_bot(engine, folder=tmp_path / "one")

    [sent] = edited(slack, 1)
    assert 1 == json.dumps(sent["blocks"]).count('"strike": true')


def test_an_answer_that_was_being_written_when_the_change_came_is_marked_too(slack, make_bot):
    bot = make_bot()
    change(bot.engine)
    edited(slack)
    # The change was read before the answer was kept, and the sentence stood until it was posted.
    bot.engine.revisions = lambda after: []
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))
    slack.settled(1)
    bot.engine.gone.add(WORDS)

    del bot.engine.revisions

    assert 1 == len(edited(slack, 1))


def test_answers_that_only_their_asker_sees_are_not_edited(slack, make_bot):
    bot = make_bot()
    bot.sender.command(command(slack, "/said", "what did Russia say?"))
    slack.settled(1)

    change(bot.engine, WORDS)
    assert [] == edited(slack)


# --- that it is told -----------------------------------------------------------------------------

NEW = "“We will go,” said Ivan Marek."


@pytest.mark.parametrize("transport", ["http", "socket"])
def test_a_correction_is_told_in_the_thread_with_the_new_wording(slack, make_bot, transport):
    bot = make_bot(transport=transport)
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts="1700000001.000100"))
    slack.settled(1)
    bot.engine.rewordings[WORDS] = NEW
    change(bot.engine, WORDS)
    edited(slack, 1)

    [_, (method, sent)] = slack.settled(2)
    assert ("chat.postMessage", "C1", "1700000001.000100") == (
        method,
        sent["channel"],
        sent["thread_ts"],
    )
    assert ([NEW], "Corrected since: a quote above") == (quoted(sent), sent["text"])

    bot.engine.quotes = (quote(NEW),)
    interact(bot, click(slack, sent, "Ask again"))
    again = slack.settled(3)[2][1]
    interact(bot, click(slack, sent, "Ask again", user="U2"))
    assert ([NEW], "1700000001.000100") == (quoted(again), again["thread_ts"])
    assert "asked again already" in slack.settled(4)[3][1]["text"]


def test_what_nothing_stands_for_any_more_is_told_too(slack, asked):
    change(asked.engine, WORDS, what="withdrawn")
    edited(slack, 1)

    [_, (_, sent)] = slack.settled(2)
    said = " ".join(wording(sent).split())
    assert "Withdrawn since: a quote by Ivan Marek, “We will stay,” said" in said
    assert "Its article was withdrawn." in said
    assert [] == quoted(sent)


def test_a_correction_is_told_once(slack, asked):
    change(asked.engine, WORDS)
    edited(slack, 1)
    slack.settled(2)
    change(asked.engine, WORDS)
    edited(slack)

    assert 2 == len(slack.settled(2))


def test_the_asker_of_a_private_answer_is_told_in_a_direct_message(slack, make_bot):
    bot = make_bot()
    bot.sender.command(command(slack, "/said", "Russia on the tank"))
    slack.settled(1)
    bot.engine.rewordings[WORDS] = NEW
    change(bot.engine, WORDS)
    assert [] == edited(slack)

    [_, (method, sent)] = slack.settled(2)
    assert ("chat.postMessage", "U1", [NEW]) == (method, sent["channel"], quoted(sent))
    interact(bot, click(slack, {**sent, "channel": "D1"}, "Ask again"))
    assert "D1" == slack.settled(3)[2][1]["channel"]


def test_a_new_wording_that_is_gone_by_then_is_not_told(slack, asked):
    asked.engine.rewordings[WORDS] = NEW
    asked.engine.gone.add(NEW)
    change(asked.engine, WORDS)
    edited(slack, 1)

    asked.engine.rewordings.clear()
    [_, (_, sent)] = slack.settled(2)
    assert [] == quoted(sent)
