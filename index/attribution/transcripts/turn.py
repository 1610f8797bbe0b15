"""
One turn of a transcript: its label, what is spoken in it, and where it ends.

Offsets are characters into the text. No I/O, no state.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.transcripts.turn_labels import Kind, is_aside, is_stop, sounds_in
from index.types import Span

QUESTION = re.compile(r"[^\n]{3,400}\?[\"”’')*_]*\s*")
# "[Protesters: shame!]", "(Interruption: not true.)", "[A man shouts from the gallery]": somebody
# else's words; "[in French: …]" are the speaker's own.
_CRIES = re.compile(
    r"\[(?!\s*(?:in|through|via|speak\w*|translat\w*|interpret\w*|to|from|as|read\w*|quot\w*|continu\w*)\b)"
    r"[^\[\]:\n]{2,60}:\s[^\[\]\n]*\]"
    r"|\[[^\[\]\n]*\b(?:shout|chant|yell|heckl|interrupt|interject|cr(?:y|ies|ied)\b|jeer)[^\[\]\n]*\]"
    r"|\((?:an? |the |some )?(?:interruption|protest[eo]rs?|demonstrators?|hecklers?|audience|crowd"
    r"|voices?|members?|spectators?|man|woman|gallery|heckling|editor['’]s note"
    r"|editor)\b[^():\n]{0,40}:"
    r"\s[^()\n]*\)",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")


@dataclass(frozen=True, slots=True)
class Turn:
    """
    What one voice says until the next.

    ``source`` is its label, None where there is none; ``voice`` the fullest name of the same
    voice in the text, None for one that is not named; ``inferred``: the voice follows from who
    is interviewed, not from the label.
    """

    source: Span | None
    content: tuple[Span, ...]
    kind: Kind
    voice: Span | None
    inferred: bool = False


def until_stop(text: str, lines: Sequence[Span], voice: Span | None) -> list[Span]:
    """Take the lines of one turn, up to a break or a paragraph about the speaker."""
    surname = text[slice(*voice)].split()[-1] if voice else None
    kept: list[Span] = []
    for line in lines:
        written = text[slice(*line)]
        if is_stop(written):
            break
        about = surname and kept and re.search(rf"\b{re.escape(surname)}\b", written)
        if about and not re.search(r"[“”\"]", written):
            break
        kept.append(line)
    return kept


def before_prose(text: str, lines: Sequence[Span]) -> list[Span]:
    """
    Take the lines of the last turn: no label says where the article's own words go on.

    A further paragraph is still the speaker's if it asks, or says "I" or "we".
    """
    kept = list(lines[:1])
    for line in lines[1:]:
        written = text[slice(*line)]
        before = QUESTION.fullmatch(text[slice(*kept[-1])].strip())
        asks = QUESTION.fullmatch(written.strip())
        if not (
            asks or before or is_aside(written) or FIRST_PERSON.search(QUOTED.sub("", written))
        ):
            break
        kept.append(line)
    return kept


def contents_of(text: str, lines: Sequence[Span]) -> tuple[Span, ...]:
    """Give what is spoken in lines, without stage directions."""
    found: list[Span] = []
    for line in lines:
        if is_aside(text[slice(*line)]):
            continue
        at = line.start
        cries = [Span(*one.span()) for one in _CRIES.finditer(text, *line)]
        for aside in [*sorted([*sounds_in(text, line), *cries]), None]:
            if aside and aside.start < at:
                continue
            end = aside.start if aside else line.end
            piece = text[at:end]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                found.append(Span(at + lead, at + len(piece.rstrip())))
            at = aside.end if aside else end
    return tuple(found)
