"""The surfaces beside mentions and commands, over real sockets; the engine is a double."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse

from index.errors import StoreError
from index.types import Party
from tests.acceptance.engine_double import EngineDouble, quote
from tests.acceptance.slack_clicks import home_click, interact, shortcut, submission
from tests.acceptance.slack_payloads import direct, mention, quoted, wording

pytestmark = pytest.mark.server

THREAD = "1700000001.000100"
ARTICLE = "https://harbour-post.example/marek"


def message(text, *, thread=THREAD, kind="channel", **more):
    """A message in a channel that mentions nobody."""
    payload = mention(text, thread=thread, channel_type=kind, **more)
    payload["event"]["type"] = "message"
    return payload


def event(kind, **fields):
    """Another event, as Slack delivers it."""
    payload = mention("", user=fields.pop("user", "U1"))
    payload["event"] = {"type": kind, "user": "U1", **fields}
    return payload


# --- follow-ups without a mention ---------------------------------------------------------------


@pytest.mark.parametrize("text", ["and Ukraine?", "What did Turkey say?", "Turkey"])
def test_a_follow_up_in_our_thread_is_answered_there_without_a_mention(slack, bot, text):
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts=THREAD))
    slack.settled(1)

    bot.sender.event(message(text))

    [_, (method, sent)] = slack.settled(2)
    assert ("chat.postMessage", THREAD) == (method, sent["thread_ts"])
    assert (text, "what did Russia say?") == (bot.engine.asked[1][0], bot.engine.asked[1][1].text)


@pytest.mark.parametrize(
    "payload",
    [
        message("Let us use the Russia quote at the top of the page."),
        message("Could you call them, please?"),
        message("<@U9> and Ukraine?"),
        message("and Ukraine?", thread="1700000777.000100"),
        message("and Ukraine?", thread=None),
        message("and Ukraine?", bot_id="B9"),
        message("and Ukraine?", subtype="message_changed"),
        message("tank tank tank, said Turkey?"),
        {**message("and Ukraine?"), "is_ext_shared_channel": True},
    ],
    ids=["talk", "to-a-colleague", "to-another", "other-thread", "no-thread", "bot", "edit",
         "not-understood", "shared"],
)  # fmt: skip
def test_what_people_say_to_each_other_is_not_answered(slack, make_bot, payload):
    bot = make_bot()
    bot.sender.event(mention("<@U0BOT> what did Russia say?", ts=THREAD))
    slack.settled(1)

    bot.sender.event(payload)

    assert 1 == len(slack.settled(1))


# --- shortcuts ----------------------------------------------------------------------------------


def test_who_said_this_looks_the_quotation_of_a_message_up_for_the_asker(slack, bot):
    text = "He said “we will never leave” &amp; went &lt;home&gt; <https://a.example|link>"
    interact(bot, shortcut(slack, "who_said_this", text))

    [(method, sent)] = slack.settled(1)
    assert ("response_url", "ephemeral") == (method, sent["response_type"])
    assert "we will never leave" == bot.engine.queries[0].quotation
    assert ["“We will stay,” said Ivan Marek."] == quoted(sent)


def test_who_said_this_says_when_nobody_did(slack, make_bot):
    interact(make_bot(), shortcut(slack, "who_said_this", "nobody ever said that loudly"))

    [(_, sent)] = slack.settled(1)
    assert "Nobody is on record with the words “nobody ever said that loudly”." == sent["text"]


def test_check_quotations_shows_the_asker_what_is_on_record_of_a_draft(slack, bot):
    text = "Our draft &amp; more:\n\n&gt; “We will stay,” said <@U9|Marek>. altered"
    interact(bot, shortcut(slack, "check_quotations", text))

    [(method, sent)] = slack.settled(1)
    assert ("response_url", "ephemeral") == (method, sent["response_type"])
    assert "1 quotation: 1 altered" == sent["text"]
    assert "Our draft & more:\n\n> “We will stay,” said . altered" == bot.engine.checked[0]
    assert "here: stay · on record: leave" in wording(sent)
    assert ["“We will stay,” said Ivan Marek."] == quoted(sent)


def test_a_pasted_draft_is_checked_for_whoever_pasted_it(slack, make_bot):
    bot = make_bot()
    interact(bot, shortcut(slack, "check_draft"))
    slack.wait(lambda: slack.views)
    text = "Ivan Marek:\n“We will stay” & <more>"

    interact(bot, submission(slack.views[0], check_draft_text=text))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1") == (method, sent["channel"])
    assert "1 quotation: 1 found" in sent["text"]
    assert [text] == bot.engine.checked


def test_check_quotations_says_when_a_message_holds_none(slack, make_bot):
    interact(make_bot(), shortcut(slack, "check_quotations", "see you at noon"))

    assert "That message holds no quotation to check" in slack.settled(1)[0][1]["text"]


@pytest.mark.parametrize("text", ["", "<https://a.example|…>", "?!"])
def test_who_said_this_of_a_message_without_words_says_so(slack, make_bot, text):
    interact(make_bot(), shortcut(slack, "who_said_this", text))

    assert "That message holds no words to look up." == slack.settled(1)[0][1]["text"]


def test_the_form_of_the_shortcut_answers_in_a_direct_message(slack, bot):
    interact(bot, shortcut(slack, "ask_onrecord"))
    slack.wait(lambda: slack.views)
    interact(bot, submission(slack.views[0], form_speaker="Ivan Marek"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1") == (method, sent["channel"])
    assert "Ivan Marek" == bot.engine.queries[0].speaker


def test_the_form_of_the_shortcut_answers_in_the_chosen_channel_and_says_who_asks(slack, make_bot):
    bot = make_bot()
    interact(bot, shortcut(slack, "ask_onrecord"))
    slack.wait(lambda: slack.views)
    interact(bot, submission(slack.views[0], form_party="russia", form_where="C7"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "C7") == (method, sent["channel"])
    first = sent["blocks"][0]["elements"][0]["elements"]
    assert [{"type": "user", "user_id": "U1"}, {"type": "text", "text": " asks:"}] == first


# --- the app's own pages ------------------------------------------------------------------------


def test_the_home_tab_tells_how_to_ask_what_there_is_and_asks_at_a_click(slack, bot):
    bot.sender.event(event("app_home_opened", tab="home", channel="D1"))
    slack.wait(lambda: slack.views)

    [view] = slack.views
    text = wording(view)
    assert "12 articles in English, 340 sentences" in text
    assert "newest article <!date^1519135380^{date_num}|2018-02-20>" in text
    assert "/said" in text
    row, *_ = [block for block in view["blocks"] if block["type"] == "actions"]
    assert "Ask a question" == row["elements"][0]["text"]["text"]
    interact(bot, home_click(row["elements"][1]))
    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1") == (method, sent["channel"])
    assert "You asked: What did Russia say?" in wording(sent)


def test_the_button_of_the_home_tab_opens_the_form(slack, bot):
    bot.sender.event(event("app_home_opened", tab="home", channel="D1"))
    slack.wait(lambda: slack.views)

    ask = slack.views[0]["blocks"][1]["elements"][0]
    interact(bot, home_click(ask))
    slack.wait(lambda: len(slack.views) > 1)
    interact(bot, submission(slack.views[1], form_party="russia"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1") == (method, sent["channel"])


@pytest.mark.parametrize("text", ["help", "what can I ask?"])
def test_help_asks_about_those_who_are_on_record_and_about_nobody_else(slack, make_bot, text):
    engine = EngineDouble()
    engine.most_quoted = lambda since, limit=3: (Party("united states", "United States"),)
    make_bot(engine).sender.event(direct(text))

    [(_, sent)] = slack.settled(1)
    assert "• What did the United States say?" in sent["text"]
    assert not any(word in sent["text"].casefold() for word in ("russia", "tank", "ministry"))


def test_where_nobody_is_heard_today_the_prompts_ask_about_those_heard_before(slack, make_bot):
    engine = EngineDouble()
    engine.most_quoted = lambda since, limit=3: (
        (Party("turkey", "Turkey"),) if since.year < 2000 else ()
    )
    make_bot(engine).sender.event(event("app_home_opened", tab="messages", channel="D1"))
    method = "assistant.threads.setSuggestedPrompts"
    slack.wait(lambda: method in dict(slack.calls))

    prompts = dict(slack.calls)[method]["prompts"]
    assert ["What did Turkey say?"] == [prompt["message"] for prompt in prompts]


def test_the_home_tab_lists_the_newest_articles_with_links_that_are_safe(slack, make_bot):
    make_bot().sender.event(event("app_home_opened", tab="home", channel="D1"))
    slack.wait(lambda: slack.views)

    text = " ".join(wording(slack.views[0]).split())
    assert "Marek stays · Harbour Post · 2018-02-20" in text
    assert "Fog · outlet unknown" in text
    assert "javascript" not in str(slack.views[0])


def test_the_home_tab_opens_the_settings_of_a_channel(slack, bot):
    bot.sender.event(event("app_home_opened", tab="home", channel="D1"))
    slack.wait(lambda: slack.views)
    *_, row = [block for block in slack.views[0]["blocks"] if block["type"] == "actions"]

    interact(bot, home_click(row["elements"][0], selected_conversation="C9"))
    slack.wait(lambda: len(slack.views) > 1)

    assert ("channel_defaults", "C9") == (
        slack.views[1]["callback_id"],
        slack.views[1]["private_metadata"],
    )


def test_a_form_that_opens_too_late_is_told_of_in_a_direct_message(slack, make_bot):
    bot = make_bot()
    slack.refuse("views.open", JSONResponse({"ok": False, "error": "expired_trigger_id"}))

    interact(bot, shortcut(slack, "ask_onrecord"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1") == (method, sent["channel"])
    assert sent["text"].startswith("That took too long to open.")


def test_a_chosen_channel_that_others_read_is_not_posted_to(slack, make_bot):
    bot = make_bot()
    interact(bot, shortcut(slack, "ask_onrecord"))
    slack.wait(lambda: slack.views)
    slack.refuse("conversations.info", JSONResponse({"ok": False, "error": "missing_scope"}))
    interact(bot, submission(slack.views[0], form_party="russia", form_where="C7"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1") == (method, sent["channel"])
    assert "I can’t post there" in wording(sent)
    assert ["“We will stay,” said Ivan Marek."] == quoted(sent)


def test_the_home_tab_says_when_the_index_cannot_be_read(slack, make_bot):
    class Broken(EngineDouble):
        def stats(self):
            raise StoreError("index.db is damaged")

    make_bot(Broken()).sender.event(event("app_home_opened", tab="home", channel="D1"))
    slack.wait(lambda: slack.views)

    assert "The index cannot be read right now." in wording(slack.views[0])


def test_the_messages_tab_suggests_whoever_is_heard_most(slack, bot):
    bot.sender.event(event("app_home_opened", tab="messages", channel="D1"))
    method = "assistant.threads.setSuggestedPrompts"
    slack.wait(lambda: method in dict(slack.calls))

    prompts = dict(slack.calls)[method]["prompts"]
    assert ["What did Russia say?", "What did Turkey say?"] == [p["message"] for p in prompts[:2]]
    assert 2 == len(prompts)


# --- links ----------------------------------------------------------------------------------------


def link_shared(*urls):
    links = [{"url": url, "domain": "harbour-post.example"} for url in urls]
    return event("link_shared", channel="C1", message_ts="1700000001.000100", links=links)


def test_a_link_to_an_indexed_article_unfurls_to_who_is_quoted_in_it(slack, bot):
    bot.engine.quotes = (quote(), quote("“Yes.”"), quote("“No.”", speaker="Ana Kovač", role=None))
    bot.sender.event(link_shared(ARTICLE, "https://elsewhere.example/x"))
    slack.wait(lambda: "chat.unfurl" in dict(slack.calls))

    sent = dict(slack.calls)["chat.unfurl"]
    assert ("C1", "1700000001.000100", [ARTICLE]) == (
        sent["channel"],
        sent["ts"],
        list(sent["unfurls"]),
    )
    preview = sent["unfurls"][ARTICLE]
    assert "Ivan Marek, foreign minister (Russia) (2); Ana Kovač (Russia)" in wording(preview)
    assert ["“We will stay,” said Ivan Marek."] == quoted(preview)


def test_a_link_to_another_page_is_left_alone(slack, make_bot):
    bot = make_bot()
    bot.sender.event(link_shared("https://elsewhere.example/x"))
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))

    slack.settled(1)
    assert "chat.unfurl" not in dict(slack.calls)


def test_a_link_in_a_channel_shared_with_others_gets_no_preview(slack, make_bot):
    bot = make_bot()
    bot.sender.event({**link_shared(ARTICLE), "is_ext_shared_channel": True})
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))

    slack.settled(1)
    assert "chat.unfurl" not in dict(slack.calls)


def test_a_preview_that_slack_refuses_disturbs_nobody(slack, make_bot):
    slack.refuse("chat.unfurl", JSONResponse({"ok": False, "error": "missing_scope"}))
    bot = make_bot()
    bot.sender.event(link_shared(ARTICLE))
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))

    assert ["chat.postMessage"] == [method for method, _ in slack.settled(1)]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("thanks!", "You’re welcome."),
        ("what can you do?", "Ask who said what."),
        ("start over", "Done."),
    ],
)
def test_small_talk_gets_one_line_and_no_search(slack, bot, text, begins):
    bot.sender.event(direct(text))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", []) == (method, bot.engine.asked)
    assert sent["text"].startswith(begins)


def test_a_direct_message_of_its_own_does_not_go_on_with_the_last_one(slack, make_bot):
    bot = make_bot()
    for text in ("what did Russia say?", "asdf qwer", "and Turkey?"):
        before = len(slack.replies)
        bot.sender.event(direct(text))
        slack.settled(before + 1)

    assert [None, None] == [previous for _, previous in bot.engine.asked[:2]]
    assert bot.engine.asked[2][1] is not None


def test_start_over_forgets_what_a_thread_was_about(slack, make_bot):
    bot = make_bot()
    for text in ("what did Russia say?", "start over", "and Turkey?"):
        before = len(slack.replies)
        bot.sender.event(direct(text))
        slack.settled(before + 1)

    assert [None, None] == [previous for _, previous in bot.engine.asked]
