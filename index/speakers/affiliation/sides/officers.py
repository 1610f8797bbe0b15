"""
Read for which state an officer speaks: "British Maj. Gen. Mark Hale", "Rear Adm. Hale". No I/O.
"""

from __future__ import annotations

import re

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.sides.opposition import nation_named
from index.speakers.cast.cast import Cast
from index.speakers.cast.country import Home
from index.speakers.cast.people import Person

_RANK = re.compile(
    r"(?:^|[\s“])(?P<before>(?:[A-Z][\w.]+ ){0,3}?)(?:Brig|Maj|Lt|Rear|Vice|Air|Brigadier|Major"
    r"|Lieutenant)?\.? ?(?:Gen|Adm|Col|Cmdr|Capt|Maj|Cdr|General|Admiral|Colonel|Commander|Marshal)"
    r"\.? $"
)
_SERVICE = re.compile(r"^(?:Army|Navy|Air Force|Marine(?: Corps)?|Marines) $")
_UNIT = re.compile(
    r",? (?:the )?(?:deputy )?commander,?(?: of)?(?: the)? [^.;:“”\"\n]{0,50}"
    r"\b(?:Task Force|Strike Group|Fleet|Wing|Air Force)\b"
)
_US_FORCES = re.compile(
    r"\bU\.?S\.? (?:Navy|Army|Air Force|Marines?|[Mm]ilitary|forces|troops|service members)\b"
    r"|\bUSS [A-Z]"
)


def officer(person: Person, cast: Cast) -> Affiliation | None:
    """Read "British Maj Gen Mark Hale", "Army Lt. Gen. Mark Hale" where one army is meant."""
    text = cast.article.text
    for mention in person.mentions[:4]:
        line = text.rfind("\n", 0, mention.start) + 1
        title = text[max(line, mention.start - 50) : mention.start]
        name = text[slice(*mention)]
        first = re.match(r"(?:(?:Maj|Lt|Brig|Rear|Gen|Adm|Col|Cmdr|Capt)\.? )+", name)
        found = _RANK.search(title + (first.group() if first else ""))
        if found is None:
            continue
        before = found.group("before")
        nation = nation_named(before.split(" ")[0], cast) if before else None
        home = cast.countries.likely(mention.start, line) if _SERVICE.match(before) else None
        if home is None and _SERVICE.match(before) and "united states" in cast.countries.named:
            home = Home(cast.tables.parties["united states"], before)
        if home is None and nation is None and _UNIT.match(text, mention.end):
            worded = _US_FORCES.search(text)
            home = Home(cast.tables.parties["united states"], worded.group()) if worded else None
        party = nation or (home.party if home else None)
        if party is not None:
            shown = (cast.evidence_of((title + name).strip()),)
            return Affiliation((party,), shown, inferred=nation is None)
    return None
