"""
The speakers of a transcript's turns: who a label means, and what a capital hides.

"BAN:" is whoever was introduced as "BAN MI-RAE, CHAIRWOMAN": each turn is resolved at the fullest
label of its voice, where the role stands that tells the party. Labels are read in small letters,
of the same width, so that every offset holds. Questions are the questioner's. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.transcripts.turn import Turn
from index.attribution.transcripts.turn_labels import Kind
from index.labels import (
    ANONYMOUS,
    FROM_CONTEXT,
    FROM_PRONOUN,
    TRANSCRIPT,
    UNATTRIBUTED,
    VIA_SPOKESPERSON,
)
from index.speakers.gazetteer.names import name_key
from index.types import Attribution, Label, Span, Speaker, Statement

_QUESTIONER = Speaker("questioner", "Questioner", found="role")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.](?=[^\W\d_]))*")
_SMALL = frozenset("of on and the for in to at de al von van der den la bin".split())
_LETTERS = frozenset(
    """
    abc apec asean bbc cbs ceo cfo cia cnn coo dhs dnc ec ecb eu fbi fda g20 g7 gop iaea imf irs
    itv mep mi5 mi6 mp nasa nato nbc ngo npr nsa nyt oecd opec osce pbs rnc sec snp spd cdu afd tv
    uae uk un unesco unhcr unicef us usa who wto
    """.split()
)
# Resolved at the label, these do not hold.
_OF_PROSE = frozenset({FROM_PRONOUN, UNATTRIBUTED})


def in_small_letters(text: str, turns: Sequence[Turn]) -> str:
    """Write the labels that are in capitals as names are written elsewhere; of the same width."""
    pieces, at = [], 0
    for turn in turns:
        span = turn.source
        if span is None or span.start < at:
            continue
        label = text[slice(*span)]
        letters = [letter for letter in re.split(r"[(,]", label)[0] if letter.isalpha()]
        if sum(map(str.isupper, letters)) * 10 < len(letters) * 7:
            continue
        pieces += [text[at : span.start], _WORD.sub(_in_small, label)]
        at = span.end
    return "".join([*pieces, text[at:]])


def as_introduced(attributions: Sequence[Attribution], turns: Sequence[Turn]) -> list[Attribution]:
    """Give each turn the source at which its voice is introduced; the others as they are."""
    by_place = _by_place(turns)
    found = []
    for one in attributions:
        turn = by_place.get(_place(one))
        voice = () if turn is None or turn.voice is None else (turn.voice,)
        found.append(one if turn is None else replace(one, source=voice))
    return found


def in_transcript(
    statements: Sequence[Statement],
    attributions: Sequence[Attribution],
    turns: Sequence[Turn],
    text: str,
) -> list[Statement]:
    """
    Give each turn its own label back, and its speaker; in a text without turns nothing changes.

    Args:
        statements: as resolved at the introductions.
        attributions: as they were found.
        turns: of the article.
        text: the article's, as the speakers were read in it.
    """
    if not turns:
        return list(statements)
    by_place = _by_place(turns)
    own = {_place(one): one for one in attributions}
    keys: dict[Turn, str] = {}
    spoken: list[tuple[Statement, Turn | None]] = []
    for statement in statements:
        turn = by_place.get(_place(statement.attribution))
        if turn is not None:
            made = replace(statement, attribution=own[_place(statement.attribution)])
            statement = _said(made, turn, text)
            keys[turn] = statement.speaker.key if statement.speaker else ""
        spoken.append((statement, turn))
    return [one for one, turn in spoken if turn is not None or not _repeats(one, keys)]


def _said(statement: Statement, turn: Turn, text: str) -> Statement:
    """Make the statement of one turn."""
    if turn.kind is Kind.ASKS and turn.voice is None:
        return replace(statement, speaker=_QUESTIONER, labels=(TRANSCRIPT, ANONYMOUS))
    if turn.kind is Kind.UNKNOWN:
        if turn.source is None:
            return replace(statement, speaker=None, labels=(TRANSCRIPT, UNATTRIBUTED))
        name = text[slice(*turn.source)].capitalize()
        unknown = Speaker(name_key(name) or name.casefold(), name, found="role")
        return replace(statement, speaker=unknown, labels=(TRANSCRIPT, ANONYMOUS))
    labels: tuple[Label, ...] = tuple(x for x in statement.labels if x not in _OF_PROSE)
    if turn.inferred:
        labels = tuple(dict.fromkeys((*labels, FROM_CONTEXT)))
    speaker: Speaker | None = statement.speaker
    if speaker is not None and turn.voice is not None and _only_shipped(speaker, turn.voice, text):
        # "MR. PRICE" is not yet the office-holder of that name.
        speaker = replace(speaker, parties=(), evidence=(), via=None)
        labels = tuple(x for x in labels if x != VIA_SPOKESPERSON)
    if speaker is None and turn.voice is not None:
        name = text[slice(*turn.voice)]
        speaker = Speaker(name_key(name) or name.casefold(), name)
    if speaker is None:
        labels = (*labels, UNATTRIBUTED)
    return replace(statement, speaker=speaker, labels=(TRANSCRIPT, *labels))


def _only_shipped(speaker: Speaker, voice: Span, text: str) -> bool:
    """Return whether a bare surname speaks for a party by nothing but a shipped list."""
    bare = len(name_key(text[slice(*voice)]).split()) == 1
    return bare and all(one.origin == "shipped" for one in speaker.evidence)


def _repeats(statement: Statement, keys: dict[Turn, str]) -> bool:
    """Return whether a statement within a turn is its own voice's, and so in the turn already."""
    if statement.speaker is None or not statement.attribution.content:
        return False
    at = statement.attribution.content[0].start
    return any(
        key == statement.speaker.key and turn.content[0].start <= at < turn.content[-1].end
        for turn, key in keys.items()
        if turn.content
    )


def _by_place(turns: Sequence[Turn]) -> dict[tuple[Span, ...], Turn]:
    return {turn.content: turn for turn in turns if turn.content}


def _place(one: Attribution) -> tuple[Span, ...]:
    """Name an attribution by its content; one with a cue is of the text, not a turn."""
    return () if one.cue else tuple(one.content)


def _in_small(found: re.Match[str]) -> str:
    word = found.group()
    low = word.lower()
    if low.replace(".", "") in _LETTERS or ("." in word and len(word) < 6):
        return word
    if low in _SMALL or len(low) != len(word):
        return low if len(low) == len(word) else word
    made = re.sub(r"(?:^|['’.])[^\W\d_]", lambda start: start.group().upper(), low)
    if low.startswith("mc") and len(low) > 3:
        made = "Mc" + low[2].upper() + low[3:]
    return made if len(made) == len(word) else word
