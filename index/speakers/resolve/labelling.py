"""
Put the labels of one statement together: of its speaker, and of how its words are reported.

No I/O.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.attribution.denials import denies_in_substance
from index.labels import AS_TOLD_BY, DENIED_IN_SUBSTANCE, NOT_SAID, OTHER_OUTLET, THOUGHT
from index.speakers.cast.cast import Cast
from index.speakers.resolve.back_references import SentenceGrid
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
    if attribution.negated and attribution.cue_class == "said":
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
    index: int, attributions: Sequence[Attribution], resolved: Mapping[int, Resolved]
) -> tuple[Label, ...]:
    """
    Name the person within whose own words a statement of somebody else is told.

    Args:
        index: the statement's place.
        attributions: of the article.
        resolved: the speaker of each, by place.
    """
    own, speaker = attributions[index], resolved[index].speaker
    if not own.cue or speaker is None:
        return ()
    for at, outer in enumerate(attributions):
        teller = resolved[at]
        if at == index or teller.person is None or teller.speaker is None:
            continue
        within = any(s.start <= own.cue[0].start < s.end for s in outer.content)
        if within and teller.speaker.key != speaker.key and outer.cue != own.cue:
            return (Label(f"{AS_TOLD_BY} {teller.speaker.name}"),)
    return ()
