"""Questions in, Slack replies out, over real sockets; the engine is a double."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import JSONResponse

from index.errors import StoreError
from tests.acceptance.engine_double import EngineDouble, quote
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_payloads import command, direct, mention, quoted, wording
from tests.bot.messages.slack_limits import as_shown

pytestmark = pytest.mark.server

STATUS = "agents.sessions.setStatus"

# --- one question, one answer -------------------------------------------------------------


def test_a_mention_is_answered_once_in_its_thread(slack, bot):
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts="1700000001.000100"))

    [(method, sent)] = slack.settled(1)
    assert "chat.postMessage" == method
    assert ("C1", "1700000001.000100") == (sent["channel"], sent["thread_ts"])
    assert ["“We will stay,” said Ivan Marek."] == quoted(sent)
    assert "1 statement by Ivan Marek (Russia)" == sent["text"]
    assert (False, False) == (sent["unfurl_links"], sent["unfurl_media"])
    assert [("what did Russia say?", None)] == bot.engine.asked


def test_a_direct_message_is_answered_once(slack, bot):
    bot.sender.event(direct("what did Russia say?", ts="1700000002.000100"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "D1") == (method, sent["channel"])
    assert ["“We will stay,” said Ivan Marek."] == quoted(sent)


@pytest.mark.parametrize("name", ["/said", "/brief"])
def test_a_command_is_answered_once_to_the_asker_with_the_question(slack, bot, name):
    bot.sender.command(command(slack, name, "Russia on the <!channel> tank"))

    [(method, sent)] = slack.settled(1)
    assert ("response_url", "ephemeral") == (method, sent["response_type"])
    assert ["“We will stay,” said Ivan Marek."] == quoted(sent)
    repeated = "You asked" if name == "/said" else "Topic"
    assert f"{repeated}: Russia on the tank" in wording(sent)


@pytest.mark.parametrize("name", ["/said", "/brief"])
def test_a_command_tells_how_to_ask(slack, make_bot, name):
    make_bot().sender.command(command(slack, name, "help"))

    [(_, sent)] = slack.settled(1)
    assert f"• {name} " in wording(sent)


@pytest.mark.parametrize("text", ["", "Help!", "setings", "helpp"])
def test_a_command_word_that_nobody_knows_is_answered_with_how_to_ask(slack, make_bot, text):
    bot = make_bot()
    bot.sender.command(command(slack, "/said", text))

    assert "• /said " in wording(slack.settled(1)[0][1])
    assert [] == bot.engine.asked


def test_an_abstention_gives_its_reason_and_keeps_the_nearest_apart(slack, make_bot):
    make_bot().sender.event(mention("<@U0BOT> what did Iran say about the tank?"))

    [(_, sent)] = slack.settled(1)
    assert "No statement by Iran on the tank in 12 articles." == sent["text"]
    assert [
        *("rich_text", "divider", "rich_text", "rich_text", "section"),
        *("context", "actions", "context_actions"),
    ] == [block["type"] for block in sent["blocks"]]
    assert "Not an answer, but related statements:" == wording({"blocks": sent["blocks"][2:3]})


# --- exactly once ---------------------------------------------------------------------------


def test_an_event_delivered_four_times_in_sequence_is_answered_once(slack, bot):
    payload = mention("<@U0BOT> what did Russia say?")
    for _ in range(4):
        bot.sender.event(payload)

    assert 1 == len(slack.settled(1))


def test_an_event_delivered_four_times_at_once_to_two_processes_is_answered_once(slack, make_bot):
    first, second = make_bot(), make_bot()
    payload = mention("<@U0BOT> what did Russia say?")
    with ThreadPoolExecutor(4) as slack_side:
        for sender in (first.sender, second.sender) * 2:
            slack_side.submit(sender.event, payload)

    assert 1 == len(slack.settled(1))


def test_an_event_is_not_answered_again_after_a_restart(slack, tmp_path):
    payload = mention("<@U0BOT> what did Russia say?")
    for _ in range(2):
        bot = Bot(slack, tmp_path)
        bot.sender.event(payload)
        bot.close()

    assert 1 == len(slack.settled(1))


def test_a_post_that_comes_as_two_events_is_answered_once(slack, bot):
    as_message = direct("<@U0BOT> what did Russia say?", ts="1700000009.000100")
    as_mention = mention("<@U0BOT> what did Russia say?", ts="1700000009.000100")
    as_mention["event"]["channel"] = "D1"
    bot.sender.event(as_message)
    bot.sender.event(as_mention)

    assert 1 == len(slack.settled(1))


def test_bots_edits_and_the_bot_itself_are_not_answered(slack, bot):
    bot.sender.event(direct("what did Russia say?", bot_id="B9"))
    bot.sender.event(direct("what did Russia say?", user="U0BOT"))
    bot.sender.event(direct("what did Russia say?", subtype="message_changed"))
    bot.sender.event(direct("what did Turkey say?"))

    assert 1 == len(slack.settled(1))
    assert ["what did Turkey say?"] == [question for question, _ in bot.engine.asked]


# --- no silence, no double ------------------------------------------------------------------


def test_a_failing_search_is_answered_with_a_reference_to_the_asker_alone(slack, make_bot, caplog):
    bot = make_bot(EngineDouble(error=StoreError("/srv/index.db is damaged")))
    bot.sender.event(mention("<@U0BOT> what did Russia say about secret plans?"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postEphemeral", "C1", "U1") == (method, sent["channel"], sent["user"])
    assert sent["text"].startswith("I could not search the articles (ref ")
    ref = sent["text"].removesuffix(").")[-4:]
    assert any(ref in record.getMessage() for record in caplog.records)
    assert "secret plans" not in caplog.text


def test_a_question_not_understood_is_answered_with_examples(slack, bot):
    bot.sender.event(direct("tank tank tank", ts="1700000003.000100"))
    bot.sender.command(command(slack, "/said", "tank tank tank"))

    replies = slack.settled(2)
    assert {"Ask who said what, for example: what did Russia say?"} == {
        sent["text"] for _, sent in replies
    }


def test_a_refused_post_is_told_to_the_asker(slack, make_bot):
    slack.refuse("chat.postMessage", JSONResponse({"ok": False, "error": "msg_blocks_too_long"}))
    make_bot().sender.event(mention("<@U0BOT> what did Russia say?"))

    assert ["chat.postEphemeral"] == [method for method, _ in slack.settled(1)]


def test_a_post_that_came_too_fast_is_made_when_slack_allows(slack, make_bot):
    late = JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"})
    slack.refuse("chat.postMessage", late, late)
    make_bot().sender.event(mention("<@U0BOT> what did Russia say?"))

    assert ["chat.postMessage"] == [method for method, _ in slack.settled(1)]


@pytest.mark.parametrize("status", [503, 200])
def test_a_post_that_failed_and_cannot_be_looked_for_is_not_made_again(slack, make_bot, status):
    slack.refuse("chat.postMessage", JSONResponse({"ok": False, "error": "fatal_error"}, status))
    unreadable = JSONResponse({"ok": False, "error": "missing_scope"})
    slack.refuse("conversations.replies", unreadable)
    make_bot().sender.event(mention("<@U0BOT> what did Russia say?"))

    [(method, sent)] = slack.settled(1)
    assert "chat.postEphemeral" == method
    assert sent["text"].startswith("My answer may not have arrived (ref ")


class Slow(EngineDouble):
    """Finds nothing before *done*, however fast or busy the machine is."""

    def __init__(self, slack, done):
        super().__init__()
        self.found = lambda: slack.wait(done)

    def answer(self, text, **given):
        self.found()
        return super().answer(text, **given)


def test_the_status_is_shown_before_the_answer_where_that_takes_long(slack, make_bot):
    engine = Slow(slack, lambda: STATUS in dict(slack.calls))
    make_bot(engine).sender.event(mention("<@U0BOT> what did Russia say?"))

    slack.settled(1)
    methods = [method for method, _ in slack.calls]
    shown = [m for m in methods if m in (STATUS, "chat.postMessage")]
    assert [STATUS, "chat.postMessage", STATUS] == shown
    statuses = [sent["status"] for method, sent in slack.calls if method == STATUS]
    assert ["processing", "active"] == statuses


def test_no_status_is_shown_where_the_answer_comes_before_it(slack, make_bot, monkeypatch):
    monkeypatch.setattr("bot.slack.status.AFTER", 3_600.0)
    make_bot().sender.event(mention("<@U0BOT> what did Russia say?"))

    slack.settled(1)
    assert STATUS not in dict(slack.calls)


def test_a_conversation_gets_its_title_from_its_first_question_and_keeps_it(slack, bot):
    bot.sender.event(direct("what did Russia say?", ts="1700000006.000100"))
    slack.settled(1)
    bot.sender.event(direct("and Turkey?", thread="1700000006.000100"))

    slack.settled(2)
    [sent] = [sent for method, sent in slack.calls if method == STATUS and "title" in sent]
    assert ("D1", "1700000006.000100", "active", "Russia on tank") == (
        sent["channel_id"],
        sent["thread_ts"],
        sent["status"],
        sent["title"],
    )


def test_a_conversation_that_began_with_a_wait_is_named_afterwards(slack, make_bot):
    engine = Slow(slack, lambda: STATUS in dict(slack.calls))
    make_bot(engine).sender.event(direct("what did Russia say?"))

    slack.settled(1)
    assert "Russia on tank" == dict(slack.calls)["agents.sessions.rename"]["title"]


def test_a_status_that_fails_does_not_stop_the_answer(slack, make_bot):
    slack.refuse(STATUS, JSONResponse({"ok": False, "error": "missing_scope"}))
    engine = Slow(slack, lambda: not slack.refusals(STATUS))
    make_bot(engine).sender.event(mention("<@U0BOT> what did Russia say?"))

    assert ["chat.postMessage"] == [method for method, _ in slack.settled(1)]


def test_a_channel_shared_with_others_gets_no_answer_in_public(slack, make_bot):
    payload = mention("<@U0BOT> what did Russia say?")
    bot = make_bot()
    bot.sender.event({**payload, "is_ext_shared_channel": True})

    assert ["chat.postEphemeral"] == [method for method, _ in slack.settled(1)]
    assert [] == bot.engine.asked


# --- threads ------------------------------------------------------------------------------


def test_a_question_in_the_same_thread_knows_the_one_before(slack, bot):
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts="1700000004.000100"))
    slack.settled(1)
    bot.sender.event(mention("<@U0BOT> and Ukraine?", thread="1700000004.000100"))
    slack.settled(2)
    bot.sender.event(mention("<@U0BOT> and Ukraine?", thread="1700000005.000100"))
    slack.settled(3)

    assert [None, "what did Russia say?", None] == [
        previous and previous.text for _, previous in bot.engine.asked
    ]


def test_a_question_that_is_worked_out_anew_goes_on_with_the_one_before_it(slack, make_bot):
    bot = make_bot()
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts="1700000004.000100"))
    slack.settled(1)
    checks = iter([False])  # the article changes before the reply is out
    bot.engine.still_said = lambda *_, **__: next(checks, True)

    bot.sender.event(mention("<@U0BOT> and before that?", thread="1700000004.000100"))
    slack.settled(2)

    assert [None, *["what did Russia say?"] * 2] == [
        previous and previous.text for _, previous in bot.engine.asked
    ]


# --- what articles and questions cannot do ----------------------------------------------------

NASTY = (
    "<!channel> <@U1> <#C1> <http://evil.example|bank> *b* _i_ ~s~ `c` &lt;!here&gt; \u202e :tada:"
)


def test_an_article_cannot_ping_or_format(slack, make_bot):
    nasty = quote(NASTY, speaker=NASTY, role=NASTY, outlet=NASTY, also_in=(NASTY,))
    make_bot(EngineDouble([nasty])).sender.event(mention("<@U0BOT> what did Russia say?"))

    [(_, sent)] = slack.settled(1)
    assert [as_shown(NASTY)] == quoted(sent)
    parsed = [
        sent["text"],
        *(b["elements"][0]["text"] for b in sent["blocks"] if b["type"] == "context"),
    ]
    assert not any("<!channel" in text or "<@" in text or "<http" in text for text in parsed)
    kinds = {
        part["type"]
        for block in sent["blocks"]
        for element in block.get("elements", ())
        for part in element.get("elements", ())
    }
    assert {"text", "link", "date"} >= kinds
