"""Each button does what it says, over real sockets; the engine is a double."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.responses import JSONResponse

from tests.acceptance.engine_double import EngineDouble, quote
from tests.acceptance.slack_clicks import (
    THREAD,
    asked,
    asked_alone,
    buttons,
    click,
    interact,
    submission,
)
from tests.acceptance.slack_payloads import quoted, wording

pytestmark = pytest.mark.server

SEVEN = [quote(f"Sentence {n}.", start=10 * n, end=10 * n + 9) for n in range(7)]


def test_more_posts_the_next_page_in_the_thread_once(slack, make_bot):
    bot = make_bot(EngineDouble(SEVEN))
    first = asked(slack, bot)

    interact(bot, click(slack, first, "More"))
    slack.settled(2)
    interact(bot, click(slack, first, "More", user="U2"))

    [_, (method, second), (again, message)] = slack.settled(3)
    assert ("chat.postMessage", THREAD) == (method, second["thread_ts"])
    assert ["Sentence 5.", "Sentence 6."] == quoted(second)
    assert "6–7 of 23" in wording(second)
    assert "More" not in buttons(second)
    assert ("chat.postEphemeral", "U2") == (again, message["user"])
    assert "The next statements are in this thread already." == message["text"]


@pytest.mark.parametrize(("further", "offered"), [(0, False), (1, True)])
def test_more_is_offered_only_where_a_sentence_follows(slack, make_bot, further, offered):
    # Five sentences of four statements fill the page; a sixth may belong to the last of them.
    long = [replace(each, labels=("continues",)) for each in SEVEN[4 : 5 + further]]
    engine = EngineDouble([*SEVEN[:4], *long])
    engine.total = 4

    sent = asked(slack, make_bot(engine))

    assert "4 of 4 statements" in wording(sent)
    assert offered == ("Rest of the quotation" in buttons(sent))
    assert "More" not in buttons(sent)


def test_more_of_a_private_answer_stays_private(slack, bot):
    bot.engine.quotes = tuple(SEVEN)
    first = asked_alone(slack, bot)

    interact(bot, click(slack, first, "More", ephemeral=True))

    [_, (method, second)] = slack.settled(2)
    assert ("response_url", "ephemeral") == (method, second["response_type"])
    assert ["Sentence 5.", "Sentence 6."] == quoted(second)


def test_more_says_when_that_was_all(slack, make_bot):
    bot = make_bot(EngineDouble(SEVEN[:5]))
    first = asked(slack, bot)

    interact(bot, click(slack, first, "More"))

    last = slack.settled(2)[1][1]["text"]
    assert "All 5 statements that I found on this question are shown" in last


def test_context_shows_the_sentences_around_to_whoever_clicks(slack, bot):
    bot.engine.quotes = tuple(SEVEN)
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Context", user="U7"))

    [_, (method, shown)] = slack.settled(2)
    assert ("chat.postEphemeral", "U7") == (method, shown["user"])
    assert ["Sentence 0."] == quoted(shown)
    assert "It rained. It snowed. Sentence 0. He left." in wording(shown)


def test_context_of_a_sentence_that_is_gone_says_so(slack, make_bot):
    bot = make_bot(EngineDouble(SEVEN))
    sent = asked(slack, bot)
    bot.engine.quotes = ()

    interact(bot, click(slack, sent, "Context"))

    assert slack.settled(2)[1][1]["text"].startswith("This sentence is no longer in the index")


def test_why_tells_by_what_a_statement_is_attributed(slack, bot):
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Why this?"))

    [_, (method, shown)] = slack.settled(2)
    assert "chat.postEphemeral" == method
    assert "Cue: “said” marks a statement (direct). About tank: a1." in wording(shown)


def test_share_posts_in_the_channel_who_shares_what_was_asked(slack, bot):
    sent = asked_alone(slack, bot)
    shares = click(slack, sent, "Share to channel", ephemeral=True)

    interact(bot, shares)
    slack.settled(2)
    interact(bot, click(slack, sent, "Share to channel", ephemeral=True))

    [_, (method, shared), (again, message)] = slack.settled(3)
    assert ("chat.postMessage", "C1", None) == (method, shared["channel"], shared.get("thread_ts"))
    [line] = shared["blocks"][0]["elements"]
    assert {"type": "user", "user_id": "U1"} == line["elements"][0]
    assert " shares an answer to: Russia on the tank" == line["elements"][1]["text"]
    assert quoted(sent) == quoted(shared)
    assert {"Delete", "Refine"} <= set(buttons(shared))
    assert ("response_url", "You have shared this answer already.") == (again, message["text"])


REFUSED = JSONResponse({"ok": False, "error": "not_in_channel"})


def test_a_share_that_slack_refused_can_be_tried_again(slack, make_bot):
    bot = make_bot()
    sent = asked_alone(slack, bot)
    slack.refuse("chat.postMessage", REFUSED)

    interact(bot, click(slack, sent, "Share to channel", ephemeral=True))
    slack.settled(2)
    interact(bot, click(slack, sent, "Share to channel", ephemeral=True))

    [_, (told, refusal), (method, shared)] = slack.settled(3)
    assert ("chat.postEphemeral", True) == (told, "not a member" in refusal["text"])
    assert ("chat.postMessage", quoted(sent)) == (method, quoted(shared))


def test_a_next_page_that_slack_refused_can_be_asked_for_again_by_anybody(slack, make_bot):
    bot = make_bot(EngineDouble(SEVEN))
    first = asked(slack, bot)
    slack.refuse("chat.postMessage", JSONResponse({"ok": False, "error": "restricted_action"}))

    interact(bot, click(slack, first, "More"))
    slack.settled(2)
    interact(bot, click(slack, first, "More", user="U2"))

    [_, _, (method, second)] = slack.settled(3)
    assert ("chat.postMessage", ["Sentence 5.", "Sentence 6."]) == (method, quoted(second))


def test_a_share_that_may_have_been_posted_is_not_repeated(slack, make_bot):
    bot = make_bot()
    sent = asked_alone(slack, bot)
    slack.refuse("chat.postMessage", "after")

    interact(bot, click(slack, sent, "Share to channel", ephemeral=True))
    slack.settled(2)
    interact(bot, click(slack, sent, "Share to channel", ephemeral=True))

    [_, (method, _), (again, message)] = slack.settled(3)
    assert ("chat.postMessage", "response_url") == (method, again)
    assert "You have shared this answer already." == message["text"]


def test_an_abstention_is_not_offered_for_sharing(slack, make_bot):
    sent = asked_alone(slack, make_bot(), text="Iran on the tank")

    menu = {"Watch this", "Channel settings"}
    assert {"Context", "Why this?", "Right", "Wrong", "Refine", *menu} >= set(buttons(sent))


SHARED = [
    JSONResponse({"ok": True, "channel": {"id": "C1", "is_ext_shared": True}}),
    JSONResponse({"ok": True, "channel": {"id": "C1", "pending_connected_team_ids": ["T9"]}}),
    JSONResponse({"ok": False, "error": "missing_scope"}),
    "before",
]


@pytest.mark.parametrize("found", SHARED, ids=["shared", "pending", "unknown", "cut"])
def test_what_was_private_is_not_posted_where_others_may_read(slack, make_bot, found):
    bot = make_bot()
    sent = asked_alone(slack, bot)
    slack.refuse("conversations.info", found)

    interact(bot, click(slack, sent, "Share to channel", ephemeral=True))

    [_, (method, note)] = slack.settled(2)
    assert "response_url" == method
    assert note["text"].startswith("I can’t post there: I’m not in that channel")


def test_a_channel_is_looked_up_once_and_where_sharing_is_allowed_not_at_all(slack, make_bot):
    bot = make_bot()
    first, second = asked_alone(slack, bot), asked_alone(slack, bot)
    for sent in (first, second):
        interact(bot, click(slack, sent, "Share to channel", ephemeral=True))
    slack.settled(4)
    bold = make_bot(shared_channels=True)
    interact(bold, click(slack, second, "Share to channel", ephemeral=True))
    slack.settled(5)

    assert 1 == [method for method, _ in slack.calls].count("conversations.info")


def test_only_the_asker_deletes_an_answer(slack, bot):
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Delete", user="U2"))
    slack.settled(2)
    interact(bot, click(slack, sent, "Delete"))

    [_, (_, refused), (_, done)] = slack.settled(3)
    assert "Only the person who asked can delete this answer." == refused["text"]
    assert "The answer is deleted." == done["text"]
    deleted = [call for method, call in slack.calls if method == "chat.delete"]
    assert [("C1", True)] == [(call["channel"], bool(call["ts"])) for call in deleted]


def test_an_answer_that_is_gone_already_counts_as_deleted(slack, make_bot):
    bot = make_bot()
    sent = asked(slack, bot)
    slack.refuse("chat.delete", JSONResponse({"ok": False, "error": "message_not_found"}))

    interact(bot, click(slack, sent, "Delete"))

    assert "The answer is deleted." == slack.settled(2)[1][1]["text"]


def test_a_verdict_is_kept_with_the_question_and_thanked_for(slack, make_bot):
    bot = make_bot()
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Right", user="U5"))

    [_, (method, note)] = slack.settled(2)
    assert ("chat.postEphemeral", "U5") == (method, note["user"])
    assert note["text"].startswith("Thanks.")
    [kept] = bot.feedback()
    assert ("what did Russia say?", "right", None) == (
        kept["question"],
        kept["verdict"],
        kept["reason"],
    )
    assert ["a1"] == [each["article_id"] for each in kept["quotes"]]


def test_wrong_asks_for_the_reason_and_keeps_it(slack, make_bot):
    bot = make_bot()
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Wrong"))
    slack.wait(lambda: slack.views)
    form = submission(slack.views[0], verdict_reason="wrong speaker", verdict_comment="It was Ana")
    interact(bot, form)

    slack.settled(2)
    [kept] = bot.feedback()
    assert ("wrong", "wrong speaker", "It was Ana") == (
        kept["verdict"],
        kept["reason"],
        kept["comment"],
    )


def test_a_reason_that_the_form_does_not_offer_is_not_kept(slack, make_bot):
    bot = make_bot()
    interact(bot, click(slack, asked(slack, bot), "Wrong"))
    slack.wait(lambda: slack.views)

    interact(bot, submission(slack.views[0], verdict_reason="=cmd|' /C calc'!A0"))

    assert (2, []) == (len(slack.settled(2)), bot.feedback())


def test_a_form_of_another_team_says_nothing_about_this_ones_answer(slack, make_bot):
    bot = make_bot()
    interact(bot, click(slack, asked(slack, bot), "Wrong"))
    slack.wait(lambda: slack.views)
    form = submission(slack.views[0], verdict_reason="wrong speaker")
    form["team"]["id"] = form["user"]["team_id"] = "T2"

    interact(bot, form)

    assert (2, []) == (len(slack.settled(2)), bot.feedback())


def test_a_click_delivered_four_times_does_it_once(slack, bot):
    sent = asked(slack, bot)
    payload = click(slack, sent, "Context")

    for _ in range(4):
        interact(bot, payload)

    assert 2 == len(slack.settled(2))


@pytest.mark.parametrize("text", ["More", "Context", "Why this?", "Refine", "Delete", "Right"])
def test_a_click_in_the_name_of_another_team_finds_no_answer(slack, make_bot, text):
    bot = make_bot(EngineDouble(SEVEN))
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, text, team="T2"))

    [_, (_, message)] = slack.settled(2)
    assert "That answer is too old for its buttons. Ask again." == message["text"]


def test_one_side_of_a_table_is_answered_once_with_all_its_buttons(slack, bot):
    sent = asked(slack, bot, "<@U0BOT> what did Turkey and Russia say on the tank?")

    interact(bot, click(slack, sent, "Only Russia"))
    slack.settled(2)
    interact(bot, click(slack, sent, "Only Russia", user="U2"))

    [_, (method, alone), (again, message)] = slack.settled(3)
    assert ("chat.postMessage", THREAD) == (method, alone["thread_ts"])
    assert ("russia", ()) == (bot.engine.queries[-1].party, bot.engine.queries[-1].other_parties)
    assert {"Context", "Why this?"} <= set(buttons(alone))
    assert "chat.postEphemeral" == again
    assert "That side's statements are in this thread already." == message["text"]


def test_the_menu_of_an_answer_opens_the_settings_of_its_channel(slack, bot):
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Channel settings"))
    slack.wait(lambda: slack.views)

    assert ("channel_defaults", "C1") == (
        slack.views[0]["callback_id"],
        slack.views[0]["private_metadata"],
    )


def test_two_sides_stand_one_below_the_other_and_at_a_click_side_by_side_once(slack, bot):
    sent = asked(slack, bot, "<@U0BOT> what did Turkey and Russia say on the tank?")

    assert ["Turkey", "Russia"] == [
        block["text"]["text"] for block in sent["blocks"] if block["type"] == "header"
    ]
    assert "Turkey: 1 statement; Russia: 1 statement" == sent["text"]
    assert "table" not in {block["type"] for block in sent["blocks"]}

    interact(bot, click(slack, sent, "Side by side"))
    slack.settled(2)
    interact(bot, click(slack, sent, "Side by side", user="U2"))

    [_, (method, columns), (again, message)] = slack.settled(3)
    assert ("chat.postMessage", THREAD) == (method, columns["thread_ts"])
    assert ("chat.postEphemeral", "The sides stand side by side in this thread already.") == (
        again,
        message["text"],
    )
    [table] = [block for block in columns["blocks"] if block["type"] == "table"]
    cells = [
        ["".join(part["text"] for part in cell["elements"][0]["elements"]) for cell in row]
        for row in table["rows"]
    ]
    assert ["Turkey", "Russia"] == cells[0]
    assert ["Ivan Marek, foreign minister (Russia)"] * 2 == cells[1]
    interact(bot, click(slack, columns, "Only Russia"))
    assert 1 == len(quoted(slack.settled(4)[3][1]))


def test_the_sides_of_a_private_comparison_can_be_seen_side_by_side_and_shared(slack, bot):
    sent = asked_alone(slack, bot, text="what did Turkey and Russia say on the tank?")

    interact(bot, click(slack, sent, "Side by side", ephemeral=True))
    columns = slack.settled(2)[1][1]
    interact(bot, click(slack, columns, "Share to channel", ephemeral=True))

    [_, (alone, _), (method, shared)] = slack.settled(3)
    assert ("response_url", "chat.postMessage") == (alone, method)
    assert 1 == sum(block["type"] == "table" for block in shared["blocks"])


def test_each_statement_has_one_menu_and_the_answer_one_row_of_buttons(slack, make_bot):
    bot = make_bot(EngineDouble(SEVEN))
    sent = asked(slack, bot)

    menus = [block["accessory"] for block in sent["blocks"] if "accessory" in block]
    assert [["Context", "Why this?"]] * len(quoted(sent)) == [
        [option["text"]["text"] for option in menu["options"]] for menu in menus
    ]
    assert 1 == sum(block["type"] == "actions" for block in sent["blocks"])


@pytest.mark.parametrize(
    ("action", "words"), [("context", "Sentence 1."), ("why", "Why this statement is shown")]
)
def test_the_buttons_of_answers_of_earlier_versions_go_on_working(slack, make_bot, action, words):
    bot = make_bot(EngineDouble(SEVEN))
    payload = click(slack, asked(slack, bot), "Context")
    [clicked] = payload["actions"]
    answer_id = clicked.pop("selected_option")["value"].partition(":")[0]
    clicked |= {"action_id": action, "type": "button", "value": f"{answer_id}:1"}

    interact(bot, payload)

    assert words in wording(slack.settled(2)[1][1])


def test_a_share_says_once_what_the_answer_is_about(slack, make_bot):
    bot = make_bot(EngineDouble(SEVEN))
    bot.engine.describe = lambda query, *, noted=False: query.text
    sent = asked_alone(slack, bot)

    interact(bot, click(slack, sent, "Share to channel", ephemeral=True))

    shared = slack.settled(2)[1][1]
    assert " shares an answer" == shared["blocks"][0]["elements"][0]["elements"][1]["text"]
    assert 1 == wording(shared).count("Russia on the tank")
