"""All statements of a digest: as many as it counted, by party, over real sockets and an index."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from index.types import Article
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_clicks import asked_alone, buttons, click, interact
from tests.acceptance.slack_payloads import quoted, wording
from tests.bot.messages.slack_limits import broken_limits
from tests.index.arrivals.arrivals_builders import day, open_tiny

pytestmark = pytest.mark.server

VOICES = ("Turkish Transport Minister Ayla Demir", "Norwegian Fisheries Minister Kari Lund",
          "Harbour master Ivo Marek")  # fmt: skip
# Twelve lines for each of them: copies of one another would be counted once.
THEMES = (
    ("tickets", "cost nine crowns until spring"), ("engines", "were overhauled by Dutch fitters"),
    ("crews", "sleep ashore on Sundays"), ("cattle", "cross on the lower deck only"),
    ("anchors", "drag in a westerly gale"), ("lifeboats", "hold eighty people each"),
    ("timetables", "follow the moon and the tide"), ("brass bells", "ring before every landing"),
    ("widows", "receive a pension of the line"), ("cranes", "lift forty tonnes of salt"),
    ("kitchens", "serve soup after midnight"), ("charts", "show no rock near the pier"),
)  # fmt: skip
ADDED = ("in our opinion, and parliament agreed", "although the owners grumble", "I promise you")


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """36 statements about the ferry, by two parties and one who speaks for none."""
    index = open_tiny(tmp_path_factory.mktemp("listing"))
    made = [
        Article(
            f"{number}-{at}",
            f"Line {number} {at}",
            f"“The ferry’s {THEMES[(number + 4 * at) % 12][0]} {what}, {ADDED[at]},” {voice} said.",
            "Harbour Post",
            f"https://harbour-post.example/{number}/{at}",
            day(1 + number),
        )
        for number, (_, what) in enumerate(THEMES)
        for at, voice in enumerate(VOICES)
    ]
    assert {"indexed"} == {each.status for each in index.add(made)}
    yield index
    index.close()


@pytest.fixture(params=["http", "socket"])
def bot(request, slack, tmp_path, engine):
    running = Bot(slack, tmp_path, request.param, engine)
    yield running
    running.close()


def rows(sent):
    """The rows of the table of a message, as read."""
    [table] = [block for block in sent["blocks"] if block["type"] == "data_table"]
    return [
        [wording({"blocks": [cell]}) if "elements" in cell else cell["text"] for cell in row]
        for row in table["rows"][1:]
    ]


def all_button(first):
    [button] = [text for text in buttons(first) if text.startswith("All ")]
    return button


def with_the_button_of_before(first):
    """A digest as it was posted when its button asked for the next message."""
    return json.loads(json.dumps(first).replace('"action_id": "all"', '"action_id": "more"'))


def test_all_statements_are_shown_by_party_as_many_as_were_counted(slack, bot):
    first = asked_alone(slack, bot, "/brief", "ferry")
    count = int(re.search(r"All (\d+) statements", all_button(first))[1])
    assert f"of {count} statements" in wording(first)
    assert count > len(quoted(first))

    interact(bot, click(slack, first, all_button(first), ephemeral=True))

    slack.wait(lambda: slack.views)
    [view] = slack.views
    blocks = view["blocks"]
    assert [] == broken_limits(blocks, "modal")
    assert f"{count} of {count} statements" in wording(view)
    assert count == len(quoted(view)) == len(set(quoted(view))) == 36
    assert ["Norway", "Others", "Turkey"] == sorted(
        block["text"]["text"] for block in blocks if block["type"] == "header"
    )
    assert set(quoted(first)) <= set(quoted(view))
    assert 3 == len(list(itertools.groupby(re.findall("Demir|Lund|Marek", wording(view)))))
    assert 1 == len(slack.settled(1))


def test_the_window_of_an_answer_that_is_gone_is_not_opened_and_that_is_said(slack, bot):
    first = asked_alone(slack, bot, "/brief", "ferry")
    gone = json.loads(re.sub(r'"value": "[0-9a-f]+"', '"value": "0000"', json.dumps(first)))

    interact(bot, click(slack, gone, all_button(first), ephemeral=True))

    assert "too old" in slack.settled(2)[1][1]["text"]
    assert [] == slack.views


def test_where_a_message_is_asked_for_it_pages_through_all(slack, bot):
    first = with_the_button_of_before(asked_alone(slack, bot, "/brief", "ferry"))
    button, count = all_button(first), 36
    pages, sent = [], first
    while button:
        interact(bot, click(slack, sent, button, ephemeral=True))
        sent = slack.settled(len(pages) + 2)[-1][1]
        assert [] == broken_limits(sent["blocks"])
        pages.append(rows(sent))
        button = "More" if "More" in buttons(sent) else ""

    shown = list(itertools.chain.from_iterable(pages))
    assert f"–{count} of {count} statements" in wording(sent)
    assert count == len(shown) == len({row[2] for row in shown}) == 36
    assert ["Norway", "Others", "Turkey"] == sorted(
        party for party, _ in itertools.groupby(row[0] for row in shown)
    )
    assert set(quoted(first)) <= {row[2] for row in shown}
    assert all(row[2].startswith("“The ferry’s ") for row in shown)


def test_the_table_is_shared_as_it_stands(slack, bot):
    first = with_the_button_of_before(asked_alone(slack, bot, "/brief", "ferry"))
    interact(bot, click(slack, first, all_button(first), ephemeral=True))
    listed = slack.settled(2)[1][1]

    interact(bot, click(slack, {**listed, "channel": "C1"}, "Share to channel", ephemeral=True))

    method, shared = slack.settled(3)[2]
    assert ("chat.postMessage", "C1") == (method, shared["channel"])
    assert rows(listed)[:5] == rows(shared)[:5]
