"""
What a follow-up means by the answer above it: who "she" is, what "else" there is, whether it asks.

What stands above is not printed once more. Only what was surely posted counts as standing there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.answering.review import page_size
from bot.engine import Engine
from bot.messages.statements import key_of
from bot.messages.wording import (
    ANOTHER_EVENT,
    IN_ARTICLES_ABOVE,
    NONE_ABOVE,
    NOT_LATER,
)
from bot.state.answers import Answer
from bot.types import QuoteKey
from index.labels import OTHER_MATTER, group_quotes
from index.types import Briefing, Query, Quote

_ELSE = re.compile(r"(?i)^\W*(?:(?:and|but|so|ok|okay)\b\W*)?(?:what|anything|something)\s+else\b")
_IT = re.compile(r"(?i)\b(?:it|that|this)\b")
_ONE = re.compile(r"(?i)\b(?:he|she|him|her)\b")
ASKS_WHO = re.compile(r"(?i)\W*(?:(?:and|but|so|ok|okay)\b\W*)?who\b.*\?\s*$")
_HOW_MANY = re.compile(
    r"(?i)\W*(?:(?:and|but|so|ok|okay)\b\W*)?how\s+(?:many|much)\s+(?:\w+\s+)?(?P<noun>\w+)\s*\?*$"
)
# A word with a capital inside a sentence.
_NAME = re.compile(r"(?<=[a-z,’'] )[A-Z][a-z]{3,}(?! said)")
_REPLIED = re.compile(
    r"(?i)\b(?:repl(?:y|ies|ied)|respon[ds]\w*|react\w*|rebut\w*|answer(?:ed)?|retort\w*)\b"
    r"|\bsay\s+(?:to|about|on)\s+(?:that|this|it)\b"
)
# What is called so there is one of in every article.
_BODY = re.compile(
    r"(?:the\s+)?(?:company|firm|ministry|union|group|government|court|bank|agency|club|party|airline)"
)
_NEAR_BY = 3  # statements on an event that stand before one of another
_MOST = 60  # statements among which others than those above are looked for


class Rest(NamedTuple):
    """What follows the statements above: *seen* of its kind stand there, *offset* quotes."""

    found: Briefing
    offset: int
    seen: int


def asks_else(text: str) -> bool:
    """Return whether *text* asks for what was said besides: "what else did they say?"."""
    return _ELSE.match(text) is not None


def is_talk(engine: Engine, text: str, found: Briefing, previous: Query | None) -> bool:
    """Return whether *text*, which calls nobody and finds *found*, is better left alone."""
    query = found.query
    if found.abstained:
        return not _is_owed(engine, text, found, previous)
    unclear = query.anyone and query.topic is None and query.quotation is None
    if unclear and query.stance and _IT.search(text):
        return True  # "did anyone confirm it?" of nothing in particular
    if asked := _HOW_MANY.match(text):
        noun = asked["noun"].casefold().removesuffix("s")
        return not any(noun in quote.text.casefold() for quote in found.quotes)
    if previous is None or "topic" not in query.assumed:
        return False
    # "and who was hurt?" has something to find by itself, "and who was at the party?" not.
    return engine.answer(text, limit=1).abstained


def _is_owed(engine: Engine, text: str, found: Briefing, previous: Query | None) -> bool:
    """Return whether an abstention that nobody called for is one: "and Iran?", "who denied it?"."""
    query = found.query
    if previous is not None and _same_asked(query) == _same_asked(previous):
        return engine.is_follow_up(text, explicit=True)  # the same, in another form
    if query.anyone and "topic" in query.inherited and ASKS_WHO.match(text):
        return True
    named = bool(query.party or query.speaker)
    named = named and ("who" not in query.inherited or _ONE.search(text) is not None)
    if query.anyone and query.stance and query.topic and ASKS_WHO.match(text):
        return found.nearest_kind == "filters"  # it was spoken of, in another way
    near = found.nearest_kind in ("filters", "matters")
    explicit = engine.is_follow_up(text, explicit=True)
    if named and text.rstrip().endswith("?"):
        return near or explicit
    # "and the fire brigade", below an answer in whose articles it spoke
    return named and explicit and found.nearest_kind == "matters" and "topic" in query.inherited


def _same_asked(query: Query) -> tuple[object, ...]:
    return query.party, query.speaker, query.topic, query.other_parties, query.other_speakers


def last_speaker(engine: Engine, text: str, answer: Answer, limit: int) -> str:
    """Name the person in *answer*, a page of *limit*, whom "he" or "she" in *text* means, or ""."""
    quotes = _quotes_of(engine, answer, limit)
    several = answer.query.speaker and len({quote.speaker for quote in quotes}) > 1
    return "" if several else engine.person_meant(text, quotes)  # of several ministers: none


def rest_of(engine: Engine, query: Query, above: Answer, limit: int) -> Rest | None:
    """
    Find what answers *query* and does not stand in *above*.

    Args:
        engine: the index.
        query: what is asked now.
        above: the answer before it.
        limit: quotes of a page.

    Returns:
        None where nothing is left.
    """
    limit = min(limit, query.most or limit)
    found = engine.answer_query(replace(query, most=None), limit=_MOST)
    shown = frozenset(above.quotes)
    groups = group_quotes(found.quotes)
    fresh = [group for group in groups if shown.isdisjoint(map(key_of, group))]
    quotes = [quote for group in fresh for quote in group][:limit]
    if not quotes:
        return None
    last = found.quotes.index(quotes[-1]) + 1
    part = Briefing(
        query,
        tuple(quotes),
        found.coverage,
        total=max(found.total, len(groups)),
        headings=found.headings,
        estimated=found.estimated,
    )
    return Rest(part, last - len(quotes), len(groups) - len(fresh))


def stands_above(found: Briefing, above: Answer) -> bool:
    """
    Return whether *found*, the answer to a follow-up, is what *above* shows in this order.

    So is one that abstains, where all that those asked about said on other matters stands above.
    """
    query, before = found.query, above.query
    if not query.inherited or (query.order, query.most) != (before.order, before.most):
        return False
    same = _same_asked(query) == _same_asked(before)
    # Of a page that did not fit into its message, the first are shown.
    page = found.quotes[: len(above.quotes)] if same else found.quotes
    keys = {key_of(quote) for quote in page}
    if found.abstained and found.nearest_kind in ("matters", "filters"):
        return bool(found.nearest) and {key_of(q) for q in found.nearest} <= set(above.quotes)
    return bool(keys) and keys == set(above.quotes)


def seen_from(
    engine: Engine, found: Briefing, above: Answer | None, limit: int
) -> tuple[Briefing, str]:
    """
    Look at *found*, the answer to a follow-up, from the answer *above* it.

    Args:
        engine: the index.
        found: what answers the follow-up.
        above: the answer before it in the thread; None outside one.
        limit: quotes of a page.

    Returns:
        The answer, with nothing but what stands in the articles above beside an abstention,
        where there is some; and a line that warns of another event, or "".
    """
    if above is None:
        return found, ""
    articles = frozenset(article_id for article_id, *_ in above.quotes)
    if found.abstained:
        if (of_kind := _of_kind_above(engine, found, above)) is not None:
            return of_kind, ""
        near = tuple(quote for quote in found.nearest if quote.article_id in articles)
        if found.nearest_kind == "matters" and "topic" in found.query.inherited and near:
            return _said_above(engine, found, near), ""
        if found.nearest_kind == "matters" and "topic" in found.query.inherited and not near:
            return _without_namesakes(found), ""
        return found, ""
    found = _of_the_thread(engine, found, above, limit)
    query = found.query
    if _REPLIED.search(query.text):
        return found, NOT_LATER if _is_none_later(found, _quotes_of(engine, above, limit)) else ""
    same = "topic" in query.inherited or query.topic == above.query.topic
    unsure = all(OTHER_MATTER in quote.labels for quote in found.quotes)
    if same and unsure and all(quote.article_id in articles for quote in found.quotes):
        return replace(found, nearest_kind="above"), ""
    refers = query.anyone and query.stance is not None and same
    if not refers or any(quote.article_id in articles for quote in found.quotes):
        return found, ""
    shown = _quotes_of(engine, above, limit)
    if not shown or not _names(engine, found.quotes).isdisjoint(_names(engine, shown)):
        return found, ""
    return _of_this_event(engine, found, articles, frozenset(above.quotes))


def _of_the_thread(engine: Engine, found: Briefing, above: Answer, limit: int) -> Briefing:
    """
    Prefer what those asked say in the articles *above* to what they say of something else.

    "Any reaction from Moscow?" below one strike is not about another, of which Moscow spoke more.
    """
    query, articles = found.query, frozenset(article_id for article_id, *_ in above.quotes)
    asked = (query.party or query.speaker) and "topic" in query.inherited and not query.stance
    if not asked or any(quote.article_id in articles for quote in found.quotes):
        return found
    if not all(OTHER_MATTER in quote.labels for quote in found.quotes):
        shown = _quotes_of(engine, above, limit)
        if not shown or not _names(engine, found.quotes).isdisjoint(_names(engine, shown)):
            return found
    alone = replace(query, topic=None, clause=False, most=None)
    theirs = engine.answer_query(alone, limit=_MOST).quotes
    here = [q for q in theirs if q.article_id in articles][:limit]
    if not here or not _is_answer(engine, above):
        return found
    unsure = tuple(replace(q, labels=(*q.labels, OTHER_MATTER)) for q in here)
    total = len(group_quotes(unsure))
    return replace(found, quotes=unsure, total=total, nearest_kind="above", beside=0)


def _of_kind_above(engine: Engine, found: Briefing, above: Answer) -> Briefing | None:
    """Find who denied "it" in the articles above, where nobody is found to deny the topic."""
    query, articles = found.query, frozenset(article_id for article_id, *_ in above.quotes)
    if not (query.anyone and query.stance in NONE_ABOVE and "topic" in query.inherited):
        return None
    alone = replace(query, topic=None, clause=False)
    every = engine.answer_query(alone, limit=_MOST).quotes
    here = tuple(
        replace(quote, labels=(*quote.labels, OTHER_MATTER))
        for quote in every
        if quote.article_id in articles and quote.stance == query.stance
    )
    if not here or not _is_answer(engine, above):
        return None
    total = len(group_quotes(here))
    return Briefing(query, here, found.coverage, total=total, nearest_kind="above")


def _is_answer(engine: Engine, above: Answer) -> bool:
    """Return whether *above* answers its question; what stands below an abstention does not."""
    return not engine.answer_query(above.query, limit=1).abstained


def _without_namesakes(found: Briefing) -> Briefing:
    """Leave out what some other company or ministry said, where "the company" names none."""
    if _BODY.fullmatch(found.query.speaker or ""):
        return replace(found, nearest=(), nearest_kind="")
    return found


def _said_above(engine: Engine, found: Briefing, near: tuple[Quote, ...]) -> Briefing:
    """Word an abstention that is none: those asked spoke *near* it, in the articles above."""
    query = found.query
    found = replace(found, nearest=near, nearest_kind="above")
    if query.stance is not None:
        return found
    whose = engine.describe(replace(query, topic=None, clause=False))
    return replace(found, reason=f"{whose} · {IN_ARTICLES_ABOVE}")


def _is_none_later(found: Briefing, shown: Sequence[Quote]) -> bool:
    """Return whether nothing in *found*, a reply to what is *shown*, was printed on a later day."""
    said = [quote.published_at.date() for quote in shown if quote.published_at]
    replies = [quote.published_at.date() for quote in found.quotes if quote.published_at]
    return bool(said and replies) and max(replies) <= max(said)


def _of_this_event(
    engine: Engine, found: Briefing, articles: Collection[str], shown: frozenset[QuoteKey]
) -> tuple[Briefing, str]:
    """Put what the *articles* above say of the matter before *found*, which is of another event."""
    query = found.query
    reason = NONE_ABOVE.get(query.stance or "")
    wide = engine.answer_query(replace(query, stance=None, negated=False), limit=_MOST)
    here = [
        group
        for group in group_quotes(wide.quotes)
        if group[0].article_id in articles
        and shown.isdisjoint(map(key_of, group))
        and group[0].stance != "declined"
    ]
    if reason is None or not here:
        return found, ANOTHER_EVENT
    near = [quote for group in here[:_NEAR_BY] for quote in group]
    other = group_quotes(found.quotes)[0]
    return replace(
        found, quotes=(), total=0, abstained=True, reason=reason,
        nearest=(*near, *other), nearest_kind="event",
    ), ""  # fmt: skip


def _names(engine: Engine, quotes: Sequence[Quote]) -> frozenset[str]:
    """Collect what *quotes*, their titles and neighbours name that is no party: places, people."""
    found: set[str] = set()
    for quote in quotes:
        near = engine.context(quote.article_id, quote.start, quote.end)
        around = (*near.before, *near.after) if near is not None else ()
        for text in (quote.title, quote.text, *around):
            found.update(_NAME.findall(text))
    return frozenset(name for name in found if engine.party_named(name) is None)


def is_one_list(query: Query) -> bool:
    """Return whether *query* is answered by one list of statements."""
    return not (query.other_parties or query.other_speakers or query.changes)


def _quotes_of(engine: Engine, answer: Answer, limit: int) -> list[Quote]:
    """Fetch what *answer*, which is no comparison, shows, as it stands now."""
    if answer.kind != "answer":
        return []
    size = page_size(answer.query, limit)
    found = engine.answer_query(answer.query, limit=size, offset=answer.offset)
    shown = frozenset(answer.quotes)
    here = [quote for quote in (*found.quotes, *found.nearest) if key_of(quote) in shown]
    if here or answer.query.topic is None:
        return here
    # What stands there as from the articles above it is not found by its topic.
    every = engine.answer_query(replace(answer.query, topic=None, clause=False), limit=_MOST)
    return [quote for quote in every.quotes if key_of(quote) in shown]
