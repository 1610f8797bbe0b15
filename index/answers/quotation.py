"""
"Who said '…'?": look a quotation up, word for word, then nearly so.

Word for word means the words and their order; case, marks and blanks may differ. What an
article says in its own voice was said by nobody it quotes, and is labelled so. Words that are
only near are never given as found: at best with a label, else kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.answers.search.duplicates import Match
from index.answers.search.selection import selection_of
from index.answers.search.session import ReadSession
from index.labels import OWN_WORDS, UNATTRIBUTED
from index.store.codec import statement_parts
from index.store.selection import matches
from index.text.words import content_words, stem, wording_pattern
from index.types import IndexedArticle, Label, Query, Statement

_HITS = 60
_WORDS = 24
# Share of a quotation's content words that a sentence must hold to be nearly it.
_NEARLY = 0.8
_LONG_ENOUGH = 4


def find_quotation(query: Query, session: ReadSession) -> tuple[list[Match], list[Match]]:
    """
    Find who said *query.quotation*, whoever was asked about.

    Args:
        query: a question for a quotation.
        session: the articles, the model of their vectors, the parties.

    Returns:
        Those who said it word for word (if nobody did, the articles that say it themselves),
        and the nearest others, best first, scored by the share of its words, in [0, 1].

    Raises:
        StoreError: if the store cannot be read.
    """
    quotation = query.quotation or ""
    pattern = wording_pattern(quotation)
    topical = content_words(quotation)[:_WORDS] or quotation.split()[:_WORDS]
    near = session.store.search(session.embedder.embed_query(quotation), _HITS)
    hits = [*session.store.match(" ".join(topical), _HITS), *near]
    places = session.store.locate(list(dict.fromkeys(hit.key for hit in hits)))
    items = session.get_many(list(dict.fromkeys(name for name, _ in places.values())))
    said: list[Match] = []
    own: list[Match] = []
    if pattern is not None:
        for item in items.values():
            quoted, unquoted = _exact(item, pattern)
            said += quoted
            own += unquoted
    taken = {(f.item.article.id, at) for f in (*said, *own) for at in f.sentences}
    wanted = {stem(word) for word in topical}
    others = [
        found
        for hit in dict.fromkeys(hit.key for hit in hits)
        if hit in places and places[hit] not in taken and places[hit][0] in items
        for found in _near(items[places[hit][0]], places[hit][1], wanted)
    ]
    return said or own, sorted(others, key=lambda f: -f.score)


def _exact(item: IndexedArticle, pattern: re.Pattern[str]) -> tuple[list[Match], list[Match]]:
    """Find the statements that hold the wording, and the sentences outside any that do."""
    text, parts = item.article.text, statement_parts(item)
    said: list[Match] = []
    own: list[Match] = []
    for match in pattern.finditer(text):
        touched = [
            at for at, s in enumerate(item.sentences)
            if s.start < match.end() and match.start() < s.end
        ]  # fmt: skip
        holding = [
            number for number, statement in enumerate(item.statements)
            if set(touched) & set(parts[number]) and _overlap(statement, match.start(), match.end())
        ]  # fmt: skip
        number = min(holding, key=lambda n: _rank(item.statements[n]), default=-1)
        shown = tuple(at for at in touched if number < 0 or at in parts[number])
        if shown:
            (said if number >= 0 else own).append(Match(item, number, shown, 1.0))
    return said, own


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


def _near(item: IndexedArticle, sentence: int, wanted: set[str]) -> list[Match]:
    """Make the statement that carries *sentence*, scored by the words it shares."""
    stored = item.sentences[sentence]
    contained = {stem(w) for w in content_words(item.article.text[stored.start : stored.end])}
    share = len(wanted & contained) / len(wanted) if wanted else 0.0
    numbers = [n for n, parts in enumerate(statement_parts(item)) if sentence in parts]
    number = min(numbers, key=lambda n: _rank(item.statements[n]), default=None)
    return [] if number is None else [Match(item, number, (sentence,), share)]


def own_label(found: Match) -> Label:
    """Label words outside any statement: a quotation without a speaker, or the article's own."""
    quoted = any(mark in " ".join(found.texts) for mark in '"“”«»„')
    return UNATTRIBUTED if quoted else OWN_WORDS


def nearly_said(others: Sequence[Match], quotation: str) -> list[Match]:
    """Keep of the nearest those that hold nearly all words of a quotation long enough to tell."""
    if len(content_words(quotation)) < _LONG_ENOUGH:
        return []
    return [found for found in others if found.score >= _NEARLY]


def by_those_asked(found: Sequence[Match], query: Query, session: ReadSession) -> list[Match]:
    """Keep what was said by those whom *query* names, within its dates; all if it names nobody."""
    selection = selection_of(query, session, thoughts=True)
    if selection is None:
        return []
    # Whoever said the words is wanted, whatever verb reports them.
    selection = replace(selection, cue_classes=frozenset())
    return [each for each in found if matches(each.statement, each.item, selection)]
