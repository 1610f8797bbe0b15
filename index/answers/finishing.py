"""
What is said of an answer as a whole: that other sources have other words at the same address, and
where articles open that have none.

Of two versions under one id or at one address neither replaces the other (`index.origins`), so who
reads one learns of the rest: the link of a quote leads to one page, which holds one at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.labels import OTHER_WORDS_THERE
from index.origins import word_origin
from index.reader.links import ReaderLinks
from index.sentence_links import article_link
from index.store import Store
from index.text.urls import canonical_url
from index.types import Article, Briefing, Comparison, Quote


def finished(found: Briefing, store: Store, reader: ReaderLinks | None = None) -> Briefing:
    """
    Label the quotes at whose address another source has published another text, and link others.

    Args:
        found: the answer.
        store: has its articles.
        reader: makes the links to those without an address; None to make none.

    Raises:
        StoreError: if the store cannot be read.
    """
    known: dict[str, bool] = {}

    def labelled(quote: Quote) -> Quote:
        if quote.article_id not in known:
            known[quote.article_id] = _has_other_words(quote, store)
        new = (*quote.labels, OTHER_WORDS_THERE)
        return replace(quote, labels=new) if known[quote.article_id] else quote

    quotes, nearest = (
        opened(tuple(map(labelled, part)), store, reader) for part in (found.quotes, found.nearest)
    )
    return replace(found, quotes=quotes, nearest=nearest)


def finished_sides(found: Comparison, store: Store, reader: ReaderLinks | None) -> Comparison:
    """Finish each side of a comparison; see `finished`."""
    sides = [replace(side, briefing=finished(side.briefing, store, reader)) for side in found.sides]
    return replace(found, sides=tuple(sides))


def opened(quotes: Sequence[Quote], store: Store, reader: ReaderLinks | None) -> tuple[Quote, ...]:
    """
    Link the quotes whose article has no address that could be opened to the page that shows it.

    Raises:
        StoreError: if the store cannot be read.
    """
    if reader is None:
        return tuple(quotes)
    return tuple(
        quote if article_link(quote.url) else replace(quote, reader=_link(quote, store, reader))
        for quote in quotes
    )


def _link(quote: Quote, store: Store, reader: ReaderLinks) -> str | None:
    fingerprint, item = store.fingerprint(quote.article_id), store.get(quote.article_id)
    if fingerprint is None or item is None:
        return None
    spans = {(s.start, s.end): s.index for s in item.sentences}
    at = spans.get((quote.start, quote.end))
    # A quote that was kept may be of an earlier version, in whose place another sentence stands.
    if item.article.text[quote.start : quote.end] != quote.text:
        return None
    return None if at is None else reader.link(quote.article_id, fingerprint, at)


def explain_origin(article_id: str, store: Store) -> tuple[str, ...]:
    """
    Say in plain lines where an article came from, and who has published another version of it.

    Raises:
        StoreError: if the store cannot be read.
    """
    origin = store.origins.owner(article_id)
    lines = [f"Came from: {word_origin(origin)}."] if origin else []
    lines += [
        f"Another source has another version: {claim.article_id} ({word_origin(claim.origin)})."
        for claim in store.origins.other_versions(article_id)
    ]
    return tuple(lines)


def newest_texts(store: Store, limit: int) -> tuple[Article, ...]:
    """
    List the articles published last, the newest first; what two sources have, once.

    Raises:
        StoreError: if the store cannot be read.
    """
    ids = store.newest_ids(2 * limit)
    found = store.get_many(ids)
    articles = [found[each].article for each in ids if each in found]
    once = {article.text: article for article in reversed(articles)}
    return tuple(article for article in articles if once[article.text] is article)[:limit]


def _has_other_words(quote: Quote, store: Store) -> bool:
    if canonical_url(quote.url) is None:
        return False
    there = {claim.article_id for claim in store.origins.at_address(quote.url)}
    return len(there) > 1 and any(
        claim.article_id in there for claim in store.origins.other_versions(quote.article_id)
    )
