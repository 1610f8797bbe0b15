"""
Whether an article and a statement fit a selection, for the store in memory.

What fits is the same as in SQL (``selecting``): the two stand side by side in one suite of tests.
"""

from __future__ import annotations

from index.store import Selection
from index.store.memory.votes import fits_term
from index.types import Article, IndexedArticle, Statement


def fits_article(article: Article, selection: Selection) -> bool:
    """Tell whether *article* has the id, outlet and date of *selection*."""
    since, until, published = selection.since, selection.until, article.published_at
    if selection.article_id is not None and article.id != selection.article_id:
        return False
    if selection.outlets:
        folded = None if article.outlet is None else article.outlet.casefold()
        if folded not in {outlet.casefold() for outlet in selection.outlets}:
            return False
    if since is not None and (published is None or published < since):
        return False
    return until is None or (published is not None and published < until)


def fits_statement(statement: Statement, selection: Selection, item: IndexedArticle) -> bool:
    """Tell whether *statement* of *item* is by those asked for, and of the kind."""
    speaker, made = statement.speaker, statement.attribution
    if selection.parties or selection.speakers or selection.learned:
        keys = set() if speaker is None else {party.key for party in speaker.parties}
        named = speaker is not None and speaker.key in selection.speakers
        if not (named or keys & selection.parties or fits_term(statement, item, selection.learned)):
            return False
    if selection.cue_classes and made.cue_class not in selection.cue_classes:
        return False
    if made.thought and not selection.thoughts:
        return False
    return selection.attributed is None or selection.attributed == (speaker is not None)
