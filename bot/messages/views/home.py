"""The Home tab: a button that asks, what is new, and how else to ask. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.alerts.watch_list import WatchLine, watch_blocks
from bot.messages.briefings.overview import NEW
from bot.messages.controls import ASK, ASK_FORM, SETTINGS, actions, button
from bot.messages.dates import day, day_in_mrkdwn, moment_in_mrkdwn
from bot.messages.elements import (
    clip,
    context,
    heading,
    link,
    plain_text,
    rich_text,
    section,
    words,
)
from bot.messages.talk.help import PATTERNS
from bot.types import Block
from index.sentence_links import article_link
from index.types import Article, Coverage

_WATCHES = 10
_CHANNEL: Block = {
    "type": "conversations_select",
    "action_id": SETTINGS,
    "placeholder": plain_text("Choose a channel"),
    "filter": {"include": ["public", "private"], "exclude_bot_users": True},
}


def home_view(
    coverage: Coverage | None,
    questions: Sequence[str],
    newest: Sequence[Article] = (),
    watches: Sequence[WatchLine] = (),
) -> Block:
    """
    Make the tab.

    Args:
        coverage: what the index holds; None if it cannot be read.
        questions: about those who are quoted most in the newest articles; each becomes a button.
        newest: the articles published last.
        watches: those that the reader made.
    """
    first = button("Ask a question", ASK_FORM, ASK_FORM, style="primary")
    rows = [
        button(question, f"{ASK}-{number}", question) for number, question in enumerate(questions)
    ]
    blocks = [
        heading("Who said what, word for word"),
        actions(first, *rows),
        *([heading("New"), rich_text(_articles(newest))] if newest else []),
        context(_health(coverage)),
        {"type": "divider"},
        *(_watching(watches) if watches else []),
        heading("How to ask"),
        rich_text(_listed(_ways(questions))),
        heading("Regular briefings"),
        actions(button("New briefing", NEW, NEW, "Set up a briefing that comes again")),
        context("/brief schedules lists yours, and those of a channel"),
        heading("Channel settings"),
        actions(_CHANNEL),
        context(
            "Sentences are copied from the articles. Who said them is found by a program and can "
            "be wrong: open the link before you quote."
        ),
    ]
    return {"type": "home", "blocks": blocks}


def _watching(watches: Sequence[WatchLine]) -> list[Block]:
    """List the reader's watches, the newest first, as many as have room."""
    shown = list(reversed(watches))[:_WATCHES]
    rest = len(watches) - len(shown)
    note = [context(f"and {rest:,} more: type /watch")] if rest else []
    return [
        heading("Your watches"),
        *(block for line in shown for block in watch_blocks(line)),
        *note,
        {"type": "divider"},
    ]


def _ways(questions: Sequence[str]) -> list[str]:
    """List the ways to ask."""
    example = questions[0] if questions else PATTERNS[0]
    return [
        f"In a channel: mention me. “{example}” Go on in the thread without a mention.",
        "For yourself: /said with a question, /brief with a topic; then share the answer.",
        "From now on: /watch with a name or a topic, and I send what is said.",
        "On any message: “Who said this?” looks up its words, “Check quotations” checks a draft.",
        "Every morning: /brief with a topic and, behind it, “every weekday 8:00”.",
    ]


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


def _health(coverage: Coverage | None) -> str:
    """Say in our own words how much is indexed, and how fresh; moments in the reader's zone."""
    if coverage is None:
        return "The index cannot be read right now. Please tell your app administrator."
    if not coverage.articles:
        return "The index is empty: no articles have been added yet."
    unknown = "date unknown"
    parts = [
        f"{coverage.articles:,} articles in English, {coverage.sentences:,} sentences",
        f"newest article {day_in_mrkdwn(coverage.newest) if coverage.newest else unknown}",
        f"updated {moment_in_mrkdwn(coverage.indexed_at) if coverage.indexed_at else unknown}",
    ]
    return " · ".join(parts)


def _listed(lines: Sequence[str]) -> Block:
    items = [section(*words(clip(line, 300))) for line in lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": items}
