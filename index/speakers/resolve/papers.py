"""
Find who speaks in a paper: "the ministry's statement", "ONS data", "the letter".

A paper says what its author says. Whose it is stands in front of it; "the statement" is that of
the one who has just spoken "in a statement". Where the text says neither, the paper stays what it
is. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import Turn
from index.types import Span, Speaker

_PAPER = (
    r"(?P<paper>statement|report|letter|study|survey|memo|tweet|post|release|data|figures|poll"
    r"|proclamation|affidavit|complaint|website|filing|analysis|e-?mail|announcement)s?"
)
_WRITTEN_FOR = rf"(?: (?:[a-z]+|Facebook|Twitter|Instagram|Telegram|blog|news|press))?\s+{_PAPER}"
_POSSESSED = re.compile(rf"(?P<owner>[^,;“”\"]{{2,60}}?)['’]s?{_WRITTEN_FOR}(?P<rest>\s.*)?$")
_LETTERS = re.compile(
    rf"(?:(?:the|an?|new|latest|recent|official)\s+)*(?P<owner>[A-Z]{{2,7}})\s+{_PAPER}"
)
_BARE = re.compile(rf"(?:the|that|its|their)(?: same)?(?: (?:news|press))?\s+{_PAPER}", re.I)
_FAR = 6
# A study is quoted by many; only the one who published it is meant.
_SPOKE_IN = (
    r"\b(?:in|by|through|released|issued|published|signed|wrote|posted|sent)\b[^.;]{{0,40}}\b{}"
)


def owner_of(bare: str) -> str | None:
    """Find whose paper a source words: "FBBV's Facebook post", "ONS data"; None if not so."""
    found = _POSSESSED.fullmatch(bare) or _LETTERS.fullmatch(bare)
    return found.group("owner").strip() if found else None


def spoke_in(
    span: Span, bare: str, turns: Sequence[Turn], text: str, grid: SentenceGrid
) -> Turn | None:
    """
    Find who spoke in the paper that "the statement" points back to; None if that is open.

    Args:
        span: where the source stands.
        bare: the source as written.
        turns: who spoke before.
        text: the article's.
        grid: its sentences.
    """
    found = _BARE.fullmatch(re.split(r",\s", bare)[0])
    if found is None:
        return None
    wording = re.compile(_SPOKE_IN.format(found.group("paper")), re.I)
    here = grid.sentence_at(span.start)
    for turn in reversed(turns):
        at = grid.sentence_at(turn.span.start)
        if turn.span.start >= span.start or turn.speaker is None:
            continue
        if here - at > _FAR:
            return None
        sentence = grid.sentences[at]
        if wording.search(text, sentence.start, sentence.end):
            return None if turn.together else turn
    return None


def without_paper(speaker: Speaker | None) -> Speaker | None:
    """Return *speaker* without the newspaper it is: that speaks for its state or for nobody."""
    if speaker is None or not any(p.kind == "newspaper" for p in speaker.parties):
        return speaker
    kept = tuple(p for p in speaker.parties if p.kind != "newspaper")
    return replace(speaker, parties=kept, evidence=speaker.evidence if kept else ())
