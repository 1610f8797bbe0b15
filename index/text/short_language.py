"""
Find out that a short text is foreign, where a model would guess.

Another script is seen from the first word on; of Latin letters only the small words of a language
count, several of one and none of English. Pure.
"""

from __future__ import annotations

import re

_SCRIPTS = (
    ("Cyrillic letters", "\u0400-\u052f"),
    ("Greek letters", "\u0370-\u03ff\u1f00-\u1fff"),
    ("Hebrew letters", "\u0590-\u05ff"),
    ("Arabic letters", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    ("an Indian script", "\u0900-\u0dff"),
    ("Thai letters", "\u0e00-\u0e7f"),
    ("Georgian letters", "\u10a0-\u10ff"),
    ("Armenian letters", "\u0530-\u058f"),
    ("Korean letters", "\u1100-\u11ff\uac00-\ud7af"),
    ("Chinese or Japanese characters", "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"),
)
_SIGNS = tuple((name, re.compile(f"[{signs}]")) for name, signs in _SCRIPTS)
_FEWEST_SIGNS = 4
_FEWEST_WORDS, _FEWEST_SMALL = 5, 3
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    """
    the of and to that for is with he she it said says have been by from this are were they we you
    but would its their our if who
    """.split()
)
# Without what stands within names (de, la, von) and what is an English word too.
_SMALL = {
    "German": "der das und nicht ist ein eine einen sagte wir dass für mit auf dem zu sie er im "
    "ich sich auch sei wird werden nach bei wurde haben",
    "French": "le les des que est dit une dans qui pas elle sur avec au aux sont été ont ce cette "
    "selon serait nous vous",
    "Spanish": "el los las que una por dijo según este esta se su más está fue pero para habrá ha",
    "Italian": "che una sono ha detto è gli nel alla più anche stato",
    "Portuguese": "que não uma para com disse os mais foi está são pelo pela ao",
    "Dutch": "het een niet zei dat ik wij voor zijn op maar ook wordt heeft naar",
    "Swedish": "och att det inte som för är sade på vi har ett av",
    "Danish or Norwegian": "og det ikke som er på vi har til av af sagde blir",
    "Polish": "nie się jest że powiedział będzie oraz przez został",
    "Turkish": "ve bir bu için ile olarak dedi değil çok",
}
_WORDS = {name: frozenset(words.split()) for name, words in _SMALL.items()}


def foreign_in_short(text: str) -> str | None:
    """Name the language or script that a short *text* is surely in; None for English and others."""
    letters = sum(map(str.isalpha, text))
    for name, signs in _SIGNS:
        count = len(signs.findall(text))
        if count >= _FEWEST_SIGNS and 2 * count > letters:
            return name
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS or not _ENGLISH.isdisjoint(map(str.lower, words)):
        return None
    small = [word for word in words if word.islower()]
    counts = {name: sum(word in its for word in small) for name, its in _WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= _FEWEST_SMALL else None
