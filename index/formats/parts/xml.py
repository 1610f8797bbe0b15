"""
Parse foreign XML: no entity is expanded, nothing is fetched, nothing grows.

Agencies put a DOCTYPE before NITF, so one that only names a DTD is let pass and not read; one
that declares anything itself is refused. The named characters of HTML (&ldquo;) that such a DTD
would have declared are put in before, for the parser would drop them with their sentence's sense.
"""

from __future__ import annotations

import html
import re

from lxml import etree

from index.errors import ArticleError
from index.formats.parts.decoding import decode

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_SUBSET = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b|<!DOCTYPE[^<>]*\[")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w{1,31};")
_ROOT = re.compile(
    r"\ufeff?(?:\s|<\?[^>]*\?>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^>\[]*>)*<([\w.:-]+)",
    re.IGNORECASE,
)
_WAY_OUT = "save the article's text as .txt"


def decode_xml(data: bytes, name: str, charset: str | None) -> str:
    """Decode a file of XML, as it declares where it is not UTF-8; raises ArticleError."""
    if not charset and (declared := _ENCODING.match(data[:400])):
        charset = declared[1].decode("ascii", "replace")
    return decode(data, name, charset)


def root_name(source: str) -> str:
    """Name the outermost element in small letters, without its prefix; "" if there is none."""
    found = _ROOT.match(source[:4096])
    return found[1].rpartition(":")[2].lower() if found else ""


def parse_xml(source: str, name: str) -> etree._Element:
    """
    Parse a document.

    Raises:
        ArticleError: naming *name*, if it is not well-formed, nested too deep, or declares
            entities of its own.
    """
    if _SUBSET.search(source):
        raise ArticleError(f"{name}: the XML declares entities of its own; {_WAY_OUT}")
    source = _NAMED.sub(lambda found: html.unescape(found[0]), _DECLARATION.sub("", source))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as exc:
        # The parser quotes what it fell over, line breaks and all: its first line is enough.
        reason = re.split(r"\n|, line \d", str(exc.msg))[0].strip()
        raise ArticleError(
            f"{name}: not well-formed XML (line {exc.lineno}: {reason}); {_WAY_OUT}"
        ) from exc
    entity = next(root.iter(etree.Entity), None)
    if entity is not None:
        raise ArticleError(f"{name}: the XML names an unknown character {entity.text}; {_WAY_OUT}")
    return root
