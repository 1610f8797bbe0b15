"""Parties of the user's own, from `parties.tsv` in the data folder: Slack knows them too."""

from __future__ import annotations

import pytest

from index.types import Article
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_clicks import click, interact
from tests.acceptance.slack_payloads import mention, wording
from tests.index.arrivals.arrivals_builders import day, open_tiny

pytestmark = pytest.mark.server

# A name that no shipped table holds, whose key does not tell how it is written.
ROW = "Ostrovian\tOSLM\tgroup\n"
TEXT = "“The strait stays open,” Ostrovian spokeswoman Lena Karsk said on Monday."
THREAD = "1700000001.000100"


@pytest.fixture
def bot(slack, tmp_path):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "parties.tsv").write_text(ROW)
    engine = open_tiny(tmp_path / "index")
    found = list(engine.add([Article("strait", "Strait", TEXT, published_at=day(3))]))
    assert ["indexed"] == [each.status for each in found]
    running = Bot(slack, tmp_path, "http", engine)
    yield running
    running.close()
    engine.close()


def asked(slack, bot):
    """The answer to a question about the party, as it was posted."""
    bot.sender.event(mention("<@U0BOT> what did OSLM say?", ts=THREAD))
    [(_, sent)] = slack.settled(1)
    return sent


def test_a_party_that_the_role_tells_is_not_named_again(slack, bot):
    shown = wording(asked(slack, bot))

    assert "Lena Karsk , Ostrovian spokeswoman" in shown
    assert "(OSLM)" not in shown


def test_the_question_form_names_the_party_as_the_user_wrote_it(slack, bot):
    first = asked(slack, bot)

    interact(bot, click(slack, first, "Refine"))

    slack.wait(lambda: slack.views)
    [view] = slack.views
    fields = {block["block_id"]: block["element"] for block in view["blocks"]}
    chosen = fields["form-party"]["initial_option"]
    assert ("OSLM", "oslm") == (chosen["text"]["text"], chosen["value"])


def test_its_name_alone_goes_on_with_the_question(slack, bot):
    asked(slack, bot)

    follow_up = mention("Ostrovian?", ts="1700000002.000100", thread_ts=THREAD)
    follow_up["event"]["type"] = "message"
    follow_up["event"]["channel_type"] = "channel"
    bot.sender.event(follow_up)

    [_, (method, sent)] = slack.settled(2)
    assert ("chat.postMessage", THREAD) == (method, sent["thread_ts"])
