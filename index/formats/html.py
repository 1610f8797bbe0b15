"""
Web pages (.html): the article without menus, teasers and footers.

trafilatura finds the text; title, outlet, canonical address, byline and dates come from JSON-LD,
meta tags and headings (`index.formats.pages`). A live blog gives an article for each update. A
page that is no article, or shows only the beginning of one, is refused. Nothing is fetched.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from index.errors import ArticleError
from index.formats.pages.american import month_first
from index.formats.pages.bylines import best_byline, person_line, without_stray_month
from index.formats.pages.checks import front_page, no_article, without_paywall
from index.formats.pages.heads import lines_above
from index.formats.pages.live_blog import (
    INTRODUCTION,
    Update,
    introduction,
    live_updates,
    spans_days,
)
from index.formats.pages.metadata import PageFacts, read_page_facts
from index.formats.pages.printed import printed_byline, printed_date
from index.formats.pages.pruning import prune
from index.formats.pages.shown_date import shown_date
from index.formats.pages.styles import hide_styled
from index.formats.parts.cleaning import clean_file
from index.formats.parts.dates import believable
from index.formats.parts.decoding import decode
from index.formats.parts.embargo import embargo_above
from index.formats.parts.fields import (
    first_date,
    id_from_name,
    one_line,
    storable,
    text_line,
    title_from_name,
    web_address,
    wording,
)
from index.formats.parts.marks import marks_of, set_apart
from index.formats.parts.markup import html_tree, paragraphs
from index.formats.parts.notices import (
    without_bio,
    without_corrections,
    without_cut_teasers,
    without_notices,
)
from index.formats.parts.omissions import left_out_of
from index.formats.parts.publishing import refuse_unpublished
from index.text.urls import UPDATE
from index.types import Article

SUFFIXES: tuple[str, ...] = (".html", ".htm", ".xhtml")
MIME_TYPES: tuple[str, ...] = ("text/html", "application/xhtml+xml")
SANDBOXED = True

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# trafilatura's mark of a list item; the page's own bullets are not in its text.
_ITEM = re.compile(r"^- ", re.MULTILINE)
_BODY = re.compile("articleBody", re.IGNORECASE)
_NEW_YEAR = re.compile(r"\b(?:jan(?:uary)?\.? 1|1(?:st)? jan)", re.IGNORECASE)
_WAY_OUT = "save the article's text as .txt"


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article, or the updates of a live blog; raises ArticleError for what is none."""
    if not charset and (declared := _CHARSET.search(data[:4096])):
        charset = declared[1].decode("ascii", "replace")
    tree = html_tree(decode(data, name, charset), name)
    hide_styled(tree)
    facts = read_page_facts(tree)
    updates = [] if facts.live is None else live_updates(tree, facts.live, name)
    if facts.live is not None and updates:
        lead = introduction(prune(copy.deepcopy(tree)), facts.live, facts.published_at)
        for update in [lead, *updates] if lead.text else updates:
            yield clean_file(_article_of(update, facts, name), name)
        return
    yield clean_file(_read(tree, facts, name), name)


def _read(tree: HtmlElement, facts: PageFacts, name: str) -> Article:
    """Read a page that is one article; raises ArticleError for one that is none."""
    pruned = prune(copy.deepcopy(tree))
    found, text = _text_of(pruned, name)
    title = facts.title or wording(found and found.title) or title_from_name(name)
    published_at = facts.published_at or shown_date(tree) or printed_date(text)
    published_at = published_at or _guessed_date(found, tree)
    url = facts.url or web_address(found and found.url)
    reason = no_article(tree, title, facts.description, text) if text else None
    reason = reason or front_page(tree, url, facts.published_at is not None, text)
    if reason is not None:
        raise ArticleError(f"{name}: {reason}")
    if not text:
        raise ArticleError(f"{name}: no article text was found in this page; {_WAY_OUT}")
    above = lines_above(tree, text, title)
    try:
        refuse_unpublished(above)
        held = embargo_above(above)
    except ValueError as exc:
        raise ArticleError(f"{name}: {exc}") from exc
    whole = without_paywall(text, locked=facts.locked)
    if whole is None:
        raise ArticleError(
            f"{name}: the page shows only the beginning of the article, the rest is for "
            "subscribers; add its whole text"
        )
    outlet = facts.outlet or _site_name(found)
    guessed = person_line(without_stray_month(found and found.author, tree))
    byline = best_byline(facts.byline, guessed, tree, outlet)
    kept = storable(without_notices(whole, "\n"))
    kept, corrected = without_corrections(kept)
    kept = without_cut_teasers(without_bio(kept, byline))
    byline = byline or printed_byline(kept)
    return Article(
        id=id_from_name(name),
        title=title,
        text=kept,
        outlet=outlet,
        url=url,
        published_at=None if facts.live and spans_days(facts.live) else published_at,
        byline=byline,
        embargoed_until=held,
        note=facts.note or corrected,
        rights=facts.rights,
        revised_at=facts.revised_at,
        marks=marks_of(kept, set_apart(tree)),
        left_out=left_out_of(tree, kept, (title, facts.title)),
    )


