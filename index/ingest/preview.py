"""
What was understood of an article, for an editor to check before trusting it.

The same for `add --dry-run` and for pushed articles. Pure; no I/O, no model.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from index.attribution.transcripts.turn_labels import Kind
from index.attribution.transcripts.turns import read_turns
from index.formats.parts.omissions import REASONS
from index.text.date_format import is_day_only, iso_day, iso_moment, minute_utc
from index.text.language import refuse_foreign
from index.types import Article, Withdrawal

# Lines that are shown of each reason.
_SHOWN = 3


def understood(item: Article | Withdrawal) -> dict[str, Any]:
    """
    Lay out an article: what was taken, and what was left out with the reason.

    Args:
        item: as a format gave it. A withdrawal has an id and a reason only.

    Returns:
        A record for JSON; "left_out" has a part for each reason: its code ("kind"), its wording
        ("reason") and the lines, which are cut where they are long.
    """
    if isinstance(item, Withdrawal):
        return {"id": item.id, "withdrawn": item.reason}
    turns = read_turns(item.text, item.marks, item.byline)
    return {
        "id": item.id,
        "title": item.title,
        "byline": item.byline,
        "outlet": item.outlet,
        "published_at": iso_moment(item.published_at),
        "url": item.url,
        "embargoed_until": iso_moment(item.embargoed_until),
        "note": item.note,
        "language": None if refuse_foreign(item) else "English",
        "paragraphs": sum(1 for line in item.text.splitlines() if line.strip()),
        "pages": len(item.pages) or None,
        "characters": len(item.text),
        "turns": len(turns),
        "questions": sum(1 for turn in turns if turn.kind is Kind.ASKS),
        "left_out": _left_out(item),
    }


def _left_out(item: Article) -> list[dict[str, Any]]:
    order = list(REASONS)
    known = [one for one in item.left_out if one[0] in REASONS]
    by_kind = groupby(sorted(known, key=lambda one: order.index(one[0])), key=lambda one: one[0])
    return [
        {"kind": kind, "reason": REASONS[kind], "lines": [line for _, line in lines]}
        for kind, lines in by_kind
    ]


def lines_of(record: dict[str, Any]) -> list[str]:
    """Word a record for people: what was taken, "no" where nothing, then what was left out."""
    if "withdrawn" in record:
        return [f"{record['id']} · withdrawn: {record['withdrawn']}"]
    known = (
        record["title"],
        record["outlet"] or "no outlet",
        f"by {record['byline']}" if record["byline"] else "no byline",
        _shown(record["published_at"]) or "no date",
    )
    until = _shown(record["embargoed_until"])
    held = f"under embargo until {until}" if until and _is_ahead(record) else None
    asked = f", {record['questions']} of them questions" if record["questions"] else ""
    turns = f"transcript of {record['turns']} turns{asked}" if record["turns"] else None
    pages = f"{record['pages']} page{'s'[: record['pages'] - 1]}" if record["pages"] else None
    size = f"{record['paragraphs']} paragraphs, {record['characters']:,} characters"
    more = (
        record["id"], record["language"] or "not English", pages, size, turns, held,
        record["note"], record["url"],
    )  # fmt: skip
    found = [" · ".join(known), "  " + " · ".join(one for one in more if one)]
    return found + [_omitted(**part) for part in record["left_out"]]


def _is_ahead(record: dict[str, Any]) -> bool:
    """Return whether the embargo of a record has not passed yet."""
    return datetime.fromisoformat(record["embargoed_until"]) > datetime.now(UTC)


def _shown(moment: str | None) -> str | None:
    """Word a moment as it is kept: in UTC, which need not be the day that the text prints."""
    if moment is None:
        return None
    at = datetime.fromisoformat(moment)
    return iso_day(at) if is_day_only(at) else minute_utc(at)


def _omitted(kind: str, reason: str, lines: list[str]) -> str:
    """Word what was left out for one reason: how much, and how it begins."""
    shown = ", ".join(f"“{line}”" for line in lines[:_SHOWN])
    more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    return f"  left out, {reason}: {shown}{more}"
