"""
Press mail (.eml): the message that was sent, its subject the title, its sender the outlet.

The plain part is taken, else the one with markup; attachments are not read, but named where the
message has no text of its own. What is quoted below a reply is another message's and is cut.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from itertools import takewhile

from index.errors import ArticleError
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
from index.formats.parts.markup import text_of_html, unmarked
from index.formats.parts.notices import without_notices
from index.formats.parts.omissions import left_out_of_html, omissions
from index.types import Article

SUFFIXES: tuple[str, ...] = (".eml",)
MIME_TYPES: tuple[str, ...] = ("message/rfc822",)
SANDBOXED = True

_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*|\[(?:ext|external)\]\s*)+", re.IGNORECASE)
_QUOTED = re.compile(
    r"^(?:-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht)|"
    r"on .{5,80} wrote:\s*$|from: .{3,80}$|_{10,}$|-- $)",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARDED = re.compile(
    r"-{2,} ?forwarded message|begin forwarded message",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\W{0,2}(From|Date|Sent|Subject|To|Cc)\W{0,2}:\s*(.*)", re.IGNORECASE)
# "FYI, please index": longer, or with anybody's words, it is the text.
_COVER_NOTE = 200
_STATES = re.compile(r"[“\"]|\b(?:said|says|told|announce[sd]?)\b", re.IGNORECASE)
# Python's parser of headers takes time that grows with the square of their length.
_MAX_HEADER = 10_000
_LONG_HEADER = re.compile(rb"^[\w-]{1,60}:[^\n]{%d}" % _MAX_HEADER, re.MULTILINE)
_WAY_OUT = "save the article's text as .txt"


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for a message without text."""
    # A file without text is refused in the same words in every format.
    if not data.strip(b"\0 \t\r\n\xff\xfe\xef\xbb\xbf"):
        decode(b"", name)
    if _LONG_HEADER.search(data):
        raise ArticleError(
            f"{name}: the mail has a header of over {_MAX_HEADER:,} characters; {_WAY_OUT}"
        )
    try:
        message = message_from_bytes(data, policy=email.policy.default)
        text, left_out = _text(message, name)
        subject = _PREFIX.sub("", text_line(str(message.get("Subject", ""))) or "")
        sender = text_line(str(message.get("From", "")))
        sent = text_line(str(message.get("Date", "")))
        number = text_line(str(message.get("Message-ID", "")))
    except (MessageError, LookupError, ValueError, IndexError, AttributeError, TypeError) as exc:
        reason = " ".join(str(exc).split())[:120]
        raise ArticleError(f"{name}: not a mail that can be read ({reason}); {_WAY_OUT}") from exc
    files = [one for part in message.walk() if (one := text_line(part.get_filename()))]
    if not text:
        attached = ", ".join(files)
        holds = f"only attachments ({attached[:200]})" if attached else "no text"
        raise ArticleError(f"{name}: the mail holds {holds}; add them as files")
    sent_on = re.match(r"\s*fwd?\s*:", str(message.get("Subject", "")), re.IGNORECASE) is not None
    forwarded = _forwarded(text, left_out, sent_on=sent_on)
    if forwarded is not None:
        # A desk forwards what it was sent: the message below is the article.
        inner, text, left_out = forwarded
        subject = inner.get("subject") or subject
        sender, sent = inner.get("from") or sender, inner.get("date") or sent
    article = Article(
        id=number or id_from_name(name),
        title=wording(subject) or first_words(text),
        text=text,
        embargoed_until=embargo_of(text, name),
        outlet=wording(re.sub(r"\s*<[^<>]*>|[\"]", "", sender or "")) or None,
        published_at=believable(first_date(sent)),
        left_out=omissions([*left_out, *(("attachment", one) for one in files)]),
    )
    yield clean_file(article, name)


def _text(message: EmailMessage, name: str) -> tuple[str, list[tuple[str, str]]]:
    """Give the words of a message without what it quotes, and those lines with their kinds."""
    part = message.get_body(preferencelist=("plain", "html"))
    content = part.get_content() if part is not None else None
    if part is None or not isinstance(content, str):
        return "", []
    if part.get_content_subtype() == "html":
        text = without_notices(text_of_html(content, name))
        return text, list(left_out_of_html(content, text, name))
    text = unmarked(storable(content).replace("\r\n", "\n"), name)
    quoted = _QUOTED.search(text)
    below = ""
    if quoted is not None and text[: quoted.start()].strip():
        text, below = text[: quoted.start()], text[quoted.start() :]
    kind = "signature" if below.startswith("-- ") else "quoted mail"
    left_out = [(kind, line) for line in below.split("\n")]
    left_out += [("quoted mail", line) for line in text.split("\n") if line.startswith(">")]
    lines = [line for line in text.split("\n") if not line.startswith(">")]
    return _unwrapped("\n".join(lines)).strip(), left_out


def _forwarded(
    text: str, left_out: list[tuple[str, str]], *, sent_on: bool
) -> tuple[dict[str, str], str, list[tuple[str, str]]] | None:
    """Give headers and text of a message that is forwarded with a word or two; else None."""
    lines = [line for kind, line in left_out if kind == "quoted mail"]
    marked = bool(lines) and (sent_on or _FORWARDED.match(lines[0]) is not None)
    if not marked or len(text) > _COVER_NOTE or _STATES.search(text):
        return None
    rest = lines[0 if _HEADER.match(lines[0]) else 1 :]
    count = sum(1 for _ in takewhile(_is_head, rest))
    found = [named for line in rest[:count] if (named := _HEADER.match(line))]
    headers = {named[1].lower(): named[2].strip() for named in found}
    body = _unwrapped("\n".join(rest[count:])).strip()
    return (headers, body, [("about", text)]) if headers and body else None


def _is_head(line: str) -> bool:
    return not line.strip() or _HEADER.match(line) is not None


def _unwrapped(text: str) -> str:
    """Join the lines of each paragraph that a mail program wrapped."""
    found = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        wrapped = len(lines) > 1 and min(map(len, lines[:-1])) > 50
        found.append((" " if wrapped else "\n").join(lines))
    return "\n\n".join(one for one in found if one)
