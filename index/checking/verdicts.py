"""
Say what became of each quotation of a draft.

Word for word comes first, whoever said it; then a passage that differs in few words; then two
passages put together. What is none of these is not on record.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.answers.quotation import holder_of, own_label
from index.answers.quotes import make_quotes
from index.answers.search.duplicates import Match, fold_copies
from index.answers.search.session import ReadSession
from index.checking.agreement import agree
from index.checking.alignment import Aligned, Run, Words, align, longest_runs
from index.checking.checked import Checked, Verdict
from index.checking.draft import Passage
from index.checking.passages import Passages
from index.checking.surroundings import turned
from index.text.words import STOP_WORDS, wording_pattern
from index.types import IndexedArticle, Quote, Span, Speaker

# What is left out: "…", "...", "[…]", and what an editor puts in: "[the rebels]".
_OMITTED = re.compile(r"\s*(?:\[[^\]\n]{0,80}\]|\(\.{3}\)|\(…\)|\.{3,4}|…)\s*")
# Between two parts of a quotation that is shortened.
_GAP = 400  # characters
_MOST_PARTS = 12
_MOST_MATCHES = 5
_NOBODY = "no article names a speaker for it"
_MOST_NEAR = 2  # statements, of a report
# Runs that are laid beside the quotation whole.
_TRIED = 6
# So many of a quotation's words may differ; a longer share is another sentence.
_MOST_ERRORS = 0.45
_SHORTEST = 4  # words, of a run that counts as a part
_WHOLE = 0.9  # of the words of a stitched quotation stand in its parts
_FAR = 8  # words between two parts that are no longer one passage
_FEW_ERRORS = 0.2


class _Place(NamedTuple):
    item: IndexedArticle
    span: Span
    match: Match


class Judge:
    """Judges the quotations of one draft."""

    def __init__(self, session: ReadSession) -> None:
        """
        Begin a draft.

        Args:
            session: the articles, the model of their vectors, the parties.
        """
        self._session = session
        self._passages = Passages(session)

    def judge(self, passage: Passage) -> Checked:
        """
        Say what became of one quotation.

        Raises:
            StoreError: if the store cannot be read.
        """
        items = self._passages.articles_for(passage.text, passage.speaker)
        if exact := list(self._exact(passage.text, items)):
            return self._of_exact(passage, exact)
        words = Words(passage.text)
        runs = [(item, longest_runs(words, self._passages.words_of(item))) for item in items]
        near = self._nearest(passage, words, runs)
        if not (near and _is_one(words, near[1])) and (parts := _parts(words, runs)):
            return self._of_parts(passage, parts)
        if near is not None and not near[1].errors:
            return self._of_exact(passage, [near[0]])
        if near is not None:
            return self._of_near(passage, *near)
        return _checked(passage, "not_on_record")

    def near_to(self, report: Passage) -> Checked | None:
        """
        Find what the speaker of a *report* has said nearest to it; no verdict is given.

        Returns:
            None if its speaker is not on record with anything like it.

        Raises:
            StoreError: if the store cannot be read.
        """
        found = self._passages.nearest_by(report.speaker, report.text, _MOST_NEAR)
        return _checked(report, None, self._quotes(found)) if found else None

    def _exact(self, text: str, items: Sequence[IndexedArticle]) -> Iterator[_Place]:
        patterns = [wording_pattern(part) for part in _OMITTED.split(text)]
        wanted = [pattern for pattern in patterns if pattern is not None]
        if not 0 < len(wanted) <= _MOST_PARTS:
            return
        for item in items:
            for span in _stretches(wanted, item.article.text):
                if (held := holder_of(item, span)) is not None:
                    yield _Place(item, span, held)

    def _of_exact(self, passage: Passage, places: Sequence[_Place]) -> Checked:
        said = [place for place in places if place.match.number >= 0]
        theirs = [place for place in said if agree(passage.speaker, _speaker(place.match))]
        if theirs:
            whole = [place for place in theirs if not turned(place.match, place.span)]
            if whole:
                named = any(_speaker(place.match) for place in whole)
                return self._checked(passage, "found", whole, "" if named else _NOBODY)
            words = " ".join(turned(theirs[0].match, theirs[0].span).split())
            return self._checked(passage, "out_of_context", theirs, f"beside it stands: {words}")
        if said:
            return self._checked(passage, "other_speaker", said)
        if passage.speaker is None or any(_is_quoted(place) for place in places):
            return self._checked(passage, "found", places, _NOBODY)
        return self._checked(
            passage, "other_speaker", places, "the articles say it in their own words"
        )

    def _nearest(
        self,
        passage: Passage,
        words: Words,
        runs: Sequence[tuple[IndexedArticle, Sequence[Run]]],
    ) -> tuple[_Place, Aligned] | None:
        """Find the passage that differs in the fewest words, its own speaker's first."""
        longest = [(run, item) for item, found in runs for run in _distinct(found)]
        longest.sort(key=lambda pair: -pair[0].length)
        best: tuple[tuple[float, int], _Place, Aligned] | None = None
        for run, item in longest[:_TRIED]:
            article = self._passages.words_of(item)
            aligned = align(words, article, run)
            if aligned.begin >= aligned.end or not _is_near(words, aligned):
                continue
            span = Span(article.spans[aligned.begin].start, article.spans[aligned.end - 1].end)
            if (held := holder_of(item, span)) is None:
                continue
            other = held.number < 0 or not agree(passage.speaker, _speaker(held))
            rank = (aligned.errors + other, -run.length)
            if best is None or rank < best[0]:
                best = rank, _Place(item, span, held), aligned
        return best and best[1:]

    def _of_near(self, passage: Passage, place: _Place, aligned: Aligned) -> Checked:
        by = _speaker(place.match)
        other = by is not None and not agree(passage.speaker, by)
        why = f"and it is another's: {by.name}" if by is not None and other else ""
        made = self._checked(passage, "altered", [place], why)
        return replace(made, differences=aligned.differences)

    def _of_parts(self, passage: Passage, parts: Sequence[tuple[IndexedArticle, Run]]) -> Checked:
        places = []
        for item, run in parts:
            spans = self._passages.words_of(item).spans
            span = Span(spans[run.there].start, spans[run.there + run.length - 1].end)
            if (held := holder_of(item, span)) is not None:
                places.append(_Place(item, span, held))
        return self._checked(passage, "stitched", places)

    def _checked(
        self, passage: Passage, verdict: Verdict, places: Sequence[_Place], why: str = ""
    ) -> Checked:
        return _checked(passage, verdict, self._quotes([place.match for place in places]), why)

    def _quotes(self, found: Sequence[Match]) -> list[Quote]:
        quotes: list[Quote] = []
        for one in fold_copies(found)[:_MOST_MATCHES]:
            labels = [own_label(one.shown)] if one.shown.number < 0 else []
            quotes += make_quotes(one, frozenset(), self._session.tables, labels)
        return quotes


