"""Word what a query asks for, and why there is no answer, for people. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from index.speakers.tables import Tables
from index.types import Coverage, CueClass, Query

_STANCES: dict[CueClass, str] = {
    "denied": "denial",
    "confirmed": "confirmation",
    "accused": "accusation",
    "declined": "refusal",
    "demanded": "demand",
    "warned": "warning",
    "promised": "promise",
}


def describe(query: Query, tables: Tables) -> str:
    """Word what was understood: "Statements by Russia · about the tank · since Mon 12 Feb 2018"."""
    if query.quotation is not None:
        parts = [f"Who said “{query.quotation}”"]
        if voices := _voices(query, tables):
            parts.append(f"by {voices}")
    else:
        parts = [f"{_kind(query).capitalize()}s by {_voices(query, tables) or 'anyone'}"]
    if query.topic:
        parts.append(f"about {query.topic}")
    if days := _days(query):
        parts.append(days)
    if query.outlet:
        parts.append(f"in {query.outlet}")
    return " · ".join(parts)


def abstention(query: Query, coverage: Coverage, tables: Tables) -> str:
    """Word why there is no answer: what was looked for, in how many articles, how fresh."""
    if query.quotation is not None:
        reason = f"Nobody is on record with the words “{query.quotation}”"
        if voices := _voices(query, tables):
            reason = f"{voices} is not on record with the words “{query.quotation}”"
    else:
        reason = f"No {_kind(query)} by {_voices(query, tables) or 'anyone'}"
        reason += f" on {query.topic}" if query.topic else ""
    reason += f", {days}," if (days := _days(query)) else ""
    reason += f" in {query.outlet}" if query.outlet else ""
    newest = f" (newest {_day(coverage.newest)})" if coverage.newest else ""
    articles = "article" if coverage.articles == 1 else "articles"
    return f"{reason} in {coverage.articles:,} {articles}{newest}"


def _kind(query: Query) -> str:
    """Name the kind of statement: "denial", "statement that did not deny"."""
    if query.stance is None or query.stance == "said":
        return "statement"
    noun = _STANCES[query.stance]
    return f"withheld {noun}" if query.negated else noun


def _voices(query: Query, tables: Tables) -> str:
    """Name whoever is asked about: "Russia and Turkey", "Sergei Lavrov"; "" for anyone."""
    keys = [key for key in (query.party, *query.other_parties) if key]
    names = [tables.parties[key].name if key in tables.parties else key.title() for key in keys]
    if query.speaker is not None:
        # "the Turkish foreign minister" names its party itself.
        names = [query.speaker, *(names[1:] if query.party else names)]
    names += query.other_speakers
    return names[0] if len(names) == 1 else " and ".join((", ".join(names[:-1]), names[-1])) \
        if names else ""  # fmt: skip


def _days(query: Query) -> str:
    """Word the dates of a query; its *until* is exclusive, the wording is not."""
    if query.since is None and query.until is None:
        return ""
    last = query.until - timedelta(microseconds=1) if query.until else None
    if query.since is None:
        return f"until {_weekday(last)}"
    if last is None:
        return f"since {_weekday(query.since)}"
    if last - query.since < timedelta(days=1):
        return f"on {_weekday(query.since)}"
    return f"from {_weekday(query.since)} to {_weekday(last)}"


def _weekday(moment: datetime | None) -> str:
    return f"{moment:%a} {_day(moment)}" if moment else ""


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"
