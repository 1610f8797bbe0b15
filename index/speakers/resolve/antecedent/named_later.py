"""
Find for whom somebody speaks who was first quoted as an unnamed spokesman, and then by name.

"A harbour spokeswoman said the gate was shut. “It stays so,” said Cmdr Ida Holm.": the name comes
with the second quotation and without any office. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.speakers.resolve.back_references import SentenceGrid
from index.types import Attribution, Party, Speaker

_SPOKES = re.compile(r"\bspokes(?:man|woman|person)\b", re.IGNORECASE)
_NEAR = 3  # sentences from the unnamed to the name


def parties_named_later(
    order: Sequence[int],
    speakers: Sequence[Speaker | None],
    attributions: Sequence[Attribution],
    grid: SentenceGrid,
) -> dict[str, tuple[Party, ...]]:
    """
    Find the parties of persons whose name follows an unnamed spokesman's statement.

    Args:
        order: the attributions in reading order.
        speakers: of each attribution.
        attributions: of one article.
        grid: the article's sentences.

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
