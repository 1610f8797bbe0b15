"""
What those who were asked say in the same articles beside the statements of an answer.

Where the line runs between what is about a topic and what is not, nobody can say for sure. So an
answer that shows two statements also says how many more by the same stand in the same articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.answers.search.candidates import passages
from index.answers.search.duplicates import Copies, Match, UniqueMatch
from index.answers.search.selection import form_fits, party_fits, selection_of
from index.answers.search.session import ReadSession
from index.store import Selection
from index.store.statements import statement_parts
from index.types import IndexedArticle, Query


def count_beside(found: Sequence[UniqueMatch], query: Query, session: ReadSession) -> int:
    """
    Count what those whom *query* asks say in the articles of *found* on other matters.

    Args:
        found: all statements that answer *query*.
        query: a parsed question.
        session: who is on record.

    Returns:
        In passages; 0 for a question without a topic, to nobody, or for one kind of statement.

    Raises:
        StoreError: if the store cannot be read.
    """
    selection = selection_of(query, session)
    asked = selection is not None and bool(selection.parties or selection.speakers)
    if selection is None or not asked or query.topic is None or query.stance is not None:
        return 0
    copies = Copies()
    copies.fold([each.shown for each in found])
    shown: dict[str, set[int]] = {}
    for each in found:
        shown.setdefault(each.shown.item.article.id, set()).update(each.shown.sentences)
    items = session.get_many(list(shown))
    theirs = [
        match for name, item in items.items() for match in _said_by(item, selection, shown[name])
        if party_fits(match, query) and form_fits(match, query)
    ]  # fmt: skip
    return sum(passages(each.shown.sentences) for each in copies.fold(theirs))


def _said_by(item: IndexedArticle, selection: Selection, taken: set[int]) -> Iterator[Match]:
    """List what those asked say in an article in other sentences than those *taken*."""
    for number, parts in enumerate(statement_parts(item)):
        statement = item.statements[number]
        speaker = statement.speaker
        if speaker is None or statement.attribution.thought or not taken.isdisjoint(parts):
            continue
        parties = {party.key for party in speaker.parties}
        if speaker.key in selection.speakers or parties & selection.parties:
            yield Match(item, number, tuple(parts), 0.0)
