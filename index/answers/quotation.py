"""
"Who said '…'?": look a quotation up, word for word, then nearly so.

Word for word means the words and their order; case, marks and blanks may differ. What an
article says in its own voice was said by nobody it quotes, and is labelled so. Words that are
only near are never given as found: at best with a label, else kept apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.answers.search.duplicates import Match
from index.answers.search.scoring.model import load_model
from index.answers.search.scoring.shortlist import find_wordings
from index.answers.search.scoring.spoken import spoken_article
from index.answers.search.selection import selection_of
from index.answers.search.session import ReadSession
from index.labels import OWN_WORDS, UNATTRIBUTED
from index.store.selection import matches
from index.text.words import content_words, wording_pattern
from index.types import IndexedArticle, Label, Query, Span, Statement

# Content words of the shortest quotation that can be told from others by its nearly being said.
_LONG_ENOUGH = 2
# A wording half as near as the best is another one.
_BESIDE = 0.5
# From this probability on a wording is worth showing beside an abstention.
NEAREST = 0.02


def find_quotation(query: Query, session: ReadSession) -> tuple[list[Match], list[Match]]:
    """
    Find who said *query.quotation*, whoever was asked about.

    Args:
        query: a question for a quotation.
        session: the articles, the model of their vectors, the parties.

    Returns:
        Those who said it word for word (if nobody did, the articles that say it themselves),
        and the nearest others, best first, scored by the probability that they hold it in nearly
        its words.

    Raises:
        StoreError: if the store cannot be read.
    """
    quotation = query.quotation or ""
    pattern = wording_pattern(quotation)
    places, items, numbers = find_wordings(quotation, session.store, session.embedder)
    said: list[Match] = []
    own: list[Match] = []
    if pattern is not None:
        for item in items.values():
            quoted, unquoted = _exact(item, pattern)
            said += quoted
            own += unquoted
    taken = {(f.item.article.id, at) for f in (*said, *own) for at in f.sentences}
    chances = load_model().wording.probabilities(numbers)
    others = [
        found
        for place, chance in zip(places, chances.tolist(), strict=True)
        if (place.article_id, place.sentence) not in taken
        for found in _near(items[place.article_id], place.sentence, chance)
    ]
    exact, near = said or own, sorted(others, key=lambda f: -f.score)
    found = _with_parties([*exact, *near], session)
    return found[: len(exact)], found[len(exact) :]


def _with_parties(found: Sequence[Match], session: ReadSession) -> list[Match]:
    """Give those who said it the parties that other articles tell, and nobody else."""
    items, numbers = dict[str, IndexedArticle](), defaultdict[str, set[int]](set)
    for each in found:
        if each.number >= 0:
            items[each.item.article.id] = each.item
            numbers[each.item.article.id].add(each.number)
    items = session.affiliations.with_affiliations(items, numbers)
    return [replace(f, item=items[f.item.article.id]) if f.number >= 0 else f for f in found]


def _exact(item: IndexedArticle, pattern: re.Pattern[str]) -> tuple[list[Match], list[Match]]:
    """Find the statements that hold the wording, and the sentences outside any that do."""
    said: list[Match] = []
    own: list[Match] = []
    for match in pattern.finditer(item.article.text):
        if (found := holder_of(item, Span(*match.span()))) is not None:
            (said if found.number >= 0 else own).append(found)
    return said, own


def holder_of(item: IndexedArticle, span: Span) -> Match | None:
    """
    Find the statement that holds most of *span*, a stretch of its article's text.

    Returns:
        The narrowest with a speaker, with the sentences that *span* touches; without a statement
        where the article says it itself; None where no sentence stands.
    """
    parts = spoken_article(item).parts
    touched = [
        at for at, s in enumerate(item.sentences) if s.start < span.end and span.start < s.end
    ]
    holding = [
        number for number, statement in enumerate(item.statements)
        if set(touched) & set(parts[number]) and _overlap(statement, *span)
    ]  # fmt: skip
    number = min(holding, key=lambda n: _rank(item.statements[n]), default=-1)
    shown = tuple(at for at in touched if number < 0 or at in parts[number])
    return Match(item, number, shown, 1.0) if shown else None


def _overlap(statement: Statement, start: int, end: int) -> bool:
    """Return whether the content of *statement* covers most of the wording at start:end."""
    covered = sum(
        max(0, min(s.end, end) - max(s.start, start)) for s in statement.attribution.content
    )
    return covered * 2 > end - start


def _rank(statement: Statement) -> tuple[bool, bool, int]:
    """Order statements that hold the same words: with a speaker, said, the narrowest first."""
    size = sum(s.end - s.start for s in statement.attribution.content)
    return statement.speaker is None, statement.attribution.thought, size


def _near(item: IndexedArticle, sentence: int, chance: float) -> list[Match]:
    """Make the statement that carries *sentence*, if there is one."""
    numbers = spoken_article(item).carrying.get(sentence, ())
    number = min(numbers, key=lambda n: _rank(item.statements[n]), default=None)
    return [] if number is None else [Match(item, number, (sentence,), chance)]


def own_label(found: Match) -> Label:
    """Label words outside any statement: a quotation without a speaker, or the article's own."""
    quoted = any(mark in " ".join(found.texts) for mark in '"“”«»„')
    return UNATTRIBUTED if quoted else OWN_WORDS


def nearly_said(others: Sequence[Match], quotation: str) -> list[Match]:
    """Keep of the nearest those that nearly hold a quotation long enough to tell by."""
    if len(content_words(quotation)) < _LONG_ENOUGH:
        return []
    floor = max(load_model().quoted, _BESIDE * max((found.score for found in others), default=0.0))
    return [found for found in others if found.score >= floor]


def by_those_asked(found: Sequence[Match], query: Query, session: ReadSession) -> list[Match]:
    """Keep what was said by those whom *query* names, within its dates; all if it names nobody."""
    selection = selection_of(query, session, thoughts=True)
    if selection is None:
        return []
    # Whoever said the words is wanted, whatever verb reports them.
    selection = replace(selection, cue_classes=frozenset())
    return [each for each in found if matches(each.statement, each.item, selection)]
