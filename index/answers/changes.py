"""
A changed line: an earlier and a later statement of one party on one matter, both quoted.

Nothing is judged: the two stand side by side with their dates. Something always differs, and a
pair that is no change makes the whole list worthless, so precision comes before recall: the two
sentences must mean nearly the same thing, and then turn at something that can be pointed at (a
denial, a "not", a number), or else say it in clearly other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations

from index.answers.answer import statements_on
from index.answers.quotes import clipped, make_quotes
from index.answers.search.duplicates import Match, UniqueMatch
from index.answers.search.selection import party_keys
from index.answers.search.session import ReadSession
from index.store import Vectors
from index.text.words import content_words, is_negation, is_number, stem, words
from index.types import Change, Query, Quote

# Statements looked at; their pairs are half the square of this.
_POOL = 120
_APART = timedelta(days=1)
# The cosine from which two sentences are about one thing: the more kinds of difference can be
# pointed at (0 to 3), the less near they need to be.
_FLOORS = (0.75, 0.60, 0.50, 0.45)
# Two wordings that share more of their words than this say the same.
_SAME_WORDING = 0.5
# Content words that both must have: without, the model's nearness is only of style.
_SHARED = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(
    r"(?i)\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}"
    r"|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """
    One sentence of a statement, as it is compared.

    ``said`` are the stems of its words, ``numbers`` the figures among them without dates;
    ``negations`` counts the words that turn it round.
    """

    found: Match
    sentence: int
    vector: Vectors
    said: frozenset[str]
    numbers: frozenset[str]
    negations: int

    @property
    def published_at(self) -> datetime | None:
        """When its article came out."""
        return self.found.item.article.published_at

    @property
    def stance(self) -> tuple[str, bool]:
        """The class of its cue, and whether that is negated."""
        statement = self.found.statement
        made = statement.attribution if statement else None
        return (made.cue_class, made.negated) if made else ("said", False)


def changes(query: Query, session: ReadSession, *, limit: int = 3) -> tuple[Change, ...]:
    """
    Find statements of those whom *query* names that differ from an earlier one of theirs.

    Args:
        query: names a party or a speaker; with its topic only what is about it.
        session: the articles, the model of their vectors, the parties.
        limit: the maximum number of pairs.

    Returns:
        Those that differ most in stance first; each statement comes once.

    Raises:
        StoreError: if the store cannot be read.
    """
    if not (query.party or query.speaker):
        return ()
    folded, _ = statements_on(query, session, _POOL)
    lines = [line for entry in folded[:_POOL] for line in _lines(entry.shown, session)]
    dated = sorted((line for line in lines if line.published_at), key=_moment)
    pairs = [
        (*differing, earlier, later)
        for earlier, later in combinations(dated, 2)
        if _moment(later) - _moment(earlier) >= _APART
        and (differing := _difference(earlier, later)) is not None
    ]
    found: list[Change] = []
    used: set[tuple[str, int]] = set()
    for _, _, earlier, later in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        places = {(line.found.item.article.id, line.found.number) for line in (earlier, later)}
        if not places & used and len(found) < limit:
            used |= places
            found.append(Change(_quote(earlier, query, session), _quote(later, query, session)))
    return tuple(found)


def _lines(found: Match, session: ReadSession) -> Iterator[_Line]:
    """Lay the sentences of a statement out for comparing: only what was said, not who said it."""
    rows, statement = session.store.vectors(found.item.article.id), found.statement
    if rows is None or statement is None:
        return
    for at in found.sentences:
        spans = clipped(statement.attribution.content, found.item.sentences[at])
        text = " ".join(found.item.article.text[span.start : span.end] for span in spans)
        spoken = words(_DATE.sub(" ", text))
        yield _Line(
            found,
            at,
            rows[at],
            frozenset(stem(word) for word in content_words(text)),
            frozenset(w for w in spoken if is_number(w) and not _YEAR.fullmatch(w)),
            sum(map(is_negation, spoken)),
        )


def _difference(earlier: _Line, later: _Line) -> tuple[int, float] | None:
    """
    Measure how two sentences differ.

    Returns:
        The kinds of difference that can be pointed at (0: only the wording) and the cosine;
        None if they are about different things, or say the same.
    """
    cosine = float(earlier.vector @ later.vector)
    shared, either = earlier.said & later.said, earlier.said | later.said
    if cosine < _FLOORS[-1] or len(shared) < _SHARED:
        return None
    kinds = sum(
        (
            _opposed(earlier.stance, later.stance),
            earlier.negations % 2 != later.negations % 2,
            bool(earlier.numbers and later.numbers and not earlier.numbers & later.numbers),
        )
    )
    same = len(shared) > _SAME_WORDING * len(either)
    return None if cosine < _FLOORS[kinds] or (same and not kinds) else (kinds, cosine)


def _opposed(one: tuple[str, bool], other: tuple[str, bool]) -> bool:
    """Return whether what one denied the other did not: denial next to confirmation or silence."""
    denied = [stance == ("denied", False) for stance in (one, other)]
    return denied[0] != denied[1]


def _moment(line: _Line) -> datetime:
    assert line.published_at is not None
    return line.published_at


def _quote(line: _Line, query: Query, session: ReadSession) -> Quote:
    shown = replace(line.found, sentences=(line.sentence,))
    (quote,) = make_quotes(UniqueMatch(shown), party_keys(query), session.tables)
    return quote
