"""
Cut out the sentence that a report stands in, as far as its quotations leave it. Pure; no I/O.

Offsets are characters into the text.
"""

from __future__ import annotations

import re

from index.types import Attribution, Span

_REACH = 300  # characters
_SHORT = "Sen Gov Rep Gen Col Maj Adm Sgt Mrs Hon Rev Prof Capt Supt".split()
_ENDS = re.compile(
    "".join(rf"(?<!\b{short})" for short in _SHORT)
    + r"(?<=[\w)\]”\"’'%]{2})[.!?…]+[”\"’')]*\s+|[\n“”\"]|[:;]\s|(?<=\s)['‘]"
)
# The rest of a sentence: quotations whole, no stop but those of "U.S." and "3.5".
_REST = re.compile(r"(?:[^.?!“”\"\n]|[“\"][^”\"\n]*[”\"]|\.(?=\S)|(?<=\b[A-Z])\.|(?<=\bM[rs])\.)*")
_PLAIN_CUE = re.compile(r"[^\W\d_]{2}")


def is_worded(text: str, made: Attribution) -> bool:
    """Return whether a report has a source and a cue in words, no colon or dash."""
    return bool(made.source and made.cue and _PLAIN_CUE.search(text, *made.cue[0]))


def verb_of(text: str, made: Attribution) -> Span:
    """Find the cue's first span that is more than the "did" of a question."""
    spans = [span for span in made.cue if not AUXILIARY.fullmatch(text, *span)]
    return (spans or list(made.cue))[0]


AUXILIARY = re.compile(
    r"(?:did|does|do|has|have|had|will|would|could|can|should|shall|might|may|must|is|are|was"
    r"|were)(?:n['’]t)?",
    re.IGNORECASE,
)


def led_by(text: str, at: int) -> str:
    """Return what stands before *at* in its sentence, or since the last quotation mark."""
    before = text[max(0, at - _REACH) : at]
    ends = [match.end() for match in _ENDS.finditer(before)]
    return before[ends[-1] :] if ends else before


def followed_by(text: str, at: int) -> tuple[str, str]:
    """Return what of its sentence follows *at*, its stop included, and what follows that."""
    rest = _REST.match(text, at, at + _REACH)
    end = rest.end() if rest else at
    return text[at : end + 1], text[end + 1 : end + 1 + _REACH]
