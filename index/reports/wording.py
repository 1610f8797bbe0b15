"""
What stands around the quotes of a report, the same in every kind of document. Pure.

Every text here is plain: each kind of document escapes it in its own way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from index.labels import CONTINUES, beside_note, group_quotes, undated_note
from index.reports.gathering import Report
from index.sentence_links import quote_link
from index.text.date_format import is_day_only, minute_utc, short_day
from index.types import Briefing, Change, Quote
from index.witnesses import also_note

CHANGED = "Differs from an earlier statement"
COPIED = "copied from the articles, nothing generated"
_NO_SPEAKER = "No speaker named in the article"
_BREAKS = re.compile(r"[ \t]*[\r\n\u2028\u2029]+[ \t]*")
# What turns the direction of writing, by which words pass for others.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_UNWRITABLE = ("Cc", "Cs", "Cn", "Co")


class Entry(NamedTuple):
    """
    One statement: its words, who said them and how, and where.

    ``link`` opens the article at the first of the sentences; None where there is no address.
    """

    words: str
    speaker: str
    details: str
    how: str
    place: str
    link: str | None
    also_in: str


def entry_of(group: Sequence[Quote]) -> Entry:
    """Word the statement whose sentences are *group*."""
    first = group[0]
    labels = [label for quote in group for label in quote.labels if label != CONTINUES]
    role = f", {first.role}" if first.role else ""
    party = f" ({first.party})" if first.party and not _tells_party(first) else ""
    stance = [first.stance] if first.stance else []
    where = [first.outlet or "outlet unknown", _moment(first)]
    where += [f"p. {first.page}"] if first.page is not None else []
    return Entry(
        plain(" ".join(quote.text for quote in group)),
        _capitalised(plain(first.speaker or _NO_SPEAKER)),
        _inner(f"{role}{party}"),
        plain(", ".join(dict.fromkeys([*stance, first.kind, *labels]))),
        plain(" · ".join(where)),
        quote_link(first),
        plain(_also(first)) if first.also_in else "",
    )


def _also(quote: Quote) -> str:
    return also_note(quote.also_in, quote.outlet, quote.witnesses, len(quote.also_in))


def _tells_party(quote: Quote) -> bool:
    """Return whether the speaker's name or role tells for whom it is."""
    name, party = (quote.speaker or "").casefold(), (quote.party or "").casefold()
    return quote.names_party or name.removeprefix("the ") == party.removeprefix("the ")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def pair_of(change: Change) -> tuple[tuple[str, Entry], tuple[str, Entry]]:
    """Word an earlier and a later statement, each behind the word for it."""
    return ("Earlier", entry_of([change.earlier])), ("Later", entry_of([change.later]))


def title_of(report: Report) -> str:
    """Word the title: "Briefing: exports"."""
    return plain(f"Briefing: {report.topic}" if report.topic else "Briefing")


def head_of(report: Report) -> list[str]:
    """Word what stands below the title: what was asked for, and when."""
    return [plain(report.understood), f"Made {minute_utc(report.made_at)}"]


def nothing_of(report: Report) -> str:
    """Say that there is nothing; "" where there is something."""
    if report.sections:
        return ""
    reason = report.briefing.reason or "Nothing on record"
    return plain(f"Nothing to report. {reason.rstrip('.')}.")


def footer(briefing: Briefing) -> str:
    """Word how many statements are shown, and how much the index holds."""
    shown = len(group_quotes(briefing.quotes))
    counted = f"{shown} of {briefing.total} statements"
    if briefing.beside:
        counted += f" ({beside_note(briefing)})"
    if briefing.undated and not briefing.abstained:
        counted += f" · {undated_note(briefing)}"
    return f"{counted} · {briefing.coverage} · {COPIED}"


def plain(text: str) -> str:
    """Make *text* one line that every document can hold, and that turns no direction."""
    return _inner(text).strip()


def _inner(text: str) -> str:
    return "".join(
        "\ufffd" if c in _OVERRIDES or unicodedata.category(c) in _UNWRITABLE else c
        for c in _BREAKS.sub(" ", text).replace("\t", " ")
    )


def _moment(quote: Quote) -> str:
    at = quote.published_at
    if at is None:
        return "no date"
    return short_day(at) if is_day_only(at) else minute_utc(at)
