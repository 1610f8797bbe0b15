"""
What a publisher allows: withheld, canceled, embargoed, corrected.

The words are those of the IPTC news codes, which NewsML-G2, NITF and ninjs share. A status that
is not known may forbid publication, so it is refused, and so is an embargo that cannot be read.
"""

from __future__ import annotations

import re
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
