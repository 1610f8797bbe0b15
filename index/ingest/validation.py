"""
Which articles cannot be indexed, and why.

A reason is a sentence for the sender of the article: what is wrong, the two values, the way out.
No I/O but a look at the clock.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from index.errors import ArticleError
from index.text.language import refuse_foreign
from index.text.sentences import split_sentences
from index.types import Article

MAX_ID_LENGTH = 500
# Characters a word and its blank have in English, about 5.5; a sentence some 120. What has far
# fewer costs far more to read than its length tells: each sign is a token of the models.
_LEAST_OF_A_TOKEN = 4
_LEAST_OF_A_SENTENCE = 20
# A sentence costs the square of its length; the longest in the news have some 2,000 characters.
_LONGEST_SENTENCE = 20_000
# How far a clock, or a time zone that was not named, may be ahead.
_AHEAD = timedelta(hours=36)
# Tokens from which on the share of signs is looked at, and how many of them may be no words.
_LONG = 2_000
_MOST_SIGNS = 0.8
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SIGN = re.compile(r"[^\w\s]")


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
    elif (day := _impossible_day(article)) is not None:
        reason = f"dated {day}, which is still to come; correct the date or leave it out"
    else:
        limit = max_characters
        reason = _too_costly(article.text, limit) or _without_sentences(article.text, limit)
        reason = reason or refuse_foreign(article)
    return None if reason is None else with_id(article.id, reason)


def _impossible_day(article: Article) -> str | None:
    """Return the day of an article that cannot be published yet; it would stay the newest."""
    at, latest = article.published_at, datetime.now(UTC) + _AHEAD
    if article.embargoed_until is not None:
        latest = max(latest, article.embargoed_until + _AHEAD)
    return f"{at:%Y-%m-%d}" if at is not None and at > latest else None


def _too_costly(text: str, max_characters: int) -> str | None:
    """Return why *text* would take longer to read than an article of the greatest length."""
    tokens, limit = sum(1 for _ in _TOKEN.finditer(text)), max_characters // _LEAST_OF_A_TOKEN
    if tokens > limit:
        return (
            f"{tokens:,} words and signs, the limit is {limit:,}; split the article or raise "
            "INDEX_MAX_CHARACTERS"
        )
    signs = sum(1 for _ in _SIGN.finditer(text))
    if tokens > _LONG and signs > _MOST_SIGNS * tokens:
        return f"{signs:,} of {tokens:,} words and signs are no words; give the article's text"
    return None


def _without_sentences(text: str, max_characters: int) -> str | None:
    """Return what is wrong with the sentences of *text*: none, far too many, too long."""
    sentences = split_sentences(text)
    count, limit = len(sentences), max_characters // _LEAST_OF_A_SENTENCE
    if count > limit:
        return f"{count:,} sentences, the limit is {limit:,}; split the article"
    longest = max((sentence.end - sentence.start for sentence in sentences), default=0)
    if longest > _LONGEST_SENTENCE:
        return (
            f"a sentence of {longest:,} characters, the limit is {_LONGEST_SENTENCE:,}; give the "
            "text its full stops and paragraphs"
        )
    return None if count else "no text; an article needs at least one sentence"


def with_id(article_id: str, reason: ArticleError | str) -> str:
    """Begin *reason* with the article's id, unless it names it already."""
    text = str(reason)
    return text if article_id in text else f"{article_id[:80]}: {text}"
