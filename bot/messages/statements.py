"""
Statements as they stand in every message: who, the words, where. Pure.

A block quote holds the sentences of one statement and a blank between two, nothing else of ours.
The speaker stands above it; date, outlet and wording stand under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.messages.dates import day, moment_in_mrkdwn
from bot.messages.elements import (
    clip,
    escape,
    link,
    plain_text,
    quotation,
    rich_text,
    section,
    words,
)
from bot.messages.wording import NOT_NAMED, capitalised, is_corrected, notes_on, party_to_show
from bot.types import Block, QuoteKey
from index.labels import VIA_SPOKESPERSON, group_quotes
from index.sentence_links import quote_link
from index.types import Briefing, Coverage, Quote, Side
from index.witnesses import also_note

_ROLE_BEGINS = re.compile(r"^(?:The|An?|Its|His|Her|Their)(?=\s(?:[a-z]|[A-Z]{2}\b))")
_OF_SOMEBODY = re.compile(r"(?i)(?:his|her|their|its)\s+(?=[a-z])")

BEGAN_EARLIER = "“… (the quotation begins earlier in the article)"
GOES_ON = "the quotation goes on in the article"
_MARK = re.compile(r"[“”\"]")


def key_of(quote: Quote) -> QuoteKey:
    """Name a sentence: its article, and where it stands there."""
    return quote.article_id, quote.start, quote.end


def total_of(side: Side) -> int:
    """Count the statements of a side, a quotation of several sentences once."""
    return max(side.briefing.total, len(group_quotes(side.briefing.quotes)))


def summary(statements: Sequence[Sequence[Quote]]) -> str:
    """Say how many statements by whom, for the notification; escaped, no article text."""
    names = list(dict.fromkeys(who(group[0]) for group in statements))
    several = ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
    noun = "statement" if len(statements) == 1 else "statements"
    return escape(f"{len(statements)} {noun} by {several}")


def who(quote: Quote) -> str:
    """Name the speaker, and the party where the name does not show it, in a few words."""
    name = clip(quote.speaker or "", 60) or "an unnamed speaker"
    party = clip(party_to_show(quote), 40)
    return f"{name} ({party})" if party else name


def speaks_for(found: Briefing) -> bool:
    """Return whether nothing is by the person asked for, but all by those who speak for them."""
    name = (found.query.speaker or "").split()[-1:]
    if not name or found.abstained or found.query.other_speakers or found.query.party:
        return False
    return all(
        name[0] not in (quote.speaker or "").split()
        and VIA_SPOKESPERSON in quote.labels
        and re.search(rf"(?<!\w){re.escape(name[0])}(?:['’]s?)?(?!\w)", quote.role or "")
        for quote in found.quotes
    )


def statement_blocks(
    group: Sequence[Quote],
    unseen: int = 0,
    *,
    named: bool = True,
    menu: Block | None = None,
    timed: bool = False,
) -> list[Block]:
    """
    Show the sentences of one statement under its speaker, and where they stand.

    Args:
        group: the sentences.
        unseen: how many more sentences there are.
        named: whether the speaker's name is to stand above.
        menu: stands beside the last line, which is then a block of its own: Slack has no place
            for a menu beside rich text.
        timed: give the time of publication too, where it is known.
    """
    line = [*_place(group[0], timed=timed), *([] if menu else words(f" · {_wording(group)}"))]
    if unseen:
        noun = "sentence" if unseen == 1 else "sentences"
        line += words(f"\n{unseen} more {noun} of this statement did not fit", italic=True)
    texts = [quote.text for quote in group if quote.text]
    above = speaker_line(group[0]) if named else []
    if _cut_quotation(" ".join(texts))[0]:
        # Our own sign, outside the article's words: where the quotation begins.
        above += words(f"{BEGAN_EARLIER}" if not above else f"\n{BEGAN_EARLIER}", italic=True)
    block = rich_text(
        *([section(*above)] if above else []),
        *([quotation(texts)] if texts else []),
        section(*line),
    )
    if menu is None:
        return [block]
    how = {"type": "section", "text": plain_text(_wording(group)), "accessory": menu}
    return [block, how]


def linked_block(quote: Quote) -> Block:
    """Point at a statement that no message can hold."""
    note = f" · a statement of {len(quote.text):,} characters, too long for a message\n"
    speaker = words(capitalised(who(quote)), bold=True)
    return rich_text(section(*speaker, *words(note), *source_line([quote])))


def speaker_line(quote: Quote) -> list[Block]:
    """Name the speaker, the role and the party."""
    speaker = clip(quote.speaker or "", 120) or NOT_NAMED
    # An article that begins with the role wrote its article large: "The mayor of Ellermouth".
    role = _ROLE_BEGINS.sub(lambda match: match[0].lower(), clip(quote.role or "", 160))
    party = party_to_show(quote)
    # Whose lawyer, only the article tells.
    role = f"“{role}” in the article" if _OF_SOMEBODY.match(role) and not party else role
    details = f", {role}" if role and role.casefold() != speaker.casefold() else ""
    details += f" ({party})" if party else ""
    return words(capitalised(speaker), bold=True) + words(details)


def source_line(group: Sequence[Quote]) -> list[Block]:
    """Give date, outlet with the link, wording, and the other outlets with the same words."""
    return [*_place(group[0]), *words(f" · {_wording(group)}")]


def _place(quote: Quote, *, timed: bool = False) -> list[Block]:
    """Give the date and the outlet with the link."""
    outlet = clip(quote.outlet or "", 80)
    line = [day(quote.published_at, timed=timed)] if quote.published_at else words("date unknown")
    address = quote_link(quote)
    line += words(" · ")
    if address is not None:
        line.append(link(address, outlet or "open"))
    else:
        line += words(outlet or "outlet unknown")
    if quote.page is not None:
        line += words(f" · p. {quote.page}")
    if quote.title and (address is None or is_corrected(quote.title)):
        line += words(f" · “{clip(quote.title, 120)}”")
    return line


def _wording(group: Sequence[Quote]) -> str:
    """Say how the words are reported, and which other outlets have the same."""
    quote = group[0]
    goes_on = _cut_quotation(" ".join(each.text for each in group))[1]
    notes = [*notes_on(group), *([GOES_ON] if goes_on else [])]
    if quote.also_in:
        notes.append(clip(also_note(quote.also_in, quote.outlet, quote.witnesses), 300))
    return " · ".join(note for note in notes if note) or "–"


def _cut_quotation(text: str) -> tuple[bool, bool]:
    """
    Return whether in *text*, one statement, a quotation ends that began before, or goes on behind.

    A quotation that begins again in each paragraph is closed once. A straight mark opens one where
    nothing, a blank or a bracket stands before it; behind a number it may be inches.
    """
    is_open = began = False
    for found in _MARK.finditer(text):
        before = text[found.start() - 1 : found.start()]
        opens = found[0] == "“" or (found[0] == '"' and (not before or before in " ([—–-\n"))
        if not (opens or is_open or before.isdigit()):
            began = True
        is_open = opens
    return began, is_open


def same_voice(before: Quote, quote: Quote) -> bool:
    """
    Return whether two statements can stand under one speaker line.

    "The company" of another article is another company: across articles a party must agree too.
    """
    if quote.speaker is None or (before.speaker, before.role, before.party) != (
        quote.speaker,
        quote.role,
        quote.party,
    ):
        return False
    named = len((quote.speaker or "").split()) > 1 and (quote.speaker or "").istitle()
    return quote.party is not None or named or before.article_id == quote.article_id


def as_of(coverage: Coverage) -> str:
    """Say how fresh the index is, in the reader's time zone."""
    if coverage.indexed_at is None:
        return "the index is empty"
    return f"updated {moment_in_mrkdwn(coverage.indexed_at)}"
