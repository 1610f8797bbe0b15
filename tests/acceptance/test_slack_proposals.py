""" "Wrong speaker" proposes who it was to those who decide, over real sockets."""

from __future__ import annotations

import pytest

from tests.acceptance.engine_double import quote
from tests.acceptance.slack_clicks import asked, click, interact, submission

pytestmark = pytest.mark.server

SAID = quote().text


def proposed(slack, bot, who="Ana Horvat", statement="0"):
    """Say in the form that the first statement is *who*'s; gives the form."""
    interact(bot, click(slack, asked(slack, bot), "Wrong"))
    slack.wait(lambda: slack.views)
    form = submission(slack.views[0], verdict_reason="wrong speaker", verdict_who=who)
    chosen = {"selected_option": {"value": statement}}
    form["view"]["state"]["values"]["verdict-statement"] = {"verdict-statement": chosen}
    interact(bot, form)
    return slack.views[0]


def asks(slack):
    return [sent for _, sent in slack.replies if "Yours to decide" in str(sent.get("text"))]


def edits(slack):
    return [sent for method, sent in slack.calls if method == "chat.update"]


@pytest.fixture
def bot(make_bot, monkeypatch):
    monkeypatch.setattr("bot.slack.corrections.PAUSE", 0.02)
    monkeypatch.setenv("BOT_CORRECTORS", "U7,T1/U8,T2/U9")
    return make_bot()


def decide(slack, bot, label, user):
    sent = asks(slack)[0]
    interact(bot, click(slack, sent, label, user=user))


def test_those_who_decide_are_asked_and_what_they_accept_counts(slack, bot):
    proposed(slack, bot)

    slack.wait(lambda: len(asks(slack)) == 2)
    assert {"U7", "U8"} == {sent["channel"] for sent in asks(slack)}
    assert SAID in str(asks(slack)[0]["blocks"])
    decide(slack, bot, "Accept", "U7")
    slack.wait(lambda: bot.engine.decisions)
    assert [("a1", SAID, "Ana Horvat", "Ivan Marek", "T1/U7")] == bot.engine.decisions


def test_an_answer_that_shows_the_wrong_speaker_is_edited(slack, bot):
    proposed(slack, bot)
    slack.wait(lambda: len(asks(slack)) == 2)
    bot.engine.gone.add(SAID)

    decide(slack, bot, "Accept", "U7")

    slack.wait(lambda: edits(slack))
    assert "the speaker was wrong" in str(edits(slack)[0]["blocks"])


def test_nobody_else_decides(slack, bot):
    proposed(slack, bot)
    slack.wait(lambda: len(asks(slack)) == 2)

    decide(slack, bot, "Accept", "U1")

    slack.wait(lambda: "Only those named" in str(slack.replies[-1][1]))
    assert [] == bot.engine.decisions


def test_what_is_declined_stays(slack, bot):
    proposed(slack, bot)
    slack.wait(lambda: len(asks(slack)) == 2)

    decide(slack, bot, "Decline", "U8")

    slack.wait(lambda: "Left as it is" in str(slack.replies[-1][1]))
    assert [] == bot.engine.decisions


@pytest.mark.parametrize("statement", ["7", "x", "99999999"])
def test_a_statement_that_the_answer_does_not_have_is_proposed_to_nobody(slack, bot, statement):
    proposed(slack, bot, statement=statement)

    slack.settled(2)
    assert [] == asks(slack)


def test_where_nobody_decides_the_form_does_not_ask(slack, make_bot):
    bot = make_bot()

    form = proposed(slack, bot)

    slack.settled(2)
    assert [] == asks(slack)
    assert "verdict-who" not in str(form["blocks"])
