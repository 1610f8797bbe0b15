"""
Quotations that a page or document sets apart, with the name below them: <blockquote>, <cite>.

A <cite> may name a book or a paper as well; only what looks like somebody's name signs. Changes no
text; places are found in the text that was taken. Pure; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from index.formats.parts.markup import SIGNS, local_name, paragraphs
from index.types import Mark

_DASH = re.compile(r"\s*[-–—―~]+\s*(?=[^\W\d_])")
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_PARTICLES = "(?:(?:de|van|von|der|den|la|da|di|al|bin|du) )*"
# "— Ada Holm, mayor of Harbour", "— Ada Holm (@adaholm) February 13, 2018".
_NAME = re.compile(
    rf"\s*[-–—―~]*\s*(?P<name>(?!The )(?:{_WORD} )+{_PARTICLES}{_WORD}"
    r"(?:, [^\n]{2,100}?| \((?!@)[^()\n]{2,80}\))?)(?: \(@\w+\)[^\n]{0,40})?[.\s]*"
)
_WORKS = frozenset(
    """
    Act Bible Book Chronicle Daily Declaration Express Gazette Guardian Herald Independent Journal
    Law Magazine Mail Mirror News Paper Post Press Quran Report Review Standard Star Statement Sun
    Telegraph Times Tribune Weekly
    """.split()
)
_LONGEST = 160


class Quote(NamedTuple):
    """The lines of a quotation, and the line below it."""

    lines: list[str]
    below: str


def quotes_in(root: etree._Element) -> list[Quote]:
    """List the quotations below *root* that have a name, or a line with a dash, under them."""
    return list(_quotes(root))


def quote_marks(text: str, quotes: Sequence[Quote]) -> list[Mark]:
    """Find again, in the text that was taken, the quotations that somebody signs."""
    marks: list[Mark] = []
    at = 0
    for lines, below in quotes:
        signed = _NAME.fullmatch(below) if len(below) <= _LONGEST else None
        if signed is None or not _WORKS.isdisjoint(signed["name"].partition(",")[0].split()):
            continue
        found = re.compile(rf"({_loose(' '.join(lines))})\s+({_loose(below)})").search(text, at)
        if found is None:
            continue
        name = found.start(2) + signed.start("name")
        marks += [Mark(*found.span(1), "quote"), Mark(name, name + len(signed["name"]), "cite")]
        at = found.end()
    return [one for one in marks if one.end <= len(text)]


def _loose(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _quotes(root: etree._Element) -> Iterator[Quote]:
    for quote in root.iter():
        if local_name(quote) not in ("blockquote", "bq"):
            continue
        lines = [line for line in paragraphs(quote).split("\n") if line.strip()]
        beside = quote.getnext()
        signs = any(
            one.get(SIGNS) is not None or local_name(one) == "credit" for one in quote.iter()
        )
        if len(lines) > 1 and (signs or _DASH.match(lines[-1])):
            yield Quote(lines[:-1], " ".join(lines[-1].split()))
        elif lines and beside is not None and beside.get(SIGNS) is not None:
            yield Quote(lines, " ".join(beside.itertext()).strip())
