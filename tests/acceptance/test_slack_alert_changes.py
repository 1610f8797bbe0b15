"""What becomes of a statement after its alert was posted, in the alert and below, over sockets."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from bot.types import ChannelDefaults
from index.alerts.book import Book
from index.types import Revision
from tests.acceptance.alert_kit import change, find, find_all, keep, posts, updates
from tests.acceptance.engine_double import NOW, quote
from tests.acceptance.slack_clicks import buttons, click, interact
from tests.acceptance.slack_payloads import command, quoted, wording

pytestmark = pytest.mark.server

WORDS = "“We will stay for nine days,” said Ivan Marek."
COPY = "“We will stay for nine days,” Ivan Marek said."
TEN = "“We will stay for ten days,” said Ivan Marek."


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """The bots look all the time."""
    monkeypatch.setattr("bot.alerts.follower.PAUSE", 0.02)
    monkeypatch.setattr("bot.slack.corrections.PAUSE", 0.02)


@pytest.fixture
def bot(make_bot):
    return make_bot(alert_window=0)


@pytest.fixture
def posted(slack, bot, tmp_path):
    """One alert, its statement also in the article b of another outlet."""
    find(tmp_path, keep(bot), WORDS, article="a1")
    slack.wait(lambda: posts(slack))
    slack.wait(lambda: bot.idle)
    copy = quote(COPY, article_id="b", outlet="Norland Today", url="https://today.example/b")
    change(tmp_path, lambda changes, alert: changes.carried_by(alert.number, copy.outlet, (copy,)))
    slack.wait(lambda: updates(slack))
    return posts(slack)[0]


def becomes(bot, article, what, *gone):
    """Let something become of an article, which has *gone* no longer."""
    bot.engine.gone |= {(article, text) for text in gone}
    number = len(bot.engine.history) + 1
    bot.engine.history.append(Revision(number, article, NOW, what))


def told(slack, count=1):
    """The lines in the thread, once there are *count*."""
    slack.wait(lambda: len(posts(slack)) > count)
    slack.wait(lambda: all(bot.idle for bot in slack.bots))
    return [" ".join(wording(sent).split()) for sent in posts(slack)[1:]]


def test_what_another_outlet_still_has_is_shown_from_there_and_not_struck_through(
    slack, bot, posted
):
    becomes(bot, "a1", "withdrawn", WORDS)

    [line] = told(slack)
    last = updates(slack)[-1]
    assert ([COPY], False) == (quoted(last), '"strike"' in json.dumps(last["blocks"]))
    assert "https://today.example/b" in json.dumps(last["blocks"])
    assert "no longer in Harbour Post" in wording(last)
    assert "also in" not in wording(last)
    assert "“We will stay for nine days,” said Ivan … Norland Today still has it." in line

    becomes(bot, "b", "withdrawn", COPY)

    assert "Its article was withdrawn." in told(slack, 2)[1]
    last = updates(slack)[-1]
    assert ([COPY], True) == (quoted(last), '"strike": true' in json.dumps(last["blocks"]))


def test_an_outlet_that_took_its_copy_back_is_no_longer_named(slack, bot, posted, tmp_path):
    assert "also in Norland Today" in wording(updates(slack)[-1])

    becomes(bot, "b", "withdrawn", COPY)
    change(tmp_path, lambda changes, alert: changes.also_in(alert, ()))
    slack.wait(lambda: len(updates(slack)) == 2)

    last = updates(slack)[-1]
    assert ([WORDS], False) == (quoted(last), "also in" in wording(last))
    assert 1 == len(posts(slack))


def test_a_corrected_statement_is_struck_through_and_its_new_words_stand_below(
    slack, bot, posted, tmp_path
):
    bot.engine.rewordings[WORDS] = TEN

    becomes(bot, "a1", "changed", WORDS)

    [line] = told(slack)
    last = updates(slack)[-1]
    assert ([WORDS, TEN], 1) == (quoted(last), json.dumps(last["blocks"]).count('"strike": true'))
    assert "also in Norland Today" in wording(last)
    assert line.startswith("Corrected since: a quote by Ivan Marek, “We will stay for nine days,”")
    # What the edit shows is followed too.
    bot.engine.rewordings[TEN] = bot.engine.rewordings[WORDS] = TEN.replace("ten", "two")
    becomes(bot, "a1", "changed", TEN)
    assert "“We will stay for ten days,”" in told(slack, 2)[1]
    assert [WORDS, TEN.replace("ten", "two")] == quoted(updates(slack)[-1])


def test_a_statement_of_three_sentences_is_one_line_that_names_it(slack, bot, tmp_path):
    said = [f"“The road {n} is closed,” said Ivan Marek." for n in range(3)]
    quotes = tuple(quote(text, article_id="a1") for text in said)
    number = keep(bot)
    book = Book(tmp_path)
    with book.changing() as changes:
        changes.record(number, quotes, datetime.now(UTC))
    book.close()
    slack.wait(lambda: posts(slack))
    slack.wait(lambda: bot.idle)

    becomes(bot, "a1", "withdrawn", *said)

    [line] = told(slack)
    assert 1 == line.count("Withdrawn since")
    assert "a quote by Ivan Marek, “The road 0 is closed,” said Ivan Marek." in line
    assert 3 == json.dumps(updates(slack)[-1]["blocks"]).count('"strike": true')


def test_a_statement_that_comes_back_is_no_longer_struck_through(slack, bot, tmp_path):
    find(tmp_path, keep(bot), WORDS, article="a1")
    slack.wait(lambda: posts(slack))
    slack.wait(lambda: bot.idle)
    becomes(bot, "a1", "withdrawn", WORDS)
    told(slack)
    assert '"strike": true' in json.dumps(updates(slack)[-1]["blocks"])

    bot.engine.gone.clear()
    change(tmp_path, lambda changes, alert: changes.mark(alert, "withdrawn"))
    change(tmp_path, lambda changes, alert: changes.mark(alert, "new"))

    slack.wait(lambda: '"strike"' not in json.dumps(updates(slack)[-1]["blocks"]))
    assert [WORDS] == quoted(updates(slack)[-1])


def test_a_message_that_would_lose_a_statement_is_left_as_it_is(slack, bot, tmp_path):
    first, second = keep(bot), keep(bot, "denials")
    other = "“We go,” said Ivan Marek."
    find_all(tmp_path, [(first, WORDS), (second, other)])
    slack.wait(lambda: posts(slack))
    slack.wait(lambda: bot.idle)
    watching = bot.made.workers.services.watching
    watching.remove(watching.find("T1", second))

    becomes(bot, WORDS, "withdrawn", WORDS)

    slack.wait(lambda: updates(slack))
    last = updates(slack)[-1]
    assert ([WORDS, other], 1) == (quoted(last), json.dumps(last["blocks"]).count('"strike": true'))


@pytest.mark.parametrize("entry", ["Not this speaker", "Not this topic", "Mute an hour"])
def test_what_somebody_does_to_the_alerts_of_others_is_said_there_and_to_them(
    slack, bot, tmp_path, entry
):
    number = keep(bot)
    find(tmp_path, number, WORDS)
    slack.wait(lambda: posts(slack))
    slack.wait(lambda: bot.idle)

    interact(bot, click(slack, {"channel": "C1", **posts(slack)[0]}, entry, user="U2"))
    slack.wait(lambda: len(posts(slack)) == 3)

    there, owner = sorted(posts(slack)[1:], key=lambda sent: sent["channel"])
    assert (("C1", True), "U1") == ((there["channel"], "thread_ts" in there), owner["channel"])
    assert there["text"] == owner["text"]
    assert there["text"].startswith("By <@U2>: ")
    assert "“the tank”" in there["text"]
    # Whoever made the watch undoes it from there.
    [undo] = buttons(owner)
    interact(bot, click(slack, {**owner, "channel": "D1"}, undo))
    slack.wait(lambda: len(posts(slack)) == 4)
    watching = bot.made.workers.services.watching
    watch = watching.shelf.book().watch(number)
    assert ((), (), None) == (
        watch.not_speakers,
        watch.not_articles,
        watching.outbox.muted_until("T1", "C1"),
    )


def test_a_list_says_until_when_alerts_are_muted_and_lets_them_go_on(slack, bot, tmp_path):
    keep(bot)
    watching = bot.made.workers.services.watching
    watching.outbox.mute("T1", "C1", time.time() + 600)

    bot.sender.command(command(slack, "/watch", ""))
    listed = slack.settled(1)[0][1]
    assert "muted until" in wording(listed)
    interact(bot, click(slack, listed, "Unmute", ephemeral=True))

    assert "No longer muted: “the tank”" in slack.settled(2)[1][1]["text"]
    assert watching.outbox.muted_until("T1", "C1") is None


@pytest.mark.parametrize("press", ["Pause", "Delete"])
def test_whoever_made_a_watch_hears_what_another_does_to_it(slack, bot, press):
    keep(bot)
    bot.sender.command({**command(slack, "/watch", ""), "user_id": "U2"})
    listed = slack.settled(1)[0][1]

    interact(bot, click(slack, listed, press, user="U2", ephemeral=True))
    slack.wait(lambda: posts(slack))

    [note] = posts(slack)
    done = {"Pause": "Paused", "Delete": "Deleted"}[press]
    assert ("U1", f"By <@U2>: {done}: “the tank”.") == (note["channel"], note["text"])


def test_only_who_may_change_watches_mutes_them(slack, bot, tmp_path):
    find(tmp_path, keep(bot), WORDS)
    slack.wait(lambda: posts(slack))
    slack.wait(lambda: bot.idle)
    services = bot.made.workers.services
    services.channels.choose("T1", "C1", ChannelDefaults(watching="nobody"))

    interact(bot, click(slack, {"channel": "C1", **posts(slack)[0]}, "Mute an hour", user="U2"))

    method, reply = slack.settled(2)[1]
    assert ("chat.postEphemeral", True) == (method, "somebody else’s" in reply["text"])
    assert services.watching.outbox.muted_until("T1", "C1") is None
