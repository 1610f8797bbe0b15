"""Steps of workflows, over real sockets; the engine is a double."""

from __future__ import annotations

import json

import pytest
from starlette.responses import JSONResponse

from bot.listeners.events import steps
from bot.manifest import manifest
from index.errors import StoreError
from tests.acceptance.engine_double import EngineDouble, quote
from tests.acceptance.slack_payloads import mention

pytestmark = pytest.mark.server

DONE = ("functions.completeSuccess", "functions.completeError")


def executed(step, execution="Fx1", event_id=None, **inputs):
    payload = mention("", event_id=event_id)
    payload["event"] = {
        "type": "function_executed",
        "function": {"callback_id": step},
        "inputs": inputs,
        "function_execution_id": execution,
        "bot_access_token": "xwfp-secret",
    }
    return payload


def completed(slack, count=1):
    slack.wait(lambda: sum(method in DONE for method, _ in slack.calls) >= count)
    slack.settled(0)
    return [
        (method, {**sent, "outputs": json.loads(sent.get("outputs", "{}"))})
        for method, sent in slack.calls
        if method in DONE
    ]


def test_a_question_of_a_workflow_is_answered_with_its_outputs(slack, bot):
    bot.sender.event(executed("ask", question="what did Russia say?"))

    [(method, sent)] = completed(slack)
    assert ("functions.completeSuccess", "Fx1") == (method, sent["function_execution_id"])
    where = "Harbour Post, 2018-02-07, https://harbour-post.example/marek"
    text = f"Ivan Marek (Russia):\n“We will stay,” said Ivan Marek.\n{where}"
    assert {
        "text": text,
        "count": 23,
        "link": "https://harbour-post.example/marek",
    } == sent["outputs"]
    assert "what did Russia say?" == bot.engine.asked[0][0]
    assert [] == slack.replies


def test_a_topic_of_a_workflow_is_gathered_since_some_days_ago(slack, make_bot):
    engine = EngineDouble()
    since = []
    digest = engine.digest

    def spied(topic, **given):
        since.append(given.pop("since"))
        return digest(topic, **given)

    engine.digest = spied
    bot = make_bot(engine)
    for number, days in enumerate(("7", "", "many")):
        bot.sender.event(executed("brief", f"Fx{number}", topic="grain", days=days))
        completed(slack, number + 1)

    assert [True, False, False] == [each is not None for each in since]


def test_an_abstention_says_why_and_counts_nothing(slack, make_bot):
    make_bot().sender.event(executed("ask", question="what did Iran say?"))

    [(_, sent)] = completed(slack)
    assert {
        "text": "No statement by Iran on the tank in 12 articles.",
        "count": 0,
        "link": "",
    } == sent["outputs"]


@pytest.mark.parametrize(
    ("engine", "question", "error"),
    [
        (EngineDouble(), "tank tank tank", "Ask who said what"),
        (EngineDouble(error=StoreError("the index is damaged")), "Russia", "the index is damaged"),
    ],
)
def test_what_cannot_be_answered_ends_with_an_error(slack, make_bot, engine, question, error):
    make_bot(engine).sender.event(executed("ask", question=question))

    [(method, sent)] = completed(slack)
    assert ("functions.completeError", True) == (method, error in sent["error"])


def test_an_execution_that_is_delivered_again_is_completed_once(slack, make_bot):
    bot = make_bot()
    for _ in range(3):
        bot.sender.event(executed("ask", event_id="EvStep", question="Russia?"))

    assert 1 == len(completed(slack))


def test_a_break_in_between_is_tried_again(slack, make_bot, monkeypatch):
    monkeypatch.setattr(steps, "PAUSE", 0.01)
    slack.refuse("functions.completeSuccess", "before", JSONResponse({"ok": False}, 503))
    make_bot().sender.event(executed("ask", question="Russia?"))

    assert 1 == len(completed(slack))


def test_nothing_in_an_output_pings_and_no_sentence_is_cut(slack, make_bot):
    evil = "<!channel> “We & they stay” " + "a" * 400 + "."
    quotes = [quote(evil, start=n, end=n + len(evil)) for n in range(20)]
    make_bot(EngineDouble(quotes)).sender.event(executed("ask", question="Russia?"))

    [(_, sent)] = completed(slack)
    text = sent["outputs"]["text"]
    assert "<!channel>" not in text
    assert text.count("&lt;!channel&gt;") == text.count("aaaa.") > 1
    assert len(text) <= steps.MAX_TEXT


def test_the_token_of_a_step_is_not_kept(make_bot):
    bot = make_bot(working=False)

    bot.sender.event(executed("ask", question="Russia?"))

    [(body,)] = bot.query("SELECT body FROM inbox")
    assert ("xwfp" in body, "Russia?" in body) == (False, True)
    bot._workers.start()


def test_another_app_s_step_is_let_pass(slack, make_bot):
    bot = make_bot()
    bot.sender.event(executed("other"))
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))

    slack.settled(1)
    assert not any(method in DONE for method, _ in slack.calls)


def test_the_manifest_names_the_steps_and_what_they_give():
    made = manifest()

    assert {steps.ASK_STEP, steps.BRIEF_STEP} == set(made["functions"])
    for step in made["functions"].values():
        assert {"text", "count", "link"} == set(step["output_parameters"])
    assert ("remote", True) == (
        made["settings"]["function_runtime"],
        made["settings"]["org_deploy_enabled"],
    )
