"""
Strings that articles and people might hold, and every message that can be made of them.

`check` fails where a string comes alive, a limit of Slack is broken, or a quote is not what the
article says.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.messages.blocks import briefing_message, digest_message
from bot.messages.briefings.overview import Listed, overview
from bot.messages.briefings.run import run_message, run_notice
from bot.messages.briefings.wording import set_up_message
from bot.messages.changes import changes_message
from bot.messages.checking import context_message, why_message
from bot.messages.controls import Page
from bot.messages.elements import plain, words
from bot.messages.listing import listing_message
from bot.messages.sections import sections_message
from bot.messages.tables import comparison_message
from bot.messages.unfurling import unfurled
from bot.messages.views.home import home_view
from bot.messages.views.question_form import question_form
from bot.messages.views.schedule_form import Drafted, done_form, schedule_form
from bot.messages.views.statements_list import statements_view
from bot.messages.wording import question_about, reason_of
from bot.slack.payloads import question_of
from bot.timetable import WEEKDAYS, Timetable
from bot.types import Plan, Schedule
from index.types import (
    Article,
    Briefing,
    Change,
    Comparison,
    Context,
    Coverage,
    Party,
    Query,
    Quote,
    Side,
)
from tests.bot.messages.slack_limits import alive, as_read, as_shown, broken_limits, nodes

NOW = datetime(2018, 2, 20, 14, 3, tzinfo=UTC)
COVERAGE = Coverage(articles=12, sentences=340, newest=NOW, indexed_at=NOW)
PIECES = (
    "<!channel>", "<!here|x>", "<@U123>", "<#C1|general>", "<http://evil.example|bank>",
    "https://evil.example/a?b&c", "mailto:a@b.example", "&lt;!here&gt;", "&amp;", "*b*", "_i_",
    "~s~", "`c`", "```", "> q", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", ":tada:", "😀",
    "“", "”", '"', "\n", " ", "a", "Ż", "السلام", "<", ">", "|", "\\", "{date}", "\u0000",
)  # fmt: skip
STRINGS = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)
    | st.text(min_size=1)
    | st.builds(
        lambda piece, size: (piece * size)[:size], st.sampled_from(PIECES), st.integers(1, 100_000)
    )
)
SENTENCES = STRINGS.map(str.strip).filter(bool)  # a sentence has no outer blanks


@st.composite
def messages(draw):
    """An article's sentence, its title, a name and a question, each of them anything."""
    return draw(SENTENCES), draw(STRINGS), draw(STRINGS), draw(STRINGS)


def check(sentence, title, name, question):
    """Make every message of these strings and look at each."""
    quote = _quote(sentence, title, name)
    found = Briefing(Query(question, topic=name), (quote, quote), COVERAGE, total=9)
    nothing = Briefing(Query(question), (), COVERAGE, True, question, nearest=(quote,))
    page = Page("a1b2c3", private=len(name) % 2 == 0)
    answers = [
        briefing_message(found, title, asked=question, page=page),
        digest_message(found, title, asked=question, page=page, notice=words(" asks:")),
        briefing_message(nothing, title, page=page),
        comparison_message(_sides(found, nothing, name), title, asked=question, page=page),
        listing_message(found, title, asked=question, page=page, notice=words(" asks:")),
    ]
    pairs = {name: [Change(quote, quote)]}
    regular = replace(page, again=True, private=False)
    notice = run_notice("U1", "every day at 08:00 (UTC)", NOW)
    lists = [
        run_message(found, title, pairs, since=NOW, page=regular, notice=notice),
        changes_message(found, title, asked=question, page=page),
        sections_message(_sides(found, nothing, name), title, asked=question, page=page),
    ]
    whole = Context((sentence,), sentence, (title,))
    table = Timetable(WEEKDAYS, 480, "Europe/Berlin")
    schedule = Schedule("T1", "a1", "U1", "U1", Plan(Query(question, topic=name), table), 1e9, 0, 0)
    others = [
        context_message([whole]),
        why_message((title, name)),
        plain(question_of(question) or "?"),
        overview([Listed(schedule, title)], "Saved."),
        set_up_message(schedule, title),
    ]
    for message in (*answers, *lists, *(made for made in others if made is not None)):
        assert not broken_limits(message.blocks)
        assert not alive(message.blocks, message.text)
    for message in (*answers[:3], *lists, *(made for made in others[:1] if made)):
        assert {as_shown(sentence)} >= set(_quoted(message.blocks))
    assert as_shown(reason_of(nothing)) == as_read(answers[2].text)
    for tables in answers[3:]:
        cells = _in_cells(tables, as_shown(sentence))
        assert [as_shown(sentence)] * len(tables.statements) == cells
    _check_views(found, name, question)


def _check_views(found, name, question):
    article = Article("a1", name, "", outlet=question, url=f"https://news.example/{name}")
    view = home_view(COVERAGE, [question_about(name)], [article])
    form = question_form("{}", Query(question, party=name, topic=question, since=NOW), UTC,
                         party=name, choose_channel=True)  # fmt: skip
    listed = statements_view(found, name)
    assert {as_shown(found.quotes[0].text)} >= set(_quoted(listed["blocks"]))
    table = Timetable(WEEKDAYS, 480, "Europe/Berlin")
    regular = schedule_form("{}", Drafted(question, ((name, name),), "C1", table))
    for blocks, kind in (
        (regular["blocks"], "modal"), (done_form(name)["blocks"], "modal"),
        (view["blocks"], "home"), (form["blocks"], "modal"), (listed["blocks"], "modal")
    ):  # fmt: skip
        assert not broken_limits(blocks, kind)
        assert not alive(blocks)
    preview = unfurled(found)
    assert not broken_limits(preview)
    assert not alive(preview)


def _quote(sentence, title, name):
    return Quote(
        article_id="a1",
        start=0,
        end=len(sentence),
        text=sentence,
        speaker=name,
        role=title,
        party=name,
        kind="direct",
        labels=(name,),
        source=None,
        cue=None,
        content=(),
        outlet=name,
        published_at=NOW - timedelta(days=1),
        url=f"https://news.example/{title}",
        score=1.0,
        title=title,
        also_in=(name,),
    )


def _sides(found, nothing, name):
    sides = (Side(Party("a", name), found), Side(Party("b", name), nothing))
    return Comparison(found.query, sides)


def _quoted(blocks):
    """What stands in each block quote; here that is one sentence."""
    return [
        "".join(part["text"] for part in node["elements"])
        for node in nodes(blocks)
        if node.get("type") == "rich_text_quote"
    ]


def _in_cells(message, sentence):
    """The lines of the table's cells that read as *sentence* does, for those that show it."""
    lines = [
        "".join(part.get("text", "") for part in node["elements"])
        for block in message.blocks
        if "table" in block["type"]
        for row in block["rows"][1:]
        for node in nodes(row)
        if node.get("type") == "rich_text_section"
    ]
    linked = any(re.search("too long for a table|open the link", line) for line in lines)
    return [sentence] * len(message.statements) if linked else [
        line for line in lines if line == sentence
    ][: len(message.statements)]  # fmt: skip
