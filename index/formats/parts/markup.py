"""
Text out of a tree of HTML or NITF elements: paragraphs, a blank line between them.

libxml2 drops whatever is nested deeper than 256 elements and calls that success, so its error
log is read: markup that lost text is refused. Quotation marks that a browser draws (<q>) are
written out, or words would lose them. What is struck out or hidden is left out: a withdrawn word
must not look like one that stands. No element is visited by recursion.
"""

from __future__ import annotations

import copy
import html
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from index.errors import ArticleError
from index.formats.parts.cleaning import without_controls
from index.formats.parts.fields import one_line, storable

_WAY_OUT = "save the article's text as .txt"
BLOCKS = frozenset(
    "address article aside blockquote body bq block dd div dl dt figure fn footer form h1 h2 h3 h4 "
    "h5 h6 header hl1 hl2 hr li main media nav ol p pre section table tbody tfoot thead tr ul "
    "video".split()
)
DROPPED = frozenset(
    "aside audio button canvas figure form head iframe img input media nav noscript object script "
    "select style svg template textarea title video".split()
)
# Nobody reads these as text.
SILENT = frozenset(
    "audio button canvas head iframe img input media noscript object option script select style "
    "svg template textarea title video".split()
)
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?")
_DRAWN = {"q": ("“", "”")}
# Some write their own marks within <q>.
_OWN_MARK = re.compile(r"\s*[“”\"„«‘'’]")
_STRUCK = frozenset({"del", "s", "strike"})
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(
    r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden)\b|\bfont-size\s*:\s*0(?![.\d]*[1-9])"
    r"|\b(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(r"(?<![\w-])(?:max-)?(?:height|width)\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE)
