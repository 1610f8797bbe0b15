"""
Find for which Kurds somebody speaks: those of Syria or of Iraq, as the article says. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party

_KURDISH = re.compile(
    r"(?:(?:the|an?|some|several|many|other|senior|top|unnamed)\s+)*"
    r"(?:Syrian |Iraqi )?Kurdish(?:-led|-run)?\s+(?:(?:[a-z]+)\s+)?"
    r"(?:forces|officials?|authorities|administration|fighters|alliance|commanders?|leaders?"
    r"|government|region|autonomous)\b.*", re.I,
)  # fmt: skip
KURDS = re.compile(r"(?:[Tt]he )?(?P<whose>Syrian|Iraqi) Kurds")
_OF_SYRIA = re.compile(
    r"\b(?:Syrian Democratic Forces|SDF|YPG|Syrian Kurd|Rojava|(?:north-?|north)?east(?:ern)? Syria"
    r"|al-?Hol|Kobani|Afrin)"
)


def kurdish(phrase: str, cast: Cast) -> Affiliation | None:
    """Read "Kurdish forces": those of Syria or of Iraq, as the article says."""
    people = KURDS.fullmatch(phrase)
    if people is not None:
        name = f"{people.group('whose')} Kurds"
        party = Party(phrase_key(name), name, "group")
        return Affiliation((party,), (cast.evidence_of(phrase),))
    if not _KURDISH.fullmatch(phrase):
        return None
    text = cast.article.text
    syrian = len(_OF_SYRIA.findall(text))
    iraqi = len(re.findall(r"\b(?:Erbil|Irbil|Peshmerga|Iraqi Kurd)", text))
    if not syrian and not iraqi:
        syrian, iraqi = text.count("Syria"), text.count("Iraq")
    if syrian == iraqi:
        return None
    key = "syrian democratic forces" if syrian > iraqi else "iraqi kurdistan"
    shown = (cast.evidence_of(phrase),)
    return Affiliation((cast.tables.parties[key],), shown, inferred=True)
