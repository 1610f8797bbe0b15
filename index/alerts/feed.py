"""
A watch as an Atom feed (RFC 4287): what it has found, each statement as it stands now.

What is no longer said is not in it: a statement that its article words otherwise by now is given in
the new words, one that was withdrawn is left out. The address and the id of an entry stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lxml import etree

from index.alerts.records import Alert, Watch
from index.alerts.standing import Articles, standing
from index.reports.html import entry_html
from index.reports.wording import Entry, entry_of, plain
from index.types import Quote

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_SHORT = 120  # characters of a title


def feed_of(
    watch: Watch, alerts: Sequence[Alert], articles: Articles, *, name: str, address: str
) -> bytes:
    """
    Write the feed of *watch*.

    Args:
        watch: the watch.
        alerts: what it has found, newest first.
        articles: knows what is still said.
        name: of this folder's feeds, for the ids.
        address: of the feed itself.

    Raises:
        StoreError: if an article cannot be read.
    """
    entries = [made for alert in alerts if (made := _now(alert, alerts, articles)) is not None]
    feed = etree.Element("feed", nsmap={None: _ATOM})
    newest = max((at for _, at, _ in entries), default=watch.created_at)
    _add(feed, "id", f"urn:onrecord:{name}:watch:{watch.number}")
    _add(feed, "title", f"onrecord: {plain(watch.text)}")
    _add(feed, "updated", _moment(newest))
    _add(feed, "link", rel="self", href=address, type="application/atom+xml")
    _add(feed, "generator", "onrecord")
    _add(feed, "rights", "Quoted word for word; check the source before quoting.")
    for alert, updated, quotes in entries:
        _add_entry(feed, name, alert, updated, quotes)
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _now(
    alert: Alert, others: Sequence[Alert], articles: Articles
) -> tuple[Alert, datetime, tuple[Quote, ...]] | None:
    """Give what is to be shown of an alert, and since when it is so; None for nothing."""
    if alert.state == "withdrawn":
        return None
    stands = standing(alert, articles, others)
    if not stands.words:
        return None
    changed = None if stands.quotes == alert.quotes and stands.said else alert.article
    at = articles.changed_at(changed) if changed else None
    first = replace(stands.words[0], also_in=stands.also_in if stands.said else ())
    return alert, at or alert.at, (first, *stands.words[1:])


def _add_entry(
    feed: etree._Element, name: str, alert: Alert, updated: datetime, quotes: tuple[Quote, ...]
) -> None:
    worded = entry_of(quotes)
    entry = etree.SubElement(feed, "entry")
    _add(entry, "id", f"urn:onrecord:{name}:alert:{alert.number}")
    _add(entry, "title", _title(worded))
    _add(entry, "updated", _moment(updated))
    _add(entry, "published", _moment(alert.at))
    _add(etree.SubElement(entry, "author"), "name", worded.speaker)
    if worded.link:
        _add(entry, "link", rel="alternate", href=worded.link)
    if quotes[0].party:
        _add(entry, "category", term=plain(quotes[0].party))
    _add(entry, "content", entry_html(worded), type="html")


def _title(entry: Entry) -> str:
    said = entry.words
    short = said if len(said) <= _SHORT else f"{said[: _SHORT - 1].rstrip()}…"
    return f"{entry.speaker}{entry.details}: {short}"


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> None:
    made = etree.SubElement(parent, tag, attributes)
    made.text = text or None


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
