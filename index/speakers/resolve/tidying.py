"""
Cut off a source's span what is no part of whoever it names.

The tagger takes in datelines ("GENEVA (Agency) - Norway"), the paper in which something is said
("a statement by Hamas") and the words around ("Johnson as", "in"). Offsets are characters of the
text given. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.gazetteer.lexicon import words
from index.types import Span

_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:\([^()\n]{2,40}\)\s*)?(?:[-–—]\s+)(?=\w)")
# Who made a paper says what it says.
_PAPER_BY = re.compile(
    r"(?:(?:an?|the|another)\s+)?(?:[a-z]+\s+){0,2}?(?:estimate|figure|data|statistic|statement"
    r"|report|study|studie|survey|analysi|letter)s?\s+"
    r"(?:by|from|(?:issued|released|published) by)\s+(?=[^\W\d_])",
    re.I,
)
_DAY = re.compile(
    r"\s+on\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June"
    r"|July|August|September|October|November|December)\s+\d{1,2})$"
)
_ABBREVIATION = re.compile(r"\s+\([A-Z][\w.&-]{1,9}\)?$")
_LAST_WORD = re.compile(r"(?:^|\s+)[^\s]+$")
_NO_NOUN = (words("phrase stop") | {"the", "a", "an"}) - {"that"}
_AROUND = " ,.;:“”\"'()\n\t"


def tidy_source(text: str, span: Span) -> Span:
    """Cut *span* down to whoever it names; an empty span if it holds no noun ("in", "54")."""
    start, end = span
    for pattern in (_DATELINE, _PAPER_BY):
        found = pattern.match(text, start, end)
        start = found.end() if found else start
    while start < end and text[start] in _AROUND:
        start += 1
    while start < end:
        shorter = start + len(_shortened(text[start:end]))
        if shorter == end:
            break
        end = shorter
    return Span(start, end) if re.search(r"[^\W\d_]", text[start:end]) else Span(start, start)


def _shortened(written: str) -> str:
    """Cut off what cannot end a name: marks, a day, a word like "of"."""
    bare = written.rstrip(_AROUND if "(" not in written else _AROUND.replace(")", ""))
    bare = _DAY.sub("", _ABBREVIATION.sub("", bare))
    last = _LAST_WORD.search(bare)
    return bare[: last.start()] if last and last.group().strip().lower() in _NO_NOUN else bare
