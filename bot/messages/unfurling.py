"""What stands under the link to an article: who is quoted in it, and the first statement. Pure."""

from __future__ import annotations

from bot.messages.elements import context, rich_text, section, size, words
from bot.messages.statements import speaker_line, statement_blocks
from bot.messages.wording import capitalised
from bot.types import Block
from index.labels import group_quotes
from index.types import Briefing

MAX_PREVIEW = 3_000  # characters; a preview is no article
SPEAKERS = 8


def unfurled(briefing: Briefing) -> list[Block]:
    """List the speakers of one article with their statements' number, then the first statement."""
    statements = group_quotes(briefing.quotes)
    counts: dict[str, int] = {}
    for group in statements:
        speaker = "".join(part["text"] for part in speaker_line(group[0]))
        counts[speaker] = counts.get(speaker, 0) + 1
    names = [f"{name} ({count})" if count > 1 else name for name, count in counts.items()]
    rest = len(names) - SPEAKERS
    listed = "; ".join(names[:SPEAKERS]) + (f"; and {rest} more" if rest > 0 else "")
    head = rich_text(section(*words("Quoted here: ", bold=True), *words(capitalised(listed))))
    first = statement_blocks(statements[0])
    note = context("quoted word for word from the article")
    return [head, *(first if size(first) <= MAX_PREVIEW else []), note]
