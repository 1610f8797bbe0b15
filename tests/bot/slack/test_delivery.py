"""The way of one kept reply, on a real state file, a Slack that does as asked, and a clock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slack_sdk.errors import SlackApiError

from bot.messages.elements import plain
from bot.messages.wording import FAILED
from bot.metrics import Metrics
from bot.slack.delivery import CHECKS, LOOK_AFTER, SURE_AFTER, Delivery
from bot.slack.pacing import Pacer
from bot.slack.reconcile import outcome_of
from bot.state.answers import Answer, Answers
from bot.state.inbox import LEASE, Inbox
from bot.state.shown import Shown
from bot.state.state import State
from bot.types import Message, Post, ShownSentence, SlackPlace
from index.errors import StoreError
from index.types import Query
from tests.faults.simulation.slack import refusal

PLACE = SlackPlace("mention", "T1", "C1", "U1", thread="1000000.0")
SAID = ShownSentence("a1", "“We stay,” he said.", "Ana Horvat")
REPLY = Post(PLACE, Message([], "an answer", sentences=(SAID,)))


class Slack:
    """Ends its calls as `ends` says, then takes them; lists what it took once `lists` is set."""

    def __init__(self, *ends):
        self.ends = list(ends)
        self.lists = False
        self.calls = []
        self.asked = []

    def chat_postMessage(self, **sent):  # noqa: N802
        return self._take("post", sent)

    def chat_postEphemeral(self, **sent):  # noqa: N802
        return self._take("whisper", sent)

    def conversations_replies(self, **asked):
        self.asked.append(asked)
        found = [m for m in self.messages() if float(m["ts"]) >= float(asked["oldest"])]
        return {"messages": [{"ts": "1000000.0"}, *(found if self.lists else [])]}

    def conversations_history(self, **asked):
        raise refusal(200, "channel_not_found")  # a person's id names no channel

    def messages(self):
        return [
            {"bot_id": "B", "ts": f"{1_000_001 + n}", "text": sent["text"]}
            for n, (_, sent) in enumerate(self.calls)
        ]

    def _take(self, how, sent):
        end = self.ends.pop(0) if self.ends else None
        if not isinstance(end, SlackApiError):
            self.calls.append((how, sent))
        if end is not None:
            raise end
        return {"ts": self.messages()[-1]["ts"]}


class Engine:
    said = True
    fails = 0  # times that the articles cannot be read

    def still_said(self, article_id, text, *, speaker, url=None):
        if self.fails:
            self.fails -= 1
            raise StoreError("the index is busy")
        return self.said and SAID == ShownSentence(article_id, text, speaker, url)


class Way:
    """One reply on its way, and the clock."""

    def __init__(self, state, slack, post=REPLY):
        self.now = 1_003_600.0  # an hour ahead of Slack's
        self.slack, self.engine = slack, Engine()

        def clock():
            return self.now

        self.inbox, self.shown = Inbox(state, clock=clock), Shown(state, clock)
        self.answers = Answers(state, clock)
        parts = (self.answers.posted, self.engine, Pacer(clock))
        self.delivery = Delivery(self.inbox, Metrics(), *parts)
        body = {"event": {"ts": "1000000.0"}}
        self.inbox.put("mention", "T1", ("k",), body)
        [job] = self.inbox.take(1)
        self.id = job.id
        self.answers.keep(Answer(job.id, "T1", "C1", None, "U1", Query("")))
        self.shown.keep("T1", job.id, post.message, post.message.sentences)
        self.inbox.hold(job.id, replace(post, place=replace(post.place, answer_id=job.id)))
        self.delivery.deliver(slack, job, self.inbox.held(job.id))

    def go_on(self, seconds):
        self.now += seconds
        for job in self.inbox.take(1):
            if job.post is not None:
                self.delivery.deliver(self.slack, job, job.post)

    def settle(self):
        for _ in range(100):
            self.go_on(5.0)


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "bot.db")
    yield opened
    opened.close()


def test_a_reply_whose_sentence_is_no_longer_said_is_worked_out_anew(state):
    way = Way(state, Slack(refusal(429, "ratelimited", "30")))
    way.engine.said = False

    way.go_on(31.0)

    [job] = way.inbox.take(1)
    assert ([], None) == (way.slack.calls, job.post)
    assert [] == _rows(state, "shown") == _rows(state, "shown_articles")


def test_who_lost_a_reply_to_another_process_leaves_what_that_one_shows(state):
    way = Way(state, Slack(refusal(429, "ratelimited", "30")))
    way.now += 31.0
    [stale] = way.inbox.take(1)
    way.now += LEASE + 1
    other = Inbox(state, clock=lambda: way.now)
    other.take(1)
    way.engine.said = False

    way.delivery.deliver(way.slack, stale, stale.post)

    assert (1, 1) == (len(_rows(state, "shown")), len(_rows(state, "shown_articles")))
    assert other.begin(way.id)


def test_a_reply_that_another_process_has_by_now_is_not_sent(state):
    way = Way(state, Slack(refusal(429, "ratelimited", "30")))
    way.now += 31.0
    [stale] = way.inbox.take(1)
    way.now += LEASE + 1
    Inbox(state, clock=lambda: way.now).take(1)

    way.delivery.deliver(way.slack, stale, stale.post)

    assert [] == way.slack.calls


@pytest.mark.parametrize("fails", [1, CHECKS])
def test_a_reply_that_cannot_be_checked_is_posted_once_it_can(state, fails):
    way = Way(state, Slack(refusal(429, "ratelimited", "30")))
    way.engine.fails = fails

    way.settle()

    assert [("post", "an answer")] == [(how, sent["text"]) for how, sent in way.slack.calls]
    assert (0, 1) == (way.inbox.load().waiting, len(_rows(state, "shown")))


def test_a_reply_that_can_never_be_checked_is_not_posted_and_its_asker_is_told(state):
    way = Way(state, Slack(refusal(429, "ratelimited", "30")))
    way.engine.fails = CHECKS + 1

    way.settle()

    [(how, sent)] = way.slack.calls
    assert ("whisper", True) == (how, sent["text"].startswith(FAILED.partition("{")[0]))
    assert [] == _rows(state, "shown") == _rows(state, "shown_articles")
    assert 0 == way.inbox.load().waiting


def test_a_reply_that_slack_is_slow_to_list_is_not_sent_again(state):
    way = Way(state, Slack(ConnectionResetError("cut")))

    way.go_on(LOOK_AFTER)
    way.slack.lists = True
    way.go_on(LOOK_AFTER * SURE_AFTER)

    assert (1, 0) == (len(way.slack.calls), way.inbox.load().waiting)


def test_a_reply_that_is_found_is_known_by_its_ts_then(state):
    way = Way(state, Slack(ConnectionResetError("cut")))
    way.slack.lists = True

    way.settle()

    assert "1000001" == way.answers.find("T1", way.id).ts


def test_a_reply_is_looked_for_by_slacks_clock(state):
    way = Way(state, Slack(ConnectionResetError("cut")))

    way.go_on(LOOK_AFTER)

    assert [999_940.0] == [float(asked["oldest"]) for asked in way.slack.asked]


def test_a_notice_after_a_command_is_for_its_asker_alone(state):
    slack = Slack(ConnectionResetError("cut"))
    place = replace(PLACE, private=True)

    Way(state, slack, Post(place, plain("an answer"), alone=True)).settle()

    assert ["whisper", "whisper"] == [how for how, _ in slack.calls]


def test_a_notice_of_a_lost_direct_message_is_a_direct_message(state):
    slack = Slack(refusal(200, "user_not_in_channel"), ConnectionResetError("cut"))

    Way(state, slack, Post(PLACE, plain("busy"), alone=True)).settle()

    assert [("post", "U1")] * 2 == [(how, sent["channel"]) for how, sent in slack.calls]


@pytest.mark.parametrize(("channel", "what"), [("D1", "unknown"), ("C1", "missing")])
def test_a_conversation_that_holds_no_question_cannot_be_read(channel, what):
    class Blind:
        def conversations_history(self, **_):
            return {"messages": []}

    post = replace(REPLY, place=replace(PLACE, channel=channel, thread=None))

    assert what == outcome_of(Blind(), post, "a1", 1_000_000.0).what


def _rows(state, table):
    with state.reading() as db:
        return db.execute(f"SELECT * FROM {table}").fetchall()
