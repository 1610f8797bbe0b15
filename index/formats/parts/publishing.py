"""
What a publisher allows: withheld, canceled, embargoed, corrected.

The words are those of the IPTC news codes, which NewsML-G2, NITF and ninjs share. A status that
is not known may forbid publication, so it is refused, and so is an embargo that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from index.formats.parts.fields import read_date, text_line
from index.types import Withdrawal

_REASONS = {
    "canceled": "canceled by the publisher",
    "cancelled": "canceled by the publisher",
    "withheld": "withheld by the publisher until further notice",
}
# Agencies still say it in the note to editors alone.
_KILLED = re.compile(r"\W*(?:mandatory |bulletin )?(?:kill|withdraw)(?:s|ed|n)?\b", re.IGNORECASE)
_CORRECTED = re.compile(r"\bcorrect(?:s|ed|ing|ion|ions)\b|\bclarif|\berrat", re.IGNORECASE)

# What people write above a text, for lack of a field.
_DRAFT = re.compile(
    r"\W{0,3}[\[(]\s*draft\b[^\])\n]{0,30}[\])].*|\W*draft\W*|"
    r"(?:\W*draft\b[^\n]{0,30}?)?\W*(?:not for publication|do not publish)\W*|"
    r"(?:.{0,80}[.!]\s)?th(?:is|e) (?:post|article|story|page|entry|item) "
    r"(?:has not (?:yet )?been|has yet to be|is not yet|was never) published\b.*|"
    r"you(?:['’]re| are) (?:viewing|looking at|seeing) (?:a|the) (?:preview|draft)\b.*",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\W*(?:story|article|post|report) (?:withdrawn|retracted|killed|removed|taken down)\W*|"
    r"(?:[\w ]{1,20}\W{1,3})?(?-i:KILL)(?:\W+kill)*\W*|"
    r"\W*(?:mandatory|bulletin|story|news) kill(?:\W+kill)*(?:\W*|\s*[:–—-].*)|"
    r"\W*[\[(]?(?-i:RETRACTED|WITHDRAWN|KILLED|Retracted|Withdrawn)[\])]?\s*(?:[:|–—]|-\s).*|"
    r"\W*(?:(?:note to )?editors|eds)\W{1,3}(?:please )?(?:kill|withdraw) (?:the|our|this|all)\b.*|"
    # In whatever order: "EDS: BC-FERRY is withdrawn. A kill is mandatory. DO NOT USE."
    r"(?:.*\W)?kill is mandatory\b.*|(?:.*[.!]\s+)?(?-i:DO NOT USE)\W*|"
    r"\W*(?:(?:note|attention|attn)\W{1,3}(?:to )?)?(?:editors|eds|desks?)\s?[:–—-].*?"
    r"(?:(?-i:KILL)\b|\b(?:story|item|dispatch|report|article|(?-i:[A-Z]{2,}-[A-Z]+)|slugged)\b"
    r"[^.!?]{0,80}\b(?:withdrawn|killed|retracted)\b).*|"
    r"\W*(?-i:[A-Z]{2,}-[A-Z]+)\b[^.!?]{0,80} (?:is|has been) (?:withdrawn|killed|retracted)\b.*|"
    r"\W*(?:(?:editor['’]?s['’]? )?(?:note|notice|update)\W{1,3})?this (?:post|article|story|"
    r"report|item|page|column)\b[^.!?\n]{0,60}? (?:has been|was|is|is being) "
    r"(?:withdrawn|retracted|killed|taken back|unpublished)\b.*",
    re.IGNORECASE,
)
_FIRST_LINES = 4


def refuse_unpublished(lines: Iterable[str]) -> None:
    """
    Refuse what says of itself that it is a draft, or that it was taken back.

    Args:
        lines: what stands above an article, its title among it.

    Raises:
        ValueError: naming the line that says so.
    """
    for line in (" ".join(one.split()) for one in lines):
        if _DRAFT.fullmatch(line):
            raise ValueError(f"a draft: it says {line[:80]!r}; publish it first")
        if _TAKEN_BACK.fullmatch(line):
            raise ValueError(
                f"withdrawn by its publisher: it says {line[:80]!r}; leave it out, and remove what "
                "it takes back"
            )


def first_lines(text: str) -> list[str]:
    """Give the lines of *text* in which it may say that it is a draft or was taken back."""
    lines = (line.strip() for line in text[:4_000].split("\n"))
    return [line for line in lines if line][:_FIRST_LINES]


def read_withdrawal(
    article_id: str, status: str | None, note: str | None, at: datetime | None
) -> Withdrawal | None:
    """
    Return whether the publisher takes the article back.

    Args:
        status: "usable", "stat:canceled", the address of such a code, or nothing (usable).
        note: the message to editors, given as the reason where there is one.
        at: when this version was made.

    Raises:
        ValueError: for a status that is none of these.
    """
    code = re.split(r"[:/]", (status or "usable").strip().lower())[-1]
    killed = note is not None and _KILLED.match(note) is not None
    if code in _REASONS or killed:
        reason = _REASONS.get(code, _REASONS["canceled"])
        return Withdrawal(article_id, f"{reason}: {note}" if note else reason, at)
    if code != "usable":
        raise ValueError(f"publishing status {code[:40]!r} is not known; ask the publisher")
    return None


def read_embargo(value: object) -> datetime | None:
    """
    Read the moment before which nobody may read the article; None if there is none.

    Raises:
        ValueError: for an embargo without an end that can be read.
    """
    if value is None:
        return None
    try:
        return read_date(str(value))
    except ValueError as exc:
        end = f"until {str(value)[:40]!r}, which is no date" if value else "without an end"
        raise ValueError(f"embargoed {end}; add it when the embargo is lifted") from exc


def correction_note(note: object, *, flagged: bool = False) -> str | None:
    """
    Keep a note to editors that tells of a correction; the other notes are not for readers.

    Args:
        note: as the agency wrote it; None or no text is no note.
        flagged: the agency says that this is a correction.
    """
    line = text_line(note)
    return line if line and (flagged or _CORRECTED.search(line)) else None
