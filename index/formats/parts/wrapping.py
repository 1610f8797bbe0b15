"""
Undo the line breaks that an editor or terminal put into a text at a fixed width.

A sentence cut at each line's end is no sentence. A line was wrapped if the next word had no room
on it; what ends earlier ends by will, and so do lists, tables, turns and lines of one sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.text.line_breaks import BEGINS, TABLE, soft_breaks

_BREAK = re.compile(r"(\r\n|\r|\n)")
_NARROWEST, _WIDEST = 45, 100
# So much room a wrapped line may leave beside the next word.
_SLACK = 2
_FEWEST = 3
_SHARE = 0.6
_SENTENCE_END = re.compile(r"[.!?:;]['\"”’)\]]*$")
_TURN_SIGN = re.compile(r"[QA](?:[ \u00a0]{2,}|\t)")
_FIRST_PART = re.compile(r"(?<![\w-])([^\W\d_]{2,})[-\u00ad‐]\Z")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PARTED = re.compile(r"\w[-\u00ad‐]$")


def unwrapped(text: str) -> str:
    """Join the lines of *text* that were wrapped at one width; give other texts unchanged."""
    pieces = _BREAK.split(text)
    lines, breaks = pieces[::2], pieces[1::2]
    inside = [
        at for at, (one, other) in enumerate(pairwise(lines)) if one.strip() and other.strip()
    ]
    lengths = [len(lines[at].rstrip()) for at in inside]
    width = max(lengths, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    full = [at for at in inside if _is_full(lines[at], lines[at + 1], width)]
    within = [at for at in full if not _SENTENCE_END.search(lines[at].rstrip())]
    if len(within) < max(_FEWEST, _SHARE * len(full)) or len(full) < _SHARE * len(inside):
        return text
    joined = {at for at in full if _goes_on(lines[at], lines[at + 1])}
    found = []
    for at, line in enumerate(lines):
        wrapped = at in joined
        found.append(f"{line.rstrip()} " if wrapped else line)
        if at < len(breaks) and not wrapped:
            found.append(breaks[at])
    return "".join(found)


def rejoined(text: str) -> str:
    """Join the lines of *text* that were wrapped at one width or at will; keep other texts."""
    text = unwrapped(text)
    pieces, at = [], 0
    words = frozenset(word.casefold() for word in _WORD.findall(text))
    for start, end in soft_breaks(text):
        # A parted word could be one or two, unless the text has it whole.
        if _is_one_word(text, start, end, words):
            pieces.append(text[at : start - 1])
            at = end
        elif not _PARTED.search(text, max(at, start - 3), start):
            pieces += [text[at:start], " "]
            at = end
    return "".join([*pieces, text[at:]])


def _is_one_word(text: str, start: int, end: int, words: frozenset[str]) -> bool:
    """Return whether a hyphen at a line's end parts a word that the text has elsewhere."""
    before, after = _FIRST_PART.search(text, max(0, start - 40), start), _WORD.match(text, end)
    if before is None or after is None:
        return False
    return (before[1] + after[0]).casefold() in words


def _is_full(line: str, following: str, width: int) -> bool:
    """Return whether the first word of the line that follows had no room."""
    return len(line.rstrip()) + 1 + len(following.split()[0]) > width - _SLACK


def _goes_on(line: str, following: str) -> bool:
    """Return whether a full line goes on in the next; a parted word could be one or two."""
    table = TABLE.search(_TURN_SIGN.sub("", line)) or TABLE.search(following)
    return not (table or BEGINS.match(following) or _PARTED.search(line.rstrip()))
