"""
Word files (.docx): the paragraphs as written, without headers, comments, deleted words.

A .docx is a ZIP archive of XML. What it unpacks to is measured before anything is read, and one
that carries macros is refused. Only the text is looked at: nothing is fetched, nothing is run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.errors import ArticleError
from index.formats.pages.printed import printed_byline, printed_date
from index.formats.parts.cleaning import clean_file
from index.formats.parts.embargo import embargo_of
from index.formats.parts.fields import (
    first_words,
    id_from_name,
    one_line,
    storable,
    title_from_name,
    wording,
)
from index.formats.parts.marks import BoldLines, bold_marks
from index.formats.parts.omissions import omissions
from index.types import Article

SUFFIXES: tuple[str, ...] = (".docx",)
MIME_TYPES: tuple[str, ...] = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
SANDBOXED = True

MAX_UNPACKED = 60_000_000
_MOST_STYLES = 20
_HEADINGS = ("Title", "Heading 1")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOX = f"{_W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Elements that only stand around paragraphs.
_AROUND = frozenset(
    f"{_W}{name}" for name in ("tbl", "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_PART = re.compile(r"word/(header|footer|footnotes|endnotes|comments|document)\d*\.xml")
_KINDS = {
    "header": "header", "footer": "header", "footnotes": "footnote", "endnotes": "footnote",
    "comments": "comment",
}  # fmt: skip
_WAY_OUT = "save the article's text as .txt"


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for what is no Word file, or holds macros."""
    _check(data, name)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        names = {one.style_id: str(one.name or "") for one in document.styles}
        bold = _bold(document._body._body, _bold_styles(document))
        paragraphs = [(names.get(style, ""), text) for style, text in _blocks(document._body._body)]
    except (KeyError, ValueError, AttributeError, etree.LxmlError, zipfile.BadZipFile) as exc:
        reason = one_line(str(exc))[:120]
        raise ArticleError(f"{name}: not a Word file ({reason}); {_WAY_OUT}") from exc
    lines = [text for _, text in paragraphs if text]
    if not lines:
        raise ArticleError(f"{name}: the Word file holds no text; {_WAY_OUT}")
    facts = document.core_properties
    named = next((text for style, text in paragraphs if style in _HEADINGS and text), None)
    short = lines[0] if len(lines) > 1 and _is_title(lines[0]) else None
    title = wording(named) or wording(facts.title) or short or first_words(lines[0])
    text = storable("\n\n".join(lines))
    article = Article(
        id=id_from_name(name),
        title=title or title_from_name(name),
        text=text,
        marks=bold_marks(text, bold),
        published_at=printed_date(text),
        byline=printed_byline(text),
        embargoed_until=embargo_of("\n".join(lines), name),
        left_out=omissions(_beside(data)),
    )
    yield clean_file(article, name)


def _check(data: bytes, name: str) -> None:
    """Refuse what is no archive, unpacks without end, or carries programs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as exc:
        raise ArticleError(f"{name}: not a Word file, or locked by a password; {_WAY_OUT}") from exc
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise ArticleError(f"{name}: the Word file unpacks to too much; {_WAY_OUT}")
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise ArticleError(f"{name}: the Word file carries macros; {_WAY_OUT}")


def _beside(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield what the file holds beside its text: headers, footnotes, comments, deleted words."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            found = _PART.fullmatch(member)
            if found is None:
                continue
            try:
                root = etree.fromstring(archive.read(member), parser)
            except etree.XMLSyntaxError:
                continue
            if found[1] == "document":
                yield from (("deleted", one.text or "") for one in root.iter(f"{_W}delText"))
                for run in root.iter(f"{_W}r"):
                    if kind := _unseen(run):
                        yield kind, "".join(one.text or "" for one in run.iter(f"{_W}t"))
            else:
                part = _KINDS[found[1]]
                yield from ((part, _text(one)) for one in root.iter(f"{_W}p"))


def _blocks(container: etree._Element) -> Iterator[tuple[str, str]]:
    """
    Yield the paragraphs and the rows of tables, each with the id of its style, as they stand.

    Templates put paragraphs into content controls. A text box hangs on a paragraph, and is kept
    twice, for older programs too: its words stand behind that paragraph, once.
    """
    for child in container:
        if child.tag == f"{_W}p":
            style = child.find(f"{_W}pPr/{_W}pStyle")
            yield "" if style is None else style.get(f"{_W}val", ""), _text(child)
            for box in child.iter(_BOX):
                if not any(above.tag in (_FALLBACK, _BOX) for above in box.iterancestors()):
                    yield from _blocks(box)
        elif child.tag == f"{_W}tr":
            cells = (_cell(one) for one in child.iter(f"{_W}tc"))
            yield "", " | ".join(cell for cell in cells if cell)
        elif child.tag in _AROUND:
            yield from _blocks(child)


def _bold_styles(document: Any) -> frozenset[str]:
    """Name the styles, by their ids, whose letters are bold or slanted."""
    found = set()
    for style in document.styles:
        at, seen = style, 0
        while at is not None and seen < _MOST_STYLES:
            font = getattr(at, "font", None)
            if font is not None and (font.bold or font.italic):
                found.add(str(style.style_id))
                break
            at, seen = getattr(at, "base_style", None), seen + 1
    return frozenset(found)


def _bold(body: etree._Element, styles: frozenset[str]) -> list[str]:
    """List what stands in bold or italics at the beginning of a line."""
    lines = BoldLines()
    for paragraph in body.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        whole = style is not None and style.get(f"{_W}val", "") in styles
        for run in paragraph.iter(f"{_W}r"):
            bold = _is_bold(run, styles, whole=whole)
            for part in run if _unseen(run) is None else ():
                if part.tag in (f"{_W}br", f"{_W}cr"):
                    lines.end()
                elif part.tag == f"{_W}t":
                    lines.add(part.text or "", bold=bold)
        lines.end()
    return lines.found


def _is_bold(run: etree._Element, styles: frozenset[str], *, whole: bool) -> bool:
    for name in ("b", "i"):
        mark = run.find(f"{_W}rPr/{_W}{name}")
        if mark is not None:
            return mark.get(f"{_W}val", "true").lower() not in ("0", "false", "off")
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return whole or (style is not None and style.get(f"{_W}val", "") in styles)


def _cell(cell: etree._Element) -> str:
    return one_line(" ".join(text for _, text in _blocks(cell)))


def _unseen(run: etree._Element) -> str | None:
    """Return why a stretch of text does not stand: "deleted" if struck out, "hidden", or None."""
    if run.tag != f"{_W}r":
        return None
    for name, kind in (("strike", "deleted"), ("dstrike", "deleted"), ("vanish", "hidden")):
        mark = run.find(f"{_W}rPr/{_W}{name}")
        if mark is not None and mark.get(f"{_W}val", "true").lower() not in ("0", "false", "off"):
            return kind
    return None


def _text(paragraph: etree._Element) -> str:
    """Give the words of a paragraph: inserted ones, not deleted ones, none of a text box."""
    pieces = []
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, one in walker:
        if one.tag in (_BOX, _FALLBACK) or _unseen(one):
            walker.skip_subtree()
        elif one.tag == f"{_W}t":
            pieces.append(one.text or "")
        elif one.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif one.tag == f"{_W}tab":
            pieces.append(" ")
        elif one.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
    return "".join(pieces).strip()


def _is_title(line: str) -> bool:
    return (
        len(line) < 120 and "\n" not in line and not line.rstrip("\"”’')").endswith((".", ":", ","))
    )
