"""
An article as tokens with features, and the overlapping windows the tagger reads.

The vocabulary knows no line break, so a separator token stands between paragraphs; it has
an empty span. Offsets of tokens are characters into the article's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.attribution.quotations import quotation_spans

CLS, SEP, PAD = 101, 102, 0
WINDOW = 320
# An overlap of 78 at least; with the 60 of training, questions lose half a point of nDCG.
STRIDE = 240
_PARAGRAPH = re.compile(r"[^\r\n]+")
_CHUNK = 20_000

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """
    The tokens of one article; all arrays have shape (n,).

    ``case`` is 0 lower, 1 Title, 2 UPPER, 3 digits, 4 anything else; ``mark`` is 1 inside a
    quotation plus 2 at the start of a paragraph.
    """

    ids: Ints
    start: Ints
    end: Ints
    case: Ints
    mark: Ints


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``first`` to ``last`` (exclusive) of an article, without the outer CLS and SEP."""

    first: int
    last: int


def tokenize(text: str, tokenizer: Any) -> Tokens:
    """
    Split *text* into the encoder's word pieces with their features.

    Args:
        tokenizer: a ``tokenizers.Tokenizer`` without truncation.
    """
    pieces = [
        (p.start() + at, p.group()[at : at + _CHUNK])
        for p in _PARAGRAPH.finditer(text)
        for at in range(0, len(p.group()), _CHUNK)
        if p.group().strip()
    ]
    ids: list[int] = []
    spans: list[tuple[int, int]] = []
    opens: list[int] = []
    encodings = tokenizer.encode_batch([piece for _, piece in pieces], add_special_tokens=False)
    for (begin, _), encoding in zip(pieces, encodings, strict=True):
        if not encoding.ids:
            continue
        if ids:
            ids.append(SEP)
            spans.append((begin, begin))
        opens.append(len(ids))
        ids += encoding.ids
        spans += [(begin + a, begin + b) for a, b in encoding.offsets]
    offsets = np.array(spans, dtype=np.int64).reshape(-1, 2)
    return Tokens(
        ids=np.array(ids, dtype=np.int64),
        start=offsets[:, 0],
        end=offsets[:, 1],
        case=np.array([_case(text[a:b]) for a, b in spans], dtype=np.int64),
        mark=_marks(text, offsets, opens),
    )


def _case(piece: str) -> int:
    """Class the letter case of one word piece."""
    if piece.isdigit():
        return 3
    if not piece.isalpha():
        return 4
    if piece.islower():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1


def _marks(text: str, offsets: Ints, opens: list[int]) -> Ints:
    """Mark each token's place: 1 inside a quotation, 2 first of its paragraph."""
    inside = np.zeros(len(text) + 1, dtype=np.int64)
    for span in quotation_spans(text):
        inside[span.start : span.end] = 1
    marks = inside[offsets[:, 0]] if len(offsets) else np.zeros(0, dtype=np.int64)
    marks[opens] += 2
    return marks


def windows_of(
    count: int, size: int = WINDOW - 2, stride: int = STRIDE, *, full: bool = False
) -> list[Window]:
    """
    Lay overlapping windows over *count* tokens so that all are covered.

    As few as can be, evenly, at most *stride* apart: none of the overlap is wasted on the last.

    Args:
        size: the longest a window may be.
        stride: the farthest from one to the next; what is left of *size* overlaps.
        full: all have the length *size*; else they are as short as the overlap allows.
    """
    if count <= size:
        return [Window(0, count)] if count else []
    steps = -(-(count - size) // stride)
    if not full:
        size = -(-(count + steps * (size - stride)) // (steps + 1))
    firsts = [round(step * (count - size) / steps) for step in range(steps + 1)]
    return [Window(first, first + size) for first in firsts]
