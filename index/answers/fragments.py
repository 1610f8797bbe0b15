"""
Text fragments: what is added to an article's address so that it opens at one very sentence.

A browser opens the page at the first place that the words match, whatever their case, accents,
quotation marks and what nobody sees in them; the title stands above the text. Where the same words
stand twice, those before and after them tell which is meant; where even these do not, there is no
fragment: a link that opens at another speaker's words is worse than one to the whole page. In
``#:~:text=`` the characters "-", "," and "&" are syntax, and percent-encoders leave "-" alone.
https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

WHOLE = 200  # characters; a longer sentence is given by its ends
END_WORDS = 6
_MARKS = str.maketrans(dict.fromkeys("‘’‚‛′´`", "'") | dict.fromkeys("“”„‟″«»", '"'))
_UNSEEN = ("Mn", "Me", "Cf")  # accents, soft hyphens, joiners
AROUND = (0, 3, 6, 12)  # words before and after that are tried


class _Words(NamedTuple):
    """Words to find; ``end`` has the last of a long sentence, of which ``start`` has the first."""

    prefix: str
    start: str
    end: str
    suffix: str


def text_fragment(text: str, start: int, end: int, title: str = "") -> str:
    """
    Make the directive that finds the sentence ``text[start:end]``, and nothing else in *text*.

    Args:
        text: the whole article.
        start: where the sentence begins.
        end: where it ends.
        title: the article's, which must not match either.

    Returns:
        ``text=[prefix-,]start[,end][,-suffix]``, percent-encoded; "" where no words match it alone.
    """
    folded = f"{_folded(title)}\n{_folded_article(text)}"
    before = _line_before(text[:start])
    after = text[end:].lstrip().partition("\n")[0].split()
    for count in AROUND:
        words = _words(text[start:end], before[-count:] if count else [], after[:count])
        if words is not None and _matches(folded, words) == 1:
            return _written(words)
    return ""


def _words(sentence: str, before: list[str], after: list[str]) -> _Words | None:
    """Give a sentence whole, or by its ends; None where it is long and has too few words."""
    words = sentence.split()
    whole, prefix, suffix = " ".join(words), " ".join(before), " ".join(after)
    if len(whole) <= WHOLE:
        return _Words(prefix, whole, "", suffix) if whole else None
    if len(words) <= 2 * END_WORDS:
        return None
    return _Words(prefix, " ".join(words[:END_WORDS]), " ".join(words[-END_WORDS:]), suffix)


def _line_before(before: str) -> list[str]:
    """List the words before a sentence: of its own line, else of the line before."""
    own = before.rpartition("\n")[2].split()
    return own or before.rstrip().rpartition("\n")[2].split()


def _matches(folded: str, words: _Words) -> int:
    """Count the places of a folded text that *words* match."""
    head, tail = _folded(f"{words.prefix} {words.start}"), _folded(f"{words.end} {words.suffix}")
    if not words.end:
        return _count(folded, f"{head} {tail}".rstrip())
    return _count(folded, head) * _count(folded[max(0, folded.find(head)) :], tail)


def _count(text: str, words: str) -> int:
    """Count where *words* begin in *text*, places that overlap included."""
    return len(re.findall(f"(?={re.escape(words)})", text))


def _folded(text: str) -> str:
    """Fold case, accents, quotation marks and white space, as browsers do when they search."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_MARKS)
    seen = (c for c in plain if unicodedata.category(c) not in _UNSEEN)
    return " ".join("".join(seen).split())


@lru_cache(maxsize=4)
def _folded_article(text: str) -> str:
    """Fold a whole text, of which several sentences are given as a rule."""
    return _folded(text)


def _written(words: _Words) -> str:
    """Encode *words*; "" where no link can hold them."""
    try:
        prefix, start, end, suffix = (quote(part, safe="").replace("-", "%2D") for part in words)
    except UnicodeEncodeError:  # half a surrogate pair
        return ""
    parts = [f"{prefix}-" if prefix else "", start, end, f"-{suffix}" if suffix else ""]
    return f"text={','.join(part for part in parts if part)}"
