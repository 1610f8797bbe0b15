"""
The head of an agency's file as its older systems wrote it.

A slug line ("a0412 reu r i BC-FERRY"), lines that begin with "^" for headline and byline,
paragraphs by their indents, credits in brackets and a time below. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from index.formats.pages.bylines import person_line
from index.formats.parts.dates import believable
from index.formats.parts.fields import first_date, one_line, text_line

_SLUG = re.compile(r"[a-z]\d{4} [a-z]{1,5}(?: [a-z]{1,3}){0,3} [A-Z]{2,}-\S[^\n]{0,80}")
_BY = re.compile(r"by:? (?P<names>[^\n]{3,100})", re.IGNORECASE)
_END = re.compile(
    r"\s*(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{2}) (?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)"
    r"GMT\s*\Z"
)
_AGENCY = re.compile(r"[A-Z][^\n()]{1,60}\((?P<agency>[A-Z][^()\n]{1,40})\)\s+[–—-]\s")
_CREDIT = re.compile(
    r"\(\(.{1,200}\)\)|\((?:reporting|writing|editing|additional) .{1,200}\)", re.I
)


@dataclass(frozen=True, slots=True)
class TextHead:
    """
    What stands above a plain text, or at its end.

    ``text`` is the rest, the whole where nothing was taken off; ``left_out`` are the lines that
    were. What is not stated is None.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    left_out: tuple[str, ...] = ()


def of_old_wire(text: str) -> TextHead | None:
    """Read such a file; None for any other."""
    plain = re.sub(r"\r\n?", "\n", text).strip("\n\ufeff ")
    slug, _, rest = plain.partition("\n")
    marked, body = [], rest.split("\n")
    while body and body[0].startswith("^"):
        marked.append(body.pop(0).strip("^= \t"))
    if not marked or not _SLUG.fullmatch(slug.strip()):
        return None
    whole = "\n".join(body)
    end = _END.search(whole)
    below = whole[: end.start()] if end else whole
    blocks = [" ".join(one.split()) for one in re.split(r"\n(?=[ \t]{2,}\S)|\n\s*\n", below)]
    kept = [one for one in blocks if one and not _CREDIT.fullmatch(one)]
    credits = [one for one in blocks if _CREDIT.fullmatch(one)]
    if not kept:
        return None
    by = next((found for line in marked[1:] if (found := _BY.fullmatch(line))), None)
    agency = _AGENCY.match(kept[0])
    stamp = end[0].strip() if end else ""
    return TextHead(
        "\n\n".join([marked[0], *kept]),
        one_line(marked[0]),
        person_line(by["names"]) if by else None,
        text_line(agency["agency"]) if agency else None,
        published_at=_moment(end) if end else None,
        left_out=tuple(one for one in (slug, *marked[1:], *credits, stamp) if one),
    )


def _moment(end: re.Match[str]) -> datetime | None:
    """Read the time below: month, day and year, as the slug line has them."""
    day = first_date(f"20{end['year']}-{end['month']}-{end['day']}")
    timed = day and day.replace(hour=int(end["hour"]), minute=int(end["minute"]), tzinfo=UTC)
    return believable(timed)
