"""
What speaks for a sentence holding a quotation in nearly its words, as numbers.

People quote from memory: "your 25 billion figure is way off" for "number is totally off". The
letters, the order of the words, the words that carry the meaning, and the meaning all count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from index.answers.search.scoring.evidence import Numbers
from index.text.words import content_words, folded, is_akin, stem, words

WORDING_NAMES = ("letters", "order", "content", "meaning")
# Words that may stand between those of a quotation.
_SLACK = 3
_LONGEST = 60


def wording_numbers(quotation: str, texts: Sequence[str], cosines: Sequence[float]) -> Numbers:
    """
    Measure how nearly each of *texts* holds *quotation*.

    Args:
        quotation: as typed.
        texts: n sentences.
        cosines: (n,), how near each is in meaning.

    Returns:
        (n, len(WORDING_NAMES)); the first three between 0 and 1.
    """
    said = plain_words(quotation)[:_LONGEST]
    wanted = [stem(folded(word)) for word in content_words(quotation)[:_LONGEST]]
    rows = [
        (*_compared(said, wanted, plain_words(text)), cosine)
        for text, cosine in zip(texts, cosines, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(WORDING_NAMES))


@lru_cache(maxsize=1_024)
def plain_words(text: str) -> list[str]:
    """List the stems of all words, "isn't" as "is not" and without "'re" and the like."""
    text = folded(text).replace("’", "'")
    text = re.sub(r"n't\b", " not", text)
    return [stem(word) for word in words(re.sub(r"'(?:s|re|ve|ll|m|d)\b", "", text))]


def _compared(
    said: Sequence[str], wanted: Sequence[str], held: Sequence[str]
) -> tuple[float, float, float]:
    if not said or not held:
        return 0.0, 0.0, 0.0
    letters = fuzz.partial_ratio(" ".join(said), " ".join(held)) / 100
    size = len(said) + _SLACK
    spans = (held[at : at + size] for at in range(max(1, len(held) - size + 1)))
    order = max(LCSseq.similarity(said, span) for span in spans) / len(said)
    found = sum(
        any(word == other or (word[:1] == other[:1] and is_akin(word, other)) for other in held)
        for word in wanted
    )
    return letters, order, found / len(wanted) if wanted else order
