"""Links that people send to be indexed, over real sockets; the engine is a double."""

from __future__ import annotations

import pytest

from bot.listeners.events.index_link import links_in
from bot.settings import read_bot_settings
from index.outcomes import LinkOutcome
from tests.acceptance.engine_double import EngineDouble
from tests.acceptance.slack_clicks import interact, shortcut
from tests.acceptance.slack_payloads import mention

pytestmark = pytest.mark.server

LINK = "https://news.example/a?b=1&c=2"
GIVEN = {"link_hosts": "news.example, https://www.other.example/", "link_channels": "C1"}
HOSTS = frozenset({"news.example", "other.example"})


@pytest.fixture
def engine():
    made = EngineDouble()
    made.links[LINK] = LinkOutcome(LINK, "indexed", "Ferry stays", "Harbour Post")
    return made


@pytest.fixture(params=["http", "socket"])
def bot_with_links(request, make_bot, engine):
    return make_bot(engine, transport=request.param, **GIVEN)


def message(text, **more):
    payload = mention(text, channel_type="channel", **more)
    payload["event"]["type"] = "message"
    return payload


def posted(text):
    """A message as Slack writes it."""
    return f"See <{text.replace('&', '&amp;')}|this>."


def test_the_shortcut_has_the_link_indexed_and_tells_its_user(slack, engine, make_bot):
    bot = make_bot(engine, **GIVEN)

    interact(bot, shortcut(slack, "index_this_link", posted(LINK)))

    [(method, sent)] = slack.settled(1)
    assert [(LINK, HOSTS)] == engine.taken
    assert ("response_url", "ephemeral") == (method, sent["response_type"])
    reported = "Indexed: “Ferry stays” (Harbour Post). You can ask about it now."
    assert reported == sent["blocks"][0]["text"]["text"]


@pytest.mark.parametrize(
    ("outcome", "reported"),
    [
        (
            LinkOutcome(LINK, "waiting", "Ferry stays", is_watched=False),
            "Queued: “Ferry stays”. The indexer is not running, so it is not indexed yet; please "
            "tell your app administrator.",
        ),
        (
            LinkOutcome(LINK, "waiting", "Ferry stays"),
            "Queued: “Ferry stays”. It is not indexed yet; ask about it in a few minutes.",
        ),
        (
            LinkOutcome(
                LINK,
                "refused",
                reason="port 4399 is no web port; name it in INDEX_FETCH_ALLOW",
                for_operators=True,
            ),
            f"Not indexed: {LINK}. I may not open that address; your app administrator finds the "
            "reason with `onrecord stats`.",
        ),
        (
            LinkOutcome(LINK, "refused", reason="the site answers 404; check the address"),
            "Not indexed: the site answers 404.",
        ),
        (
            LinkOutcome(LINK, "refused", reason="the site cannot be reached (no name (Errno -2))"),
            "Not indexed: the site cannot be reached.",
        ),
    ],
    ids=["no-indexer", "busy", "for-operators", "page", "details"],
)
def test_its_user_is_told_what_a_user_can_do(slack, bot_with_links, caplog, outcome, reported):
    bot_with_links.engine.links[LINK] = outcome

    interact(bot_with_links, shortcut(slack, "index_this_link", posted(LINK)))

    [(_, sent)] = slack.settled(1)
    assert reported == sent["blocks"][0]["text"]["text"]
    assert ("no indexer runs" in caplog.text) == (not outcome.is_watched)


@pytest.mark.parametrize(
    ("given", "text", "reported"),
    [({}, posted(LINK), "Links are not indexed here"), (GIVEN, "no link", "holds no link")],
)
def test_nothing_is_taken_before_hosts_are_allowed_or_without_a_link(
    slack, engine, make_bot, given, text, reported
):
    interact(make_bot(engine, **given), shortcut(slack, "index_this_link", text))

    [(_, sent)] = slack.settled(1)
    assert ([], True) == (engine.taken, reported in sent["text"])


def test_links_in_their_channel_are_taken_and_only_the_sender_is_told(slack, engine, make_bot):
    bot = make_bot(engine, **GIVEN)

    bot.sender.event(message(posted(LINK) + " <https://evil.example/>"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postEphemeral", "C1", "U1") == (method, sent["channel"], sent["user"])
    first, second = sent["blocks"][0]["text"]["text"].splitlines()
    assert "Indexed: “Ferry stays”" in first
    assert "Not indexed: https://evil.example/: the site answers 404." == second


@pytest.mark.parametrize(
    ("given", "payload"),
    [
        ({"link_channels": "C1"}, message(posted(LINK))),
        ({**GIVEN, "link_channels": "C2"}, message(posted(LINK))),
        (GIVEN, message("no link")),
        (GIVEN, message(posted(LINK), bot_id="B9")),
        (GIVEN, message(posted(LINK), subtype="message_changed")),
        (GIVEN, {**message(posted(LINK)), "is_ext_shared_channel": True}),
        (GIVEN, message("<@U0BOT> what did Russia say? " + posted(LINK))),
    ],
    ids=["no-hosts", "other-channel", "no-link", "bot", "edit", "shared", "question"],
)
def test_other_messages_are_let_pass(slack, engine, make_bot, given, payload):
    make_bot(engine, **given).sender.event(payload)

    assert [] == slack.settled(0)
    assert [] == engine.taken


def test_a_question_with_a_link_in_such_a_channel_is_answered(slack, engine, make_bot):
    bot = make_bot(engine, **GIVEN)
    text, ts = "<@U0BOT> what did Russia say? " + posted(LINK), "1700000009.000100"

    bot.sender.event(message(text, ts=ts))
    bot.sender.event(mention(text, ts=ts))

    [(method, _)] = slack.settled(1)
    assert ("chat.postMessage", []) == (method, engine.taken)


def test_links_are_read_as_slack_writes_them():
    text = f"{posted(LINK)} <https://b.example> <mailto:a@b.example> https://c.example <#C1> "
    many = "".join(f"<https://x.example/{n}>" for n in range(9))

    assert [LINK, "https://b.example"] == links_in(text + posted(LINK))
    assert 5 == len(links_in(many))


def test_hosts_are_read_as_people_write_them():
    settings = read_bot_settings(
        link_hosts="https://www.A.example/x, *.b.example", link_channels="C1"
    )

    assert frozenset({"a.example", "b.example"}) == settings.link_hosts
    assert frozenset({"C1"}) == settings.link_channels
