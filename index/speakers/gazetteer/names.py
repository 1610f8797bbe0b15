"""
Bring the many spellings of a person's name to one normal form.

Two people share a surname far more often than one would think (a president and his wife, a
senator and his son), so a given name that disagrees always separates; a missing one never
does. Keys are compared token by token, never as substrings: "Ban" is not in "Bannon".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.speakers.gazetteer.lexicon import rows, words

# Letters that do not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)

# In front of a name, these are no part of it. Words that double as given names ("Dean", "Earl",
# "Pope" as a surname) stay out.
TITLES = words("title")

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Articles and particles that spellings drop or join at will ("al-Assad", "Assad").
_PARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "an"})

# Names that no spelling rule brings together -> the first of their row.
_SAME = {n: found.split()[0] for _, found in rows("name_variants.tsv") for n in found.split()}
# Spellings of one name become one key; short forms ("Bill") do not, they merely agree, or a search
# for Bill would show another name than was asked for.
_SPELLINGS = {
    n for kind, found in rows("name_variants.tsv") for n in found.split() if kind == "spelling"
}

# Written family name first; a bare first token of such a name is the surname.
FAMILY_FIRST = words("family name first")

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
# "Séamus Ó Briain" is "Briain" for short; "O. Briain" is somebody else.
_IRISH = re.compile(r"(?<!\w)[Óó]\s+(?=\w)")
_POSSESSIVE = re.compile(r"['’]s?$")


def name_key(name: str) -> str:
    """
    Reduce *name* to the form by which two spellings of it are one.

    Case, diacritics, titles in front, a possessive, middle initials and doubled consonants go;
    transliterations meet ("Shoigu", "Shoygu"). Idempotent.

    Returns:
        Tokens parted by one blank; "" if nothing of a name is left.
    """
    tokens = _tokens(_IRISH.sub("", name))
    while len(tokens) > 1 and tokens[0] in TITLES and tokens[1] not in SUFFIXES:
        del tokens[0]
    if len(tokens) > 2:
        tokens = [t for i, t in enumerate(tokens) if i in (0, len(tokens) - 1) or len(t) > 1]
    if len(tokens) > 1:
        kept = [t for i, t in enumerate(tokens) if t not in _PARTICLES or i == len(tokens) - 1]
        tokens = kept or tokens
    last = len(tokens) - 1
    return " ".join(_kept_spelling(t, first=i == 0, last=i == last) for i, t in enumerate(tokens))


def _kept_spelling(token: str, *, first: bool, last: bool) -> str:
    """Fold the spelling of a token, unless that makes it one that is dropped: "Ann" is no "an"."""
    folded = _spelling(token)
    gone = folded in _PARTICLES or (first and not last and folded in TITLES)
    gone = gone or (not (first or last) and len(folded) == 1)
    return token if gone else folded


def names_agree(a_key: str, b_key: str) -> bool:
    """
    Return whether two keys can name one person.

    A surname alone agrees with every full name that ends in it; two full names must also agree
    in the given name, letter for letter or as its initial or short form.
    """
    a, b = a_key.split(), b_key.split()
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    suffix_a, suffix_b = [t for t in a if t in SUFFIXES], [t for t in b if t in SUFFIXES]
    a = [t for t in a if t not in SUFFIXES] or a
    b = [t for t in b if t not in SUFFIXES] or b
    if a == b:
        return len(a) == 1 or suffix_a == suffix_b
    if len(a) < len(b) and b[-len(a) :] == a:
        # "le drian" ends "jean yves le drian"; so does any bare surname.
        return not suffix_a or suffix_a == suffix_b
    if len(a) == 1:
        return len(b) > 1 and a[0] == b[0] and b[0] in FAMILY_FIRST
    return suffix_a == suffix_b and _full_names_agree(a, b)


def surname(key: str) -> str:
    """Take the last token of a key that is no suffix ("jr")."""
    tokens = [t for t in key.split() if t not in SUFFIXES]
    return tokens[-1] if tokens else ""


def _full_names_agree(a: list[str], b: list[str]) -> bool:
    """Compare two full names of at least two tokens each."""
    if a[-1] != b[-1] or not _given_agree(a[0], b[0]):
        return False
    middles_a, middles_b = a[1:-1], b[1:-1]
    return not middles_a or not middles_b or bool(set(middles_a) & set(middles_b))


def _given_agree(a: str, b: str) -> bool:
    """Compare two given names; an initial agrees with every name it begins."""
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return _SAME.get(a, a) == _SAME.get(b, b)


def _tokens(name: str) -> list[str]:
    """Split into case-folded ASCII-ish tokens without possessives."""
    folded = name
    for _ in range(2):  # an ornamental letter has no case until it is taken apart
        folded = unicodedata.normalize("NFKD", folded).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c)).translate(_LETTERS)
    tokens = []
    for match in _TOKEN.finditer(plain):
        token = re.sub(r"['’ʼ`´]", "", _POSSESSIVE.sub("", match.group()))
        if token:
            tokens.append(token)
    return tokens


@lru_cache(maxsize=20_000)
def _spelling(token: str) -> str:
    """Fold the transliterations of one token; idempotent."""
    if token in SUFFIXES or len(token) < 3:
        return token
    before = ""
    while before != token:
        before = token
        token = re.sub(r"^(?:ye|ie)(?=[^aeiou])", "e", token)
        token = token.replace("x", "ks")
        token = token[0] + token[1:].replace("y", "i").replace(
            "j", "i" if token[-1] == "j" else "j"
        )
        token = re.sub(r"i{2,}", "i", token)
        token = re.sub(r"([bcdfghklmnprstvwz])\1+", r"\1", token)
    return _SAME[token] if token in _SPELLINGS else token
