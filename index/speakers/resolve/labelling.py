"""
Put the labels of one statement together: of its speaker, and of how its words are reported.

No I/O.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from index.attribution.denials import denies_in_substance, is_unsaid
from index.attribution.unreal import Unreal, unreal
from index.labels import (
    AS_TOLD_BY,
    DENIED_IN_SUBSTANCE,
    NOT_SAID,
    OTHER_OUTLET,
    PASSED_ON,
    SUPPOSED,
    THOUGHT,
    UNCONFIRMED,
)
from index.speakers.cast.cast import Cast
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.carriers import carries_words, quoter
from index.speakers.resolve.impostors import is_forged, is_made_up
from index.speakers.resolve.source import Resolved
from index.types import Attribution, Label, Speaker

_UNREAL: Mapping[Unreal, Label] = {
    "supposed": SUPPOSED,
    "not said": NOT_SAID,
    "unconfirmed": UNCONFIRMED,
    "passed on": PASSED_ON,
}


def statement_labels(
    found: Resolved,
    attribution: Attribution,
    cast: Cast,
    grid: SentenceGrid,
    told: Sequence[Label] = (),
) -> tuple[Label, ...]:
    """
    List the labels of a statement, each once.

    Args:
        found: its speaker, with the labels that say how he was found.
        attribution: the statement.
        cast: the article and the tables.
        grid: its sentences.
        told: the labels that say who tells of it.
    """
    labels = list(found.labels)
    if found.speaker is not None and _by_another_outlet(attribution, found.speaker, cast, grid):
        labels.append(OTHER_OUTLET)
    if attribution.thought:
        labels.append(THOUGHT)
    doubt = unreal(cast.article.text, attribution)
    if is_unsaid(cast.article.text, attribution) or _by_forgery(found):
        labels.append(NOT_SAID)
    elif doubt is not None:
        labels.append(_UNREAL[doubt])
    if denies_in_substance(cast.article.text, attribution):
        labels.append(DENIED_IN_SUBSTANCE)
    return tuple(dict.fromkeys((*labels, *told)))


def _by_forgery(found: Resolved) -> bool:
    """Return whether the speaker is a forged paper or a faked likeness of somebody."""
    return found.speaker is not None and found.person is None and is_forged(found.speaker.name)


def _by_another_outlet(
    attribution: Attribution, speaker: Speaker, cast: Cast, grid: SentenceGrid
) -> bool:
    """Return whether another outlet than the article's own reports the statement."""
    outlet = (cast.article.outlet or "").casefold().removeprefix("the ")
    if speaker.parties and speaker.parties[0].kind == "newspaper":
        return speaker.parties[0].name.casefold().removeprefix("the ") != outlet
    return grid.credits_another(attribution, cast, outlet)


def told_by(name: str) -> Label:
    """Make the label that names who tells of another's words."""
    return Label(f"{AS_TOLD_BY} {re.sub(r'^(?:An?|The) ', _lowered, name)}")


class Tellers:
    """
    The people and groups of an article within whose own words statements of others are told.

    Args:
        attributions: of the article.
        resolved: the speaker of each, by place.
        cast: the article and the tables.
    """

    def __init__(
        self, attributions: Sequence[Attribution], resolved: Mapping[int, Resolved], cast: Cast
    ) -> None:
        self._attributions = attributions
        self._resolved = resolved
        self._cast = cast
        # An article may have thousands: only what lies around a statement is looked at.
        self._contents = sorted((s, at) for at, one in enumerate(attributions) for s in one.content)
        self._starts = [span.start for span, _ in self._contents]
        self._reach = list(accumulate((span.end for span, _ in self._contents), max))

    def labels(self, index: int) -> tuple[Label, ...]:
        """Name who tells of the statement with this place; empty if nobody does."""
        own, speaker = self._attributions[index], self._resolved[index].speaker
        if not own.cue or speaker is None:
            return ()
        for at in self._around(own.cue[0].start):
            outer, teller = self._attributions[at], self._resolved[at]
            if at == index or teller.speaker is None or outer.cue == own.cue:
                continue
            if is_made_up(teller.speaker.name):
                return (NOT_SAID,)
            if teller.speaker.key != speaker.key and _tells(outer, teller, self._cast):
                return (told_by(teller.speaker.name),)
        return self._quoter(own, speaker)

    def _quoter(self, own: Attribution, speaker: Speaker) -> tuple[Label, ...]:
        """Name who quotes somebody as saying a thing; empty for nobody and for an outlet."""
        who = quoter(own, self._cast.article.text, self._cast.tables)
        if who is None:
            return ()
        people = [person for _, person in self._cast.people.within(who) if person.plausible]
        name = people[-1].name if people else self._cast.article.text[slice(*who)]
        return () if name == speaker.name else (told_by(name),)

    def _around(self, place: int) -> list[int]:
        """List the attributions that hold *place* in their contents, in order."""
        found = set()
        last = bisect_right(self._starts, place) - 1
        while last >= 0 and self._reach[last] > place:
            span, at = self._contents[last]
            if place < span.end:
                found.add(at)
            last -= 1
        return sorted(found)


def _tells(outer: Attribution, teller: Resolved, cast: Cast) -> bool:
    """Return whether somebody tells of another; an outlet or a paper only carries it."""
    if teller.person is not None or not outer.source:
        return teller.person is not None
    source = cast.article.text[outer.source[0].start : outer.source[-1].end]
    return not carries_words(source, cast.tables)


def _lowered(match: re.Match[str]) -> str:
    """Return a matched article in lower case."""
    return match.group().lower()
