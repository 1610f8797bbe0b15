"""
The words of questions and quotes, in the form in which they are compared.

Only for comparing: nothing here is ever shown. Typographic quotes, dashes, case and British
or American spelling differ from paper to paper and mean nothing; numbers and "not" mean much.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from index.text.spelling import is_slip, sounded

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Endings that part "Ukraine" from "Ukrainian", and a root that is long enough to tell by.
_ROOT = 5
_ENDING = 3

# Words by which no statement is found.
STOP_WORDS = frozenset(
    """a about after again against all also am an and any anybody anyone anything are as at be been
    before being between both but by can could did do does doing done for from get given go had has
    have having he her here him his how i if in into is it its itself just like me more most my no
    nor not now of off on once one only or other our out over own per said say saying says she
    should so some somebody someone something such than that the their them then there these they
    thing things this those through to too under until up upon us very was we were what when where
    whether which while who whom whose why will with would yet you your regarding concerning around
    toward towards issue issues matter subject topic question news people person number being
    part""".split()
)

# One more or less of these turns a statement round.
_TURNING = frozenset(
    """no not never none nobody nothing neither nor without cannot deny denies denied false untrue
    refuse refuses refused reject rejects rejected fail failed unlikely hardly""".split()
)

_COUNTS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions dozen dozens several
    half twice nobody none""".split()
)

_SPELLINGS = {
    "defense": "defence",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "spokespeople": "spokesman",
    "spokesmen": "spokesman",
    "chairwoman": "chairman",
    "chairperson": "chairman",
    "labor": "labour",
    "center": "centre",
    "organization": "organisation",
    "programme": "program",
    "army": "military",
    "police": "police",
}


def words(text: str) -> list[str]:
    """List the words of *text* in order, case-folded; "T-72" and "don't" are one word each."""
    return [m.group().replace("’", "'") for m in _WORD.finditer(text.casefold())]


def is_number(word: str) -> bool:
    """Return whether a lower-cased word counts something: "14", "T-72", "seven", "dozens"."""
    return word in _COUNTS or any(character.isdigit() for character in word)


def is_negation(word: str) -> bool:
    """Return whether one more or less of a lower-cased word turns a statement round."""
    return word in _TURNING or word.endswith("n't")


def content_words(text: str) -> list[str]:
    """List the words of *text* that carry a topic, each once, in order, as typed but folded."""
    bare = (re.sub(r"'s$", "", word) for word in words(text))
    return list(dict.fromkeys(w for w in bare if w not in STOP_WORDS and len(w) > 1))


# Of a word in news, five times in six one of the 4,000 used last.
@lru_cache(maxsize=4_096)
def stem(word: str) -> str:
    """Fold the number and the spelling of one lower-cased word: "ministers" -> "minister"."""
    if "'" in word:
        word = re.sub(r"'s?$", "", word)
    word = _SPELLINGS.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _SPELLINGS.get(word, word)


@lru_cache(maxsize=4_096)
def stems(text: str) -> frozenset[str]:
    """Collect the stems of all words of a name, a role or a phrase, diacritics folded."""
    return _stems(text)


# Remembered, a passage takes 9 kB, and hardly one comes again in another question.
@lru_cache(maxsize=256)
def passage_stems(text: str) -> frozenset[str]:
    """Collect the stems of all words of a passage of an article, diacritics folded."""
    return _stems(text)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(folded(text)))


def folded(text: str) -> str:
    """Take case and diacritics off *text*: "Okumuş" -> "okumus"."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text)
    # Of a page of news hardly one character is a mark, and a few others are not of ASCII.
    for mark in filter(unicodedata.combining, set("".join(_BEYOND_ASCII.findall(apart)))):
        apart = apart.replace(mark, "")
    return apart.casefold()


def wording_pattern(quotation: str) -> re.Pattern[str] | None:
    """
    Compile a pattern that finds *quotation* word for word in an article.

    Case, quotation marks, punctuation and blanks between the words may differ; the words and
    their order may not. None if there is no word in *quotation*.
    """
    pieces = [re.escape(piece) for piece in _PIECE.findall(quotation)]
    if not pieces:
        return None
    # [\W_] and [^\W_] share no character, so this is linear however long the text.
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(pieces) + r"(?![^\W_])", re.IGNORECASE)


def holds_all(text: str, wanted: Sequence[str]) -> bool:
    """
    Return whether *text* holds every one of *wanted*, in any form or spelling of it.

    No words are held by no text.
    """
    return hold_all((text,), wanted)


def hold_all(texts: Iterable[str], wanted: Sequence[str]) -> bool:
    """Return whether *texts* together hold every one of *wanted*, as `holds_all` does."""
    held = frozenset[str]().union(*map(passage_stems, texts))
    return bool(wanted) and all(_is_held(stem(folded(word)), held) for word in wanted)


def _is_held(word: str, held: frozenset[str]) -> bool:
    return word in held or any(is_akin(word, other) for other in held if other[0] == word[0])


def is_akin(a: str, b: str) -> bool:
    """Return whether two stems with one initial are forms of a word or spellings of a name."""
    # Hardly two words begin alike, and this is asked of all pairs.
    if a[:_ROOT] == b[:_ROOT] and len(a) >= _ROOT:
        root = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
        if max(len(a), len(b)) - root <= _ENDING:
            return True
    return sounded(a) == sounded(b) or is_slip(a, b)
