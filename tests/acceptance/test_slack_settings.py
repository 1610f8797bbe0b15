"""A channel's settings over real sockets: who may change them, and who is told of it."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse

from bot.messages.views.channel_form import settings_message
from bot.types import ChannelDefaults
from tests.acceptance.slack_clicks import asked, click, home_click, interact, submission
from tests.acceptance.slack_payloads import command, wording

pytestmark = pytest.mark.server

MENU = {"action_id": "channel-settings", "type": "conversations_select"}


def opened(slack, bot, channel="C1"):
    """The form, opened on the Home tab for *channel*."""
    interact(bot, home_click(MENU, selected_conversation=channel))
    slack.wait(lambda: slack.views)
    return slack.views[-1]


def filled_in(view, *, parties=("Russia",), user="U1", **more):
    """The sending of the form with *parties* chosen."""
    sent = submission(view, **more)
    chosen = [{"text": {"type": "plain_text", "text": p}, "value": p.casefold()} for p in parties]
    sent["view"]["state"]["values"]["default_parties"] = {
        "default_parties": {"selected_options": chosen}
    }
    sent["user"]["id"] = user
    return sent


def test_a_change_is_told_in_the_channel_with_who_made_it(slack, bot):
    view = opened(slack, bot, "C9")
    assert "Settings of <#C9>" in wording(view)

    interact(bot, filled_in(view))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "C9") == (method, sent["channel"])
    first = sent["blocks"][0]["elements"][0]["elements"]
    assert {"type": "user", "user_id": "U1"} == first[0]
    assert "changed my settings for this channel. Now: asks about Russia." in wording(sent)
    assert bot.query("SELECT channel FROM channels") == [("C9",)]


def test_every_choice_is_told_once():
    chosen = ChannelDefaults(
        private=True, mention_only=True, direct=True, officials=True, newest=True
    )

    told = wording({"blocks": settings_message("U1", chosen).blocks})

    assert [1] * 5 == [
        told.count(word)
        for word in ("direct quotes", "officials", "newest", "the person who", "mentioned")
    ]


def test_what_was_not_changed_is_not_told(slack, make_bot):
    bot = make_bot()
    view = opened(slack, bot)
    interact(bot, filled_in(view))
    slack.settled(1)

    interact(bot, filled_in(view))

    assert 1 == len(slack.settled(1))


def test_names_in_a_change_ping_nobody(slack, make_bot):
    bot = make_bot()

    interact(bot, filled_in(opened(slack, bot), parties=("<!channel> & @here",)))

    [(_, sent)] = slack.settled(1)
    kinds = {part["type"] for part in sent["blocks"][0]["elements"][0]["elements"]}
    assert ({"user", "text"}, "My settings were changed") == (kinds, sent["text"])


def test_who_is_no_member_does_not_get_the_form_of_a_channel(slack, bot):
    slack.members = ["U0BOT", "U2"]

    interact(bot, home_click(MENU, selected_conversation="C9"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1", []) == (method, sent["channel"], slack.views)
    assert sent["text"].startswith("Only members of that channel")


def test_who_is_no_member_changes_nothing_with_a_form_that_was_opened_before(slack, make_bot):
    bot = make_bot()
    view = opened(slack, bot)
    slack.members = ["U0BOT", "U2"]

    answer = interact(bot, filled_in(view))

    assert "only members of <#C1>" in wording(answer.json()["view"])
    assert ([], []) == (slack.settled(0), bot.query("SELECT channel FROM channels"))


def test_where_slack_does_not_say_who_is_a_member_the_form_works(slack, make_bot):
    bot = make_bot()
    refusal = JSONResponse({"ok": False, "error": "missing_scope"})
    slack.refuse("conversations.members", refusal, refusal)

    interact(bot, filled_in(opened(slack, bot)))

    assert 1 == len(slack.settled(1))


def test_a_channel_that_others_read_is_not_told(slack, make_bot):
    bot = make_bot()
    shared = JSONResponse({"ok": True, "channel": {"id": "C1", "is_ext_shared": True}})
    slack.refuse("conversations.info", shared)

    interact(bot, filled_in(opened(slack, bot)))

    assert [] == slack.settled(0)
    assert bot.query("SELECT channel FROM channels") == [("C1",)]


def test_every_way_to_the_form_names_the_channel(slack, make_bot):
    bot = make_bot()
    bot.sender.command(command(slack, "/said", "settings"))
    slack.wait(lambda: slack.views)
    interact(bot, click(slack, asked(slack, bot), "Channel settings"))
    slack.wait(lambda: len(slack.views) > 1)

    assert [True, True] == ["<#C1>" in wording(view) for view in slack.views]
