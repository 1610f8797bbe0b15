"""
Decide whether a hyphen at a line's end belongs to its word: "well-known" keeps it, "build-ing" not.

A PDF does not say which it is. The rest of the document is asked first, then the parts of the
word. Pure; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMPOUND = re.compile(r"\w+(?:[-‐]\w+)+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BEFORE = re.compile(r"([\w-]+)[-\u00ad‐]$")
_AFTER = re.compile(r"[\w-]+")
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_UNITS = frozenset(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh "
    "eighth ninth".split()
)
# Within compounds: "state-of-the-art", "twelve-year-old".
_SMALL = frozenset("and at by for in of on or the to up year".split())
# Words that begin compounds and hardly any word that is written as one.
_FIRSTS = frozenset(
    "well self half vice full short long high low two three four five six seven eight nine ten "
    "one first second third year month week".split()
)
# With these they do make one: "short-ly", "long-est", "high-way".
_ENDINGS = re.compile(
    r"(?:age|ages|al|bow|cut|cuts|en|ens|ened|ening|er|ers|est|evity|fall|falls|fare|ing|ings|ish|"
    r"itude|land|lands|less|let|light|lights|lighted|lighting|list|listed|listing|ly|ment|ness|"
    r"roy|s|some|ston|th|way|ways|y|ary|ty|teen|teenth|ties|time|fold|end|ends|days?)"
)


class Hyphens:
    """The words of a document, with which a parted word is compared."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take all lines of the document."""
        self._compounds: set[str] = set()
        self._words: set[str] = set()
        for line in lines:
            # What a line's end parts is no evidence for either.
            whole = re.sub(r"[\w-]+[-\u00ad‐]\s*$", "", line).casefold()
            self._compounds.update(one.replace("‐", "-") for one in _COMPOUND.findall(whole))
            self._words.update(_WORD.findall(_COMPOUND.sub(" ", whole)))

    def stays(self, before: str, after: str) -> bool:
        """
        Return whether the hyphen that ends *before* stays where *after* goes on.

        Args:
            before: the text so far; it ends with a word's part and a hyphen.
            after: the next line.
        """
        found, rest = _BEFORE.search(before), _AFTER.match(after)
        if found is None or rest is None:
            return False
        first, second = found[1].casefold(), rest[0].casefold()
        if f"{first}-{second}" in self._compounds:
            return True
        if first + second in self._words:
            return False
        last = first.rpartition("-")[2]
        if last.isdigit() or ("-" in first and (last in _SMALL or last in self._words)):
            return True
        if first in _TENS:
            return second.partition("-")[0] in _UNITS
        if "-" in second and second.partition("-")[0] in _SMALL:
            return True
        return first in _FIRSTS and len(second) > 2 and not _ENDINGS.fullmatch(second)
