"""
A Briefing as a Slack message. Pure.

A quote is shown whole or not at all: what does not fit is counted, and one that no message
could hold is linked instead. Sizes are those of the JSON, because nobody knows which characters
Slack counts. A block quote holds the sentences of one statement and a blank between two, nothing
else of ours. The speaker stands above, once for the statements that follow one another; date,
outlet and wording stand under each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import NamedTuple

from bot.elements import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    Block,
    Message,
    clip,
    context,
    day,
    escape,
    heading,
    link,
    quotation,
    rich_text,
    section,
    size,
    words,
)
from bot.links import sentence_link
from bot.wording import (
    NOT_NAMED,
    capitalised,
    is_corrected,
    nearest_note,
    notes_on,
    party_to_tell,
    reason_of,
)
from index.types import Briefing, Coverage, Quote

RESERVE = 900  # characters kept free for the footer and the notification
MAX_SENTENCES = 40  # of one statement
MAX_LINKED = 3  # statements too long for any message that are linked instead
GAP = "\u00a0"  # an empty line between two statements under one speaker
DIVIDER: Block = {"type": "divider"}
WARNING = "attributions can be wrong: open the link"


class Shown(NamedTuple):
    """How many statements a message shows, and how many had no room in it."""

    statements: int
    left_out: int


def briefing_message(briefing: Briefing, understood: str, *, asked: str | None = None) -> Message:
    """
    Lay out the answer to one question.

    Args:
        briefing: the answer; an abstention shows its reason, and the nearest statements apart.
        understood: what the question was taken for, in words.
        asked: the question, to be repeated where nobody else sees it.

    Returns:
        At most 40 blocks and 10,000 characters of JSON.
    """
    page = _Page(_head(understood, f"You asked: {clip(asked, 300)}" if asked else ""))
    if briefing.abstained or not briefing.quotes:
        return _abstention(page, briefing)
    page.add(DIVIDER)
    statements = join_statements(briefing.quotes)
    shown = page.fill(statements)
    text = summary(statements)
    return page.finish(_footer(briefing, shown, len(statements)), text)


def digest_message(briefing: Briefing, understood: str, *, asked: str | None = None) -> Message:
    """Lay out who said what on a topic, under a heading for each party."""
    page = _Page(_head(understood, f"Topic: {clip(asked, 300)}" if asked else ""))
    if briefing.abstained or not briefing.quotes:
        return _abstention(page, briefing)
    statements = join_statements(briefing.quotes)
    headings = [_party_heading(briefing, group[0]) for group in statements]
    shown = page.fill(statements, headings)
    text = summary(statements)
    return page.finish(_footer(briefing, shown, len(statements)), text)


def join_statements(quotes: Sequence[Quote]) -> list[list[Quote]]:
    """Put the sentences of one statement together: one that continues joins the one before."""
    groups: list[list[Quote]] = []
    for quote in quotes:
        joins = groups and "continues" in quote.labels
        before = groups[-1][-1] if groups else None
        if joins and before is not None and _same_mouth(before, quote):
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return groups


def summary(statements: Sequence[Sequence[Quote]]) -> str:
    """Say how many statements by whom, for the notification; escaped, no article text."""
    names = list(dict.fromkeys(_who(group[0]) for group in statements))
    several = ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
    noun = "statement" if len(statements) == 1 else "statements"
    return escape(f"{len(statements)} {noun} by {several}")


class _Page:
    """Blocks that are known to fit."""

    def __init__(self, head: list[Block]) -> None:
        self.blocks = head
        self.room = MAX_CHARACTERS - RESERVE - size(head)
        self.most = self.room

    def add(self, *blocks: Block) -> bool:
        """Add all of *blocks* if there is room for them and a footer, else none."""
        wanted = size(blocks)
        if wanted > self.room or len(self.blocks) + len(blocks) > MAX_BLOCKS - 2:
            return False
        self.blocks.extend(blocks)
        self.room -= wanted
        return True

    def fill(self, statements: Sequence[Sequence[Quote]], headings: Sequence[str] = ()) -> Shown:
        """Add the statements that fit, in order, each new heading before its first."""
        shown = linked = 0
        current = ""
        before: Quote | None = None
        for number, group in enumerate(statements):
            title = headings[number] if headings else ""
            new = title != current
            above = [heading(title)] if new else [DIVIDER] if shown + linked else []
            goes_on = not new and before is not None and _same_voice(before, group[0])
            if self._add_statement([] if goes_on else above, group, named=not goes_on):
                shown, current, before = shown + 1, title, group[0]
                continue
            too_long = size([_statement(group[:1])]) > self.most
            if too_long and linked < MAX_LINKED and self.add(*above, _too_long(group[0])):
                linked, current, before = linked + 1, title, None
        return Shown(shown, len(statements) - shown)

    def _add_statement(self, above: list[Block], group: Sequence[Quote], *, named: bool) -> bool:
        """Add a statement, or as many of its first sentences as fit."""
        return any(
            self.add(*above, _statement(group[:count], len(group) - count, named=named))
            for count in range(min(len(group), MAX_SENTENCES), 0, -1)
        )

    def finish(self, footer: Block, text: str) -> Message:
        return Message([*self.blocks, footer], text)


def _head(understood: str, asked: str) -> list[Block]:
    lines = [section(*words(asked, italic=True))] if asked else []
    lines.append(section(*words(clip(understood, 300) or "Statements", bold=True)))
    return [rich_text(line) for line in lines]


def _abstention(page: _Page, briefing: Briefing) -> Message:
    reason = reason_of(briefing)
    page.add(rich_text(section(*words(reason))))
    parts = ["nothing found", _as_of(briefing.coverage), "nothing generated"]
    if briefing.nearest:
        note = section(*words(nearest_note(briefing), italic=True))
        page.add(DIVIDER, rich_text(note))
        page.fill(join_statements(briefing.nearest))
        parts.append(WARNING)
    return page.finish(context(" · ".join(parts)), escape(reason))


def _statement(group: Sequence[Quote], unseen: int = 0, *, named: bool = True) -> Block:
    """Show the sentences of one statement under its speaker, and where they stand."""
    line = _where(group)
    if unseen:
        noun = "sentence" if unseen == 1 else "sentences"
        line += words(f"\n{unseen} more {noun} of this statement did not fit", italic=True)
    texts = [quote.text for quote in group if quote.text]
    return rich_text(
        section(*(_mouth(group[0]) if named else words(GAP))),
        *([quotation(texts)] if texts else []),
        section(*line),
    )


def _mouth(quote: Quote) -> list[Block]:
    """Name the speaker, the role and the party."""
    speaker = clip(quote.speaker or "", 120) or NOT_NAMED
    role = clip(quote.role or "", 160)
    party = party_to_tell(quote)
    told = f", {role}" if role and role.casefold() != speaker.casefold() else ""
    told += f" ({party})" if party else ""
    return words(capitalised(speaker), bold=True) + words(told)


def _where(group: Sequence[Quote]) -> list[Block]:
    """Give date, outlet with the link, wording, and the other outlets with the same words."""
    quote = group[0]
    outlet = clip(quote.outlet or "", 80)
    line = [day(quote.published_at)] if quote.published_at else words("date unknown")
    address = sentence_link(quote.url, quote.text)
    line += words(" · ")
    if address is not None:
        line.append(link(address, outlet or "open"))
    else:
        line += words(outlet or "outlet unknown")
    if quote.title and (address is None or is_corrected(quote.title)):
        line += words(f" · “{clip(quote.title, 120)}”")
    line += words(f" · {' · '.join(notes_on(group))}")
    if quote.also_in:
        others = [clip(name, 60) for name in quote.also_in[:3]]
        rest = len(quote.also_in) - len(others)
        also = ", ".join(others) + (f" and {rest} more" if rest else "")
        line += words(f" · also in {also}")
    return line


def _too_long(quote: Quote) -> Block:
    """Point at a statement that no message can hold."""
    note = f" · a statement of {len(quote.text):,} characters, too long for a message\n"
    who = words(capitalised(_who(quote)), bold=True)
    return rich_text(section(*who, *words(note), *_where([quote])))


def _who(quote: Quote) -> str:
    name = clip(quote.speaker or "", 60) or "an unnamed speaker"
    party = clip(party_to_tell(quote), 40)
    return f"{name} ({party})" if party else name


def _same_voice(before: Quote, quote: Quote) -> bool:
    """
    Tell whether two statements can stand under one speaker line.

    "The company" of another article is another company: across articles a party must agree too.
    """
    if quote.speaker is None or (before.speaker, before.role, before.party) != (
        quote.speaker,
        quote.role,
        quote.party,
    ):
        return False
    return quote.party is not None or before.article_id == quote.article_id


def _same_mouth(before: Quote, quote: Quote) -> bool:
    return (before.article_id, before.speaker) == (quote.article_id, quote.speaker)


def _party_heading(briefing: Briefing, quote: Quote) -> str:
    if quote.party:
        return briefing.headings.get(quote.party, quote.party)
    return "Others"


def _footer(briefing: Briefing, shown: Shown, statements: int) -> Block:
    parts = [f"{shown.statements} of {max(briefing.total, statements)}"]
    if shown.left_out:
        parts.append(f"{shown.left_out} more did not fit")
    parts += [_as_of(briefing.coverage), "copied from the articles, nothing generated", WARNING]
    return context(" · ".join(parts))


def _as_of(coverage: Coverage) -> str:
    """Tell how fresh the index is, in the reader's time zone."""
    if coverage.indexed_at is None:
        return "the index is empty"
    moment = coverage.indexed_at.astimezone(UTC)
    fallback = f"{moment.day} {moment:%b %Y %H:%M} UTC"
    return (
        f"index as of <!date^{int(moment.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"
    )
