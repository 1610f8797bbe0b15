"""
Tell a slip of the fingers from another word.

Letters swapped, doubled, left out, put in, and one vowel for another are slips; one consonant
for another in a short name is more often another person ("Clifton", "Clinton"), so it counts
only between letters that sound alike or lie side by side on a keyboard. The first letter must
be right, and a word needs five.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import extract

SHORTEST = 5
LONG = 9
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(
    frozenset(pair)
    for pair in ("ck cs sz vw bv bp dt gj jz kq mn fv gh td er rt sd df fg jk kl cv vb nb"
                 " zx xc sa op iu ew wq").split()
)  # fmt: skip


def is_slip(typed: str, meant: str) -> bool:
    """Tell whether *typed* is *meant* with one slip, or two in a long word; False if equal."""
    if min(len(typed), len(meant)) < SHORTEST or typed[0] != meant[0] or typed == meant:
        return False
    allowed = 2 if min(len(typed), len(meant)) >= LONG else 1
    if OSA.distance(typed, meant, score_cutoff=allowed) > allowed:
        return False
    return all(
        edit.tag != "replace" or _alike(typed[edit.src_pos], meant[edit.dest_pos])
        for edit in Levenshtein.editops(typed, meant)
    )


def _alike(typed: str, meant: str) -> bool:
    """Tell whether one letter easily stands for the other."""
    return {typed, meant} <= _VOWELS or frozenset(typed + meant) in _ALIKE


def nearest_words(typed: str, known: Sequence[str]) -> list[str]:
    """List those of *known* that *typed* is with a slip, fewest slips first."""
    if len(typed) < SHORTEST:
        return []
    near = extract(typed, known, scorer=OSA.distance, score_cutoff=2, limit=20)
    slips = [(distance, word) for word, distance, _ in near if is_slip(typed, word)]
    return [word for _, word in sorted(slips)]
