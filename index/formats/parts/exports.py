"""
What in an export of a blog or a newsroom system is no published article.

WordPress and Blogger export everything as a feed: drafts, private posts, what was thrown away,
readers' comments, settings. Their own marks decide; a status that is not known may forbid
publication, so it counts as not published. Pure; no I/O.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from index.formats.parts.dates import still_to_come
from index.formats.parts.fields import first_date

_PUBLIC = frozenset({"publish", "published", "live"})
_STATES = {
    "draft": "a draft",
    "auto-draft": "a draft",
    "pending": "a draft that waits for review",
    "future": "a post that is to appear later",
    "scheduled": "a post that is to appear later",
    "private": "a private post",
    "trash": "a deleted post",
    "soft_trashed": "a deleted post",
    "deleted": "a deleted post",
}
_KINDS = {
    "attachment": "a picture or file",
    "page": "a page of the site",
    "revision": "an older version of a post",
    "nav_menu_item": "an item of a menu",
    "comment": "a reader's comment",
    "feedback": "a message to the site",
    "settings": "a setting of the site",
    "template": "a template of the site",
}
_NOT_YET, _NO_ARTICLE = "; publish it first", ", no article; leave it out"
_INTERNAL = re.compile(
    r"(?:wp_|oembed_|custom_css|customize_|user_request|shop_|elementor_|acf-|jp_|mc4wp|"
    r"nav_menu|wpcf7_|template)"
)
_BLOGGER_KIND = "/kind#"
_WITH_CONTENT = re.compile(
    r"\[(?P<name>caption|wp_caption|gallery|embed|audio|video|playlist)\b[^\]\[]{0,2000}\]"
    r"(?:(?:(?!\[(?P=name)\b).){0,20000}?\[/(?P=name)\])?",
    re.DOTALL,
)
_AUTHOR = re.compile(
    r"<wp:author_login>([^\n]{1,200}?)</wp:author_login>"
    r"(?:(?!</?wp:author>).){0,2000}?"
    r"<wp:author_display_name>([^\n]{1,200}?)</wp:author_display_name>",
    re.DOTALL,
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_SHORTCODE = re.compile(
    r"\[/?(?:(?:vc|et_pb|av|fusion|su)_\w{1,40}|contact-form(?:-7)?)(?:\s[^\]\[]{0,2000})?\]"
)
_LETTER = re.compile(r"\[/?(?:dropcap|drop_cap)(?:\s[^\]\[]{0,200})?\]")


def unpublished(entry: Mapping[str, Any]) -> str | None:
    """
    Say what an entry is, with the way out, if it is no published article; None if it is one.

    Args:
        entry: as feedparser gives it: "wp_status", "app_draft", "tags", …
    """
    status = _word(entry, "wp_status") or _word(entry, "blogger_status")
    kind = _word(entry, "wp_post_type") or _word(entry, "blogger_type") or _blogger_kind(entry)
    if kind in _KINDS or _INTERNAL.match(kind):
        return _KINDS.get(kind, "a part of the site") + _NO_ARTICLE
    if status and status not in _PUBLIC:
        return _STATES.get(status, f"not published (status {status[:40]!r})") + _NOT_YET
    if _word(entry, "app_draft") in ("yes", "true", "1"):
        return "a draft" + _NOT_YET
    if entry.get("wp_post_password"):
        return "a post behind a password" + _NOT_YET
    answers = "thr_in-reply-to" in entry and kind != "post"
    return "a reader's comment" + _NO_ARTICLE if answers else None


def stated_draft(fields: Mapping[str, Any]) -> str | None:
    """Say what an item is whose own fields mark it as no published one; None if they do not."""
    status = "draft" if fields.get("draft") is True else _word(fields, "status")
    return _STATES[status] + _NOT_YET if status in _STATES else None


def to_come(*moments: datetime | None) -> str | None:
    """
    Say that an entry is to appear later; None if it is not.

    Args:
        moments: when it is said to be published, what counts first; only the first one counts.
    """
    moment = next((one for one in moments if one is not None), None)
    if moment is None or not still_to_come(moment):
        return None
    return f"dated {moment:%Y-%m-%d}, which is still to come; add it then"


def is_export(entry: Mapping[str, Any]) -> bool:
    """Return whether an entry comes from an export of WordPress, whose posts are no HTML yet."""
    return "wp_status" in entry


def dated_by_export(entry: Mapping[str, Any]) -> datetime | None:
    """Read when a post of WordPress was published, where its feed's own date is missing."""
    return first_date(*(entry.get(key) for key in ("wp_post_date_gmt", "wp_post_date")))


def authors_of_export(data: bytes) -> dict[str, str]:
    """Give the name that readers see for each author's login of an export of WordPress."""
    if b"wp:author_login" not in data:
        return {}
    text = data.decode("utf-8", "replace")
    return {
        _plain(login): _plain(name)
        for login, name in _AUTHOR.findall(text)
        if _plain(login) and _plain(name)
    }


def _plain(written: str) -> str:
    return html.unescape(_CDATA.sub(r"\1", written)).strip()


def html_of_post(source: str) -> str:
    """
    Make HTML of a WordPress post as its editor keeps it.

    Captions, galleries and players go with what they show; a blank line parts paragraphs.
    """
    text = _SHORTCODE.sub(" ", _LETTER.sub("", _WITH_CONTENT.sub("\n\n", source)))
    return re.sub(r"(?:\r?\n[ \t]*){2,}", "\n<p>", text)


def _word(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip().lower() if isinstance(value, str) else ""


def _blogger_kind(entry: Mapping[str, Any]) -> str:
    """Name the kind of a Blogger entry, which is one of its categories; "" if there is none."""
    for tag in entry.get("tags") or ():
        term = tag.get("term") if isinstance(tag, Mapping) else None
        if isinstance(term, str) and _BLOGGER_KIND in term:
            return term.rpartition("#")[2].lower()
    return ""
