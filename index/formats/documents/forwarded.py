"""
Mail that a desk forwards: the message below is the article, its sender and date are the article's.

A cover note of a word or two ("FYI, for page 3") is no text. Programs mark the message by a line
of dashes, by its headers alone, or by ">" before each line. Pure; no I/O.
"""

from __future__ import annotations

import re
from typing import NamedTuple

QUOTED = re.compile(
    r"^(?:-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|"
    r"weitergeleitete nachricht)|begin forwarded message:|"
    r"on .{5,80} wrote:\s*$|from: .{3,80}$|_{10,}$|-- $)",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARDED = re.compile(
    r"-{2,} ?(?:forwarded message|weitergeleitete nachricht)|begin forwarded message", re.IGNORECASE
)
_HEADER = re.compile(
    r"\W{0,2}(From|Date|Sent|Subject|To|Cc|Bcc|Reply-To|Von|Gesendet|Datum|Betreff|An)\W{0,2}:"
    r"\W{0,2}(?:\s|$)\s*(.*)",
    re.IGNORECASE,
)
_ENGLISH = {"von": "from", "gesendet": "sent", "datum": "date", "betreff": "subject", "an": "to"}
# "FYI, please index": longer, or with anybody else's words, it is the text.
_COVER_NOTE = 200
_STATES = re.compile(
    r"[“\"]|(?<!\bI )(?<!\bwe )\b(?:said|says|told|announce[sd]?)\b", re.IGNORECASE
)
# Above a statement that its sender issued, a remark of so many characters in one paragraph is the
# desk's; one with a quotation, or that names who spoke and when, is a report of its own.
_REMARK = re.compile(
    r"\b(?:fyi|fwiw|run (?:this|it)|use (?:this|it)|(?:take|have) a look|see below|pls|please|"
    r"thoughts|can (?:we|you)|could (?:we|you)|should we|shall we|do we|i|we|me|us|you|your)\b",
    re.IGNORECASE,
)
_MOST_FORWARDS = 4


class Message(NamedTuple):
    """A message below another: ``headers`` by their English names, ``rest`` is not its text."""

    headers: dict[str, str]
    text: str
    rest: list[str]


def forwarded(text: str, *, sent_on: bool) -> tuple[dict[str, str], str, list[tuple[str, str]]]:
    """
    Find the message that a mail forwards, through several forwards.

    Args:
        text: the mail as it came.
        sent_on: its subject says that it is forwarded.

    Returns:
        The headers of the message, {} if the mail forwards none; its text, else the mail's; what
        stands around it, with its kinds.
    """
    headers: dict[str, str] = {}
    around: list[tuple[str, str]] = []
    for _ in range(_MOST_FORWARDS):
        quoted = QUOTED.search(text)
        if quoted is None:
            break
        cover, below = text[: quoted.start()].strip(), text[quoted.start() :]
        found = _message(below)
        marked = sent_on or not cover or _FORWARDED.match(below) is not None
        notes = is_cover_note(cover) or (found is not None and _is_remark(cover, found.text))
        if found is None or not marked or not notes:
            break
        headers = {**headers, **found.headers}
        around += [("about", cover), *(("quoted mail", line) for line in found.rest)]
        text = found.text
    return headers, text, around


def is_cover_note(text: str) -> bool:
    """Return whether a text only passes on what stands below it or is attached."""
    return len(text) <= _COVER_NOTE and _STATES.search(text) is None


def _is_remark(cover: str, below: str) -> bool:
    """
    Return whether a note with somebody's words only remarks on the statement that it passes on.

    "Run this? I think they are lying, Ed said." speaks to a desk; a report speaks of others.
    """
    speaks = _REMARK.search(cover) is not None and not re.search(r"[“\"]", cover)
    one = len(cover) <= _COVER_NOTE and "\n\n" not in cover
    return one and speaks and _STATES.search(below) is not None


def _message(below: str) -> Message | None:
    """Read the message that begins with a mark or with headers; None for what is none."""
    lines = below.split("\n")
    lines = lines[0 if _HEADER.match(lines[0]) else 1 :]
    rest: list[str] = []
    first = next((line for line in lines if line.strip()), "")
    if first.startswith(">"):
        rest = [line for line in lines if not line.startswith(">")]
        lines = [re.sub(r"^> ?", "", line) for line in lines if line.startswith(">")]
    headers: dict[str, str] = {}
    follows, count = False, 0
    for line in lines:
        found = _HEADER.match(line)
        if found is not None:
            name = found[1].lower()
            headers.setdefault(_ENGLISH.get(name, name), found[2].strip())
        elif line.strip() and not (follows and (line[0] in " \t" or "@" in line)):
            break
        follows = bool(line.strip())
        count += 1
    text = "\n".join(lines[count:])
    states = "from" in headers and len(headers) > 1
    return Message(headers, text, rest) if states and text.strip() else None