_CUT_OFF = re.compile(r"\boverflow(?:-[xy])?\s*:\s*(?:hidden|clip)\b", re.IGNORECASE)
_SHRUNK = re.compile(
    r"\bscale[xy3d]*\(\s*0(?:\.0*)?\s*[,)]|\bclip\s*:\s*rect\((?:[\s,]*[01](?:px)?){4}\s*\)"
    r"|\bclip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
_CLEAR = re.compile(r"\bopacity\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE)
# What comes into sight as a reader scrolls begins unseen.
_APPEARS = re.compile(r"\b(?:transform|transition|animation|will-change)\s*:", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"\bbackground(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = re.compile(r"#f{3}(?:f{3})?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)", re.IGNORECASE)
_ARTICLES = frozenset({"article", "body", "h1", "html", "main"})
_HIDDEN_CLASSES = frozenset(
    "visually-hidden visuallyhidden sr-only screen-reader-text screen-reader-only".split()
)
CELLS = frozenset({"td", "th"})
# The attribute that a line under a quotation gets if its markup says that it names somebody.
SIGNS = "data-signs"
# Blanks that HTML squeezes; a no-break space is a character of the text.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\n"
_MAX_ESCAPES, _MANY_TAGS = 4, 3
# One control character in so many is a slip.
_RARE = 50
_TAG = re.compile(
    r"</?(?:a|article|b|blockquote|body|br|div|em|figure|h[1-6]|hl1|html|i|iframe|img|li|nitf|ol|p|"
    r"script|section|span|strong|table|td|tr|u|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ESCAPED_START = re.compile(r"\s*&(?:amp;)*lt;[/a-z!?]", re.IGNORECASE)
_MARKUP_START = re.compile(rf"\s*(?:<\?xml\b|<!doctype\b|<!--|{_TAG.pattern})", re.IGNORECASE)
# What agencies put around and under a text: dpa, APA and others write XHTML with these.
FRAMES = frozenset({"header", "footer", "nav"})
FURNITURE = frozenset(
    "slugline genre public notepad non-public nonpublic keywords embargo contact contacts "
    "editorial-contact editor-note ednote credit signature".split()
)
# Elements within a line: no blank stands at their edges.
INLINE = frozenset(
    "a abbr b chron em font i lang mark money num pronounce q small span strong sub sup u".split()
)


def html_tree(source: str, name: str) -> HtmlElement:
    """
    Parse a page or a piece of one, without loss.

    Raises:
        ArticleError: naming *name*, for what is no HTML or nested too deep.
    """
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(_readable(source).encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as exc:
        raise ArticleError(f"{name}: not an HTML page ({one_line(str(exc))}); {_WAY_OUT}") from exc
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ArticleError(f"{name}: the page is nested too deep to be read whole; {_WAY_OUT}")
    _sign_quotations(tree)
    _remove_note_marks(tree)
    return tree


def _sign_quotations(tree: HtmlElement) -> None:
    """Make the name under a quotation a line of its own: <cite>, <footer>, a figure's caption."""
    for quote in list(tree.iter("blockquote")):
        named = list(quote.iter("footer")) or list(quote.iter("cite"))
        figure = quote.getparent()
        if figure is not None and figure.tag == "figure":
            figure.tag = "div"
            named += figure.findall("figcaption")
        for one in named:
            one.tag = "p"
            one.set(SIGNS, "")


def _remove_note_marks(tree: HtmlElement) -> None:
    """Take out the raised marks of notes, which would be glued to words: "losses1"."""
    for raised in list(tree.iter("sup")):
        linked = next(raised.iter("a"), None) is not None
        if linked and _NOTE_MARK.fullmatch(raised.text_content().strip()):
            remove(raised)


def _readable(source: str) -> str:
    """Take out control characters, but for those of what is no text, which is refused for them."""
    kept = without_controls(source)
    return kept if (len(source) - len(kept)) * _RARE <= len(source) + _RARE else source


def text_of_html(source: str, name: str) -> str:
    """
    Take the markup off a piece of HTML, as feeds and agencies send it; "" for no text.

    What was escaped twice is markup still, so the text is looked at again.
    """
    text = _parsed(storable(source), name)
    for _ in range(_MAX_ESCAPES):
        if not is_markup(text):
            break
        text = _parsed(text.replace(_BREAK, "<br>"), name)
    return text


def unmarked(text: str, name: str) -> str:
    """Take the markup off a text that calls itself plain; without any it is kept to the letter."""
    if not is_markup(text):
        return storable(text).strip()
    return text_of_html(re.sub(r"\n[ \t]*\n", "<br><br>", text), name)


def _parsed(source: str, name: str) -> str:
    return paragraphs(html_tree(f"<div>{source}</div>", name)) if source.strip() else ""


def is_markup(text: str) -> bool:
    """Return whether a text begins with a tag or is full of them, whatever its label says."""
    text = html.unescape(text) if _ESCAPED_START.match(text) else text
    if _MARKUP_START.match(text):
        return True
    return sum(1 for _ in zip(range(_MANY_TAGS), _TAG.finditer(text), strict=False)) == _MANY_TAGS


def hides(style: str) -> bool:
    """Return whether the declarations *style* let nobody see an element's text."""
    if not style:
        return False
    if _HIDDEN_STYLE.search(style) or _SHRUNK.search(style):
        return True
    if _CLEAR.search(style) and not _APPEARS.search(style):
        return True
    if _NO_SIZE.search(style) and _CUT_OFF.search(style):
        return True
    ink, ground = _COLOUR.search(style), _GROUND.search(style)
    return bool(ink and ground) and _plain_colour(ink) == _plain_colour(ground)


def _plain_colour(found: re.Match[str] | None) -> str:
    return _WHITE.sub("white", found[1]).strip().lower() if found else ""


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
            _close(element, tag, pieces, found)
            pieces.append(_squeezed(element.tail))
            continue
        _open(element, tag, pieces, found)
        if tag in DROPPED or unseen(element):
            walker.skip_subtree()
        else:
            pieces.append(_squeezed(element.text))
    _flush(pieces, found)
    return "\n\n".join(found)


def unseen(element: etree._Element) -> str | None:
    """
    Return why readers do not take an element for the text: "deleted", "hidden" or None.

    What only screen readers skip (aria-hidden) is seen, so a letter or word in a line stays.
    """
    tag = local_name(element)
    style = element.get("style") or "" if tag else ""
    if tag in _STRUCK or _STRUCK_STYLE.search(style):
        return "deleted"
    if not tag:
        return None
    classes = (element.get("class") or "").lower().split()
    skipped = tag in BLOCKS and (element.get("aria-hidden") or "").lower() == "true"
    shut = tag == "template" or element.get("hidden") is not None or hides(style)
    if not (skipped or shut) and _HIDDEN_CLASSES.isdisjoint(classes):
        return None
    # Some sites hide their article until a script shows it.
    return None if any(local_name(one) in _ARTICLES for one in element.iter()) else "hidden"


def local_name(element: etree._Element) -> str:
    """Give an element's name in small letters, without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _open(element: etree._Element, tag: str, pieces: list[str], found: list[str]) -> None:
    if tag in BLOCKS:
        _flush(pieces, found)
    elif tag in CELLS and "".join(pieces).strip():
        pieces.append(" | ")
    elif tag == "br":
        pieces.append(_BREAK)
    elif tag in _DRAWN and not _OWN_MARK.match(element.text or ""):
        pieces.append(_DRAWN[tag][0])


def _close(element: etree._Element, tag: str, pieces: list[str], found: list[str]) -> None:
    if tag in BLOCKS:
        _flush(pieces, found)
    elif tag in _DRAWN and not _OWN_MARK.match(element.text or ""):
        pieces.append(_DRAWN[tag][1])


def _flush(pieces: list[str], found: list[str]) -> None:
    """Close a paragraph; two breaks in a row part it."""
    lines = [_BLANKS.sub(" ", line).strip(" ") for line in "".join(pieces).split(_BREAK)]
    pieces.clear()
    found += [part for part in re.split(r"\n{2,}", "\n".join(lines).strip("\n")) if part.strip()]


def _squeezed(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")


def line_of(element: etree._Element) -> str:
    """Give the text of an element as one line; what stands in elements of its own is kept apart."""
    pieces: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        apart = "" if local_name(one) in INLINE or one is element else " "
        if event == "start":
            pieces += [apart, one.text or "" if isinstance(one.tag, str) else ""]
        elif one is not element:
            pieces += [apart, one.tail or ""]
    return re.sub(r" (?=[,;.])", "", one_line("".join(pieces)))


def first_heading(root: etree._Element | None) -> str | None:
    """Give the line of the first heading in a body; None without one."""
    if root is None:
        return None
    found = (line_of(one) for one in root.iter() if local_name(one) in ("h1", "hl1", "h2"))
    return next((line for line in found if line), None)


def without_furniture(body: etree._Element) -> etree._Element:
    """
    Take out of an agency's body what is about the text: slug lines, genre, contacts.

    Where nothing would be left the body stays as it is: some agencies write all into a header.
    """
    found = [one for one in body.iter() if one is not body and _is_furniture(one)]
    kept = copy.deepcopy(body) if found else body
    for one in [one for one in kept.iter() if one is not kept and _is_furniture(one)]:
        remove(one)
    return kept if paragraphs(kept) else body


def _is_furniture(element: etree._Element) -> bool:
    classes = (element.get("class") or "").lower().split() if isinstance(element.tag, str) else ()
    return local_name(element) in FRAMES or not FURNITURE.isdisjoint(classes)


def remove(element: etree._Element) -> None:
    """Take an element out of its tree; the text behind it stays, which lxml would take along."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)
