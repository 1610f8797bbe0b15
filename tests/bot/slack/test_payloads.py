"""Payloads: where an answer goes, what is one question, what was asked."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.payloads import (
    enterprise_of,
    from_a_person,
    keys_of,
    note_in_form,
    noted_in_form,
    place_of,
    question_of,
    team_of,
)
from bot.types import SlackPlace


def event(**fields):
    return {"team_id": "T1", "event_id": "E1", "event": {"channel": "C1", "ts": "1.0", **fields}}


def test_a_mention_is_answered_in_a_thread_of_its_own():
    body = event(type="app_mention", user="U1")

    assert SlackPlace("mention", "T1", "C1", "U1", thread="1.0") == place_of(body)


def test_a_mention_in_a_thread_is_answered_there():
    body = event(type="app_mention", user="U1", thread_ts="0.5")

    assert SlackPlace("mention", "T1", "C1", "U1", thread="0.5", in_thread=True) == place_of(body)


def test_nobody_waits_for_an_answer_to_opening_the_home_tab():
    assert place_of(event(type="app_home_opened")) is None


def test_a_post_is_known_by_its_event_and_by_its_place():
    assert ("event:T1:E1", "post:T1:C1:1.0") == keys_of(event(type="message"))


def test_a_command_is_known_by_its_trigger():
    assert ("command:T1:9.9",) == keys_of(
        {"command": "/said", "team_id": "T1", "trigger_id": "9.9"}
    )


CLICK = {
    "type": "block_actions",
    "container": {"message_ts": "1.0"},
    "actions": [{"action_id": "more", "action_ts": "2.0"}],
}
FORM = {"type": "view_submission", "view": {"id": "V1", "hash": "h"}}


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (CLICK, "click:T1:U1:1.0:more:2.0"),
        (FORM, "form:T1:U1:V1:h"),
        ({"type": "shortcut", "trigger_id": "9.9"}, "shortcut:T1:U1:9.9"),
    ],
)
def test_what_a_person_does_is_known_by_the_team_the_person_and_the_moment(body, key):
    assert (key,) == keys_of({**body, "team": {"id": "T1"}, "user": {"id": "U1"}})


@pytest.mark.parametrize(
    ("fields", "want"),
    [
        ({"user": "U1"}, True),
        ({"user": "U1", "subtype": "file_share"}, True),
        ({"user": "U1", "bot_id": "B1"}, False),
        ({"user": "U1", "subtype": "message_changed"}, False),
        ({"subtype": "channel_join"}, False),
        ({}, False),
    ],
)
def test_only_people_are_answered(fields, want):
    assert want == from_a_person(fields)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("<@U0BOT> what did Russia say?", "what did Russia say?"),
        ("what did Russia say, <@U0BOT|onrecord>?", "what did Russia say, ?"),
        ("who said <!channel> &lt;no&gt; &amp; yes", "who said <no> & yes"),
        ("in <#C1|general> and <https://a.example|a.example>", "in general and a.example"),
        ("see <https://a.example/x>", "see https://a.example/x"),
        ("a < b", "a < b"),
    ],
)
def test_a_question_is_what_the_person_saw(text, want):
    assert want == question_of(text)


@settings(deadline=None)
@given(st.text(alphabet="<>@!#|&;ltgamp \n"))
def test_no_markup_survives_in_a_question_as_slack_escapes_it(typed):
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert " ".join(typed.split()) == question_of(escaped)


FOREIGN = SlackPlace("button", "T9", "C9", "U9", thread="5.0", response_url="https://x.example/")


def submitted(metadata):
    who = {"team": {"id": "T1"}, "user": {"id": "U1"}}
    return {"type": "view_submission", **who, "view": {"private_metadata": metadata}}


def test_a_form_says_where_its_answer_goes_but_not_whose_it_is():
    place = place_of(submitted(note_in_form(FOREIGN)))

    assert ("T1", "U1", "C9", "5.0") == (place.team, place.user, place.channel, place.thread)


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "{not json",
        "[1]",
        "7",
        "[" * 100_000,
        json.dumps({"place": {"unknown": 1}}),
        json.dumps({"place": [1], "answer": ["a"]}),
        json.dumps({"place": {"surface": 1, "team": {}, "channel": None, "user": 2}}),
    ],
)
def test_a_form_that_carries_anything_else_is_answered_in_person(metadata):
    body = submitted(metadata)

    assert SlackPlace("form", "T1", "U1", "U1", private=True) == place_of(body)
    assert "" == noted_in_form(body["view"], "answer")


@pytest.mark.parametrize("kind", ["block_actions", "view_submission", "block_suggestion"])
def test_an_interaction_names_its_team_in_one_place_alone(kind):
    body = {
        "type": kind,
        "team": {"id": "T1"},
        "team_id": "T9",
        "enterprise_id": "E9",
        "authorizations": [{"team_id": "T9", "enterprise_id": "E9"}],
    }

    assert ("T1", "") == (team_of(body), enterprise_of(body))
