"""
Markdown (.md): the readable text, markup taken off, with front matter understood.

A paragraph that is wrapped by hand becomes one line again, or a sentence would be cut at each
line break. Images and HTML tags go; struck-out text keeps its marks (~~), since a withdrawn
sentence must not look like one that stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from index.errors import ArticleError
from index.formats.pages.printed import printed_byline, printed_date
from index.formats.parts.cites import Quote
from index.formats.parts.cleaning import clean_file
from index.formats.parts.decoding import decode
from index.formats.parts.embargo import embargo_of
from index.formats.parts.exports import stated_draft
from index.formats.parts.fields import (
    byline_of,
    id_from_name,
    one_line,
    read_date,
    read_url,
    storable,
    title_from_name,
)
from index.formats.parts.marks import Apart, BoldLines, marks_of
from index.formats.parts.omissions import omissions
from index.formats.parts.publishing import read_embargo
from index.types import Article

SUFFIXES: tuple[str, ...] = (".md", ".markdown")
MIME_TYPES: tuple[str, ...] = ("text/markdown", "text/x-markdown")
SANDBOXED = True

# The parser drops what is nested deeper, so a text that comes near is refused.
_MAX_DEPTH = 100
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.*?\r?\n)\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NOTE = re.compile(
    r"^ {0,3}\[\^[\w-]{1,20}\]:(?P<note>[^\n]{0,2000}(?:\n(?: {2,}|\t)[^\n]{1,2000}){0,20})",
    re.MULTILINE,
)
_NOTE_MARK = re.compile(r"\[\^[\w-]{1,20}\]")
_NO_TEXT = frozenset({"html_inline", "image"})
_EMBARGOES = ("embargo", "embargoed", "embargo_until", "embargoed_until", "publish_after")
_PARSER = (
    MarkdownIt("commonmark", {"maxNesting": _MAX_DEPTH}).enable("table").use(front_matter_plugin)
)


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for front matter that cannot be read."""
    source, notes = _without_notes(decode(data, name, charset))
    toml = _TOML.match(source)
    tokens = _PARSER.parse(source[toml.end() :] if toml else source)
    if any(token.level >= _MAX_DEPTH - 2 for token in tokens):
        raise ArticleError(f"{name}: nested too deep to be read whole; save the text as .txt")
    fields = _toml(toml[1], name) if toml else _front_matter(tokens, name)
    if fields.get("draft") is True or False in (fields.get("published"), fields.get("publish")):
        raise ArticleError(f"{name}: the front matter says it is a draft; publish it first")
    if state := stated_draft(fields):
        raise ArticleError(f"{name}: the front matter says it is {state}")
    text = "\n\n".join(_blocks(tokens))
    if not text.strip():
        raise ArticleError(f"{name}: no text is left under the markup; add the article's text")
    title = _text_field(fields, "title") or _first_heading(tokens) or title_from_name(name)
    article = Article(
        id=id_from_name(name),
        title=title,
        text=text,
        outlet=_text_field(fields, "outlet"),
        url=_url(fields, name),
        published_at=_date(fields, name) or printed_date(text),
        byline=_byline(fields) or printed_byline(text),
        embargoed_until=_embargo(fields, name) or embargo_of(text, name),
        marks=marks_of(text, Apart(tuple(_bold(tokens)), tuple(_quotes(tokens)))),
        left_out=omissions(("footnote", note) for note in notes),
    )
    yield clean_file(article, name)


def _without_notes(source: str) -> tuple[str, list[str]]:
    """Take off the footnotes, and their marks in the text: "shot.[^1]"; gives them apart."""
    notes = [" ".join(found["note"].split()) for found in _NOTE.finditer(source)]
    return (_NOTE_MARK.sub("", _NOTE.sub("", source)), notes) if notes else (source, [])


def _front_matter(tokens: Sequence[Token], name: str) -> dict[Any, Any]:
    """Read the YAML between the leading ``---`` lines; {} if there is none."""
    source = next((token.content for token in tokens if token.type == "front_matter"), "")
    try:
        fields = yaml.safe_load(source) if source.strip() else {}
    except (yaml.YAMLError, ValueError, RecursionError) as exc:
        reason = one_line(str(getattr(exc, "problem", None) or exc))
        raise ArticleError(
            f"{name}: the front matter is not valid YAML ({reason}); put values in quotes"
        ) from exc
    if not isinstance(fields, dict):
        raise ArticleError(f"{name}: the front matter must be lines such as 'title: …'")
    return fields


