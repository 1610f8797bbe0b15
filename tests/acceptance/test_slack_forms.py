"""The question form, over real sockets: opened, filled in, its menus; the engine is a double."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse

from tests.acceptance.slack_clicks import (
    THREAD,
    asked,
    asked_alone,
    click,
    interact,
    submission,
    suggestion,
)

pytestmark = pytest.mark.server


def test_refine_opens_a_form_with_the_question_and_answers_in_the_thread(slack, bot):
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Refine"))
    slack.wait(lambda: slack.views)
    [view] = slack.views
    chosen = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert "Russia" == chosen["form-party"]["initial_option"]["text"]["text"]
    assert "tank" == chosen["form-topic"]["initial_value"]
    assert "2018-02-20" == chosen["form-since"]["initial_date"]

    interact(
        bot, submission(view, form_party="turkey", form_topic="grain", form_until="2018-03-01")
    )

    [_, (method, refined)] = slack.settled(2)
    assert ("chat.postMessage", THREAD) == (method, refined["thread_ts"])
    query = bot.engine.queries[-1]
    assert ("turkey", "grain", None) == (query.party, query.topic, query.since)
    assert "2018-03-02T00:00:00-05:00" == query.until.isoformat()


def test_a_refined_private_answer_takes_the_place_of_the_first(slack, bot):
    sent = asked_alone(slack, bot)

    interact(bot, click(slack, sent, "Refine", ephemeral=True))
    slack.wait(lambda: slack.views)
    interact(bot, submission(slack.views[0], form_topic="grain"))

    [_, (method, refined)] = slack.settled(2)
    assert ("response_url", True) == (method, refined["replace_original"])


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, {"form-topic": "Give a country or organisation, a person, or a topic."}),
        (
            {"form_topic": "x", "form_since": "2018-03-02", "form_until": "2018-03-01"},
            {"form-until": "The end date is before the start date."},
        ),
    ],
)
def test_a_form_that_asks_nothing_says_so_in_its_field(slack, make_bot, fields, fault):
    bot = make_bot()
    sent = asked(slack, bot)
    interact(bot, click(slack, sent, "Refine"))
    slack.wait(lambda: slack.views)

    answer = interact(bot, submission(slack.views[0], **fields))

    assert {"response_action": "errors", "errors": fault} == answer.json()
    assert 1 == len(slack.settled(1))


def test_a_form_that_slack_will_not_open_any_more_asks_for_another_click(slack, make_bot):
    bot = make_bot()
    sent = asked(slack, bot)
    slack.refuse("views.open", JSONResponse({"ok": False, "error": "expired_trigger_id"}))

    interact(bot, click(slack, sent, "Refine"))

    text = "That took too long to open. Please press the button again."
    assert text == slack.settled(2)[1][1]["text"]


@pytest.mark.parametrize(
    ("menu", "typed", "want"),
    [
        ("form-party", "tur", [("Turkey", "turkey")]),
        ("form-speaker", "", [("Ivan Marek", "Ivan Marek")]),
        ("form-outlet", "h", [("Harbour Post", "Harbour Post")]),
    ],
)
def test_the_form_completes_names_on_record(make_bot, menu, typed, want):
    answer = interact(make_bot(), suggestion(menu, typed))

    options = [(each["text"]["text"], each["value"]) for each in answer.json()["options"]]
    assert want == options