def _stretches(parts: Sequence[re.Pattern[str]], text: str) -> list[Span]:
    """
    Find where *parts* stand in their order, not far apart; the shortest stretch for each end.

    Each part is looked for once: a pattern for all of them would try every way to combine them.
    """
    found = [Span(*match.span()) for match in parts[0].finditer(text)]
    for part in parts[1:]:
        ends = [span.end for span in found]
        further = []
        for match in part.finditer(text) if found else ():
            before = bisect_right(ends, match.start()) - 1
            if before >= 0 and match.start() - ends[before] <= _GAP:
                further.append(Span(found[before].start, match.end()))
        found = further
    return found


def _checked(
    passage: Passage, verdict: Verdict | None, quotes: Sequence[Quote] = (), why: str = ""
) -> Checked:
    speaker = passage.speaker.name if passage.speaker else None
    return Checked(*passage.span, passage.text, verdict, speaker, tuple(quotes), why=why)


def _speaker(match: Match) -> Speaker | None:
    return match.statement.speaker if match.statement else None


def _is_quoted(place: _Place) -> bool:
    """Return whether the article has the words between marks, though of nobody."""
    return any(mark in " ".join(place.match.texts) for mark in '"“”«»„')


def _is_near(words: Words, aligned: Aligned) -> bool:
    """Return whether so few words differ that it is the same sentence."""
    size = len(words.folded)
    if size < _SHORTEST:
        return False
    changed = {word for d in aligned.differences for word in Words(d.draft).folded}
    kept = [w for w in words.folded if w not in changed and w not in STOP_WORDS]
    return aligned.errors <= max(1, _MOST_ERRORS * size) and bool(kept)


def _is_one(words: Words, aligned: Aligned) -> bool:
    """Return whether an altered quotation is one passage: few words differ, and no part of it."""
    longest = max((len(Words(d.draft).folded) for d in aligned.differences), default=0)
    few = aligned.errors <= max(1, _FEW_ERRORS * len(words.folded))
    return few and longest < _SHORTEST


def _distinct(runs: Sequence[Run]) -> list[Run]:
    """Keep the longest run of each stretch, three at most."""
    chosen: list[Run] = []
    for run in sorted(runs, key=lambda run: -run.length):
        if run.length and all(abs((run.there - run.at) - (c.there - c.at)) > _FAR for c in chosen):
            chosen.append(run)
        if len(chosen) == 3:
            break
    return chosen


def _parts(
    words: Words, runs: Sequence[tuple[IndexedArticle, Sequence[Run]]]
) -> list[tuple[IndexedArticle, Run]]:
    """Cover a quotation with passages that stand apart; empty if it takes no two, or more."""
    parts: list[tuple[IndexedArticle, Run]] = []
    at = covered = 0
    while at < len(words.folded) and runs:
        item, run = max(((i, found[at]) for i, found in runs), key=lambda pair: pair[1].length)
        if run.length < _SHORTEST:
            at += 1
            continue
        parts.append((item, run))
        covered += run.length
        at += run.length
    apart = [
        (item, run) for n, (item, run) in enumerate(parts)
        if not n or not _follow(parts[n - 1], (item, run))
    ]  # fmt: skip
    return parts if len(apart) > 1 and covered >= _WHOLE * len(words.folded) else []


def _follow(one: tuple[IndexedArticle, Run], other: tuple[IndexedArticle, Run]) -> bool:
    """Return whether the second part stands right behind the first in one article."""
    gap = other[1].there - (one[1].there + one[1].length)
    return one[0].article.id == other[0].article.id and 0 <= gap <= _FAR
