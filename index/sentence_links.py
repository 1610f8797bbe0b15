"""
Links that open an article, at the very sentence where the engine gives words that find it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from index.types import Quote

MAX_URL = 2_800  # chat programs refuse a link above 3,000


def quote_link(quote: Quote) -> str | None:
    """Link to a quote in its article, or on the page of ours that shows it; None where neither."""
    return sentence_link(quote.url, quote.fragment, quote.page) or quote.reader


def sentence_link(url: str | None, fragment: str, page: int | None = None) -> str | None:
    """
    Link to a sentence within the article at *url*.

    Args:
        url: the article's address.
        fragment: the directive that finds the sentence, and nothing else there; "" for none.
        page: on which it stands, if *url* is a document's.

    Returns:
        The link; *url* itself where no fragment is possible; None as of `article_link`.
    """
    url = article_link(url)
    if url is not None and page is not None and "#" not in url:
        url = article_link(f"{url}#page={page}") or url
    if url is None or not fragment:
        return url
    link = f"{url}{'' if '#' in url else '#'}:~:{fragment}"
    return link if len(link) <= MAX_URL else url


def article_link(url: str | None) -> str | None:
    """
    Link to an article; None where there is nothing that a reader could safely open.

    That is: no *url*, one that is not http or https, one that names a user, or one that is longer
    than messages take. What *url* itself marks on the page is left out: it is no quote of ours.
    """
    return _unmarked(url) if url is not None and len(url) <= MAX_URL and _opens(url) else None


def _unmarked(url: str) -> str:
    address, _, fragment = url.partition("#")
    place, directive, _ = fragment.partition(":~:")
    return url if not directive else f"{address}#{place}" if place else address


def _opens(url: str) -> bool:
    try:
        parts = urlsplit(url)
        if "@" in parts.netloc or "\\" in parts.netloc:
            return False  # "https://harbour-post.example@evil.example/" opens the other site
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable()
    except ValueError:
        return False
