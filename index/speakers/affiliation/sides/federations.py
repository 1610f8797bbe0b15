"""
Read for whom the head of a nation's sport speaks: "Norwegian tennis chief Anna Novak".

Its federation is seldom named beside him, the nation is. A coach and a player speak for themselves.
No I/O.
"""

from __future__ import annotations

import re

from index.speakers.affiliation.sides.opposition import nation_named
from index.speakers.cast.cast import Cast
from index.types import Party

_SPORT = (
    r"(?:tennis|football|soccer|athletics|track|swimming|cycling|skating|skiing|ski|biathlon|rugby"
    r"|cricket|hockey|ice hockey|basketball|baseball|volleyball|handball|boxing|judo|wrestling"
    r"|rowing|sailing|gymnastics|weightlifting|fencing|golf|chess|judo|archery|shooting|curling"
    r"|Olympic|Paralympic|sport|sports|anti-doping)"
)
_CHIEF = re.compile(
    rf"^(?:[Tt]he )?(?P<nation>[A-Z][\w-]*(?: [A-Z][\w-]*)?)(?:['’]s)? (?:(?:[a-z]+ )?{_SPORT} )"
    r"(?:(?:federation|association|union|committee|team) )?(?:chief|boss|head|president|chairman"
    r"|chairwoman|supremo|official|secretary(?: general)?)$"
)


def head_of_sport(worded: str, cast: Cast) -> tuple[Party, ...]:
    """Find the nation whose sport somebody heads by his title's wording; else nothing."""
    found = _CHIEF.match(worded.strip(" ,"))
    nation = nation_named(found.group("nation"), cast) if found is not None else None
    return (nation,) if nation is not None else ()
