"""Watches in Slack: set, listed and changed, over real sockets."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse

from bot.alerts.watching import Watching
from bot.types import ChannelDefaults
from index.alerts.feed_tokens import FeedTokens
from index.types import Briefing, Query
from tests.acceptance.alert_kit import keep
from tests.acceptance.engine_double import COVERAGE, EngineDouble, quote
from tests.acceptance.slack_clicks import asked, buttons, click, home_click, interact, submission
from tests.acceptance.slack_payloads import _delivery, command, wording

pytestmark = pytest.mark.server


def watch(slack, bot, text, *, channel="C1", user="U1"):
    """The reply to the command."""
    before = len(slack.replies)
    bot.sender.command({**command(slack, "/watch", text), "channel_id": channel, "user_id": user})
    return slack.settled(before + 1)[before][1]


def press(slack, bot, sent, button, **given):
    """The reply to a click on a message that only its asker sees."""
    before = len(slack.replies)
    interact(bot, click(slack, sent, button, ephemeral=True, **given))
    replies = slack.settled(before + 1)[before:]
    return next(sent for method, sent in replies if method == "response_url")


def test_a_watch_is_previewed_saved_listed_paused_and_deleted(slack, bot):
    preview = watch(slack, bot, "the tank")

    said = wording(preview)
    assert "In the last 7 days this would have sent 23 alerts; the latest:" in said
    assert {"Save for this channel", "Save for me", "Refine", "Cancel"} <= set(buttons(preview))

    saved = press(slack, bot, preview, "Save for this channel")
    assert "Saved" in wording(saved)
    assert saved["replace_original"]
    [kept] = bot.made.workers.services.watching.shelf.book().watches()
    assert ("slack:T1:C1:U1", "the tank") == (kept.owner, kept.text)

    listed = watch(slack, bot, "")
    assert "the tank" in wording(listed)
    paused = press(slack, bot, listed, "Pause")
    assert "paused" in wording(paused)
    resumed = press(slack, bot, paused, "Resume")
    assert "paused" not in wording(resumed)
    gone = press(slack, bot, resumed, "Delete")
    assert "You have no watch here" in wording(gone)


def book(bot):
    return bot.made.workers.services.watching.shelf.book()


def choose(bot, **chosen):
    bot.made.workers.services.channels.choose("T1", "C1", ChannelDefaults(**chosen))


def fill(form, text, *, where="", user="U1", **states):
    """The sending of the form of a watch, as it was opened, with what was changed in it."""
    sent = submission(form)
    given = {
        "watch-text": {"value": text},
        "watch-where": {"selected_conversation": where or None},
        "watch-cap": {"selected_option": {"value": "20"}},
        "watch-silence": {"selected_option": {"value": "0"}},
        **states,
    }
    for name, state in given.items():
        sent["view"]["state"]["values"][name] = {name: state}
    sent["user"]["id"] = user
    return sent


def test_a_watch_is_saved_for_oneself_and_the_first_one_is_said_in_the_direct_message(slack, bot):
    preview = watch(slack, bot, "the tank")

    before = len(slack.replies)
    interact(bot, click(slack, preview, "Save for me", ephemeral=True))
    replies = slack.settled(before + 2)[before:]

    assert ["slack:T1:U1:U1"] == [each.owner for each in book(bot).watches()]
    assert {"chat.postMessage", "response_url"} == {method for method, _ in replies}
    [told] = [sent for method, sent in replies if method == "chat.postMessage"]
    assert ("U1", "I will send alerts on “the tank” here.") == (told["channel"], told["text"][:38])


def test_the_same_watch_is_kept_once_and_a_cancelled_one_not_at_all(slack, make_bot):
    bot = make_bot()
    for _ in range(2):
        press(slack, bot, watch(slack, bot, "the tank"), "Save for this channel")
    assert "Not saved" in wording(press(slack, bot, watch(slack, bot, "exports"), "Cancel"))

    assert ["the tank"] == [each.text for each in book(bot).watches()]


def test_what_was_asked_is_watched_from_below_its_answer(slack, bot):
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Watch this"))
    method, preview = slack.settled(2)[1]

    assert "chat.postEphemeral" == method
    assert "In the last 7 days" in wording(preview)
    press(slack, bot, {"channel": "C1", **preview}, "Save for this channel")
    [kept] = book(bot).watches()
    assert ("Russia on tank", "russia", None) == (kept.text, kept.query.party, kept.query.since)


def test_the_channels_settings_are_still_in_the_menu(slack, bot):
    sent = asked(slack, bot)

    interact(bot, click(slack, sent, "Channel settings"))

    slack.wait(lambda: slack.views)
    assert "Channel settings" == slack.views[0]["title"]["text"]


@pytest.mark.parametrize(
    ("chosen", "allowed"),
    [
        ({"watching": "nobody"}, False),
        ({"watching": "chosen", "watchers": ("U2",)}, False),
        ({"watching": "chosen", "watchers": ("U1",)}, True),
        ({}, True),
    ],
)
def test_a_channel_says_who_may_set_watches_for_it(slack, make_bot, chosen, allowed):
    bot = make_bot()
    early = watch(slack, bot, "the tank")
    choose(bot, **chosen)

    preview = watch(slack, bot, "the tank")
    late = press(slack, bot, early, "Save for this channel")

    assert allowed == ("Save for this channel" in buttons(preview))
    assert allowed == ("does not let you" not in wording(preview))
    assert allowed == ("does not let you" not in wording(late))
    assert int(allowed) == len(book(bot).watches())


@pytest.mark.parametrize(
    ("channel", "says"),
    [
        ({"id": "C1", "is_member": False}, "I am not in that channel"),
        ({"id": "C1", "is_ext_shared": True}, "shared with another organisation"),
    ],
)
def test_where_no_alert_could_arrive_none_is_promised(slack, make_bot, channel, says):
    bot = make_bot()
    slack.refuse("conversations.info", *[JSONResponse({"ok": True, "channel": channel})] * 2)

    preview = watch(slack, bot, "the tank")

    assert says in wording(preview)
    assert "Save for this channel" not in buttons(preview)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("everything", "would be every statement there is; name who speaks"),
        ("Russia " * 700, "500 characters at most; this has 4,8"),
        ("tank tank tank", "Ask who said what, for example"),
    ],
)
def test_what_no_watch_can_look_for_gets_one_plain_sentence(slack, make_bot, text, says):
    bot = make_bot()

    sent = watch(slack, bot, text)

    assert says in sent["text"]
    assert [] == book(bot).watches()


def test_a_watch_that_matches_nothing_says_so_and_one_that_matches_much_offers_a_digest(
    slack, make_bot
):
    bot = make_bot(engine=EngineDouble(quotes=()))
    nothing = watch(slack, bot, "the tank")
    bot.engine.quotes, bot.engine.total = (quote(),), 7 * 20 + 1
    much = watch(slack, bot, "the tank")

    assert "would have sent nothing." in wording(nothing)
    assert "Daily digest for me" not in buttons(nothing)
    assert "more than 20 a day" in wording(much)
    saved = press(slack, bot, much, "Daily digest for me")
    assert "daily at 08:00" in wording(saved)


def test_what_came_before_the_last_days_is_told_from_what_never_was(slack, make_bot, monkeypatch):
    bot = make_bot()
    none = Briefing(Query(text=""), (), COVERAGE)
    monkeypatch.setattr(Watching, "lately", lambda self, query: none)

    said = wording(watch(slack, bot, "the tank"))

    assert "would have sent nothing." in said
    assert "No article came in that time." in said
    assert "Older ones are on record: 23." in said


def test_a_name_nobody_on_record_bears_is_said_to_be_read_as_a_matter(slack, bot):
    assert "Nobody called “Gromov” is on record" in wording(watch(slack, bot, "Gromov"))


@pytest.mark.parametrize(
    "text", ["list", "my watches", "stop", "delete all alerts", "stop watching", "delete The tank"]
)
def test_words_that_ask_for_the_list_show_it(slack, bot, text):
    press(slack, bot, watch(slack, bot, "the tank"), "Save for me")

    listed = watch(slack, bot, text)

    assert {"Pause", "Edit", "Delete"} <= set(buttons(listed))


@pytest.mark.parametrize("text", ["stop the war", "delete the treaty"])
def test_a_matter_that_begins_with_such_a_word_is_previewed(slack, bot, text):
    assert f"about {text} In the last 7 days" in wording(watch(slack, bot, text))


@pytest.mark.parametrize("where", ["#desk", "<#C7|desk>"])
def test_a_channel_that_is_named_is_no_topic(slack, bot, where):
    said = wording(watch(slack, bot, f"the tank in {where}"))

    assert "about the tank In the last 7 days" in said
    assert "To send it to desk, press Refine and choose the channel there." in said.replace("#", "")


def test_a_watch_is_refined_before_it_is_saved(slack, bot):
    interact(bot, click(slack, watch(slack, bot, "the tank"), "Refine", ephemeral=True))
    slack.wait(lambda: slack.views)
    form = slack.views[0]

    wrong = interact(bot, fill(form, "everything"))
    boxes = {"selected_options": [{"value": "thread"}]}
    quiet = {"watch-quiet-from": {"selected_time": "22:00"}}
    quiet["watch-quiet-to"] = {"selected_time": "07:00"}
    before = len(slack.replies)
    chosen = {"watch-ways": boxes, "watch-silence": {"selected_option": {"value": "3"}}}
    interact(bot, fill(form, "exports", where="C2", **quiet, **chosen))
    saved = slack.settled(before + 1)[before][1]

    if wrong is not None:
        assert "every statement" in wrong.json()["errors"]["watch-text"]
    assert "quiet 22:00–07:00 · in one thread" in wording(saved)
    [kept] = book(bot).watches()
    assert ("slack:T1:C2:U1", "exports", 3) == (kept.owner, kept.text, kept.silent_after)


def test_a_watch_is_edited_and_moved(slack, make_bot):
    bot = make_bot()
    saved = press(slack, bot, watch(slack, bot, "the tank"), "Save for this channel")
    interact(bot, click(slack, saved, "Edit", ephemeral=True))
    slack.wait(lambda: slack.views)
    form = slack.views[0]

    before = len(slack.replies)
    interact(bot, fill(form, "exports", where="C1"))
    slack.settled(before + 1)
    [kept] = book(bot).watches()
    assert ("slack:T1:C1:U1", "exports") == (kept.owner, kept.text)

    interact(bot, fill(form, "exports"))
    slack.wait(lambda: [each.owner for each in book(bot).watches()] == ["slack:T1:U1:U1"])


def test_nobody_changes_the_watch_of_another_person_or_workspace(slack, make_bot):
    bot = make_bot()
    saved = press(slack, bot, watch(slack, bot, "the tank"), "Save for me")

    theirs = press(slack, bot, saved, "Delete", user="U2")
    foreign = press(slack, bot, saved, "Delete", team="T2")

    assert "somebody else’s" in theirs["text"]
    assert "was deleted" in foreign["text"]
    assert 1 == len(book(bot).watches())
    assert "You have no watch" in wording(watch(slack, bot, "", user="U2"))


def test_members_see_and_pause_the_watches_of_their_channel(slack, make_bot):
    bot = make_bot()
    press(slack, bot, watch(slack, bot, "the tank"), "Save for this channel")

    listed = watch(slack, bot, "", user="U2")
    assert "the tank" in wording(listed)
    assert "paused" in wording(press(slack, bot, listed, "Pause", user="U2"))
    assert "You have no watch" in wording(watch(slack, bot, "", user="U2", channel="C9"))


def test_the_list_says_what_is_left_out_and_lets_it_in_again(slack, bot):
    number = keep(bot)
    owner = book(bot).watch(number).owner
    book(bot).exclude(number, speaker="Ivan Marek", owner=owner)
    book(bot).exclude(number, article="a", owner=owner)

    listed = watch(slack, bot, "")
    assert "leaves out Ivan Marek, 1 story" in wording(listed)
    after = press(slack, bot, listed, "Leave nothing out")

    assert "leaves out" not in wording(after)
    assert ((), ()) == (book(bot).watch(number).not_speakers, book(bot).watch(number).not_articles)


def test_the_address_of_a_feed_is_given_to_who_made_the_watch_alone(slack, make_bot, tmp_path):
    bot = make_bot(public_url="https://news.example/")
    number = keep(bot)
    mine, theirs = watch(slack, bot, ""), watch(slack, bot, "", user="U2")
    assert "Feed" in buttons(mine)
    assert "Feed" not in buttons(theirs)

    def pressed(**given):
        before = len(slack.replies)
        interact(bot, click(slack, mine, "Feed", ephemeral=True, **given))
        return slack.settled(before + 1)[before][1]

    address = f"https://news.example{FeedTokens(tmp_path).path(number)}"
    assert address in wording(pressed())
    assert "somebody else’s" in wording(pressed(user="U2"))
    assert "was deleted" in wording(pressed(team="T2"))


def test_an_uninstalled_workspace_leaves_no_watch(slack, make_bot):
    bot = make_bot()
    press(slack, bot, watch(slack, bot, "the tank"), "Save for this channel")
    other = keep(bot, team="T2")

    bot.sender.event(
        {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": "Ev9",
            "event": {"type": "app_uninstalled"},
            "authorizations": [{"team_id": "T1"}],
        }
    )

    slack.wait(lambda: [other] == [each.number for each in book(bot).watches()])
    assert [("T2",)] == bot.query("SELECT team FROM watches")


def test_the_home_tab_lists_the_readers_watches_and_changes_them(slack, bot):
    number = keep(bot)
    event = {"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"}
    bot.sender.event(_delivery(event, "Ev10"))
    slack.wait(lambda: slack.views)
    home = slack.views[-1]
    assert "the tank" in wording(home)

    [row] = [b for b in home["blocks"] if b["type"] == "actions" and "Pause" in str(b)]
    interact(bot, home_click(row["elements"][0]))

    slack.wait(lambda: "paused" in wording(slack.views[-1]))
    assert book(bot).watch(number).paused


def test_help_names_what_can_be_watched(slack, make_bot):
    assert "/watch NAME on TOPIC" in watch(slack, make_bot(), "help")["text"]
