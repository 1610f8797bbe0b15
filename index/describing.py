"""Word what a query asks for, and why there is no answer, for people. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from index.asked import role_of
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
# Names in running text that ask for an article; "NATO" and "Hamas" ask for none.
_WITH_ARTICLE = re.compile(
    r"^(?:(?:United|European|African|Arab|World|International|Democratic Republic)\s"
    r"|(?:Netherlands|Philippines|Bahamas|Maldives|Gambia|Vatican|Kremlin|Pentagon|White House"
    r"|FBI|CIA|EU|UN|US|UK|SDF|YPG|PKK|IMF|WHO|OSCE|OPCW)$)"
    r"|\s(?:Republic|Union|Nations|States|Forces|Kingdom|Emirates|Islands|Court|Council|Commission"
    r"|Committee|Department|Agency|Bureau|Ministry|Bank|Fund|Party|Organi[sz]ation|Association"
    r"|Brigade|Front|Movement|campaign|administration|Times|Post|Journal)$"
)


def describe(query: Query, tables: Tables) -> str:
    """Word what was understood: "Statements by Russia · about the tank · since Mon 12 Feb 2018"."""
    if query.quotation is not None:
        parts = [f"Who said “{query.quotation}”"]
        if voices := _voices(query, tables):
            parts.append(f"by {voices}")
    else:
        voices, kind = _voices(query, tables), f"{_kind(query).capitalize()}s"
        parts = [f"{kind} by {voices or 'anyone'}"]
        if query.topic and not voices:
            parts = [f"{kind} about {query.topic}"]
    if query.topic and (query.quotation is not None or _voices(query, tables)):
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
            voices = f"{voices[:1].upper()}{voices[1:]}"
            reason = f"{voices} is not on record with the words “{query.quotation}”"
    else:
        voices = _voices(query, tables)
        reason = f"No {_kind(query)}"
        reason += f" by {voices or 'anyone'}" if voices or not query.topic else ""
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
    names = [_party_name(key, tables) for key in keys]
    if query.speaker is not None:
        # "the Turkish foreign minister" names its party itself.
        names = [_speaker_name(query.speaker), *(names[1:] if query.party else names)]
    names += [_speaker_name(name) for name in query.other_speakers]
    return names[0] if len(names) == 1 else " and ".join((", ".join(names[:-1]), names[-1])) \
        if names else ""  # fmt: skip


def _party_name(key: str, tables: Tables) -> str:
    """Name a party within a sentence: "the United Nations", "Russia"."""
    party = tables.parties.get(key)
    name = party.name if party else key.title()
    return f"the {name}" if _WITH_ARTICLE.search(name) else name


def _speaker_name(name: str) -> str:
    """Name a person, or a role with its article: "the UN aid coordinator"."""
    singular_role = role_of(name) is not None and not name.split()[-1].endswith("s")
    return f"the {name}" if singular_role and name.split()[-1].islower() else name


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
