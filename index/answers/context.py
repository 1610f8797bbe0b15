"""
Look one sentence up: is it still said, and what stands around it.

A quote is known by its article, start and end. Articles are corrected and withdrawn, so what
was shown a minute ago may stand elsewhere now, or nowhere: then there is no answer to what stands
around it, never that of the sentence that has taken its place.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from index.answers.quotes import clipped
from index.origins import may_replace
from index.store import Store
from index.text.urls import canonical_url
from index.types import Context, IndexedArticle, Quote, Sentence

ALIKE = 60.0  # of 100: what two sentences share that are one statement in two wordings

# A quote's place: article id, start and end.
QuoteKey = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Aside:
    """What is shown with a quote on request: why it is shown, and what stands around it."""

    why: tuple[str, ...] | None = None
    context: Context | None = None


def key_of(quote: Quote) -> QuoteKey:
    """Name a quote by its place."""
    return quote.article_id, quote.start, quote.end


def sentence_at(item: IndexedArticle | None, start: int, end: int) -> Sentence | None:
    """Find the sentence of *item* that is exactly start:end; None if there is none."""
    sentences = item.sentences if item is not None else ()
    return next((s for s in sentences if (s.start, s.end) == (start, end)), None)


def still_said(
    store: Store, article_id: str, text: str, *, speaker: str | None, url: str | None = None
) -> bool:
    """
    Return whether the index holds *text* as a sentence of an article, said by *speaker*.

    A correction further up moves a sentence, so it may stand anywhere in its article by now.

    Args:
        store: the articles.
        article_id: the article; the one at *url* if there is none with that id any more.
        text: the sentence, verbatim.
        speaker: as it was shown; None for a sentence that was nobody's. A fuller or shorter name
            of the same person counts.
        url: the article's address; None if it has none.

    Raises:
        StoreError: if the store cannot be read.
    """
    item = _found(store, article_id, url)
    if item is None:
        return False
    return any(item.article.text[s.start : s.end] == text for s in _said_in(item, speaker))


def reworded(
    store: Store, article_id: str, text: str, speaker: str | None, url: str | None
) -> str | None:
    """
    Find how a sentence reads now whose article was changed.

    Args:
        store: the articles.
        article_id: as for `still_said`.
        text: as for `still_said`.
        speaker: as for `still_said`.
        url: as for `still_said`.

    Returns:
        The sentence by the same speaker that shares most with *text*, verbatim; None if none
        shares enough to be the same statement in other words.

    Raises:
        StoreError: if the store cannot be read.
    """
    item = _found(store, article_id, url)
    if item is None:
        return None
    said = [item.article.text[s.start : s.end] for s in _said_in(item, speaker)]
    likeness = {each: fuzz.ratio(text, each) for each in said}
    best = max(said, key=lambda each: likeness[each], default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def _found(store: Store, article_id: str, url: str | None) -> IndexedArticle | None:
    """Fetch an article, or the version that replaced it under another id."""
    item = store.get(article_id)
    if item is None and url is not None:
        # If it is its own publisher's.
        owner, address = store.origins.owner(article_id), canonical_url(url)
        there = store.origins.at_address(url)
        later = [c for c in there if may_replace(owner, c.origin, address)]
        item = store.get(later[0].article_id) if later else None
    return item


def _said_in(item: IndexedArticle, speaker: str | None) -> list[Sentence]:
    """List the sentences of an article that *speaker* has said; all of them for None."""
    if speaker is None:
        return list(item.sentences)
    voices = [s for s in item.statements if s.speaker and _is_name_of(speaker, s.speaker.name)]
    return [
        sentence
        for sentence in item.sentences
        if any(clipped(voice.attribution.content, sentence) for voice in voices)
    ]


def _is_name_of(one: str, other: str) -> bool:
    """Return whether two names may be one person's: the words of one are among the other's."""
    a, b = set(one.casefold().split()), set(other.casefold().split())
    return a <= b or b <= a


def context_of(store: Store, place: QuoteKey, *, around: int) -> Context | None:
    """
    Fetch a sentence with those around it.

    Args:
        store: the articles.
        place: the quote's article, start and end.
        around: the maximum number of sentences on each side.

    Returns:
        None if the article is gone, or no longer has a sentence there.

    Raises:
        StoreError: if the store cannot be read.
    """
    article_id, start, end = place
    item = store.get(article_id)
    sentence = sentence_at(item, start, end)
    if item is None or sentence is None:
        return None
    at, around = sentence.index, max(around, 0)
    text = item.article.text
    words = [text[s.start : s.end] for s in item.sentences]
    return Context(
        before=tuple(words[max(0, at - around) : at]),
        text=words[at],
        after=tuple(words[at + 1 : at + 1 + around]),
    )