def _site_name(found: Any) -> str | None:
    """Take the outlet that trafilatura found; an address with a user gives "post@evil.example"."""
    name = text_line(found and found.sitename)
    return None if name is None or "@" in name else name


def _guessed_date(found: Any, tree: HtmlElement) -> datetime | None:
    """Take the date that trafilatura found; a first of January is a year that was rounded down."""
    guessed = believable(month_first(first_date(found and found.date), tree))
    rounded = guessed is not None and (guessed.month, guessed.day) == (1, 1)
    shown = rounded and _NEW_YEAR.search(tree.text_content())
    return None if rounded and not shown else guessed


def _text_of(pruned: HtmlElement, name: str) -> tuple[Any, str]:
    """Find the text, a line a paragraph, and what else trafilatura found."""
    shown = _shown(pruned)
    found = _extracted(shown, name)
    if shown is not pruned and not (found and found.text):
        found = _extracted(pruned, name)
    text = _ITEM.sub("", (found.text if found else None) or "").strip()
    return found, _parted(text, pruned) if text and "\n" not in text else text


def _shown(pruned: HtmlElement) -> HtmlElement:
    """
    Give a page without the text that its metadata gives for its article's; itself if none does.

    That may say something else than what readers see, and a link to it would find no such words.
    """
    if not any(_BODY.search(script.text or "") for script in pruned.iter("script")):
        return pruned
    shown = copy.deepcopy(pruned)
    for script in shown.iter("script"):
        script.text = _BODY.sub("_", script.text or "")
    return shown


def _extracted(pruned: HtmlElement, name: str) -> Any:
    """Let trafilatura find the text and what the metadata leaves open; None if it finds none."""
    # Imported late: it takes a third of a second, and most folders hold no HTML.
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            copy.deepcopy(pruned),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (ValueError, RecursionError, etree.LxmlError) as exc:
        reason = one_line(str(exc))
        raise ArticleError(f"{name}: the page cannot be read ({reason}); {_WAY_OUT}") from exc


def _parted(line: str, pruned: HtmlElement) -> str:
    """
    Give a text its paragraphs back, a line each.

    Of a short article trafilatura gives all words in one line, the heading, captions and teasers
    among them: "Ferry stays The ferry stays in port. READ MORE: Minister says …".
    """
    words = _letters(line)
    found = []
    for one in pruned.iter("body", "main", "article"):
        lines = [part for part in paragraphs(one).split("\n") if _letters(part) in words]
        found.append([part for part in lines if any(map(str.isalnum, part))])
    # The smallest element that holds nearly all of it.
    full = [lines for lines in found if 2 * len(_letters("".join(lines))) > len(words)]
    return "\n".join(min(full, key=lambda lines: len("".join(lines)))) if full else line


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _article_of(update: Update, facts: PageFacts, name: str) -> Article:
    """Make an article of one update of a live blog."""
    page = facts.url or web_address(name)
    # One page has one address: without a tail of its own each update would replace the last.
    digest = hashlib.sha256(update.key.encode("utf-8", "replace")).hexdigest()[:8]
    own = f"{page.partition('#')[0]}#{UPDATE}{digest}" if page else None
    url = update.url or (page if update.key == INTRODUCTION else own)
    return Article(
        id=id_from_name(f"{name}#{update.key}"),
        title=update.title or facts.title or title_from_name(name),
        text=storable(update.text),
        outlet=facts.outlet,
        url=url,
        published_at=update.published_at,
        byline=facts.byline,
        rights=facts.rights,
    )
