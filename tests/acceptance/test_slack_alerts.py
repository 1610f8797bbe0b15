"""What watches find is posted once, and edited when something becomes of it, over real sockets."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from starlette.responses import JSONResponse

from bot.types import WatchOptions
from index.maintenance.silence import Silence
from index.types import Revision
from tests.acceptance.alert_kit import again, change, find, find_all, keep, posts, updates
from tests.acceptance.engine_double import NOW, quote
from tests.acceptance.slack_clicks import buttons, click, interact
from tests.acceptance.slack_payloads import command, quoted, wording

pytestmark = pytest.mark.server

WORDS = "“We will stay,” said Ivan Marek."


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """The bots look all the time."""
    monkeypatch.setattr("bot.alerts.follower.PAUSE", 0.02)
    monkeypatch.setattr("bot.slack.corrections.PAUSE", 0.02)


@pytest.fixture
def bot(make_bot):
    return make_bot(alert_window=0)


def alerts(slack, count):
    """The posts, once there are *count* and nothing waits or is under way."""
    slack.wait(lambda: len(posts(slack)) >= count)
    waiting = "SELECT 1 FROM alerts WHERE message = ''"
    slack.wait(lambda: not any(bot.query(waiting) for bot in slack.bots))
    slack.wait(lambda: all(bot.idle for bot in slack.bots))
    return posts(slack)


def test_what_a_watch_finds_is_posted_once_where_it_alerts(slack, bot, tmp_path):
    here, mine = keep(bot), keep(bot, place="U1")

    find_all(tmp_path, [(here, WORDS), (mine, WORDS)])

    sent = alerts(slack, 2)
    assert ["C1", "U1"] == sorted(each["channel"] for each in sent)
    assert [[WORDS], [WORDS]] == [quoted(each) for each in sent]
    assert all("the tank: 1 statement by Ivan Marek (Russia)" == each["text"] for each in sent)
    assert all(each["metadata"]["event_payload"]["id"] for each in sent)


def test_one_statement_for_three_watches_is_one_message_that_names_them(slack, bot, tmp_path):
    numbers = [keep(bot, text) for text in ("the tank", "denials", "Marek")]

    find_all(tmp_path, [(number, WORDS) for number in numbers])

    [sent] = alerts(slack, 1)
    assert [WORDS] == quoted(sent)
    assert "matches: the tank; denials; Marek" in wording(sent)
    assert [] == updates(slack)


def test_a_statement_that_another_watch_finds_later_names_that_one_too(slack, bot, tmp_path):
    first, later = keep(bot), keep(bot, "denials")
    statement = find(tmp_path, first, WORDS)
    alerts(slack, 1)

    again(tmp_path, later, WORDS, statement)
    slack.wait(lambda: updates(slack))

    [sent] = edited(slack)
    assert ([WORDS], 1) == (quoted(sent), len(alerts(slack, 1)))
    assert "matches: the tank; denials" in wording(sent)


def edited(slack):
    """The edits, once no message is to be edited."""
    due = "SELECT 1 FROM shown WHERE due IS NOT NULL"
    slack.wait(lambda: not any(bot.query(due) for bot in slack.bots))
    return updates(slack)


def test_another_outlet_is_edited_in(slack, bot, tmp_path):
    find(tmp_path, keep(bot), WORDS)
    alerts(slack, 1)

    change(tmp_path, lambda changes, alert: changes.carried_by(alert.number, "Norland Today"))
    slack.wait(lambda: updates(slack))

    [sent] = edited(slack)
    assert "also in Norland Today" in wording(sent)
    assert 1 == len(alerts(slack, 1))


@pytest.mark.parametrize("what", ["changed", "withdrawn"])
def test_what_becomes_of_the_article_is_marked_in_the_alert(slack, bot, tmp_path, what):
    find(tmp_path, keep(bot), WORDS, article="a1")
    alerts(slack, 1)

    bot.engine.gone.add(WORDS)
    bot.engine.history.append(Revision(1, "a1", NOW, what))
    slack.wait(lambda: updates(slack))

    [sent] = edited(slack)
    assert '"strike": true' in json.dumps(sent["blocks"])


def test_what_is_withdrawn_before_its_turn_is_not_posted(slack, bot, tmp_path):
    number = keep(bot)
    bot.made.workers.services.watching.outbox.mute("T1", "C1", time.time() + 1)
    find(tmp_path, number, "“We go,” he said.")
    slack.wait(lambda: bot.query("SELECT 1 FROM alerts"))
    change(tmp_path, lambda changes, alert: changes.mark(alert, "withdrawn"))
    find(tmp_path, number, WORDS)

    [sent] = alerts(slack, 1)
    assert [WORDS] == quoted(sent)


def test_hundreds_at_once_are_few_messages_that_count_the_rest(slack, bot, tmp_path):
    number = keep(bot, cap=0)
    said = [f"“The {word} {count} is closed,” said Ivan Marek." for word in ("road", "port")
            for count in range(100)]  # fmt: skip

    find_all(tmp_path, [(number, words) for words in said])

    [sent] = alerts(slack, 1)
    shown = quoted(sent)
    assert len(shown) >= 5
    assert f"and {200 - len(shown)} more" in wording(sent)
    while len(shown) < 200:
        before = len(slack.replies)
        more = next(text for text in buttons(sent) if text.startswith("Show "))
        interact(bot, click(slack, {"channel": "C1", **sent}, more))
        sent = slack.settled(before + 1)[before][1]
        shown += quoted(sent)
    assert sorted(said) == sorted(shown)


def test_too_fast_means_later_and_once(slack, bot, tmp_path):
    limited = JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"})
    slack.refuse("chat.postMessage", limited, limited)

    find(tmp_path, keep(bot), WORDS)

    [sent] = alerts(slack, 1)
    assert [WORDS] == quoted(sent)


@pytest.mark.parametrize("when", ["before", "during", "after"])
def test_a_post_whose_connection_broke_is_shown_once(slack, bot, tmp_path, when, monkeypatch):
    monkeypatch.setattr("bot.slack.delivery.LOOK_AFTER", 0.05)
    slack.refuse("chat.postMessage", when)

    find(tmp_path, keep(bot), WORDS)

    assert [[WORDS]] == [quoted(sent) for sent in alerts(slack, 1)]


def test_two_bots_over_one_folder_post_it_once(slack, bot, make_bot, tmp_path):
    make_bot(alert_window=0)
    numbers = [keep(bot, f"watch {n}", place=f"C{n}") for n in range(5)]
    for number in numbers:
        for count in range(4):
            find(tmp_path, number, f"“Line {count} of {number},” said Ivan Marek.")

    alerts(slack, 5)
    slack.wait(lambda: sum(len(quoted(sent)) for sent in posts(slack)) >= 20)
    said = [text for sent in alerts(slack, 5) for text in quoted(sent)]
    assert 20 == len(said) == len(set(said))


@pytest.mark.parametrize("fault", ["not_in_channel", "is_archived", "channel_not_found"])
def test_a_channel_that_cannot_be_reached_pauses_its_watch_and_tells_its_creator_once(
    slack, bot, tmp_path, fault
):
    refusal = JSONResponse({"ok": False, "error": fault})
    slack.refuse("chat.postMessage", refusal)
    number = keep(bot)

    find(tmp_path, number, WORDS)

    [sent] = alerts(slack, 1)
    assert "U1" == sent["channel"]
    assert "I paused “the tank”" in sent["text"]
    assert bot.made.workers.services.watching.shelf.book().watch(number).paused


def test_a_person_who_is_gone_pauses_the_watch_and_nobody_is_told(slack, bot, tmp_path):
    slack.refuse("chat.postMessage", JSONResponse({"ok": False, "error": "user_disabled"}))
    number = keep(bot, place="U1")

    find(tmp_path, number, WORDS)

    book = bot.made.workers.services.watching.shelf.book()
    slack.wait(lambda: book.watch(number).paused)
    assert [] == alerts(slack, 0)


def outbox(bot):
    return bot.made.workers.services.watching.outbox


def test_what_follows_within_the_window_comes_in_one_message(slack, make_bot, tmp_path):
    bot = make_bot(alert_window=2)
    number = keep(bot)
    find(tmp_path, number, WORDS)
    slack.wait(lambda: posts(slack))
    for count in range(3):
        find(tmp_path, number, f"“Ship {count} sails,” said Ivan Marek.")

    first, second = alerts(slack, 2)

    assert ([WORDS], 3) == (quoted(first), len(quoted(second)))
    [(one, _, _), (other, _, _)] = [each for each in slack.times if each[1] == "chat.postMessage"]
    assert other - one >= 1.5
    assert "the tank: 3 statements by Ivan Marek (Russia)" == second["text"]


def test_more_than_the_cap_an_hour_is_counted_and_shown_by_a_click(slack, bot, tmp_path):
    number = keep(bot, cap=2)
    find_all(tmp_path, [(number, f"“Ship {n} sails,” said Ivan Marek.") for n in range(5)])

    [sent] = alerts(slack, 1)
    assert 2 == len(quoted(sent))
    assert "and 3 more" in wording(sent)
    find(tmp_path, number, WORDS)
    interact(bot, click(slack, {"channel": "C1", **sent}, "Show 3 more"))
    method, rest = slack.settled(2)[1]
    assert ("chat.postEphemeral", 3) == (method, len(quoted(rest)))
    assert 1 == len(posts(slack))  # the next waits until the hour has room


def test_quiet_hours_hold_alerts_and_a_change_of_them_lets_them_go(slack, bot, tmp_path):
    now = datetime.now(ZoneInfo(slack.zone))
    quiet = {
        "quiet_from": f"{now - timedelta(hours=1):%H:%M}",
        "quiet_to": f"{now + timedelta(hours=2):%H:%M}",
    }
    number = keep(bot, **quiet)
    find_all(tmp_path, [(number, WORDS), (number, "“We go,” said Ivan Marek.")])
    slack.wait(lambda: bot.query("SELECT 1 FROM alerts"))
    [[due]] = bot.query("SELECT min(due) FROM alerts")
    assert 115 * 60 <= due - time.time() <= 121 * 60
    assert [] == posts(slack)

    watching = bot.made.workers.services.watching
    kept = watching.find("T1", number)
    watching.edit(kept, "C1", kept.watch.text, kept.watch.query, WatchOptions(), UTC)

    [sent] = alerts(slack, 1)
    assert 2 == len(quoted(sent))


def test_a_muted_channel_gets_what_came_in_one_message_afterwards(slack, bot, tmp_path):
    number = keep(bot)
    find(tmp_path, number, WORDS)
    [sent] = alerts(slack, 1)

    interact(bot, click(slack, {"channel": "C1", **sent}, "Mute an hour"))
    line = slack.settled(2)[1][1]
    assert "By <@U1>: Muted for an hour: “the tank”" in line["text"]
    for count in range(2):
        find(tmp_path, number, f"“Ship {count} sails,” said Ivan Marek.")
    slack.wait(lambda: len(bot.query("SELECT 1 FROM alerts")) == 3)
    assert 2 == len(posts(slack))

    interact(bot, click(slack, {"channel": "C1", **line}, "Unmute"))
    slack.wait(lambda: len(posts(slack)) == 4)
    assert [2] == [len(quoted(each)) for each in alerts(slack, 4)[1:] if quoted(each)]


def test_two_watches_in_threads_of_their_own(slack, bot, tmp_path):
    numbers = [keep(bot, text, thread=True) for text in ("the tank", "denials")]
    for count in range(3):
        for number in numbers:
            find(tmp_path, number, f"“Ship {count} of {number} sails,” said Ivan Marek.")
        alerts(slack, 2 * count + 2)

    sent = alerts(slack, 6)
    roots = [each for each in sent if each.get("thread_ts") is None]
    threads = {each["thread_ts"] for each in sent if each.get("thread_ts")}
    assert (2, 2) == (len(roots), len(threads))
    for root in roots:
        name = root["text"].partition(":")[0]
        theirs = [each for each in sent if each["text"].startswith(name)]
        assert 1 == len({each["thread_ts"] for each in theirs if each.get("thread_ts")})


def test_a_thread_whose_beginning_is_gone_begins_anew(slack, bot, tmp_path):
    number = keep(bot, thread=True)
    find(tmp_path, number, WORDS)
    alerts(slack, 1)
    slack.refuse("chat.postMessage", JSONResponse({"ok": False, "error": "thread_not_found"}))

    find(tmp_path, number, "“We go,” said Ivan Marek.")

    anew = alerts(slack, 2)[1]
    assert anew.get("thread_ts") is None
    find(tmp_path, number, "“We sail,” said Ivan Marek.")
    assert alerts(slack, 3)[2]["thread_ts"]


@pytest.mark.parametrize(
    ("entry", "says"),
    [("Context", "It rained."), ("Why this?", "marks a statement")],
)
def test_a_statement_is_checked_from_its_alert(slack, bot, tmp_path, entry, says):
    bot.engine.quotes = (quote(WORDS),)
    find(tmp_path, keep(bot), WORDS)
    [sent] = alerts(slack, 1)

    interact(bot, click(slack, {"channel": "C1", **sent}, entry))

    method, reply = slack.settled(2)[1]
    assert "chat.postEphemeral" == method
    assert says in wording(reply)


@pytest.mark.parametrize(
    ("entry", "says", "left_out"),
    [
        (
            "Not this speaker",
            "Left out of “the tank” from now on: Ivan Marek",
            (("Ivan Marek",), ()),
        ),
        ("Not this topic", "That story is left out of “the tank” from now on", ((), (WORDS,))),
    ],
)
def test_what_is_not_wanted_is_left_out_of_the_watch(slack, bot, tmp_path, entry, says, left_out):
    number = keep(bot)
    find(tmp_path, number, WORDS)
    [sent] = alerts(slack, 1)

    interact(bot, click(slack, {"channel": "C1", **sent}, entry, team="T2"))
    assert "too old" in slack.settled(2)[1][1]["text"]
    interact(bot, click(slack, {"channel": "C1", **sent}, entry))

    assert says in wording(slack.settled(3)[2][1])
    watch = bot.made.workers.services.watching.shelf.book().watch(number)
    assert left_out == (watch.not_speakers, watch.not_articles)


@pytest.mark.parametrize("entry", ["Not this speaker", "Not this topic"])
def test_what_was_left_out_of_a_watch_is_let_in_again(slack, bot, tmp_path, entry):
    number = keep(bot)
    find(tmp_path, number, WORDS)
    [sent] = alerts(slack, 1)
    interact(bot, click(slack, {"channel": "C1", **sent}, entry))
    reply = slack.settled(2)[1][1]

    interact(bot, click(slack, {"channel": "C1", **reply}, "Undo", user="U2", team="T2"))
    assert "too old" in slack.settled(3)[2][1]["text"]
    interact(bot, click(slack, {"channel": "C1", **reply}, "Undo"))

    assert "No longer left out of “the tank”" in wording(slack.settled(4)[3][1])
    watch = bot.made.workers.services.watching.shelf.book().watch(number)
    assert ((), ()) == (watch.not_speakers, watch.not_articles)


def test_the_alerts_of_a_paused_or_deleted_watch_do_not_come(slack, bot, tmp_path):
    first, second = keep(bot), keep(bot, "exports", place="C2")
    for channel in ("C1", "C2"):
        outbox(bot).mute("T1", channel, time.time() + 1.5)
    find(tmp_path, first, WORDS)
    find(tmp_path, second, WORDS)
    slack.wait(lambda: len(bot.query("SELECT 1 FROM alerts")) == 2)
    watching = bot.made.workers.services.watching

    watching.pause(watching.find("T1", first), True)
    watching.remove(watching.find("T1", second))

    time.sleep(2)
    assert [] == alerts(slack, 0)


def test_what_was_corrected_before_its_turn_is_posted_as_it_reads_now(slack, bot, tmp_path):
    new = "“We will not stay,” said Ivan Marek."
    outbox(bot).mute("T1", "C1", time.time() + 1)
    find(tmp_path, keep(bot), WORDS)
    bot.engine.gone.add(WORDS)
    bot.engine.rewordings[WORDS] = new
    bot.engine.quotes = (quote(new, article_id=WORDS),)
    change(tmp_path, lambda changes, alert: changes.mark(alert, "corrected", new))

    [sent] = alerts(slack, 1)
    assert [new] == quoted(sent)


def test_a_watch_where_nothing_comes_says_so_once(slack, bot, tmp_path):
    number = keep(bot, silent_after=3)
    stopping = bot.made.workers.services.stopping
    now = datetime.now(UTC)

    for days in (2, 4, 5):
        stopping.say_silences(now + timedelta(days=days))

    [sent] = alerts(slack, 1)
    assert ("C1", "Nothing on “the tank” in 3 days") == (sent["channel"], sent["text"][:31])
    find(tmp_path, number, WORDS)
    alerts(slack, 2)
    stopping.say_silences(now + timedelta(days=9))
    assert 3 == len(alerts(slack, 3))


def test_an_alert_in_a_direct_message_is_looked_up_where_slack_shows_it(
    slack, bot, tmp_path, monkeypatch
):
    monkeypatch.setattr("bot.slack.delivery.LOOK_AFTER", 0.05)
    number = keep(bot, place="U1")
    bot.sender.command({**command(slack, "/watch", ""), "channel_id": "D7"})
    slack.settled(1)
    slack.refuse("chat.postMessage", "after")

    find(tmp_path, number, WORDS)

    assert [("D7", [WORDS])] == [(each["channel"], quoted(each)) for each in alerts(slack, 1)]


def test_the_first_look_ever_is_silent(slack, make_bot, tmp_path):
    first = make_bot(alert_window=0)
    number = keep(first)
    first.close()
    find(tmp_path, number, WORDS)

    other = make_bot(folder=tmp_path, alert_window=0, data_dir=tmp_path / "new")
    slack.wait(lambda: outbox(other).followed())
    find(tmp_path, number, "“We go,” said Ivan Marek.")

    [sent] = alerts(slack, 1)
    assert ["“We go,” said Ivan Marek."] == quoted(sent)


def test_what_was_indexed_long_ago_is_no_news(slack, bot, tmp_path):
    number = keep(bot)
    find(tmp_path, number, "“We go,” said Ivan Marek.", at=datetime.now(UTC) - timedelta(hours=49))
    find(tmp_path, number, WORDS)

    assert [[WORDS]] == [quoted(sent) for sent in alerts(slack, 1)]


def test_a_channel_that_others_read_by_now_gets_no_alert(slack, bot, tmp_path):
    shared = JSONResponse({"ok": True, "channel": {"id": "C1", "is_ext_shared": True}})
    slack.refuse("conversations.info", shared)

    find(tmp_path, keep(bot), WORDS)

    [sent] = alerts(slack, 1)
    assert "U1" == sent["channel"]
    assert "the channel is shared with another organisation now" in sent["text"]


def test_what_comes_while_a_message_is_under_way_waits_for_the_next(slack, bot, tmp_path):
    limited = JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "2"})
    slack.refuse("chat.postMessage", limited)
    number = keep(bot)
    find(tmp_path, number, WORDS)
    slack.wait(lambda: not slack.refusals("chat.postMessage"))
    for count in range(3):
        find(tmp_path, number, f"“Ship {count} sails,” said Ivan Marek.")
        time.sleep(0.2)

    assert [1, 3] == [len(quoted(sent)) for sent in alerts(slack, 2)]


def test_a_digest_does_not_repeat_what_another_watch_has_shown_there(slack, bot, tmp_path):
    quick, daily = keep(bot), keep(bot, "denials", digest_at="08:00")
    find_all(tmp_path, [(quick, WORDS), (daily, WORDS), (daily, "“We go,” said Ivan Marek.")])
    slack.wait(lambda: posts(slack))

    with bot._state.transaction() as db:
        db.execute("UPDATE alerts SET due = 0")

    assert [[WORDS], ["“We go,” said Ivan Marek."]] == [quoted(sent) for sent in alerts(slack, 2)]
    slack.wait(lambda: updates(slack))
    assert "matches: the tank; denials" in wording(edited(slack)[-1])


def test_a_silent_feed_is_said_once_where_watches_want_it_and_without_its_address(slack, bot):
    for text in ("the tank", "denials"):
        keep(bot, text, silent_after=30)
    keep(bot, "exports", place="C2")
    stopping, now = bot.made.workers.services.stopping, datetime.now(UTC)
    address = "https://u:pw@news.example/feed?key=1"
    feed = Silence("feed", f"the feed {address} is gone for good", address, now)
    none = Silence("articles", "no article has come in for 26 hours", since=now)

    for _ in range(2):
        stopping.say_silences(now, (feed, none))

    first, second = alerts(slack, 2)
    assert ["C1", "C1"] == [first["channel"], second["channel"]]
    told = sorted(sent["text"].partition(": ")[2] for sent in (first, second))
    assert ["no article comes from news.example any more.", f"{none.text}."] == told
