"""Articles in, Slack replies out, over real sockets and with every real part."""

from __future__ import annotations

import json

import pytest

from index.core import open_index
from index.settings import load_index_settings
from index.sources.folder import read_paths
from index.types import Article
from tests.acceptance.corpus import SAMPLE
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_payloads import command, direct, mention, quoted

pytestmark = [pytest.mark.model, pytest.mark.server]

HOSTILE = (
    "Transport Minister Ilse Brandt said *nobody* `pays` <!channel> for "
    "<https://evil.example|this> _road_ ~today~ &lt;!here&gt;."
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """The sample corpus and a hostile article, through the real line."""
    index = open_index(load_index_settings(data_dir=tmp_path_factory.mktemp("index")))
    hostile = Article("hostile", "Toll", HOSTILE, "Daily Tern", "https://daily-tern.example/toll")
    assert {"indexed"} == {o.status for o in index.add([*read_paths([str(SAMPLE)]), hostile])}
    yield index
    index.close()


@pytest.fixture(params=["http", "socket"])
def desk(request, slack, tmp_path, engine):
    running = Bot(slack, tmp_path, request.param, engine)
    yield running
    running.close()


def texts() -> list[str]:
    return [json.loads(line)["text"] for line in SAMPLE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("surface", ["mention", "direct", "/said", "/brief"])
def test_every_surface_is_answered_once_with_sentences_of_the_articles(slack, desk, surface):
    if surface == "mention":
        desk.sender.event(mention("<@U0BOT> what did Russia say?", ts="1700000001.000100"))
    elif surface == "direct":
        desk.sender.event(direct("what did Russia say?", ts="1700000002.000100"))
    else:
        desk.sender.command(command(slack, surface, "what did Russia say?"))

    [(_, sent)] = slack.settled(1)
    assert quoted(sent)
    for quote in quoted(sent):
        assert any(quote in text for text in texts())


def test_a_follow_up_in_the_thread_keeps_the_topic(slack, desk):
    desk.sender.event(
        mention("<@U0BOT> what did Ukraine say about the truce?", ts="1700000003.000100")
    )
    slack.settled(1)
    desk.sender.event(
        mention("<@U0BOT> and Russia?", ts="1700000004.000100", thread_ts="1700000003.000100")
    )

    replies = slack.settled(2)
    assert any("Russia" in json.dumps(sent) and quoted(sent) for _, sent in replies[1:])


def test_an_article_full_of_markup_is_quoted_to_the_letter(slack, desk):
    desk.sender.event(direct("what did Ilse Brandt say?", ts="1700000005.000100"))

    [(_, sent)] = slack.settled(1)
    assert [HOSTILE] == quoted(sent)
    assert "<!channel>" not in sent["text"]


def test_who_never_spoke_gets_an_abstention_and_no_quote(slack, desk):
    desk.sender.event(direct("what did Iran say?", ts="1700000006.000100"))

    [(_, sent)] = slack.settled(1)
    assert "Iran" in json.dumps(sent["blocks"])
    assert "No statement" in json.dumps(sent["blocks"])
