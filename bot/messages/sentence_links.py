"""
Links that open an article at the very sentence (text fragments).

In ``#:~:text=`` the characters "-", "," and "&" are syntax, and percent-encoders leave "-"
alone: an unencoded one silently points nowhere. A long sentence is given by its first and last
words, which must be whole words.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

WHOLE = 200  # characters; a longer sentence is given by its ends
END_WORDS = 6
MAX_URL = 2_800  # Slack refuses a link above 3,000


def sentence_link(url: str | None, sentence: str) -> str | None:
    """
    Link to *sentence* within the article at *url*.

    Returns:
        The link; *url* itself where no fragment is possible; None as of `article_link`.
    """
    url = article_link(url)
    if url is None:
        return None
    directive = text_directive(sentence)
    if directive is None or ":~:" in url:
        return url
    link = f"{url}{'' if '#' in url else '#'}:~:{directive}"
    return link if len(link) <= MAX_URL else url


def article_link(url: str | None) -> str | None:
    """
    Link to an article; None where there is nothing that a reader could safely open.

    That is: no *url*, one that is not http or https, or one that is longer than Slack takes.
    """
    return url if url is not None and len(url) <= MAX_URL and _opens(url) else None


def text_directive(sentence: str) -> str | None:
    """Word the directive that finds *sentence*: ``text=whole`` or ``text=start,end``."""
    words = sentence.split()
    whole = " ".join(words)
    try:
        if 0 < len(whole) <= WHOLE:
            return f"text={_encode(whole)}"
        if len(words) <= 2 * END_WORDS:
            return None
        start, end = " ".join(words[:END_WORDS]), " ".join(words[-END_WORDS:])
        return f"text={_encode(start)},{_encode(end)}"
    except UnicodeEncodeError:  # half a surrogate pair
        return None


def _encode(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def _opens(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable()
    except ValueError:
        return False
