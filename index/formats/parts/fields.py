"""
Read the fields that every format has: dates, addresses, and ids for articles without one.

A date without a time is midnight UTC, a time without a zone is UTC. Anything that has to be
guessed (02/03/2018) is refused.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from datetime import UTC, date, datetime, time
from pathlib import PurePath
from urllib.parse import urlsplit

from index.formats.parts.dates import read_written_date

_NOT_IN_ID = re.compile(r"[^\w.]+")
_RFC_2822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MAX_STEM = 60
_MAX_TITLE = 90
_SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?![”\"’)]*\s)){12,}[.!?][”\"’)]*")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_TAG = re.compile(
    r"</?(?:a|abbr|b|em|font|i|mark|q|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BREAK = re.compile(r"</?(?:br|div|h[1-6]|hl[12]|li|p|person)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BY = re.compile(r"by:?\s+", re.IGNORECASE)


def read_date(value: str | date) -> datetime:
    """
    Read an ISO 8601 or RFC 2822 date as an aware UTC datetime.

    Raises:
        ValueError: if it is neither, or no day of the calendar.
    """
    if isinstance(value, str):
        text = value.strip()
        written = _RFC_2822.match(text)
        moment = read_written_date(text) if written else datetime.fromisoformat(text)
    elif isinstance(value, datetime):
        moment = value
    else:
        moment = datetime.combine(value, time())
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as exc:
        raise ValueError(f"{value!r} is out of range") from exc


def id_from_name(name: str) -> str:
    """
    Derive an article's id from the name of its file.

    The stem keeps it readable; eight digits of the whole name's hash keep "monday/strike.txt"
    apart from "tuesday/strike.txt". The same name gives the same id, so that adding a file
    again replaces its article.
    """
    stem = unicodedata.normalize("NFC", PurePath(name).stem)
    readable = _NOT_IN_ID.sub("-", stem).strip("-.")[:_MAX_STEM]
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{readable or 'article'}-{digest}"


def title_from_name(name: str) -> str:
    """Make a title of a file's name: "harbour_strike-2018.txt" is "harbour strike 2018"."""
    stem = PurePath(name).stem
    return re.sub(r"[\s_-]+", " ", stem).strip() or stem or "Untitled"


def read_url(value: str) -> str:
    """
    Read the address of an article, for a link that people follow.

    Raises:
        ValueError: if it is no http or https address.
    """
    if not _ADDRESS.fullmatch(value):
        raise ValueError(f"{value[:80]!r} is no http or https address")
    # Browsers take a backslash for a slash, others for part of a user's name; what sets the
    # direction of writing makes an address look like another.
    if "\\" in value.partition("?")[0] or _DIRECTIONS.search(value):
        raise ValueError(f"{value[:80]!r} can be read as two addresses")
    return value


def storable(text: str) -> str:
    """Put "?" for half characters (lone surrogates), which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """Squeeze all blanks and line breaks, for a title."""
    return " ".join(text.split())


def text_line(value: object) -> str | None:
    """Take a field of foreign data as one line; None for what is no text, or empty."""
    return one_line(storable(value)) or None if isinstance(value, str) else None


def web_address(value: object) -> str | None:
    """Take an address that people can open; None for anything else (an id, a script, a user's)."""
    found = any_address(value)
    try:
        # "https://harbour-post.example@evil.example/" is no page of the Harbour Post.
        return None if found is None or "@" in urlsplit(found).netloc else found
    except ValueError:
        return None


def any_address(value: object) -> str | None:
    """Take an address, a user's with a password too; None for anything else."""
    try:
        return read_url(storable(value.strip())) if isinstance(value, str) else None
    except ValueError:
        return None


def first_date(*values: object) -> datetime | None:
    """Give the first of *values* that is a date with one reading only, in UTC."""
    for value in values:
        if isinstance(value, str):
            try:
                return read_date(read_written_date(value))
            except (ValueError, OverflowError):
                continue
    return None


def wording(value: object) -> str | None:
    """Take a title or name of foreign data as one line, without the markup left in it."""
    line = text_line(value)
    for _ in range(2):
        if line and _ENTITY.search(line):
            line = text_line(html.unescape(line))
    # Blanks for the tags of breaks and paragraphs, nothing for those within a word.
    return line and text_line(_TAG.sub("", _BREAK.sub(" ", line)))


def first_words(text: str) -> str:
    """Make a title of the first sentence of a text that has none, cut between words."""
    line = one_line(text.strip().partition("\n")[0])
    sentence = _SENTENCE.match(line)
    words = sentence[0] if sentence else line
    if len(words) <= _MAX_TITLE:
        return words
    return words[:_MAX_TITLE].rpartition(" ")[0].rstrip(",;:–— ") + " …"


def byline_of(value: object) -> str | None:
    """Take a byline without the "By" before it."""
    line = wording(value)
    said = line and _BY.match(line)
    return line[said.end() :] if line and said else line
