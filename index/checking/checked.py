"""What is said of a draft's quotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.types import Quote

Verdict = Literal[
    "found", "altered", "other_speaker", "stitched", "out_of_context", "not_on_record"
]


class Difference(NamedTuple):
    """Words that the draft has instead of those on record; either may be empty."""

    draft: str
    record: str


@dataclass(frozen=True, slots=True)
class Checked:
    """
    A quotation of a draft, ``draft[start:end]`` without its marks, and what is on record.

    ``speaker`` is whom the draft names for it. ``matches`` are the sentences that the verdict
    rests on, in their order: of a stitched quotation one passage after the other, of one that
    nobody said none. ``differences``: of an altered one, in reading order. ``why`` says the
    verdict's reason in words where it has one. Without a ``verdict`` it is no quotation, but words
    that the draft reports, and ``matches`` are the nearest statements.
    """

    start: int
    end: int
    text: str
    verdict: Verdict | None
    speaker: str | None
    matches: tuple[Quote, ...] = ()
    differences: tuple[Difference, ...] = ()
    why: str = ""
