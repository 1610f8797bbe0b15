"""The Home tab: how to ask, what can be asked right now, and what the index holds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.messages.controls import ASK, SETTINGS, actions, button
from bot.messages.dates import day, written_moment
from bot.messages.elements import clip, heading, link, plain_text, rich_text, section, words
from bot.messages.sentence_links import article_link
from bot.messages.wording import EXAMPLES
from bot.types import Block
from index.types import Article, Coverage, Party

_CHANNEL: Block = {
    "type": "conversations_select",
    "action_id": SETTINGS,
    "placeholder": plain_text("Choose a channel"),
    "filter": {"include": ["public", "private"], "exclude_bot_users": True},
}


def home_view(
    coverage: Coverage | None, quoted: Sequence[Party], newest: Sequence[Article] = ()
) -> Block:
    """
    Make the tab.

    Args:
        coverage: what the index holds; None if it cannot be read.
        quoted: the parties most quoted in the newest articles; each becomes a button that asks.
        newest: the articles published last.
    """
    blocks = [
        heading("Who said what, word for word"),
        rich_text(
            section(
                *words(
                    "I answer with sentences copied from the indexed articles, each with its "
                    "speaker, outlet, date and link. I write nothing myself. Attributions are "
                    "found by a program and can be wrong: open the link before you quote."
                )
            )
        ),
        *_ways(),
        *(_quoted(quoted) if quoted else []),
        *([heading("Newest articles"), rich_text(_articles(newest))] if newest else []),
        heading("The index"),
        rich_text(_listed(_health(coverage))),
        heading("Channel settings"),
        actions(_CHANNEL),
    ]
    return {"type": "home", "blocks": blocks}


def question_about(party: Party) -> str:
    """Word the question that a button asks."""
    return f"What did {clip(party.name, 60)} say?"


def _ways() -> list[Block]:
    """List the ways to ask, each with a question."""
    lines = [
        f"In a channel: mention me. Try “{EXAMPLES[0]}”",
        "In the thread of an answer: just go on, “and Turkey?”; no mention needed",
        "For yourself: /said with a question, /brief with a topic; then share the answer",
        "On any message: the shortcut “Who said this?” looks up its words",
        "With a form: the shortcut “Ask onrecord”",
        "For a whole channel: /said settings sets whose statements and which outlets it asks about",
        f"A denial, a quotation: “{EXAMPLES[1]}”, “{EXAMPLES[2]}”",
    ]
    return [heading("How to ask"), rich_text(_listed(lines))]


def _quoted(parties: Sequence[Party]) -> list[Block]:
    """Make a button for each party; the answer comes as a direct message."""
    buttons = [
        button(question_about(party), f"{ASK}-{number}", question_about(party))
        for number, party in enumerate(parties)
    ]
    return [heading("Most quoted in the newest articles"), actions(*buttons)]


def _articles(articles: Sequence[Article]) -> Block:
    """List articles: title, outlet, date; their links are for readers to open."""
    items = []
    for article in articles:
        title, address = clip(article.title, 150) or "Untitled", article_link(article.url)
        line = [link(address, title)] if address else words(title)
        line += words(f" · {clip(article.outlet or 'outlet unknown', 80)}")
        if article.published_at:
            line += [*words(" · "), day(article.published_at)]
        items.append(section(*line))
    return {"type": "rich_text_list", "style": "bullet", "elements": items}


def _health(coverage: Coverage | None) -> list[str]:
    if coverage is None:
        return ["The index cannot be read right now. Please tell your app administrator."]
    if not coverage.articles:
        return ["The index is empty: no articles have been added yet."]
    return [
        f"{coverage.articles:,} articles in English, {coverage.sentences:,} sentences",
        f"Newest article: {_written(coverage.newest)}",
        f"Last updated: {_written(coverage.indexed_at)}",
        "Status: OK",
    ]


def _written(at: datetime | None) -> str:
    return written_moment(at) if at is not None else "date unknown"


def _listed(lines: Sequence[str]) -> Block:
    items = [section(*words(clip(line, 300))) for line in lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": items}
