"""
What a question asks for, and what a place adds to it. `index.types` has these nouns too.

Kept as JSON by those who remember questions, so the fields keep their names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

CueClass = Literal[
    "said", "denied", "confirmed", "accused", "declined", "demanded", "warned", "promised"
]
Order = Literal["best", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Query:
    """
    What a question asks for. Every field may be empty; ``text`` is the question as typed.

    ``party`` is a party key, ``speaker`` a speaker key or a name as typed; both together mean
    that speaker within the party. ``stance`` is a cue class ("denied"), ``negated`` that its
    opposite is wanted ("did not deny"). ``since`` is inclusive, ``until`` exclusive; both are in
    the asker's time zone, where days begin.
    ``quotation`` is set for "who said '…'?". ``assumed`` names what the question did not say
    and was filled in: "party" and "outlet" from a channel's defaults, "newest" where its dates
    count from the newest article; "topic" where another thing was asked than who said what, "why"
    where no statement can answer it; "first" where only the first of several questions was read.
    ``besides`` holds keys of parties, and keys or names of speakers, whose statements are not
    wanted ("who else?").

    ``direct``: only in the speaker's own words; ``officials``: only of those who speak for a
    country or a body; ``without``: not by these groups ("analysts"); ``most``: how many
    statements at most; ``changes``: only where a later statement differs from an earlier one.
    ``clause``: the topic is a piece of the question, no name of a matter ("the gas will run out").
    ``inherited`` names what a follow-up kept of the question before: "who", "topic", "days",
    "outlet", "stance", "form".
    """

    text: str
    party: str | None = None
    speaker: str | None = None
    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    stance: CueClass | None = None
    outlet: str | None = None
    quotation: str | None = None
    anyone: bool = False
    other_parties: tuple[str, ...] = ()
    understood: bool = True
    other_speakers: tuple[str, ...] = ()
    negated: bool = False
    other_outlets: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    direct: bool = False
    officials: bool = False
    order: Order = "best"
    most: int | None = None
    changes: bool = False
    inherited: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    clause: bool = False


@dataclass(frozen=True, slots=True)
class Defaults:
    """
    Whom and where to look when a question names nobody, and which statements, in which order.

    ``parties`` are keys; the other fields are those of a Query.
    """

    parties: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    direct: bool = False
    officials: bool = False
    order: Order = "best"


@dataclass(frozen=True, slots=True)
class News:
    """
    What a digest is to leave out: all that was in the index before.

    Only what came with the revisions after *after*, up to *upto*, is news, and no words that
    another article had before; nor is a statement of which every sentence is among *shown*
    (article id, text): an article that is changed brings again what it said.
    """

    after: int
    upto: int
    shown: frozenset[tuple[str, str]] = frozenset()


# What a follow-up may keep of the question before, and in which fields that stands.
INHERITED: dict[str, tuple[str, ...]] = {
    "who": ("party", "speaker", "other_parties", "other_speakers"),
    "topic": ("topic", "clause"),
    "days": ("since", "until"),
    "outlet": ("outlet", "other_outlets"),
    "stance": ("stance", "negated"),
    "form": ("direct", "officials", "without", "order", "most"),
}


def without_inherited(query: Query) -> Query:
    """Drop what *query* kept of the question before it."""
    empty = Query("")
    dropped = [field for name in query.inherited for field in INHERITED.get(name, ())]
    alone = replace(query, **{field: getattr(empty, field) for field in dropped}, inherited=())
    return replace(alone, anyone=not (alone.party or alone.speaker))
