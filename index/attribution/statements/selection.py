"""
Keep the statements among attributions, and of each the sentences that belong to it.

The tagger learned attribution in a wide sense: beliefs, plans and decisions are attributed too.
Whoever asks "what did she say?" wants what was said or written. A small head decides, sentence by
sentence. What somebody only thinks is kept apart as a thought; all else goes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from index.attribution.quotations import quotation_spans
from index.attribution.statements.features import features_of, is_heading
from index.models.logistic import Head, read_head
from index.types import Attribution, Sentence, Span

WEIGHTS = Path(__file__).parent / "weights" / "statements.json"
# From this probability on a sentence is part of a statement: of the sentences left out in training
# 97 of 100 statements are found, and 11 of 100 sentences without one are taken for one.
LEAST = 0.38
# So many characters of a sentence are no part of it: a stray mark, the end of the word before.
CRUMB = 3
# So short, and all that somebody answers: "No." A word that the tagger cut has letters before it.
_ANSWER = re.compile(r"\W*(?<![^\W_])[A-Z][a-z][.!?]\W*")
# So many characters of direct speech are more than a nickname: no head is asked.
LONG = 40
# Weaker finds of the tagger count if they are statements, and not as thoughts.
SURE = 0.5

T = TypeVar("T", Span, Sentence)


@lru_cache(maxsize=1)
def shipped_head() -> Head:
    """
    Load the head that the package carries.

    Raises:
        AttributionError: if its file is missing or not as training wrote it.
    """
    return read_head(WEIGHTS)


def select_statements(
    text: str,
    sentences: Sequence[Sentence],
    attributions: Iterable[Attribution],
    head: Head | None = None,
) -> dict[Attribution, Attribution]:
    """
    Keep the statements, cut to the sentences that belong to them, and the thoughts.

    Args:
        text: the article's.
        sentences: the article's, in reading order.
        attributions: of the same article.
        head: the shipped one if None.

    Returns:
        Of each attribution that is kept what is left of it; only thoughts are marked as such.
    """
    head = head or shipped_head()
    quotations = quotation_spans(text)
    kept = {}
    for made in attributions:
        over = [s for s in sentences_of(made, sentences, text) if not _is_heading(text, made, s)]
        stated = [
            s
            for s in over
            if _is_quoted(made, s) or head.probability(features_of(text, made, s)) >= LEAST
        ]
        if stated:
            stated = _with_answers(text, made, _with_quoted(stated, over, quotations), over)
            kept[made] = _cut(text, made, stated)
        elif made.thought and made.confidence >= SURE:
            kept[made] = made
    return kept


def _is_heading(text: str, made: Attribution, sentence: Span) -> bool:
    """Return whether a content has run into a line of its own, without a stop or a cue."""
    cue_elsewhere = bool(made.cue) and _shared(made.cue[0], sentence) <= 0
    return cue_elsewhere and made.kind == "indirect" and is_heading(text, sentence)


def _is_quoted(made: Attribution, sentence: Span) -> bool:
    """Return whether somebody is quoted word for word in a sentence, with more than a scrap."""
    quoted = made.kind == "direct" and bool(made.source)
    return quoted and any(_shared(part, sentence) >= LONG for part in made.content)


def sentences_of(made: Attribution, sentences: Sequence[Sentence], text: str) -> list[Span]:
    """List the sentences of *text* that a content has a part in; crumbs are none."""
    over = [(part, Span(s.start, s.end)) for part in made.content for s in _near(part, sentences)]
    whole = {span for part, span in over if not _is_crumb(text, part, span)}
    return sorted(whole or {span for part, span in over if _shared(part, span) > 0})


def _is_crumb(text: str, part: Span, sentence: Span) -> bool:
    """Return whether what a content has of a sentence is a scrap, and no short answer."""
    return _shared(part, sentence) <= CRUMB and not _is_answer(text, part, sentence)


def _is_answer(text: str, part: Span, sentence: Span) -> bool:
    """Return whether a content has a whole short answer of a sentence: "No."."""
    start, end = max(part.start, sentence.start), min(part.end, sentence.end)
    return 0 < end - start <= CRUMB and _ANSWER.fullmatch(text, start, end) is not None


def _near(part: Span, spans: Sequence[T]) -> Sequence[T]:
    """Cut those of *spans* out, in order and apart, that may overlap *part*."""
    first = bisect_right(spans, part.start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, part.end, key=lambda span: span.start)]


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _with_quoted(
    stated: Sequence[Span], over: Sequence[Span], quotations: Sequence[Span]
) -> list[Span]:
    """Add the sentences that stand in one quotation with a stated one: it is said whole."""
    said = [q for s in stated for q in _near(s, quotations) if _shared(q, s) > CRUMB]
    return [s for s in over if s in stated or any(_shared(q, s) > CRUMB for q in said)]


def _with_answers(
    text: str, made: Attribution, stated: Sequence[Span], over: Sequence[Span]
) -> list[Span]:
    """Add the short answers that a stated sentence follows: without "No." it denies nothing."""
    kept = set(stated)
    answers = {s for s in over if any(_is_answer(text, part, s) for part in made.content)}
    return [
        s
        for at, s in enumerate(over)
        if s in kept or (s in answers and not kept.isdisjoint(over[at + 1 : at + 2]))
    ]


def _cut(text: str, made: Attribution, stated: Sequence[Span]) -> Attribution:
    """Cut a content down to the *stated* sentences; a piece that runs through several stays one."""
    content: list[Span] = []
    for part in made.content:
        first = len(content)
        for s in stated:
            shared = _shared(part, s)
            if _is_crumb(text, part, s) and shared < part.end - part.start:
                continue
            start, end = max(part.start, s.start), min(part.end, s.end)
            if len(content) > first and not text[content[-1].end : start].strip():
                content[-1] = Span(content[-1].start, end)
            else:
                content.append(Span(start, end))
    return replace(made, content=tuple(content), thought=False)