def _toml(source: str, name: str) -> dict[Any, Any]:
    """Read the TOML between the leading ``+++`` lines, as Hugo writes it."""
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as exc:
        raise ArticleError(f"{name}: the front matter is not valid TOML ({exc}); fix it") from exc


def _byline(fields: dict[Any, Any]) -> str | None:
    """Take who wrote it: one name, or a list of names."""
    value = next((fields[key] for key in ("author", "byline", "authors") if fields.get(key)), None)
    listed = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in listed]
    found = [name for name in map(byline_of, names) if name]
    return ", ".join(dict.fromkeys(found)) or None


def _text_field(fields: dict[Any, Any], key: str) -> str | None:
    """Take a scalar of the front matter as text."""
    value = fields.get(key)
    if not isinstance(value, str | int | float):
        return None
    return one_line(storable(str(value))) or None


def _url(fields: dict[Any, Any], name: str) -> str | None:
    """Take the address of the article."""
    value = _text_field(fields, "url")
    try:
        return value and read_url(value)
    except ValueError as exc:
        raise ArticleError(
            f"{name}: the front matter's url: {exc}; leave it out if there is none"
        ) from exc


def _date(fields: dict[Any, Any], name: str) -> datetime | None:
    """Take ``date`` (or ``published_at``) of the front matter."""
    value = fields.get("date", fields.get("published_at"))
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str | date):
            return read_date(value)
    except ValueError:
        pass
    raise ArticleError(
        f"{name}: the front matter's date is {str(value)[:40]!r}, no date; write 2018-02-13 or "
        "2018-02-13T10:30:00Z"
    )


def _embargo(fields: dict[Any, Any], name: str) -> datetime | None:
    """Take the moment of the front matter before which nobody may read the text."""
    value = next((fields[key] for key in _EMBARGOES if fields.get(key)), None)
    try:
        return read_date(value) if isinstance(value, date) else read_embargo(value)
    except ValueError as exc:
        raise ArticleError(f"{name}: the front matter says it is {exc}") from exc


def _first_heading(tokens: Sequence[Token]) -> str | None:
    """Give the text of the first heading."""
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            return one_line(_inline(content.children or [])) or None
    return None


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the text of each paragraph, heading, list item, table row and code block."""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield " | ".join(row)
            row = None
        elif token.type == "inline":
            text = _inline(token.children or [])
            if row is not None:
                row.append(text)
            elif text:
                yield text
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield token.content.strip("\n")
        elif token.type == "html_block" and (text := _without_tags(token.content)):
            yield text


def _inline(children: Sequence[Token]) -> str:
    """Join the text inside one block; a soft line break is a blank, a hard one stays."""
    pieces: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            pieces.append(child.content)
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces).strip()


def _bold(tokens: Sequence[Token]) -> list[str]:
    """List what stands in bold or italics at the beginning of a line, headings included."""
    lines = BoldLines()
    heading = 0
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            heading = int(token.type == "heading_open")
        depth = heading
        for child in (token.children or ()) if token.type == "inline" else ():
            if child.type in ("strong_open", "em_open"):
                depth += 1
            elif child.type in ("strong_close", "em_close"):
                depth -= 1
            elif child.type == "hardbreak":
                lines.end()
            else:
                content = " " if child.type == "softbreak" else child.content
                lines.add(content if child.type not in _NO_TEXT else "", bold=depth > 0)
        lines.end()
    return lines.found


def _quotes(tokens: Sequence[Token]) -> Iterator[Quote]:
    """Yield the quotations (">") whose last line names somebody."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline" and token.level > 0:
            lines += _inline(token.children or []).split("\n")
        elif token.type == "blockquote_open" and token.level == 0:
            lines = []
        elif token.type == "blockquote_close" and token.level == 0 and len(lines) > 1:
            yield Quote(lines[:-1], lines[-1])


class _Text(HTMLParser):
    """Collects the text between tags, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Fall silent at a script."""
        self._silent = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        """Speak again after it."""
        self._silent = False

    def handle_data(self, data: str) -> None:
        """Keep what is to be read."""
        if not self._silent:
            self.pieces.append(data)


def _without_tags(source: str) -> str:
    """Take the tags off a block of HTML; each line of text stays a line."""
    reader = _Text()
    reader.feed(source)
    reader.close()
    lines = (one_line(line) for line in "".join(reader.pieces).splitlines())
    return "\n".join(line for line in lines if line)
