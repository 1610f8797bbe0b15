"""Days are those of the asker's calendar, wherever that is: over real sockets and an index."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.types import Article
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_clicks import click, interact, submission
from tests.acceptance.slack_payloads import direct, mention, quoted, wording
from tests.index.arrivals.arrivals_builders import open_tiny
from tests.index.questions.test_dates import ZONES

pytestmark = pytest.mark.server

TEXT = "“The harbour stays {word},” Mayor Ana Horvat said."


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Articles of which only the day is known, on three days."""
    index = open_tiny(tmp_path_factory.mktemp("dates"))
    days = {"closed": (2020, 12, 14), "open": (2020, 12, 15), "shut": (2020, 12, 16)}
    made = [
        Article(word, word, TEXT.format(word=word), published_at=datetime(*each, tzinfo=UTC))
        for word, each in days.items()
    ]
    assert {"indexed"} == {each.status for each in index.add(made)}
    yield index
    index.close()


@pytest.fixture
def ask(slack, tmp_path, engine):
    running = []

    def from_(zone, text, transport="http"):
        slack.zone = zone
        running.append(Bot(slack, tmp_path / zone.replace("/", "-"), transport, engine))
        before = len(slack.replies)
        running[-1].sender.event(direct(text))
        sent = slack.settled(before + 1)[before][1]
        return running[-1], sent

    yield from_
    for each in running:
        each.close()


def words_of(sent):
    """Which of the three articles are quoted."""
    return {word for word in ("closed", "open", "shut") if any(word in q for q in quoted(sent))}


@pytest.mark.parametrize("transport", ["http", "socket"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_day_finds_the_articles_of_that_day_over_both_transports(ask, zone, transport):
    _, sent = ask(zone, "what did Horvat say on 15 December 2020?", transport)

    assert {"open"} == words_of(sent)
    assert "on Tue 2020-12-15" in wording(sent)


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_is_found_shown_and_refined_as_it_was_asked_for(slack, ask, zone):
    bot, sent = ask(zone, "what did Horvat say on 15 December 2020?")

    assert {"open"} == words_of(sent)
    assert "on Tue 2020-12-15" in wording(sent)
    interact(bot, click(slack, sent, "Refine"))
    slack.wait(lambda: slack.views)
    fields = {block["block_id"]: block["element"] for block in slack.views[-1]["blocks"]}
    days = [fields[name]["initial_date"] for name in ("form-since", "form-until")]
    assert ["2020-12-15"] * 2 == days

    fields = {"form_speaker": "Horvat", "form_since": "2020-12-14", "form_until": "2020-12-15"}
    before = len(slack.replies)
    interact(bot, submission(slack.views[-1], **fields))
    refined = slack.settled(before + 1)[before][1]
    assert {"closed", "open"} == words_of(refined)
    assert "from Mon 2020-12-14 to Tue 2020-12-15" in wording(refined)


@pytest.mark.parametrize("zone", ZONES)
def test_an_abstention_names_the_day_that_was_asked_for(ask, zone):
    _, sent = ask(zone, "what did Horvat say on 13 December 2020?")

    assert "on Sun 2020-12-13, in 3 articles (newest 2020-12-16)" in sent["text"]


@pytest.mark.parametrize("zone", ZONES)
def test_a_follow_up_and_its_days_stay_in_the_zone_of_whoever_asked(slack, ask, zone):
    bot, first = ask(zone, "what did Horvat say on 15 December 2020?")
    bot.sender.event(
        mention("and Horvat?", ts="1700000900.1", thread_ts=first["thread_ts"], channel="D1",
                channel_type="im")
    )  # fmt: skip
    second = slack.settled(len(slack.replies) + 1)[-1][1]

    assert "on Tue 2020-12-15" in wording(second)
