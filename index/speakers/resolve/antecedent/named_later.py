"""
Find who is first quoted as an unnamed spokesman or by an office, and then by name.

"A harbour spokeswoman said the gate was shut. “It stays so,” said Cmdr Ida Holm.": the name comes
with the second quotation and without any office. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.labels import FROM_CONTEXT
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.source import Resolved
from index.types import Attribution, Party, Speaker

_SPOKES = re.compile(r"\bspokes(?:man|woman|person)\b", re.IGNORECASE)
_NEAR = 3  # sentences from the unnamed to the name


def named_later(
    order: Sequence[int],
    resolved: Mapping[int, Resolved],
    attributions: Sequence[Attribution],
    grid: SentenceGrid,
) -> dict[int, Resolved]:
    """
    Join whom the text first quotes unnamed or by an office, and then by name without any.

    Args:
        order: the attributions in reading order.
        resolved: of each attribution.
        attributions: of one article.
        grid: the article's sentences.

    Returns:
        What changes: a person gets the parties, an office the name.
    """
    speakers = [resolved[i].speaker for i in range(len(attributions))]
    parties = _parties_named_later(order, speakers, attributions, grid)
    changed: dict[int, Resolved] = {}
    for office, name in _offices_named_later(order, speakers, attributions, grid).items():
        described, person = speakers[office], speakers[name]
        if described is not None and person is not None:
            parties[person.key] = described.parties
            named = replace(person, parties=described.parties, evidence=described.evidence)
            named = replace(named, role=described.name, found="role")
            labels = (*resolved[office].labels, FROM_CONTEXT)
            changed[office] = replace(resolved[office], speaker=named, labels=labels)
    for index, speaker in enumerate(speakers):
        if speaker is not None and speaker.key in parties:
            named = replace(speaker, parties=parties[speaker.key])
            changed[index] = replace(resolved[index], speaker=named)
    return changed


def _parties_named_later(
    order: Sequence[int],
    speakers: Sequence[Speaker | None],
    attributions: Sequence[Attribution],
    grid: SentenceGrid,
) -> dict[str, tuple[Party, ...]]:
    """
    Find the parties of persons whose name follows an unnamed spokesman's statement.

    Returns:
        By the speaker's key. Only of a person whom the article introduces nowhere else, and
        behind whom no other person has spoken since.
    """
    found: dict[str, tuple[Party, ...]] = {}
    met: set[str] = set()
    before: tuple[Speaker, int] | None = None
    for index in order:
        speaker, source = speakers[index], attributions[index].source
        if speaker is None or not source:
            continue
        here = grid.sentence_at(source[0].start)
        if _is_unnamed(speaker):
            before = (speaker, here)
        elif speaker.found == "named":
            new = speaker.key not in met and not speaker.parties and not speaker.role
            if before is not None and new and here - before[1] <= _NEAR:
                found[speaker.key] = before[0].parties
            met.add(speaker.key)
            before = None
    return found


def _is_unnamed(speaker: Speaker) -> bool:
    """Return whether a speaker is a spokesman without a name, of a known party."""
    return (
        bool(speaker.parties) and speaker.name[:1].islower() and bool(_SPOKES.search(speaker.name))
    )


_OFFICE = re.compile(
    r"[Tt]he (?:[\w’'-]+ ){0,3}?(?:head|leader|president|prime minister|premier|commander|chief"
    r"|mayor|governor|director|chair(?:man|woman)|chancellor|boss|minister|coach|ambassador)"
    r"(?: (?:of|for|at) .+)?"
)
_SOON = 9  # sentences from the office to the name


def _offices_named_later(
    order: Sequence[int],
    speakers: Sequence[Speaker | None],
    attributions: Sequence[Attribution],
    grid: SentenceGrid,
) -> dict[int, int]:
    """
    Find who is quoted by an office alone and soon after by a name that the text has not had.

    "The head of the Halvik battalion said he would stay. (...) “We are locals,” Holm said.": an
    article that gives neither the name before nor the office after means one person.

    Returns:
        By the attribution with the office, the one with the name.
    """
    found: dict[int, int] = {}
    before: int | None = None
    for index in order:
        speaker, source = speakers[index], attributions[index].source
        if speaker is None or not source or speaker.found not in ("role", "named"):
            continue
        if speaker.found == "role" and _OFFICE.fullmatch(speaker.name):
            before = index
        elif before is not None:
            office = attributions[before].source[0].start
            soon = grid.sentence_at(source[0].start) - grid.sentence_at(office) <= _SOON
            if soon and _is_new(speaker, office, grid.text):
                found[before] = index
            before = None
    return found


def _is_new(speaker: Speaker, office: int, text: str) -> bool:
    """Return whether a person has neither office nor party, and no name before *office*."""
    name = speaker.name.split()[-1]
    at = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    known = bool(speaker.parties or speaker.role) or speaker.found != "named"
    return not known and at is not None and at.start() > office
