"""
A report as one HTML page, that loads nothing and runs nothing. Pure.

lxml escapes every text; the page's own policy forbids scripts, frames and requests besides.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element
from lxml.html import builder as e
from lxml.html import tostring

from index.reports.gathering import Report
from index.reports.wording import (
    CHANGED,
    Entry,
    entry_of,
    footer,
    head_of,
    nothing_of,
    pair_of,
    title_of,
)

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 42em; margin: 2em auto; padding: 0 1em; }
blockquote { border-left: 3px solid #999; margin: 1.2em 0 .3em; padding: 0 0 0 1em; }
.by { margin: 0 0 0 1.2em; font-size: .9em; }
.note, footer { color: #555; font-size: .9em; }
@media print { a { color: inherit; } blockquote, .by { break-inside: avoid; } }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } a { color: #8bf; }
  .note, footer { color: #aaa; } }
"""


def html_of(report: Report) -> bytes:
    """Lay *report* out."""
    body = [e.H1(title_of(report)), *(e.P(line, e.CLASS("note")) for line in head_of(report))]
    if nothing := nothing_of(report):
        body.append(e.P(nothing))
    for section in report.sections:
        body.append(e.H2(section.heading))
        for group in section.statements:
            body += _entry(entry_of(group))
        if section.changes:
            body.append(e.H3(CHANGED))
        for change in section.changes:
            for word, entry in pair_of(change):
                body += [e.P(f"{word}:"), *_entry(entry)]
    foot = e.E.footer(footer(report.briefing))
    page = e.HTML(
        e.HEAD(
            e.META(charset="utf-8"),
            e.META({"http-equiv": "Content-Security-Policy", "content": POLICY}),
            e.META(name="referrer", content="no-referrer"),
            e.META(name="viewport", content="width=device-width, initial-scale=1"),
            e.TITLE(title_of(report)),
            e.STYLE(_STYLE),
        ),
        e.BODY(*body, e.HR(), foot),
        lang="en",
    )
    return bytes(tostring(page, doctype="<!DOCTYPE html>", encoding="utf-8", pretty_print=True))


def entry_html(entry: Entry) -> str:
    """Lay one statement out as a piece of HTML."""
    return "".join(str(tostring(each, encoding="unicode")) for each in _entry(entry))


def _entry(entry: Entry) -> Iterator[_Element]:
    yield e.BLOCKQUOTE(e.P(entry.words, dir="auto"))
    place = (
        e.A(entry.place, href=entry.link, rel="noopener noreferrer") if entry.link else entry.place
    )
    parts = [e.B(entry.speaker), f"{entry.details} · {entry.how} · ", place]
    parts += [f" · {entry.also_in}"] if entry.also_in else []
    yield e.P(*parts, e.CLASS("by"))
