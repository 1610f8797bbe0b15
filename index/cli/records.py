"""
The JSON that the command line prints: one object a line, the contract with other programs.

Dates are ISO 8601 in UTC; spans are ``[start, end]`` in characters of the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from index.answers.context import Aside, QuoteKey, key_of
from index.questions.description import name_of
from index.speakers import Tables
from index.text.date_format import iso_moment
from index.types import (
    Attribution,
    Briefing,
    Change,
    Comparison,
    Coverage,
    IndexedArticle,
    Party,
    Query,
    Quote,
    Span,
    Speaker,
)
from index.witnesses import Witnesses

Record = dict[str, Any]


def briefing_record(
    briefing: Briefing,
    question: str,
    tables: Tables,
    asides: Mapping[QuoteKey, Aside] | None = None,
) -> Record:
    """
    Lay out an answer.

    Args:
        briefing: the answer.
        question: as typed.
        tables: the parties as they are displayed.
        asides: what was asked for with the quotes, by their place; None for nothing.
    """
    record: Record = {
        "question": question,
        "query": query_record(briefing.query, tables),
        "abstained": briefing.abstained,
    }
    if briefing.reason is not None:
        record["reason"] = briefing.reason
    record["quotes"] = [
        quote_record(quote) | _aside_record((asides or {}).get(key_of(quote)))
        for quote in briefing.quotes
    ]
    record["coverage"] = coverage_record(briefing.coverage)
    return record


def _aside_record(aside: Aside | None) -> Record:
    """Lay out what was asked for with a quote; no field otherwise."""
    record: Record = {}
    if aside is not None and aside.why is not None:
        record["why"] = list(aside.why)
    if aside is not None and aside.context is not None:
        record["context"] = {
            "before": list(aside.context.before), "after": list(aside.context.after)
        }  # fmt: skip
    return record


def comparison_record(comparison: Comparison, question: str, tables: Tables) -> Record:
    """Lay out several parties side by side: of each the answer, under its name."""
    return {
        "question": question,
        "query": query_record(comparison.query, tables),
        "sides": [
            {"party": name_of(side.party, tables)}
            | briefing_record(side.briefing, question, tables)
            for side in comparison.sides
        ],
    }


def changes_record(
    changes: Sequence[Change], query: Query, question: str, tables: Tables
) -> Record:
    """Lay out changed lines, each an earlier and a later quote."""
    return {
        "question": question,
        "query": query_record(query, tables),
        "changed": [
            {"earlier": quote_record(change.earlier), "later": quote_record(change.later)}
            for change in changes
        ],
    }


def misunderstood_record(question: str, reason: str, coverage: Coverage) -> Record:
    """Lay out the answer to a question that could not be understood: an abstention."""
    query = dict.fromkeys(("party", "speaker", "topic", "since", "until", "stance"))
    return {
        "question": question,
        "query": query,
        "abstained": True,
        "reason": reason,
        "quotes": [],
        "coverage": coverage_record(coverage),
    }


def query_record(query: Query, tables: Tables) -> Record:
    """Lay out what was understood; a party by its display name."""
    return {
        "party": party_name(query.party, tables),
        "speaker": query.speaker,
        "topic": query.topic,
        "since": iso_moment(query.since),
        "until": iso_moment(query.until),
        "stance": query.stance,
    }


def party_name(key: str | None, tables: Tables) -> str | None:
    """Return a party's display name; a key that the tables do not know names itself."""
    party = tables.parties.get(key) if key else None
    return party.name if party else key


def quote_record(quote: Quote) -> Record:
    """Lay out one quote."""
    return {
        "article_id": quote.article_id,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "speaker": quote.speaker,
        "role": quote.role,
        "party": quote.party,
        "kind": quote.kind,
        "labels": list(quote.labels),
        "source": _span(quote.source),
        "cue": _span(quote.cue),
        "content": [list(span) for span in quote.content],
        "outlet": quote.outlet,
        "published_at": iso_moment(quote.published_at),
        "url": quote.url,
        "score": round(quote.score, 4),
        "also_in": list(quote.also_in),
        "witnesses": _witnesses(quote.witnesses),
        "page": quote.page,
        "reader": quote.reader,
    }


def _witnesses(known: Witnesses | None) -> Record | None:
    if known is None:
        return None
    one, own = list(known.one_report), list(known.own)
    return {"one_report": one, "own": own, "agency": known.agency}


def coverage_record(coverage: Coverage) -> Record:
    """Lay out how much the index holds."""
    return {
        "articles": coverage.articles,
        "sentences": coverage.sentences,
        "newest": iso_moment(coverage.newest),
        "indexed_at": iso_moment(coverage.indexed_at),
    }


def attributions_record(item: IndexedArticle) -> Record:
    """Lay out who said what in one article, and apart from it what was only thought."""
    together = groupby(item.statements, key=lambda statement: statement.attribution)
    laid_out = [
        (attribution.thought, _attribution_record(attribution, speakers))
        for attribution, group in together
        for speakers in _by_party([s.speaker for s in group if s.speaker])
    ]
    return {
        "id": item.article.id,
        "attributions": [record for thought, record in laid_out if not thought],
        "thoughts": [record for thought, record in laid_out if thought],
    }


def _by_party(speakers: list[Speaker]) -> list[list[Speaker]]:
    """Part those who say one thing together by the parties for whom they say it."""
    found: dict[tuple[Party, ...], list[Speaker]] = {}
    for speaker in speakers:
        found.setdefault(speaker.parties, []).append(speaker)
    return list(found.values()) or [[]]


def _attribution_record(attribution: Attribution, speakers: list[Speaker]) -> Record:
    """Lay out one attribution; several of one party who say one thing are its speaker together."""
    first = next((speaker for speaker in speakers if speaker.parties), None)
    return {
        "source": [list(span) for span in attribution.source],
        "cue": [list(span) for span in attribution.cue],
        "content": [list(span) for span in attribution.content],
        "speaker": " and ".join(speaker.name for speaker in speakers) or None,
        "party": _shown_party(first) if first is not None else None,
        "kind": attribution.kind,
    }


# A town's head speaks for the town, whatever else it lies in.
_OF_A_TOWN = re.compile(r"\b(?:mayor|councillor|city council)\b", re.I)


def _shown_party(speaker: Speaker) -> str:
    """Name whom somebody speaks for: the state or the Union, where it is a body of one."""
    parties = speaker.parties
    whole = parties[-1].kind == "country" or parties[-1].key == "european union"
    whole = whole and not _OF_A_TOWN.search(speaker.role or "")
    return (parties[-1] if whole else parties[0]).name


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)
