"""
Repair what other programs did to a text: wrong decodings, hyphens and blanks nobody sees.

"â€œ" was a quotation mark once, and can be one again; "Holm<soft hyphen>berg" is one name, which
no reader sees to be two words. JSON Lines are not repaired: their offsets are the sender's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from index.errors import ArticleError
from index.formats.parts.publishing import first_lines, refuse_unpublished
from index.types import Article, Mark

# The last byte of a closing quotation mark has no character in Windows-1252.
_LOST_MARK = re.compile("â€(?:\ufffd|\x9d|(?=[\\s,.;:!?)]|$))", re.MULTILINE)
# Two or three bytes of UTF-8, each read as a character.
_MOJIBAKE = re.compile("[ÂÃâÄÅÐÑ]\\s?[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿\ufffd]")
_WRAPPED = re.compile("\u00ad[ \\t]*(?:\r\n|\r|\n)[ \\t]*")
# Soft hyphens, blanks without width, and marks of direction.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u180e\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Joiners bind emoji and Persian; between Latin letters they are as good as nothing.
_JOINER = re.compile("(?<=[A-Za-z\u00c0-\u024f])[\u200c\u200d](?=[A-Za-z\u00c0-\u024f])")
# No reader sees them; a form feed or a vertical tab parts lines.
_FEEDS = re.compile("[\x0b\x0c]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MOST_PASSES = 4
# So many lost characters that a quotation would hold one.
_MAX_LOST, _SHARE_LOST = 2, 1 / 400


def clean(article: Article) -> Article:
    """
    Repair the wordings of an article.

    Raises:
        ValueError: for a text with too many characters that are lost for good, and for one that
            says it is a draft or was taken back.
    """
    text = clean_text(article.text)
    refuse_unpublished([article.title, *first_lines(text)])
    if article.text.strip() and not text.strip():
        raise ValueError("nothing but invisible characters; add its text or leave it out")
    lost = text.count("\ufffd") + len(_MOJIBAKE.findall(text))
    if lost > _MAX_LOST and lost > len(text) * _SHARE_LOST:
        raise ValueError(
            f"the text was decoded wrongly and {lost} characters cannot be repaired; "
            "export it again as UTF-8"
        )
    return replace(
        article,
        text=text,
        marks=_moved(article.marks, article.text, text),
        title=clean_text(article.title) or ("Untitled" if article.title else ""),
        byline=article.byline and clean_text(article.byline),
        outlet=article.outlet and clean_text(article.outlet),
    )


def _moved(marks: tuple[Mark, ...], old: str, new: str) -> tuple[Mark, ...]:
    """Find the places of marks again in the repaired text; each begins a line."""
    if old == new:
        return marks
    found, at = [], 0
    for one in marks:
        words = clean_text(old[one.start : one.end])
        begun = re.compile(rf"^[ \t\u00a0]*({re.escape(words)})", re.MULTILINE).search(new, at)
        if words and begun is not None:
            at = begun.end()
            found.append(Mark(*begun.span(1), one.kind))
    return tuple(found)


def clean_file(article: Article, name: str) -> Article:
    """Repair an article that is a file of its own, as `clean`; raises ArticleError with *name*."""
    try:
        cleaned = clean(article)
    except ValueError as exc:
        raise ArticleError(f"{name}: {exc}") from exc
    if not cleaned.text.strip():
        raise ArticleError(f"{name}: no text is left once it is cleaned; add the article's text")
    return cleaned


def clean_text(text: str) -> str:
    """
    Undo wrong decodings, take out what has no width, and join letters with their accents.

    What is taken out can stand within a wrong decoding, so a text that changed is looked at again:
    one that was cleaned stays as it is.
    """
    for _ in range(_MOST_PASSES):
        before, text = text, _cleaned(text)
        if text == before:
            break
    return text


def _cleaned(text: str) -> str:
    if _MOJIBAKE.search(text) or "â€" in text:
        # Imported late: hardly any text needs it.
        from ftfy import fix_encoding

        marked = _LOST_MARK.sub("”".encode().decode("latin-1"), text)
        text = "".join(fix_encoding(line) for line in marked.splitlines(keepends=True))
    text = without_controls(text)
    text = _JOINER.sub("", _INVISIBLE.sub("", _WRAPPED.sub("", text)))
    return unicodedata.normalize("NFC", text)


def without_controls(text: str) -> str:
    """Take out control characters; a form feed or a vertical tab becomes a line break."""
    return _CONTROLS.sub("", _FEEDS.sub("\n", text))
