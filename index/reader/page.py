"""
An article as a page: its text, with the statements marked and the asked sentence in view. Pure.

What an article holds may try to be markup, or to turn the direction of what stands around it: all
of it is escaped, what steers is replaced, and each sentence turns only itself. The page needs no
script: the browser scrolls to the sentence that the address names, and the style marks it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import unicodedata
from bisect import bisect_right
from datetime import datetime
from importlib.resources import files
from itertools import groupby

from index.reader.links import anchor
from index.text.date_format import is_day_only, minute_utc, short_day
from index.types import IndexedArticle, Sentence, Statement

_FOLDER = files("index.reader")
_PAGE = _FOLDER.joinpath("page.html").read_text(encoding="utf-8")
_STYLE = _FOLDER.joinpath("page.css").read_text(encoding="utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox"
    ),
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
MOVED = (
    "The article has changed since this link was made. It is shown as it reads now, and no "
    "sentence of it is the one asked for."
)
_UNTITLED = "Untitled"
_NO_SPEAKER = "No speaker named in the article"
# What turns the direction of writing, by which words pass for others.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_SOURCE, _SAID = 1, 2
_ELEMENTS = {_SOURCE: "b", _SAID: "mark"}
_UNWRITABLE = ("Cc", "Cs", "Cn", "Co")


def article_page(item: IndexedArticle, until: str, *, same: bool) -> str:
    """
    Make the page of an article.

    Args:
        item: the article, as it is now.
        until: the last day of the link, as "20180308".
        same: whether this is the version that the link was made for; where it is not, no sentence
            can be the asked one.
    """
    article = item.article
    about = [article.outlet, _published(article.published_at), article.byline]
    notes = [] if same else [MOVED]
    notes += [f"Note by the publisher: {article.note}"] if article.note else []
    parts = {
        "title": _escaped(article.title or _UNTITLED),
        "about": _escaped(" · ".join(part for part in about if part) or "Outlet and date unknown"),
        "notes": "\n".join(f'<p class="note" role="note">{_escaped(n)}</p>' for n in notes),
        "legend": "Framed: the sentence asked for." if same else "",
        "text": _text(item, same=same),
        "statements": _statements(item, same=same),
        "until": f"{until[:4]}-{until[4:6]}-{until[6:]} (UTC)",
        "style": _STYLE,
    }
    # Put in one after another, what an article holds could name a part that is still to come.
    pieces = _PAGE.split("{{")
    named = [piece.partition("}}") for piece in pieces[1:]]
    return pieces[0] + "".join(parts[name] + rest for name, _, rest in named)


def _published(moment: datetime | None) -> str:
    if moment is None:
        return "date unknown"
    return short_day(moment) if is_day_only(moment) else minute_utc(moment)


def _text(item: IndexedArticle, *, same: bool) -> str:
    """Lay out the whole text; a new line between two sentences begins a paragraph."""
    text, at = item.article.text, 0
    marks = _marks(item)
    lines = ["<p>"]
    for sentence in item.sentences:
        lines.append(_between(text[at : sentence.start]))
        lines.append(_sentence(text, sentence, marks, same=same))
        at = max(at, sentence.end)
    lines.append(_between(text[at:]))
    return "".join([*lines, "</p>"]).replace("<p></p>", "")


def _between(gap: str) -> str:
    """Lay out what stands between two sentences, which may be text too: nothing is left out."""
    first, *more = gap.split("\n")
    if not more:
        return _escaped(gap)
    whole = [f"<p>{_escaped(line)}</p>" for line in more[:-1] if line.strip()]
    return "\n".join([f"{_escaped(first)}</p>", *whole, f"<p>{_escaped(more[-1])}"])


def _marks(item: IndexedArticle) -> bytearray:
    """Give for each character what it is: `_SAID`, `_SOURCE`, or neither."""
    marks = bytearray(len(item.article.text))
    made = [s.attribution for s in item.statements if not s.attribution.thought]
    for mark, spans in (
        (_SOURCE, [span for each in made for span in each.source]),
        (_SAID, [span for each in made for span in each.content]),
    ):
        for start, end in spans:
            marks[start:end] = bytes([mark]) * (end - start)
    return marks


def _sentence(text: str, sentence: Sentence, marks: bytearray, *, same: bool) -> str:
    """Lay out a sentence, cut where a mark begins or ends."""
    inner, at = "", sentence.start
    for mark, run in groupby(marks[sentence.start : sentence.end]):
        end = at + len(list(run))
        words = _escaped(text[at:end])
        inner += f"<{_ELEMENTS[mark]}>{words}</{_ELEMENTS[mark]}>" if mark else words
        at = end
    return f'<span class="s" id="{_place(sentence.index, same=same)}">{inner}</span>'


def _place(sentence: int, *, same: bool) -> str:
    """Name the place of a sentence; by another name where a link means another version's."""
    return anchor(sentence) if same else f"now-{anchor(sentence)}"


def _statements(item: IndexedArticle, *, same: bool) -> str:
    """List who says something, each with a link to where it stands."""
    starts = [sentence.start for sentence in item.sentences]
    rows = [
        f'<li><a href="#{_place(at, same=same)}">{_escaped(_who(statement))}</a></li>'
        for statement in item.statements
        if statement.attribution.content and not statement.attribution.thought
        if (at := bisect_right(starts, statement.attribution.content[0].start) - 1) >= 0
    ]
    if not rows:
        return ""
    rows = list(dict.fromkeys(rows))
    return f"<h2>Statements in this article</h2>\n<ol>\n{chr(10).join(rows)}\n</ol>"


def _who(statement: Statement) -> str:
    speaker = statement.speaker
    name = speaker.name if speaker else _NO_SPEAKER
    role = f", {speaker.role}" if speaker and speaker.role and speaker.role != name else ""
    parties = [party.name for party in speaker.parties[:1]] if speaker else []
    party = f" ({parties[0]})" if parties and parties[0] != name else ""
    how = ", ".join((statement.attribution.kind, *statement.labels))
    return f"{name}{role}{party} · {how}"


def _escaped(text: str) -> str:
    shown = "".join(
        "\ufffd"
        if c in _OVERRIDES or (c not in "\n\t" and unicodedata.category(c) in _UNWRITABLE)
        else c
        for c in text
    )
    return html.escape(shown)
