"""
Read articles out of bytes, one module per input format.

``parse`` never raises for what the bytes hold: an article that is no good comes out as an
ArticleError in its place, so that the rest goes on. A format module has ``SUFFIXES``,
``MIME_TYPES`` and ``parse``; listing it in ``_FORMATS`` is all it takes to add one.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from pathlib import PurePath
from typing import Protocol

from index.errors import ArticleError
from index.formats import html, jsonl, markdown, plain
from index.formats.fields import storable
from index.types import Article


class Format(Protocol):
    """What a format module owes."""

    SUFFIXES: tuple[str, ...]
    MIME_TYPES: tuple[str, ...]

    def parse(
        self, data: bytes, name: str, charset: str | None
    ) -> Iterator[Article | ArticleError]:
        """Read the articles of *data*; errors are yielded or raised as ArticleError."""


_FORMATS: tuple[Format, ...] = (plain, markdown, html, jsonl)
SUFFIXES: tuple[str, ...] = tuple(suffix for one in _FORMATS for suffix in one.SUFFIXES)
_BY_SUFFIX = {suffix: one for one in _FORMATS for suffix in one.SUFFIXES}
_BY_MIME = {mime: one for one in _FORMATS for mime in one.MIME_TYPES}


def knows(name: str) -> bool:
    """Tell whether a file of this name has the suffix of a known format."""
    return PurePath(name).suffix.lower() in _BY_SUFFIX


def parse(data: bytes, name: str, mime: str | None = None) -> Iterator[Article | ArticleError]:
    """
    Read the articles of one file.

    Args:
        data: the file, undecoded.
        name: its path or other name; the id of an article without one derives from it.
        mime: a Content-Type, parameters allowed; wins over the suffix unless it is the catch-all
            text/plain.

    Returns:
        Articles and errors in the order of the file; an error names the file, the fault and
        the way out.
    """
    name = storable(name)
    kind, charset = _content_type(mime)
    suffix = PurePath(name).suffix.lower()
    if kind == "text/plain" and suffix in _BY_SUFFIX:
        kind = ""
    module = _BY_MIME.get(kind) or _BY_SUFFIX.get(suffix)
    if module is None:
        yield ArticleError(
            f"{name}: {suffix or 'a name without a suffix'} is no article format; "
            f"use {', '.join(SUFFIXES)}"
        )
        return
    try:
        yield from module.parse(data, name, charset)
    except ArticleError as exc:
        yield exc


def _content_type(mime: str | None) -> tuple[str, str | None]:
    """Split a Content-Type into its type, lower case, and its charset."""
    if not mime:
        return "", None
    header = Message()
    header["Content-Type"] = mime.replace("\r", " ").replace("\n", " ")
    return header.get_content_type(), header.get_content_charset()
