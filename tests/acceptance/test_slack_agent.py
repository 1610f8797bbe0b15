"""The agent's sessions over real sockets: waiting, stopping, what the asker looks at."""

from __future__ import annotations

import itertools
import threading

import pytest

from bot.state.channels import Channels
from bot.types import ChannelDefaults
from tests.acceptance.engine_double import EngineDouble
from tests.acceptance.slack_payloads import direct, mention, quoted

pytestmark = pytest.mark.server

STATUS = "agents.sessions.setStatus"
PROMPTS = "assistant.threads.setSuggestedPrompts"
THREAD = "1700000001.000100"
VIEWED = {"entities": [{"type": "slack#/types/channel_id", "value": "C7", "team_id": "T1"}]}

_numbers = itertools.count(1)


class Held(EngineDouble):
    """Answers nothing before it is let go."""

    def __init__(self):
        super().__init__()
        self.begun, self.go = threading.Event(), threading.Event()

    def answer(self, text, **more):
        self.begun.set()
        assert self.go.wait(30)
        return super().answer(text, **more)


def event(kind, **fields):
    payload = mention("", event_id=f"Ev{kind}{next(_numbers)}")
    payload["event"] = {"type": kind, **fields}
    return payload


def stop(thread=THREAD, channel="C1"):
    return event(
        "agent_session_stopped",
        channel=channel,
        thread_ts=thread,
        user="U1",
        streaming_message_ts=[],
        event_ts="1700000009.000100",
    )


def statuses(slack):
    return [sent["status"] for method, sent in slack.calls if method == STATUS]


@pytest.mark.parametrize("transport", ["http", "socket"])
def test_a_question_that_is_stopped_is_told_so_and_not_answered(slack, make_bot, transport):
    engine = Held()
    bot = make_bot(engine, transport=transport)
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts=THREAD))
    assert engine.begun.wait(30)

    bot.sender.event(stop())

    [(method, sent)] = slack.settled(1) if not engine.go.set() else []
    assert ("chat.postMessage", THREAD, "Okay, I stopped.") == (
        method,
        sent["thread_ts"],
        sent["text"],
    )
    assert "active" == statuses(slack)[-1]


def test_a_stop_ends_the_questions_of_its_thread_alone(slack, make_bot):
    engine = Held()
    bot = make_bot(engine)
    for ts in (THREAD, "1700000002.000100"):
        bot.sender.event(mention("<@U0BOT> what did Russia say?", ts=ts))
    assert engine.begun.wait(30)

    bot.sender.event(stop())
    slack.wait(lambda: len(slack.replies) == 1)
    engine.go.set()

    _, (_, sent) = slack.settled(2)
    assert "1700000002.000100" == sent["thread_ts"]
    assert ["“We will stay,” said Ivan Marek."] == quoted(sent)


def test_a_stop_that_comes_too_late_takes_nothing_back(slack, make_bot):
    bot = make_bot()
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts=THREAD))
    slack.settled(1)

    bot.sender.event(stop())
    bot.sender.event(stop())
    bot.sender.event(mention("<@U0BOT> and Turkey?", thread=THREAD, ts="1700000010.000100"))

    assert [False, False] == ["stopped" in sent["text"] for _, sent in slack.settled(2)]


def test_who_waits_for_the_pace_of_posts_sees_that_an_answer_comes(slack, make_bot):
    bot = make_bot()
    for number in range(3):
        bot.sender.event(mention("<@U0BOT> what did Russia say?", ts=f"170000001{number}.0001"))

    slack.settled(3)
    shown = statuses(slack)
    assert shown.count("processing") == shown.count("active") >= 1


def test_a_question_asks_about_the_same_as_the_channel_that_its_asker_looks_at(slack, make_bot):
    bot = make_bot()
    Channels(bot._state).choose(
        "T1", "C7", ChannelDefaults(("turkey",), names=("Turkey",), private=True)
    )

    bot.sender.event(direct("what is new on the tank?", app_context=VIEWED))
    slack.settled(1)
    bot.sender.event(direct("what is new on the tank?"))

    assert ["chat.postMessage"] * 2 == [method for method, _ in slack.settled(2)]
    assert [("turkey",), ()] == [chosen.parties for _, chosen in bot.engine.circumstances]


def test_a_choice_of_the_conversations_own_wins(slack, make_bot):
    bot = make_bot()
    for channel, party in (("C7", "turkey"), ("D1", "russia")):
        Channels(bot._state).choose("T1", channel, ChannelDefaults((party,), names=(party,)))

    bot.sender.event(direct("what is new on the tank?", app_context=VIEWED))

    slack.settled(1)
    assert ("russia",) == bot.engine.circumstances[0][1].parties


@pytest.mark.parametrize("kind", ["app_home_opened", "app_context_changed"])
def test_the_prompts_ask_first_about_whom_the_viewed_channel_asks(slack, make_bot, kind):
    bot = make_bot()
    Channels(bot._state).choose("T1", "C7", ChannelDefaults(("peru",), names=("Peru",)))

    bot.sender.event(event(kind, tab="messages", channel="D1", user="U1", context=VIEWED))
    slack.wait(lambda: PROMPTS in dict(slack.calls))

    prompts = [each["message"] for each in dict(slack.calls)[PROMPTS]["prompts"]]
    assert ["What did Peru say?", "What did Russia say?", "What did Turkey say?"] == prompts


@pytest.mark.parametrize("context", [{}, {"entities": []}, {"entities": [{"type": "x"}]}])
def test_a_context_that_names_no_channel_changes_nothing(slack, make_bot, context):
    bot = make_bot()

    bot.sender.event(event("app_context_changed", context=context))
    bot.sender.event(direct("what is new?", app_context=context))

    slack.settled(1)
    assert ((), False) == (bot.engine.circumstances[0][1].parties, PROMPTS in dict(slack.calls))


def test_two_links_in_one_channel_are_both_unfurled(slack, make_bot):
    bot = make_bot()
    links = [{"url": "https://harbour-post.example/marek", "domain": "harbour-post.example"}]
    for ts in ("1.0", "2.0"):
        bot.sender.event(event("link_shared", channel="C1", message_ts=ts, links=links))

    slack.wait(lambda: sum(method == "chat.unfurl" for method, _ in slack.calls) == 2)
