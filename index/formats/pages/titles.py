"""
Choose a page's title: the wording on which most of what it says agrees.

JSON-LD states a headline, OpenGraph a title, the window has one with the site's name, and the
page shows headings. Each of them is wrong on some site: the name of a template, a slogan, a
promotion. Where they differ and no two agree, the one that publishers maintain best wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from index.formats.parts.fields import wording
from index.formats.parts.markup import line_of

_SEPARATOR = re.compile(r"\s+(?:[|»«·•–—:-]|::)\s+|\s*\|\s*")
_PRINT = re.compile(r"(?:print(?:er[- ]friendly|able)?(?: version)?)\s*[:|–—-]\s+", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
# The name of a template or a slug, in small letters; or a word that no headline is.
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_NO_HEADLINE = re.compile(
    r"(?:untitled|no title|title|headline|home ?page|home|page|article|index|test|null|undefined)"
    r"(?: (?:document|page|article|post))?",
    re.IGNORECASE,
)
_MAX_HEADINGS = 12
_SITE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """A candidate: ``weight`` counts when others agree, ``rank`` when none does (lowest wins)."""

    text: str
    weight: int
    rank: int


def choose_title(
    tree: HtmlElement, headline: str | None, stated: list[str | None], outlet: str | None
) -> str | None:
    """
    Choose the title of a page; None where it says none.

    Args:
        tree: the page.
        headline: of its JSON-LD.
        stated: of its meta tags, the best first.
        outlet: the site's name, which is no part of a title.
    """
    found = list(_candidates(tree, headline, stated, outlet))
    if not found:
        return None
    weights: dict[str, int] = {}
    for one in found:
        weights[_key(one.text)] = weights.get(_key(one.text), 0) + one.weight
    best = min(found, key=lambda one: (-weights[_key(one.text)], one.rank))
    return best.text


def _candidates(
    tree: HtmlElement, headline: str | None, stated: list[str | None], outlet: str | None
) -> Iterator[Wording]:
    headings = {level: _headings(tree, level) for level in ("h1", "h2")}
    site = _key(outlet or "")
    shown = [text for texts in headings.values() for _, text in texts]
    if headline and _is_headline(headline, site):
        # Of some sites it is a description: "island country in the South Pacific".
        words = set(_key(headline).split())
        rest = " ".join(_key(text) for text in (*stated, *shown) if text).split()
        agreed = not rest or (words.intersection(rest) and not headline[0].islower())
        yield Wording(headline, 2 if agreed else 1, 0)
    keys = {_key(text) for text in (headline, *stated, *shown) if text}
    window = wording(tree.findtext(".//head/title") or tree.findtext(".//title"))
    window = _PRINT.sub("", window) if window else None
    title = _window_title(window, keys, site) if window else None
    for rank, text in enumerate(filter(None, stated), start=2):
        if _is_headline(text, site):
            # A network's title often has the site's name at its end, as the window's does.
            yield Wording(
                _window_title(text, keys - {_key(text)}, site), 1 if rank == 2 else 0, rank
            )
    for inside, text in headings["h1"][:1]:
        if _is_headline(text, site):
            yield Wording(text, 1, 5 if inside else 7)
    others = headings["h1"][1:] + headings["h2"]
    for text in {_key(text): text for _, text in others}.values():
        # A smaller heading is the title only if something else says so.
        if title and _key(text) == _key(title):
            yield Wording(text, 1, 9)
    if title and _is_headline(title, site):
        yield Wording(title, 1, 6)


def _headings(tree: HtmlElement, level: str) -> list[tuple[bool, str]]:
    """List the headings of a level, those within the article first."""
    found = []
    for one in list(tree.iter(level))[:_MAX_HEADINGS]:
        inside = not any(
            above.tag in ("header", "nav", "aside", "footer") for above in one.iterancestors()
        ) or any(above.tag in ("article", "main") for above in one.iterancestors())
        if text := wording(line_of(one)):
            found.append((inside, text))
    return sorted(found, key=lambda one: not one[0])


def _window_title(text: str, keys: set[str], site: str) -> str:
    """Take the site's name off a title: what others say without it, else a short end."""
    parts = [(0, 0), *(one.span() for one in _SEPARATOR.finditer(text)), (len(text), len(text))]
    pieces = [
        text[parts[i][1] : parts[j][0]].strip()
        for i in range(len(parts) - 1)
        for j in range(i + 1, len(parts))
    ]
    agreed = [piece for piece in pieces if piece != text and _key(piece) in keys and piece]
    agreed = [piece for piece in agreed if _key(piece) != site]
    if agreed:
        return max(agreed, key=len)
    if len(parts) > 2:
        rest, last = text[: parts[-2][0]].strip(), text[parts[-2][1] :].strip()
        first, after = text[: parts[1][0]].strip(), text[parts[1][1] :].strip()
        if rest and (_key(last) == site or len(last.split()) <= _SITE_WORDS < len(rest.split())):
            return _window_title(rest, set(), site) if _key(last) != site else rest
        if after and _key(first) == site:
            return after
    return text


def _is_headline(text: str, site: str) -> bool:
    slug = _SLUG.fullmatch(text) or _NO_HEADLINE.fullmatch(text)
    return _key(text) != site and slug is None


def _key(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()
