"""
Put the labels of one statement together: of its speaker, and of how its words are reported.

No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.attribution.denials import denies_in_substance, is_unsaid
from index.labels import AS_TOLD_BY, DENIED_IN_SUBSTANCE, NOT_SAID, OTHER_OUTLET, THOUGHT
from index.speakers.cast.cast import Cast
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.carriers import carries_words
from index.speakers.resolve.source import Resolved
from index.types import Attribution, Label, Speaker


def statement_labels(
    found: Resolved, attribution: Attribution, cast: Cast, grid: SentenceGrid
) -> tuple[Label, ...]:
    """
    List the labels of a statement, each once.

    Args:
        found: its speaker, with the labels that say how he was found.
        attribution: the statement.
        cast: the article and the tables.
        grid: its sentences.
    """
    labels = list(found.labels)
    if found.speaker is not None and _by_another_outlet(attribution, found.speaker, cast, grid):
        labels.append(OTHER_OUTLET)
    if attribution.thought:
        labels.append(THOUGHT)
    if is_unsaid(cast.article.text, attribution):
        labels.append(NOT_SAID)
    if denies_in_substance(cast.article.text, attribution):
        labels.append(DENIED_IN_SUBSTANCE)
    return tuple(dict.fromkeys(labels))


def _by_another_outlet(
    attribution: Attribution, speaker: Speaker, cast: Cast, grid: SentenceGrid
) -> bool:
    """Return whether another outlet than the article's own reports the statement."""
    outlet = (cast.article.outlet or "").casefold().removeprefix("the ")
    if speaker.parties and speaker.parties[0].kind == "newspaper":
        return speaker.parties[0].name.casefold().removeprefix("the ") != outlet
    return grid.credits_another(attribution, cast, outlet)


def told_by(
    index: int, attributions: Sequence[Attribution], resolved: Mapping[int, Resolved], cast: Cast
) -> tuple[Label, ...]:
    """
    Name the person or the group within whose own words a statement of somebody else is told.

    Args:
        index: the statement's place.
        attributions: of the article.
        resolved: the speaker of each, by place.
        cast: the article and the tables.
    """
    own, speaker = attributions[index], resolved[index].speaker
    if not own.cue or speaker is None:
        return ()
    for at, outer in enumerate(attributions):
        teller = resolved[at]
        if at == index or teller.speaker is None or not _tells(outer, teller, cast):
            continue
        within = any(s.start <= own.cue[0].start < s.end for s in outer.content)
        if within and teller.speaker.key != speaker.key and outer.cue != own.cue:
            name = re.sub(r"^(?:An?|The) ", _lowered, teller.speaker.name)
            return (Label(f"{AS_TOLD_BY} {name}"),)
    return ()


def _tells(outer: Attribution, teller: Resolved, cast: Cast) -> bool:
    """Return whether somebody tells of another; an outlet or a paper only carries it."""
    if teller.person is not None or not outer.source:
        return teller.person is not None
    source = cast.article.text[outer.source[0].start : outer.source[-1].end]
    return not carries_words(source, cast.tables)


def _lowered(match: re.Match[str]) -> str:
    """Return a matched article in lower case."""
    return match.group().lower()
