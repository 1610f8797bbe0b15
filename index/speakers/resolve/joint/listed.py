"""
Find the members that a source names after the group they belong to.

"His parents, Anna Novak and Ivan Petrov", "three banks, including Nova Brask and Tern & Son",
"the mission, along with Norway and Latvia": each of them speaks, or a search for one would not
find it. Names alone are members; "200 people, including women" are one. Offsets are characters
into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re

from index.types import Span

_CAPITAL = r"(?:(?:al|el|ul)-)?[A-ZÀ-Þ][\w&’'.-]*"
_NAME = (
    rf"(?P<name>(?:the\s)?{_CAPITAL}"
    rf"(?:\s(?:(?:of|for|the|and|al|de|bin|van|von)\s){{0,2}}{_CAPITAL}){{0,7}}"
    r"(?:(?:\s[a-z]+){0,3}\s(?:office|agency|ministry|department|mission|government|military|army"
    r"|embassy|union|court))?)(?:\s\([\w.]+\))?"
)
# "Norway’s western neighbour Latvia", "its neighbour Latvia"
_WHOSE = rf"(?:(?:its|their|his|her|the|{_CAPITAL}['’]s?)\s(?:[a-z-]+\s){{1,3}})?"
# What may stand beside the name of a member: "with the Harbour Board", ", a Norwegian".
_BESIDE = r"(?:\s(?:with|from|at|in|of)\s[^,–—]+?|,\s(?:an?\s[^,–—]+?|\d{1,3}))?"
_MEMBER = re.compile(_WHOSE + _NAME + _BESIDE)
_AND = re.compile(r",?\s+(?:and|as well as|&)\s+|,\s+(?!an?\s|\d)")
_AMONG = re.compile(r",?\s(?:including|along with|such as|among them)\s(?:both\s)?")
_SET_OFF = re.compile(r",\s|\s[–—-]\s")
_ENDS = re.compile(r"[\s,–—-]+$")
_MANY = re.compile(r"(?:[a-z]{2,}s|couple|pair|duo|people|men|women|children|trio)$")
_OTHERS = re.compile(r"(?:\w+\s)?others?\b", re.I)
_OF = re.compile(r"\s(?:of|for|from|in|at|with|on|who|which)\s")


def members_named(span: Span, text: str) -> list[Span]:
    """
    Find who speaks of a group whose members a source names: the group where it only names some.

    Args:
        span: where the source stands.
        text: the article's.

    Returns:
        Several places, in reading order; none where the source names no members.
    """
    among = _AMONG.search(text, span.start, span.end)
    if among is not None:
        found = _members(Span(among.end(), span.end), text)
        head = Span(span.start, span.start + len(_ENDS.sub("", text[span.start : among.start()])))
        # "Other carmakers, including Nova Brask": others than whom is no speaker.
        alone = _OTHERS.match(text, *head) is not None
        return found if alone and len(found) > 1 else [] if alone or not found else [head, *found]
    for cut in _SET_OFF.finditer(text, span.start, span.end):
        if not _is_group(text[span.start : cut.start()], apart="," not in cut.group()):
            return []
        found = _members(Span(cut.end(), span.end), text)
        if len(found) > 1:
            return found
    return []


def _is_group(words: str, *, apart: bool) -> bool:
    """
    Return whether words describe several: "the two leaders".

    Behind a comma the list may go on with what came last ("lawyers in Norway, Latvia"); behind a
    dash (*apart*) it cannot.
    """
    lead = _OF.split(words)[0].split()
    noun = lead[-1].lower() if len(lead) == 1 else lead[-1]
    return bool(_MANY.fullmatch(noun)) and (apart or lead[-1:] == words.split()[-1:])


def _members(span: Span, text: str) -> list[Span]:
    """Part a list at its commas and "and"; nobody unless each of them is a name."""
    end = span.start + len(_ENDS.sub("", text[slice(*span)]))
    cuts = [found.span() for found in _AND.finditer(text, span.start, end)]
    starts, ends = [span.start, *(b for _, b in cuts)], [*(a for a, _ in cuts), end]
    members = []
    for start, stop in zip(starts, ends, strict=True):
        found = _MEMBER.fullmatch(text, start, stop)
        if found is None:
            return []
        members.append(Span(*found.span("name")))
    return members
