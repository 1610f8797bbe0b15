"""
Press mail (.eml): the message that was sent, its subject the title, its sender the outlet.

The plain part is taken, else the one with markup; attachments are not read, but named where the
message has no text of its own. What is quoted below a reply is another message's and is cut. Of
what a desk forwards, in the text or as a file, the message that was passed on is the article.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import PurePath

from index.errors import ArticleError
from index.formats import html, markdown, plain
from index.formats.documents import pdf, word
from index.formats.documents.forwarded import QUOTED, forwarded, is_cover_note
from index.formats.parts.cleaning import clean_file
from index.formats.parts.dates import believable
from index.formats.parts.decoding import decode
from index.formats.parts.embargo import embargo_of
from index.formats.parts.fields import (
    first_date,
    first_words,
    id_from_name,
    storable,
    text_line,
    wording,
)
from index.formats.parts.marks import Apart, marks_of, set_apart_in_html
from index.formats.parts.markup import text_of_html, unmarked
from index.formats.parts.notices import without_notices
from index.formats.parts.omissions import left_out_of_html, omissions
from index.formats.parts.wrapping import rejoined
from index.types import Article

SUFFIXES: tuple[str, ...] = (".eml",)
MIME_TYPES: tuple[str, ...] = ("message/rfc822",)
SANDBOXED = True

_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*|\[(?:ext|external)\]\s*)+", re.IGNORECASE)
_SENT_ON = re.compile(r"\s*(?:fwd?|wg)\s*:", re.IGNORECASE)
_MOST_MESSAGES, _MOST_NESTED = 50, 4
# Python's parser of headers takes time that grows with the square of their length.
_MAX_HEADER = 10_000
_LONG_HEADER = re.compile(rb"^[\w-]{1,60}:[^\n]{%d}" % _MAX_HEADER, re.MULTILINE)
_FAULTS = (MessageError, LookupError, ValueError, IndexError, AttributeError, TypeError)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_WRITTEN = re.compile(rf"\b\d{{1,2}} {_MONTH},? \d{{4}}\b|\b{_MONTH} \d{{1,2}}, \d{{4}}\b")
_ENCLOSED = re.compile(r"\b(?:attach(?:ed|ment|ments|ing)|enclosed)\b", re.IGNORECASE)
_READERS: dict[str, Callable[[bytes, str], Iterator[Article]]] = {
    suffix: one.parse for one in (plain, markdown, html, pdf, word) for suffix in one.SUFFIXES
}
_WAY_OUT = "save the article's text as .txt"


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article | ArticleError]:
    """Read a message and those attached to it; raises ArticleError for one without text."""
    # A file without text is refused in the same words in every format.
    if not data.strip(b"\0 \t\r\n\xff\xfe\xef\xbb\xbf"):
        decode(b"", name)
    if _LONG_HEADER.search(data):
        raise ArticleError(
            f"{name}: the mail has a header of over {_MAX_HEADER:,} characters; {_WAY_OUT}"
        )
    try:
        message = message_from_bytes(data, policy=email.policy.default)
    except _FAULTS as exc:
        raise _unreadable(exc, name) from exc
    yield from _read(message, name)


def _read(message: EmailMessage, name: str) -> Iterator[Article | ArticleError]:
    """Read a message, and those attached to it; of a cover note only what is attached."""
    try:
        text, left_out, inner = _text(message, name)
        subject = text_line(str(message.get("Subject", ""))) or ""
        sender = text_line(str(message.get("From", "")))
        sent = text_line(str(message.get("Date", "")))
        number = text_line(str(message.get("Message-ID", "")))
        attached = _attached(message)
        apart = _apart(message, name)
    except _FAULTS as exc:
        raise _unreadable(exc, name) from exc
    files = [one for part in message.walk() if (one := text_line(part.get_filename()))]
    # An embargo that the note states holds for what it passes on.
    about = "\n".join(line for kind, line in left_out if kind == "about")
    held = embargo_of(f"{about}\n{text}", name) or embargo_of(_bare(subject), name)
    held = held or embargo_of(_bare(inner.get("subject") or ""), name)
    files_read = _read_files(message, name) if not text or is_cover_note(text) else []
    covers = bool(attached or files_read) and (not text or is_cover_note(text))
    note = omissions([("about", line) for line in text.split("\n")]) if covers else ()
    for at, each in enumerate(attached if name.count("#") < _MOST_NESTED else (), start=1):
        try:
            for item in _read(each, f"{name}#{at}"):
                yield _passed_on(item, held, note) if isinstance(item, Article) else item
        except ArticleError as exc:
            yield exc
    for item in files_read:
        dated = _sent_with(item, sent, sender)
        yield _passed_on(dated, held, note) if isinstance(dated, Article) else dated
    if covers:
        return
    if not text or (files and is_cover_note(text) and _ENCLOSED.search(text)):
        listed = ", ".join(files)
        holds = f"only attachments ({listed[:200]})" if listed else "no text"
        raise ArticleError(f"{name}: the mail holds {holds}; add them as files")
    subject = inner.get("subject") or subject
    sender = inner.get("from") or sender
    stated = inner.get("date") or inner.get("sent")
    published_at = (_day(stated) if stated else None) or believable(first_date(sent))
    article = Article(
        id=number or id_from_name(name),
        title=wording(_bare(subject)) or first_words(text),
        text=text,
        embargoed_until=held,
        outlet=wording(re.sub(r"\s*<[^<>]*>|[\"]", "", sender or "")) or None,
        published_at=published_at,
        marks=marks_of(text, apart),
        left_out=omissions([*left_out, *(("attachment", one) for one in files)]),
    )
    yield clean_file(article, name)


def _bare(subject: str) -> str:
    """Take off a subject what answering and sending on put before it."""
    return _PREFIX.sub("", subject)


def _passed_on(item: Article, held: datetime | None, note: tuple[tuple[str, str], ...]) -> Article:
    """Give an attached article the embargo and the note of the mail that passes it on."""
    until = item.embargoed_until or held
    return replace(item, embargoed_until=until, left_out=(*item.left_out, *note))


def _unreadable(exc: Exception, name: str) -> ArticleError:
    reason = " ".join(str(exc).split())[:120]
    return ArticleError(f"{name}: not a mail that can be read ({reason}); {_WAY_OUT}")


def _attached(message: EmailMessage) -> list[EmailMessage]:
    """Find the messages that a mail carries as files, not those within them."""
    found: list[EmailMessage] = []
    waiting = [message]
    while waiting and len(found) < _MOST_MESSAGES:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822" and part is not message:
            found += [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
        elif part.is_multipart():
            waiting += [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
    return found


def _read_files(message: EmailMessage, name: str) -> list[Article | ArticleError]:
    """Read the files of a mail that has no text of its own: texts, pages, PDFs, Word files."""
    found: list[Article | ArticleError] = []
    for part in list(message.walk())[:_MOST_MESSAGES]:
        file = text_line(part.get_filename())
        reader = _READERS.get(PurePath(file).suffix.lower()) if file else None
        data = part.get_payload(decode=True) if reader else None
        if reader is None or not isinstance(data, bytes) or not data.strip():
            continue
        try:
            found += reader(data, f"{name}#{file}")
        except ArticleError as exc:
            found.append(exc)
    # Where none can be read the mail is refused with their names.
    return found if any(isinstance(one, Article) for one in found) else []


def _sent_with(
    item: Article | ArticleError, sent: str | None, sender: str | None
) -> Article | ArticleError:
    """Give what came as a mail's file the mail's day and sender where it states none."""
    if not isinstance(item, Article):
        return item
    outlet = wording(re.sub(r"\s*<[^<>]*>|[\"]", "", sender or "")) or None
    return replace(
        item,
        outlet=item.outlet or outlet,
        published_at=item.published_at or believable(first_date(sent)),
    )


def _apart(message: EmailMessage, name: str) -> Apart:
    """Find what is set apart in the part with markup, whichever part is taken."""
    part = message.get_body(preferencelist=("html",))
    content = part.get_content() if part is not None else None
    return set_apart_in_html(content, name) if isinstance(content, str) else Apart()


def _day(stated: str) -> datetime | None:
    """Read when a forwarded message was sent, as programs write it out; None if unclear."""
    plain = re.sub(r"^\W*[A-Za-z]+day,?\s+|\s+at(?=\s)|\s+um(?=\s)", "", stated)
    found = first_date(stated, plain)
    day = _WRITTEN.search(plain) if found is None else None
    return believable(found or first_date(day and day[0]))


def _text(message: EmailMessage, name: str) -> tuple[str, list[tuple[str, str]], dict[str, str]]:
    """Give the words of a message, what it quotes with its kinds, headers of a forwarded one."""
    part = message.get_body(preferencelist=("plain", "html"))
    content = part.get_content() if part is not None else None
    if part is None or not isinstance(content, str):
        return "", [], {}
    sent_on = _SENT_ON.match(str(message.get("Subject", ""))) is not None
    if part.get_content_subtype() == "html":
        text = without_notices(text_of_html(content, name))
        beside = list(left_out_of_html(content, text, name))
        headers, text, around = forwarded(text, sent_on=sent_on)
        return text.strip(), [*beside, *around], headers
    text = unmarked(storable(content).replace("\r\n", "\n"), name)
    headers, text, left_out = forwarded(text, sent_on=sent_on)
    quoted = QUOTED.search(text)
    below = ""
    if quoted is not None and text[: quoted.start()].strip():
        text, below = text[: quoted.start()], text[quoted.start() :]
    kind = "signature" if below.startswith("-- ") else "quoted mail"
    left_out += [(kind, line) for line in below.split("\n")]
    left_out += [("quoted mail", line) for line in text.split("\n") if line.startswith(">")]
    lines = [line for line in text.split("\n") if not line.startswith(">")]
    return _unwrapped("\n".join(lines)).strip(), left_out, headers


def _unwrapped(text: str) -> str:
    """Join the lines of each paragraph that a mail program wrapped."""
    found = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        wrapped = len(lines) > 1 and min(map(len, lines[:-1])) > 50
        found.append((" " if wrapped else "\n").join(lines))
    return rejoined("\n\n".join(one for one in found if one))
