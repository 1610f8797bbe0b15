"""
What an answer must own up to before it is shown: seen from the articles and answers around it.

Where a statement was printed before the days asked for, which was taken back later, whom a bare
"the group" means, and which may be about something else. Only what is there is pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from bot.engine import Engine
from bot.messages.blocks import briefing_message
from bot.messages.controls import Page
from bot.messages.elements import words
from bot.messages.heads import (
    comments_first,
    doubts,
    headline,
    of_kind_first,
    surest_first,
)
from bot.messages.statements import key_of, speaks_for
from bot.messages.wording import also_named, is_corrected, on_behalf
from bot.types import Block, Message, QuoteKey
from index.labels import CORRECTED_LATER, OTHER_MATTER, SAID_OTHERWISE, group_quotes
from index.types import Briefing, Comparison, Query, Quote

PRINTED_BEFORE = "None of this was new then: other papers had printed the same words before."
_FOR_ALL = 3  # sentences more on a page that answers "who …?"
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_NEARLY = 0.6  # of the best score
_MOST = 60  # statements among which copies in other papers are looked for
_SAME_WORDS = 0.85  # of two sentences that are copies of one
_COPIES = 2  # papers that are named as those which had it before
_BARE = re.compile(r"(?i)^the\s+(?P<noun>[a-z]+)$")


class Reviewed(NamedTuple):
    """An answer as it is to be shown, the line above it, and what a reader must know first."""

    found: Briefing
    understood: str
    lines: list[str]


def fitted(
    engine: Engine,
    found: Briefing,
    understood: str,
    asked: str,
    page: Page | None,
    notice: Sequence[Block],
    lines: Sequence[str],
) -> Message:
    """
    Lay out a page of an answer: in the order in which it is to be read, the first that fit.

    The next page goes on behind as many as were shown, in the engine's order. So where not all
    fit, those that come first there are laid out again, and no others.

    Args:
        engine: the index.
        found: the page; an abstention has none.
        understood: what the question was taken for, in words.
        asked: the question, to be repeated where nobody else sees it.
        page: gives the answer buttons; without it there are none.
        notice: a line of rich text above all.
        lines: what a reader must know first.
    """
    first = page is None or not page.seen
    seen, worded, noted = reviewed(engine, found, understood, first=first)
    said = [*lines, *noted]
    above = [*notice, *words("\n".join(said), italic=True)] if said else notice
    message = briefing_message(seen, worded, asked=asked, page=page, notice=above)
    shown = [key for keys in message.statements for key in keys]
    if page is None or found.abstained or len(message.statements) < 2:
        return message
    if len(shown) >= len(found.quotes):
        return message
    foremost = found.quotes[: len(shown)]
    if set(shown) == set(map(key_of, foremost)) and not found.query.anyone:
        return message
    page = replace(page, limit=len(shown), last=False)
    found = replace(found, quotes=foremost)
    return fitted(engine, found, understood, asked, page, notice, lines)


def reviewed(engine: Engine, found: Briefing, understood: str, *, first: bool) -> Reviewed:
    """
    Look through the answer to one question.

    Args:
        engine: the index.
        found: the answer, or an abstention.
        understood: what the question was taken for, in words.
        first: whether it is the first page, above which doubts stand.
    """
    if not first and found.quotes:
        found = replace(found, nearest_kind="page")
    found = corrected_behind(engine, in_reading_order(surest_first(found)))
    found = comments_first(of_kind_first(_with_antecedents(engine, found)))
    found, before = _printed_before(engine, found)
    understood = headline(found, understood)
    lines = [PRINTED_BEFORE] if before else []
    if first:
        lines += doubts(found)
        if speaks_for(found):
            understood = understood.replace(" by ", " on behalf of ", 1)
            lines.append(on_behalf(found.query.speaker or ""))
        elif others := engine.namesakes(found.query):
            lines.append(also_named(others))
    return Reviewed(found, understood, lines)


def sides_reviewed(engine: Engine, found: Comparison) -> Comparison:
    """Look through each side of a comparison."""
    sides = (
        replace(side, briefing=corrected_behind(engine, in_reading_order(naming_first(each))))
        for side in found.sides
        for each in (side.briefing,)
    )
    return replace(found, sides=tuple(sides))


def naming_first(found: Briefing) -> Briefing:
    """Put what names the topic first, where a side has room for few."""
    wanted = {word.casefold() for word in _LONG_WORD.findall(found.query.topic or "")}
    if not wanted or found.query.order != "best":
        return found
    groups = group_quotes(found.quotes)
    groups.sort(
        key=lambda group: wanted.isdisjoint(
            word.casefold() for quote in group for word in _LONG_WORD.findall(quote.text)
        )
    )
    return replace(found, quotes=tuple(quote for group in groups for quote in group))


def page_size(query: Query, limit: int) -> int:
    """
    Say how many sentences stand on a page that answers *query*, where *limit* is usual.

    Where everybody is asked, one long quotation must not keep the other side off the first page.
    """
    everybody = query.anyone and query.topic is not None and query.quotation is None
    return limit + _FOR_ALL if everybody else limit


def in_reading_order(found: Briefing) -> Briefing:
    """
    Put statements that somebody made one after another in an article as they stand there.

    "She added …" is understood behind what it adds to, and a proverb behind the promise. Only of
    those that are nearly as near the topic: what answers must not sink behind what leads to it.
    """
    if found.query.order != "best" or found.query.quotation is not None:
        return found
    ordered: list[list[Quote]] = []
    for _, run in groupby(group_quotes(found.quotes), key=_whose):
        groups = list(run)
        scores = [group[0].score for group in groups]
        if min(scores) >= _NEARLY * max(scores):
            groups.sort(key=lambda group: group[0].start)
        ordered += groups
    return replace(found, quotes=tuple(quote for group in ordered for quote in group))


def _whose(group: Sequence[Quote]) -> tuple[str, str | None, bool]:
    first = group[0]
    return first.article_id, first.speaker, OTHER_MATTER in first.labels


def corrected_behind(engine: Engine, found: Briefing) -> Briefing:
    """
    Mark what somebody took back later, and put it behind what they said then.

    Only a denial beside its opposite, and a figure beside its correction, are taken for that.

    Args:
        engine: the index.
        found: an answer, in the order of its statements.
    """
    query = found.query
    if query.order != "best" or query.quotation is not None or found.abstained:
        return found
    groups = group_quotes(found.quotes)
    for earlier, later in _taken_back(engine, query, groups):
        places = [tuple(map(key_of, group)) for group in groups]
        old = next((n for n, keys in enumerate(places) if earlier in keys), None)
        new = next((n for n, keys in enumerate(places) if later in keys), None)
        if old is None or new is None or old == new:
            continue
        first, *rest = groups[old]
        if CORRECTED_LATER not in first.labels:
            groups[old] = [replace(first, labels=(*first.labels, SAID_OTHERWISE)), *rest]
        if old < new:
            groups.insert(new, groups.pop(old))
    return replace(found, quotes=tuple(quote for group in groups for quote in group))


def _taken_back(
    engine: Engine, query: Query, groups: Sequence[Sequence[Quote]]
) -> Iterator[tuple[QuoteKey, QuoteKey]]:
    """List pairs of an earlier and a later statement that takes it back."""
    parties = dict.fromkeys(
        one[0].party or ""
        for one in groups
        for other in groups
        if one[0].party == other[0].party and _may_take_back(one[0], other[0])
    )
    for name in filter(None, parties):
        party = engine.party_named(name)
        if party is None:
            continue
        asked = replace(
            query, party=party.key, speaker=None, other_parties=(), other_speakers=(),
            anyone=False, besides=(), most=None,
        )  # fmt: skip
        for change in engine.changes(asked):
            if _may_take_back(change.earlier, change.later):
                yield key_of(change.earlier), key_of(change.later)


def _may_take_back(one: Quote, other: Quote) -> bool:
    """Return whether *other* is later than *one*, and a correction or the end of a denial."""
    if one.published_at is None or other.published_at is None:
        return False
    if one.published_at.date() >= other.published_at.date():
        return False
    ends_denial = (one.stance == "denied") and other.stance == "confirmed"
    return ends_denial or (is_corrected(other.title) and not is_corrected(one.title))


def _printed_before(engine: Engine, found: Briefing) -> tuple[Briefing, bool]:
    """
    Name the papers that had the words of *found* before the days that are asked for.

    Returns:
        The answer, and whether all of its statements were printed before.
    """
    query = found.query
    if found.abstained or query.since is None or query.quotation is not None:
        return found, False
    whole = replace(query, since=None, until=None, most=None, outlet=None, other_outlets=())
    others = [q for q in engine.answer_query(whole, limit=_MOST).quotes if _is_before(q, query)]
    if not others:
        return found, False
    groups, copied = [], 0
    for first, *rest in group_quotes(found.quotes):
        papers = [_paper(other) for other in others if _is_copy(first, other)]
        copied += bool(papers)
        also = tuple(dict.fromkeys((*first.also_in, *papers[:_COPIES])))
        groups.append([replace(first, also_in=also), *rest])
    quotes = tuple(quote for group in groups for quote in group)
    return replace(found, quotes=quotes), 0 < copied == len(groups)


def _is_before(quote: Quote, query: Query) -> bool:
    since, printed = query.since, quote.published_at
    return since is not None and printed is not None and printed < since


def _is_copy(quote: Quote, other: Quote) -> bool:
    if quote.speaker != other.speaker:
        return False
    alike = SequenceMatcher(None, quote.text.casefold(), other.text.casefold(), autojunk=False)
    return alike.ratio() >= _SAME_WORDS


def _paper(quote: Quote) -> str:
    return f"{quote.outlet or 'another paper'} of {quote.published_at:%Y-%m-%d}"


def _with_antecedents(engine: Engine, found: Briefing) -> Briefing:
    """Put beside a bare "The group" how the sentences before introduce it."""
    quotes = tuple(_with_antecedent(engine, quote) for quote in found.quotes)
    return found if quotes == found.quotes else replace(found, quotes=quotes)


def _with_antecedent(engine: Engine, quote: Quote) -> Quote:
    bare = _BARE.match(quote.speaker or "")
    if bare is None or quote.role or quote.party:
        return quote
    near = engine.context(quote.article_id, quote.start, quote.end, around=4)
    introduced = re.compile(
        r"(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*, who (?:leads|heads|runs|founded|speaks for) )?"
        r"(?<![\w’'-])(?:[Aa]n?|[A-Z][\w’'-]*['’]s) (?:[\w’'-]+ ){0,3}?"
        rf"{re.escape(bare['noun'])}(?![\w’'-])(?: (?:of|for|from) (?:[\w’'-]+ ?){{1,3}})?"
    )
    for sentence in reversed(near.before if near is not None else ()):
        if match := introduced.search(sentence):
            return replace(quote, role=f"“{match[0].strip()}”")
    return quote
