"""
Recognise a typing error, or another language's spelling, of a word.

Letters swapped, doubled, left out, put in, and one vowel for another are slips; one consonant
for another in a short name is more often another person ("Clifton", "Clinton"), so it counts
only between letters that sound alike or lie side by side on a keyboard. The first letter must
be right, and a word needs five.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache

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

# Words that frame a question, without those of which a slip is a word of its own ("from").
_FRAME = frozenset(
    """what who when why has have say said says did told about regarding since until before after
    between against according deny denied denies confirm confirmed confirms admit admitted accused
    accuse warn warned promised demanded statement statements anyone yesterday monday tuesday
    wednesday thursday friday saturday sunday government governor minister ministry president
    premier answer respond comment commented complaining refused spokesman spokeswoman opposition
    sheriff committee agency regulator chancellor coroner prosecutor senator""".split()
)
# Words that are no slips, though one letter parts them from a word of a frame.
_WORDS = frozenset("abut bout sine ways wan warred idd confirmer".split())
# How German, French, Polish and English write the same sound of a foreign name, in this order.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:i?[oe])?(?:ff?|v|w)$", "v"),
        (r"schtsch|shch|chtch|szcz", "S"),
        (r"tsch|tch", "C"),
        (r"sch|sh|sz", "H"),
        (r"cz|ch|kh", "C"),
        (r"(?<=[a-z])ine$", "in"),
        (r"ts|tz|z", "s"),
        (r"^(?:ie|je|ye)(?=[^aeiou])", "e"),
        (r"ou|oo|ue", "u"),
        (r"ae|aa", "a"),
        (r"oe", "o"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"w", "v"),
        (r"ck|q|c(?=[aou])", "k"),
        (r"[jyi]+", "i"),
        (r"(\w)\1+", r"\1"),
    )
)


@lru_cache(maxsize=50_000)
def sounded(token: str) -> str:
    """
    Fold a token of a name to its sound: "lawrow" and "lavrov", "poutine" and "putin" meet.

    Short tokens are left alone: in three letters one sound more or less is another name.
    """
    if len(token) < SHORTEST:
        return token
    for pattern, sound in _SOUNDS:
        token = pattern.sub(sound, token)
    return token


def is_slip(typed: str, meant: str) -> bool:
    """Return whether *typed* is *meant* with one slip, or two in a long word; False if equal."""
    if min(len(typed), len(meant)) < SHORTEST or typed[0] != meant[0] or typed == meant:
        return False
    allowed = 2 if min(len(typed), len(meant)) >= LONG else 1
    if abs(len(typed) - len(meant)) > allowed:
        return False
    if OSA.distance(typed, meant, score_cutoff=allowed) > allowed:
        return False
    return all(
        edit.tag != "replace" or _alike(typed[edit.src_pos], meant[edit.dest_pos])
        for edit in Levenshtein.editops(typed, meant)
    )


def _alike(typed: str, meant: str) -> bool:
    """Return whether one letter easily stands for the other."""
    return {typed, meant} <= _VOWELS or frozenset(typed + meant) in _ALIKE


def nearest_words(typed: str, known: Sequence[str]) -> list[str]:
    """List those of *known* that *typed* is with a slip, fewest slips first."""
    if len(typed) < SHORTEST:
        return []
    near = extract(typed, known, scorer=OSA.distance, score_cutoff=2, limit=20)
    slips = [(distance, word) for word, distance, _ in near if is_slip(typed, word)]
    return [word for _, word in sorted(slips)]


def fix_frame(text: str, known: Container[str]) -> str:
    """
    Correct slips in the words that frame a question: "waht did Russia sya abuot the tank".

    Args:
        text: a question without its quotation.
        known: tokens of names on record, which are left alone.
    """
    return re.sub(r"(?<![\w'’-])[A-Za-z]{3,11}(?![\w'’-])", lambda m: _fixed(m, known), text)


def _fixed(match: re.Match[str], known: Container[str]) -> str:
    word = match.group()
    if match.start() and not word.islower():
        return word  # a capital within a question begins a name
    meant = _frame_slips().get(word.lower())
    return word if meant is None or word.lower() in known else meant


@cache
def _frame_slips() -> dict[str, str]:
    """Map the slips of each word of a frame to it: letters swapped, doubled, in long ones lost."""
    slips: dict[str, str] = {}
    for word in _FRAME:
        swaps = (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)
        )
        doubles = (word[:at] + word[at] + word[at:] for at in range(len(word)))
        losses = (word[:at] + word[at + 1 :] for at in range(1, len(word)) if len(word) >= SHORTEST)
        vowels = (
            word[:at] + vowel + word[at + 1 :]
            for at in range(1, len(word)) if word[at] in "aeiou" and len(word) > SHORTEST
            for vowel in "aeiou"
        )  # fmt: skip
        for slip in (*swaps, *doubles, *losses, *vowels):
            slips.setdefault(slip, word)
    slips |= {
        "teh": "the",
        "wat": "what",
        "wht": "what",
        "govt": "government",
        "sherrif": "sheriff",
    }
    return {slip: word for slip, word in slips.items() if slip not in _FRAME | _WORDS}
