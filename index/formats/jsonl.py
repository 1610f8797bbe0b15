"""
JSON Lines (.jsonl, .ndjson): one article a line.

``{"id", "title", "text", "outlet"?, "url"?, "published_at"?, "byline"?, "embargoed_until"?,
"note"?, "rights"?, "revised_at"?}``, or ``{"id", "withdrawn": true, "note"?}`` for an article that
is taken back; unknown fields are ignored. Offsets of quotations count characters of ``text``, so
it is taken over to the letter. Lines end at the line feed alone: U+2028 may stand inside a JSON
string, where str.splitlines() would cut it.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

from index.errors import ArticleError
from index.formats.parts.decoding import decode
from index.formats.parts.fields import read_date, read_url
from index.types import Article, Withdrawal

SUFFIXES: tuple[str, ...] = (".jsonl", ".ndjson")
MIME_TYPES: tuple[str, ...] = (
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/jsonlines",
)
SANDBOXED = False
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
# Bytes of one line; an article of that length is refused anyway.
MAX_LINE = 10_000_000
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse(
    data: bytes, name: str, charset: str | None = None
) -> Iterator[Article | Withdrawal | ArticleError]:
    """Read an article from each line; an invalid line is an error that names it."""
    if data.startswith(_WIDE):
        data = decode(data, name, charset).encode("utf-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data or not data.strip():
        decode(data, name)
    yield from _read_lines(data.split(b"\n"), name)


def read_stream(file: BinaryIO, name: str) -> Iterator[Article | Withdrawal | ArticleError]:
    """
    Read an article from each line of *file*, however long it is: a line is kept at a time.

    Args:
        file: where its first byte is next.
        name: names the file in errors.

    Yields:
        As `parse`; nothing after a line that is too long.
    """
    head = file.readline(MAX_LINE + 1)
    if head.startswith(_WIDE):
        # The line feed is two bytes: decoded as a whole.
        data = head + file.read(MAX_LINE + 1)
        if len(data) > MAX_LINE:
            raise ArticleError(f"{name}: UTF-16 of more than {MAX_LINE:,} bytes; save it as UTF-8")
        yield from parse(data, name)
        return
    if b"\0" in head:
        decode(head, name)
    found = False
    for item in _read_lines(_lines(head.removeprefix(codecs.BOM_UTF8), file), name):
        found = True
        yield item
    if not found:
        decode(b"", name)


def _lines(head: bytes, file: BinaryIO) -> Iterator[bytes]:
    line = head
    while line:
        yield line
        if len(line) > MAX_LINE:
            return
        line = file.readline(MAX_LINE + 1)


def _read_lines(lines: Iterable[bytes], name: str) -> Iterator[Article | Withdrawal | ArticleError]:
    lines_of: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            yield ArticleError(
                f"{name}, line {number}: more than {MAX_LINE:,} bytes, nothing after it was read; "
                "write one article a line"
            )
            continue
        try:
            article = read_object(_object(line))
            if (first := lines_of.setdefault(article.id, number)) != number:
                raise ValueError(
                    f"id {article.id!r} stands in line {first} already; give each article its own"
                )
            yield article
        except ValueError as exc:
            yield ArticleError(f"{name}, line {number}: {exc}")


def read_object(fields: dict[str, Any]) -> Article | Withdrawal:
    """Read one article; ValueError says what is wrong with which field."""
    withdrawn = fields.get("withdrawn", False)
    if not isinstance(withdrawn, bool):
        raise ValueError(f"field 'withdrawn' must be true or false, found {_kind(withdrawn)}")
    text = "" if withdrawn else _text(fields, "text")
    if not withdrawn and not text.strip():
        raise ValueError("field 'text' is empty; give it the article's text")
    identity = fields.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        fields["id"] = str(identity)
    article_id = _text(fields, "id")
    if not article_id.strip():
        raise ValueError("field 'id' is empty; give each article an id of its own")
    note = _optional(fields, "note")
    if withdrawn:
        reason = note or "withdrawn by the publisher"
        return Withdrawal(article_id, reason, _date(fields, "revised_at"))
    return Article(
        id=article_id,
        title=_text(fields, "title"),
        text=text,
        outlet=_optional(fields, "outlet"),
        url=_url(fields),
        published_at=_date(fields, "published_at"),
        byline=_optional(fields, "byline"),
        embargoed_until=_date(fields, "embargoed_until"),
        note=note,
        rights=_optional(fields, "rights"),
        revised_at=_date(fields, "revised_at"),
    )


def _object(line: bytes) -> dict[str, Any]:
    """Parse the JSON of one line."""
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as exc:
        raise ValueError(f"byte {exc.start + 1} is not UTF-8; save the file as UTF-8") from exc
    except json.JSONDecodeError as exc:
        raise ValueError(
            f"not valid JSON at column {exc.colno} ({exc.msg}); write one article a line"
        ) from exc
    except (RecursionError, ValueError) as exc:
        raise ValueError("JSON nested too deep, or a number too long; simplify it") from exc
    if not isinstance(value, dict):
        raise ValueError(f"expected an object, found {_kind(value)}; write one article a line")
    return value


def _kind(value: object) -> str:
    """Name the JSON type of *value* for people."""
    return "null" if value is None else _KINDS.get(type(value), "a number")


def _text(fields: dict[str, Any], key: str) -> str:
    """Take a field that must be a text."""
    if key not in fields:
        raise ValueError(f"field {key!r} is missing; every article needs id, title and text")
    value = fields[key]
    if not isinstance(value, str):
        raise ValueError(f"field {key!r} must be a text, found {_kind(value)}")
    # JSON can write half a character ("\ud83d"), which no store can keep.
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as exc:
        raise ValueError(
            f"field {key!r} holds half a character (\\u{ord(value[exc.start]):04x}) at "
            f"{exc.start}; export it again as UTF-8"
        ) from exc
    return value


def _optional(fields: dict[str, Any], key: str) -> str | None:
    """Take a field that may be missing, null or empty."""
    if fields.get(key) is None:
        return None
    return _text(fields, key).strip() or None


def _url(fields: dict[str, Any]) -> str | None:
    """Take the address of the article."""
    value = _optional(fields, "url")
    try:
        return value and read_url(value)
    except ValueError as exc:
        raise ValueError(f"field 'url': {exc}; leave it out if there is none") from exc


def _date(fields: dict[str, Any], key: str) -> datetime | None:
    """Take a date."""
    value = _optional(fields, key)
    if value is None:
        return None
    try:
        return read_date(value)
    except ValueError as exc:
        raise ValueError(
            f"field {key!r} is {value!r}, no date; write 2018-02-13 or 2018-02-13T10:30:00Z"
        ) from exc
