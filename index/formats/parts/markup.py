"""
Text out of a tree of HTML or NITF elements: paragraphs, a blank line between them.

libxml2 drops whatever is nested deeper than 256 elements and calls that success, so its error
log is read: markup that lost text is refused. Quotation marks that a browser draws (<q>) are
written out, or words would lose them; struck-out text keeps a mark (~~), since a withdrawn
sentence must not look like one that stands. No element is visited by recursion.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from index.errors import ArticleError
from index.formats.parts.fields import one_line, storable

_WAY_OUT = "save the article's text as .txt"
_BLOCKS = frozenset(
    "address article aside blockquote body bq block dd div dl dt figure fn footer form h1 h2 h3 h4 "
    "h5 h6 header hl1 hl2 hr li main media nav ol p pre section table tbody tfoot thead tr ul "
    "video".split()
)
_DROPPED = frozenset(
    "aside audio button canvas figure form head iframe img input media nav noscript object script "
    "select style svg template textarea title video".split()
)
_DRAWN = {"q": ("“", "”"), "del": ("~~", "~~"), "s": ("~~", "~~"), "strike": ("~~", "~~")}
_CELLS = frozenset({"td", "th"})
# Blanks that HTML squeezes; a no-break space is a character of the text.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\n"


def html_tree(source: str, name: str) -> HtmlElement:
    """
    Parse a page or a piece of one, without loss.

    Raises:
        ArticleError: naming *name*, for what is no HTML or nested too deep.
    """
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as exc:
        raise ArticleError(f"{name}: not an HTML page ({one_line(str(exc))}); {_WAY_OUT}") from exc
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ArticleError(f"{name}: the page is nested too deep to be read whole; {_WAY_OUT}")
    return tree


def text_of_html(source: str, name: str) -> str:
    """Take the markup off a piece of HTML, as feeds and agencies send it; "" for no text."""
    source = storable(source)
    return paragraphs(html_tree(f"<div>{source}</div>", name)) if source.strip() else ""


def paragraphs(root: etree._Element) -> str:
    """Give the text below *root*, without pictures, scripts and teasers; "" for none."""
    found: list[str] = []
    pieces: list[str] = [_squeezed(root.text)]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = local_name(element)
        if element is root:
            continue
        if event == "end":
            _close(tag, pieces, found)
            pieces.append(_squeezed(element.tail))
            continue
        _open(tag, pieces, found)
        if tag in _DROPPED:
            walker.skip_subtree()
        else:
            pieces.append(_squeezed(element.text))
    _flush(pieces, found)
    return "\n\n".join(found)


def local_name(element: etree._Element) -> str:
    """Give an element's name in small letters, without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _open(tag: str, pieces: list[str], found: list[str]) -> None:
    if tag in _BLOCKS:
        _flush(pieces, found)
    elif tag in _CELLS and "".join(pieces).strip():
        pieces.append(" | ")
    elif tag == "br":
        pieces.append(_BREAK)
    elif tag in _DRAWN:
        pieces.append(_DRAWN[tag][0])


def _close(tag: str, pieces: list[str], found: list[str]) -> None:
    if tag in _BLOCKS:
        _flush(pieces, found)
    elif tag in _DRAWN:
        pieces.append(_DRAWN[tag][1])


def _flush(pieces: list[str], found: list[str]) -> None:
    """Close a paragraph; two breaks in a row part it."""
    lines = [_BLANKS.sub(" ", line).strip(" ") for line in "".join(pieces).split(_BREAK)]
    pieces.clear()
    found += [part for part in re.split(r"\n{2,}", "\n".join(lines).strip("\n")) if part.strip()]


def _squeezed(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")
