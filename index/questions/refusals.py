"""
Questions that cannot be read as they stand: impossible days, a range that ends before it begins,
another language than English. Each is refused with its reason; a guess would answer another one.
"""

from __future__ import annotations

import calendar
import re

from index.questions.dates import When
from index.text.date_format import short_day

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAYS = tuple(
    re.compile(rf"(?i)(?<![\w-]){pattern}(?:,?\s+(?P<year>(?:19|20)\d\d))?(?![\w’'-])")
    for pattern in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?",
    )
)
# Words that English lacks, or that no English question puts together.
_FOREIGN = frozenset(
    """hat haben gesagt sagte sagt was über zum zur der das und nicht wer warum wann wie wurde wird
    ist für mit von dem den ein eine zu qu qui que quoi dit sur les des le la une pourquoi est dans
    du au aux pour qué que dijo dice sobre el los las quién por cómo una ha detto cosa che chi il lo
    di perché della del sulla wat heeft gezegd het een co powiedział powiedziała na temat""".split()
)
_ENGLISH = frozenset(
    """what who whom when where why how which did does do say said says about the on of has have any
    to and in statement statements is are was were""".split()
)
_ALSO_ENGLISH = frozenset("die was hat den zu on to do in is".split())


def impossible_day(text: str) -> str | None:
    """Find a day that no calendar has ("31 February"); None if there is none."""
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            month, year = _MONTHS.index(match["month"][:3].lower()) + 1, match["year"]
            last = calendar.monthrange(int(year) if year else 2000, month)[1]
            if not 1 <= int(match["day"]) <= last:
                return match[0]
    return None


def turned_round(when: When) -> str | None:
    """Word a range that ends before it begins; None for any other."""
    if when.since is None or when.until is None or when.since < when.until:
        return None
    return f"since {short_day(when.since)} and before {short_day(when.until)}"


def foreign_word(text: str) -> str | None:
    """Find a word in another script than the Latin one ("俄罗斯"); None if there is none."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    latin = re.compile(r"[\u0000-\u036f\u1e00-\u1fff]")
    return next((word for word in words if not latin.search(word)), None)


def is_foreign(text: str) -> bool:
    """Return whether a question is in another language than English."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    letters = "".join(words)
    latin = sum(letter < "\u0250" for letter in letters)
    if letters and 2 * latin < len(letters):
        return True
    found = set(words)
    return (
        len(found & _FOREIGN) >= 2
        and bool((found & _FOREIGN) - _ALSO_ENGLISH)
        and not (found & (_ENGLISH - _ALSO_ENGLISH))
    )
