"""
Which articles cannot be indexed, and why.

A reason is a sentence for the sender of the article: what is wrong, the two values, the way out.
Pure; no I/O.
"""

from __future__ import annotations

from index.errors import ArticleError
from index.text.language import refuse_foreign
from index.text.sentences import split_sentences
from index.types import Article

MAX_ID_LENGTH = 500


def refusal(article: Article, max_characters: int) -> str | None:
    """Return why *article* cannot be indexed; None if it can."""
    reason: ArticleError | str | None = None
    if not article.id or len(article.id) > MAX_ID_LENGTH:
        reason = f"id has {len(article.id)} characters; give it 1 to {MAX_ID_LENGTH}"
    elif len(article.text) > max_characters:
        reason = (
            f"{len(article.text):,} characters, the limit is {max_characters:,}; split the article "
            "or raise INDEX_MAX_CHARACTERS"
        )
    elif any("\ud800" <= c <= "\udfff" for c in article.text + article.title + article.id):
        reason = "text holds half a surrogate pair; save it as UTF-8"
    elif not split_sentences(article.text):
        reason = "no text; an article needs at least one sentence"
    else:
        reason = refuse_foreign(article)
    return None if reason is None else with_id(article.id, reason)


def with_id(article_id: str, reason: ArticleError | str) -> str:
    """Begin *reason* with the article's id, unless it names it already."""
    text = str(reason)
    return text if article_id in text else f"{article_id[:80]}: {text}"
