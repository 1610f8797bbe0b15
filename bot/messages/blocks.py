"""
A Briefing as a Slack message. Pure.

A quote is shown whole or not at all, and one that no message could hold is linked instead. What
stands on a page is the beginning of the answer: the first statement without room ends it, so
that the next page goes on there. The speaker's name stands once for the statements that follow
one another. Sizes are those of the JSON, because nobody knows which characters Slack counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.messages.controls import (
    ALL,
    BUTTON_CHARACTERS,
    BUTTONS,
    MORE,
    Page,
    answer_buttons,
    statement_menu,
)
from bot.messages.elements import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    clip,
    context,
    escape,
    heading,
    rich_text,
    section,
    size,
    words,
)
from bot.messages.statements import (
    as_of,
    key_of,
    linked_block,
    same_voice,
    statement_blocks,
    summary,
)
from bot.messages.wording import doubt_of, names_note, nearest_note, reason_of
from bot.types import Block, Message, QuoteKey
from index.labels import OTHER_MATTER, beside_note, group_quotes, undated_note
from index.types import Briefing, Quote

RESERVE = 900  # characters kept free for the footer and the notification
MAX_SENTENCES = 40  # of one statement
DIVIDER: Block = {"type": "divider"}
REST = "Rest of the quotation"
WARNING = "check the source before quoting"


def briefing_message(
    briefing: Briefing,
    understood: str,
    *,
    asked: str = "",
    page: Page | None = None,
    notice: Sequence[Block] = (),
) -> Message:
    """
    Lay out the answer to one question.

    Args:
        briefing: the answer; an abstention shows its reason, and the nearest statements apart.
        understood: what the question was taken for, in words.
        asked: the question, to be repeated where nobody else sees it.
        page: gives the answer buttons; without it there are none.
        notice: a line of rich text above all, for example who shared the answer.

    Returns:
        At most 40 blocks and 10,000 characters of JSON, and which statements they show.
    """
    repeated = f"You asked: {clip(asked, 300)}" if asked else ""
    if briefing.abstained or not briefing.quotes:
        return _abstention(Sheet(_without_title(understood, repeated, notice), page), briefing)
    sheet = Sheet(answer_head(understood, repeated, notice), page)
    sheet.add(DIVIDER)
    return _answer(sheet, briefing, [])


def digest_message(
    briefing: Briefing,
    understood: str,
    *,
    asked: str = "",
    page: Page | None = None,
    notice: Sequence[Block] = (),
) -> Message:
    """
    Lay out who said what on a topic, under a heading for each party.

    Args:
        briefing: the digest; an abstention shows its reason, and the nearest statements apart.
        understood: what the topic was taken for, in words.
        asked: the topic as typed.
        page: gives the answer buttons; without it there are none.
        notice: a line of rich text above all.

    Returns:
        As `briefing_message`.
    """
    repeated = topic_line(understood, asked)
    if briefing.abstained or not briefing.quotes:
        return _abstention(Sheet(_without_title(understood, repeated, notice), page), briefing)
    sheet = Sheet(answer_head(understood, repeated, notice), page)
    headings = [party_heading(briefing, group[0]) for group in group_quotes(briefing.quotes)]
    return _answer(sheet, briefing, headings)


class Sheet:
    """Blocks that are known to fit, and the statements that they show."""

    def __init__(
        self,
        head: list[Block],
        page: Page | None,
        *,
        beside: Sequence[Block] = (),
    ) -> None:
        """Begin with *head*; *beside*: what else will stand in the message."""
        self.blocks = head
        self.page = page
        self.shown: list[tuple[QuoteKey, ...]] = []
        reserve = RESERVE + (BUTTON_CHARACTERS if page else 0)
        self.room = MAX_CHARACTERS - reserve - size(head) - size(beside)
        self.most = self.room

    def add(self, *blocks: Block) -> bool:
        """Add all of *blocks* if there is room for them and a footer, else none."""
        wanted = size(blocks)
        if wanted > self.room or len(self.blocks) + len(blocks) > MAX_BLOCKS - BUTTONS:
            return False
        self.blocks.extend(blocks)
        self.room -= wanted
        return True

    def fill(
        self,
        statements: Sequence[Sequence[Quote]],
        headings: Sequence[str] = (),
        *,
        bare: bool = False,
        doubt: str = "",
    ) -> None:
        """
        Add statements in order, each new heading before its first, until one does not fit.

        Args:
            statements: the sentences of each.
            headings: one for each statement, or none at all.
            bare: leave out the menus of statements.
            doubt: what stands above those that are perhaps about something else.
        """
        current = ""
        before: Quote | None = None
        doubted = not doubt
        for number, group in enumerate(statements):
            title = headings[number] if headings else ""
            new = title != current
            above = [heading(title)] if new else [DIVIDER] if self.shown else []
            if not doubted and OTHER_MATTER in group[0].labels:
                above, doubted, before = [*above, _doubt_line(doubt)], True, None
            goes_on = not new and before is not None and same_voice(before, group[0])
            menu = None if bare or not self.page else statement_menu(self.page, len(self.shown))
            named = not goes_on and not (new and is_said_by(title, group[0]))
            shown = [without_doubt(quote) for quote in group] if doubt else group
            taken = self._add_statement([] if goes_on else above, shown, menu, named=named)
            current, before = title, group[0]
            if not taken and size(statement_blocks(group[:1], menu=menu)) > self.most:
                taken, before = int(self.add(*above, linked_block(group[0]))), None
            if taken:
                self.shown.append(tuple(key_of(quote) for quote in group[:taken]))
            if taken < len(group):
                return

    def _add_statement(
        self, above: list[Block], group: Sequence[Quote], menu: Block | None, *, named: bool
    ) -> int:
        """Add a statement, or as many of its first sentences as fit; returns how many."""
        return next(
            (
                count
                for count in range(min(len(group), MAX_SENTENCES), 0, -1)
                if self.add(
                    *above,
                    *statement_blocks(group[:count], len(group) - count, named=named, menu=menu),
                )
            ),
            0,
        )

    def finish(
        self,
        footer: Block,
        text: str,
        more: str = "",
        *,
        shows: bool = True,
        action: str = MORE,
    ) -> Message:
        """End the message: *footer*, then the buttons, *more* on the one that does *action*."""
        buttons = answer_buttons(self.page, more, shows=shows, action=action) if self.page else []
        return Message([*self.blocks, footer, *buttons], text, tuple(self.shown))


def _doubt_line(doubt: str) -> Block:
    return rich_text(section(*words(doubt, italic=True)))


def without_doubt(quote: Quote) -> Quote:
    """Take the label off a statement above which the doubt stands."""
    return replace(quote, labels=tuple(name for name in quote.labels if name != OTHER_MATTER))


def is_said_by(title: str, quote: Quote) -> bool:
    """Return whether a heading names the speaker already, who has no role to be shown."""
    speaker = (quote.speaker or "").casefold().removeprefix("the ")
    return not quote.role and speaker == title.casefold().removeprefix("the ")


def topic_line(understood: str, asked: str) -> str:
    """Repeat the topic as typed; "" where what it was taken for says the same."""
    return "" if asked.casefold() in understood.casefold() else f"Topic: {clip(asked, 300)}"


def _answer(sheet: Sheet, briefing: Briefing, headings: Sequence[str]) -> Message:
    """Fill *sheet* with statements; the button for the rest says how many they are."""
    statements = group_quotes(briefing.quotes)
    sheet.fill(statements, headings, doubt="" if headings else doubt_of(briefing))
    return sheet.finish(
        _footer(briefing, sheet, len(statements)),
        summary(statements[: len(sheet.shown)] or statements),
        _more(briefing, sheet, digest=bool(headings)),
        action=ALL if headings else MORE,
    )


def _more(briefing: Briefing, sheet: Sheet, *, digest: bool) -> str:
    """Word the button for the next page; "" where there is none."""
    if sheet.page is None:
        return ""
    shown = sum(len(keys) for keys in sheet.shown)
    counted = sheet.page.seen + len(sheet.shown)
    # A long statement goes on over the page, so its being counted does not mean that it is over.
    long = shown > len(sheet.shown)
    full = len(briefing.quotes) >= sheet.page.limit and (counted < briefing.total or long)
    if shown == len(briefing.quotes) and (sheet.page.last or not full):
        return ""
    if digest:
        count = "" if briefing.estimated else f"{briefing.total:,} "
        return f"All {count}statements"
    return REST if counted >= briefing.total and not briefing.estimated else "More"


def answer_head(understood: str, asked: str, notice: Sequence[Block]) -> list[Block]:
    """Begin an answer: who shared it, what was asked, and what that was taken for."""
    lines = [section(*notice)] if notice else []
    lines += [section(*words(asked, italic=True))] if asked else []
    lines.append(section(*words(clip(understood, 300) or "Statements", bold=True)))
    return [rich_text(line) for line in lines]


def _without_title(understood: str, asked: str, notice: Sequence[Block]) -> list[Block]:
    """Begin an abstention: its reason names all that was asked for, but not what was assumed."""
    head = answer_head(understood, asked, notice)
    assumed = "newest article)" in understood or "as set for this channel" in understood
    return head if assumed else head[:-1]


def _abstention(sheet: Sheet, briefing: Briefing) -> Message:
    reason = reason_of(briefing)
    sheet.add(rich_text(section(*words(reason, bold=True))))
    if names := names_note(briefing):
        sheet.add(rich_text(section(*words(names))))
    found = "nearest statements only" if briefing.nearest else "nothing found"
    if briefing.nearest_kind == "above":
        near = len(group_quotes(briefing.nearest))
        found = f"{near} {'statement' if near == 1 else 'statements'}"
    parts = [found, as_of(briefing.coverage)]
    if briefing.nearest:
        note = section(*words(nearest_note(briefing), italic=True))
        sheet.add(DIVIDER, rich_text(note))
        sheet.fill(group_quotes(briefing.nearest))
        parts.append(WARNING)
    return sheet.finish(context(" · ".join(parts)), escape(reason), shows=False)


def party_heading(briefing: Briefing, quote: Quote) -> str:
    """Name the party under which a digest shows *quote*."""
    if quote.party:
        return briefing.headings.get(quote.party, quote.party)
    return "Others"


def counted(briefing: Briefing, seen: int, shown: int, statements: int) -> str:
    """
    Count what a page shows: "6–10 of 23 statements".

    Args:
        briefing: knows how many there are in all.
        seen: statements on the pages before.
        shown: on this page.
        statements: in *briefing*.
    """
    here = f"{seen + 1}–{seen + shown}" if seen and shown > 1 else str(seen + shown)
    total = max(briefing.total, seen + statements)
    about = "about " if briefing.estimated else ""
    return f"{here} of {about}{total:,} {'statement' if total == 1 else 'statements'}"


def _footer(briefing: Briefing, sheet: Sheet, statements: int) -> Block:
    shown, seen = len(sheet.shown), sheet.page.seen if sheet.page else 0
    parts = [counted(briefing, seen, shown, statements)]
    if briefing.beside and seen + shown >= briefing.total:
        parts.append(beside_note(briefing))
    if briefing.undated:
        parts.append(undated_note(briefing))
    if shown < statements and sheet.page is None:
        parts.append(f"{statements - shown} more did not fit")
    parts += [as_of(briefing.coverage), "quoted word for word", WARNING]
    return context(" · ".join(parts))
