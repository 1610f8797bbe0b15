"""
Read articles out of bytes, one module per input format.

``parse`` never raises for what the bytes hold: an invalid article comes out as an
ArticleError in its place, so that the rest goes on. A format module has ``SUFFIXES``,
``MIME_TYPES``, ``SANDBOXED`` and ``parse``; listing it in ``_FORMATS`` is all it takes to add one.
What needs a parser written in C, or one that can be made to run for ever, is read in the
sandbox, a child process with limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from pathlib import PurePath
from typing import Protocol

from index.errors import ArticleError
from index.formats import html, json_files, jsonl, markdown, plain, xml_files
from index.formats.documents import captions, mail, pdf, word
from index.formats.documents.unread import refusal_of
from index.formats.parts.fields import storable
from index.formats.parts.sniffing import sniff, sniff_misnamed
from index.types import Article, Withdrawal

Item = Article | Withdrawal | ArticleError


class Format(Protocol):
    """What a format module owes."""

    SUFFIXES: tuple[str, ...]
    MIME_TYPES: tuple[str, ...]
    SANDBOXED: bool

    def parse(self, data: bytes, name: str, charset: str | None) -> Iterator[Item]:
        """
        Read the articles of *data*; errors are yielded or raised as ArticleError.

        Args:
            data: the file, undecoded.
            name: names the file in errors; ids derive from it.
            charset: as stated by a Content-Type; None if none is.
        """


_FORMATS: tuple[Format, ...] = (
    plain, markdown, html, jsonl, json_files, xml_files, pdf, word, mail, captions,
)  # fmt: skip
SUFFIXES: tuple[str, ...] = tuple(suffix for one in _FORMATS for suffix in one.SUFFIXES)
_BY_SUFFIX = {suffix: one for one in _FORMATS for suffix in one.SUFFIXES}
_BY_MIME = {mime: one for one in _FORMATS for mime in one.MIME_TYPES}


def knows(name: str) -> bool:
    """Return whether a file of this name has the suffix of a known format."""
    return PurePath(name).suffix.lower() in _BY_SUFFIX


def recognises(start: bytes) -> bool:
    """Return whether a file of an unknown name begins like an agency's, a feed or a page."""
    return bool(sniff_misnamed(start))


def is_sandboxed(name: str) -> bool:
    """Return whether a file of this name is read in the child process, one at a time."""
    known = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    return known is not None and known.SANDBOXED


def knows_type(mime: str) -> bool:
    """Return whether a Content-Type, parameters allowed, is that of a known format."""
    return _content_type(mime)[0] in _BY_MIME


def parse(data: bytes, name: str, mime: str | None = None) -> Iterator[Item]:
    """
    Read the articles of one file.

    Args:
        data: the file, undecoded.
        name: its path or other name; the id of an article without one derives from it.
        mime: a Content-Type, parameters allowed; wins over the suffix unless it is the catch-all
            text/plain. Without either, the first bytes decide.

    Returns:
        Articles, withdrawals and errors in the order of the file; an error names the file, the
        fault and the way out.
    """
    name = storable(name)
    module, _ = _format(data, name, mime)
    if module is None or not module.SANDBOXED:
        yield from parse_here(data, name, mime)
        return
    # Imported late: most folders hold nothing that needs it.
    from index.formats.sandboxed import read_articles

    try:
        yield from read_articles(data, name, mime)
    except ArticleError as exc:
        yield exc


def parse_here(data: bytes, name: str, mime: str | None = None) -> Iterator[Item]:
    """
    Read the articles of one file in this process, as `parse` does in the sandbox.

    Args:
        data: the file, undecoded.
        name: its path or other name.
        mime: a Content-Type, read as `parse` does.
    """
    module, charset = _format(data, name, mime)
    if module is None:
        suffix = PurePath(name).suffix.lower()
        use = f"is no article format; use {', '.join(SUFFIXES)}"
        reason = refusal_of(suffix) or f"{suffix or 'a name without a suffix'} {use}"
        yield ArticleError(f"{name}: {reason}")
        return
    try:
        yield from module.parse(data, name, charset)
    except ArticleError as exc:
        yield exc


def _format(data: bytes, name: str, mime: str | None) -> tuple[Format | None, str | None]:
    """Choose the format of a file; None if unknown; and the charset stated."""
    kind, charset = _content_type(mime)
    suffix = PurePath(name).suffix.lower()
    if kind == "text/plain" and suffix in _BY_SUFFIX:
        kind = ""
    known = _BY_MIME.get(kind) or _BY_SUFFIX.get(suffix)
    # Agencies name files as they like: "tag_agency_2018_newsml_1_version_2".
    if known is None or known is plain:
        named = sniff_misnamed(data) if known or suffix else sniff(data)
        known = _BY_SUFFIX.get(named) or known
    return known, charset


def _content_type(mime: str | None) -> tuple[str, str | None]:
    """Split a Content-Type into its type, lower case, and its charset."""
    if not mime:
        return "", None
    header = Message()
    header["Content-Type"] = mime.replace("\r", " ").replace("\n", " ")
    return header.get_content_type(), header.get_content_charset()
