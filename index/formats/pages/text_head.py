"""
The head of a plain text: its headline, and what lines like "Author: Ana Petric" say of it.

A headline is recognised among what stands above a text: the kind of paper, an embargo, the name of
who issues it. An agency's wire file (IPTC 7901) has its slug above and its time below. Pure.
"""

from __future__ import annotations

import re
from datetime import UTC

from index.formats.documents.pdf_head import names_issuer
from index.formats.pages.bylines import person_line
from index.formats.pages.old_wire import TextHead, of_old_wire
from index.formats.pages.printed import printed_date
from index.formats.parts.dates import believable
from index.formats.parts.embargo import is_embargo
from index.formats.parts.fields import first_date, one_line, text_line, web_address

_HEAD_LINES, _LONGEST, _PROSE = 8, 200, 120
_SENTENCE_END = re.compile(r"[.:;,]['\"”’)\]]*\s*$")
# "Assembly debate, 9 March 2018" is a headline with its day, "Oslavik, 9 March 2018" is none.
_TITLED = re.compile(
    r"(?!(?:[Bb]y|[Oo]n|[Pp]ublished|[Pp]osted|[Uu]pdated|[Ii]ssued|[Rr]eleased|[Dd]ate)\b)"
    r"[^\n]*?\b[a-z]{4,} ?[,:–—-]"
)
_UNDERLINE = re.compile(r"[=~_*-]{3,}")
_BY = re.compile(r"By:? [A-ZÀ-ÖØ-Þ][^\n]{2,100}(?<![.!?:;])", re.IGNORECASE)
_PAPER = re.compile(
    r"\W*(?:(?:press|news|media) (?:release|statement|notice|advisory|information)|statement|"
    r"for (?:immediate )?(?:release|publication)\b[^\n]{0,60}|(?:media|press) advisory|"
    r"communiqu[ée]|(?:exclusive|update|updated|breaking)|(?:home|news)(?: ?[|·•/] ?[\w ]{2,20})+|"
    r"print(?:able)?(?: version)?|(?:tel|phone|fax|e-?mail|contacts?|media contact)\.?:[^\n]*|"
    r"share this\b[^\n]*|(?:published|posted|updated|issued|date)\b[^\n]{0,80}\d{4}[^\n]{0,60}|"
    r"(?:correction|clarification|editor['’]s note)\b[^\n]*|"
    r"https?://\S+|\S+@\S+)\W*",
    re.IGNORECASE,
)
# "Press release, Harbour Trust": below a headline it names who issued it.
_ISSUED = re.compile(
    r"(?:press|news|media) (?:release|statement)(?:,| by| from|:| [–—-]) ?"
    r"(?P<issuer>(?-i:[A-Z])[^\n.]{2,80})",
    re.IGNORECASE,
)
# Below the end of a release stands what is for editors.
_ENDS = re.compile(r"^[ \t]*\W{0,3}ends\W{0,3}[ \t]*$", re.IGNORECASE | re.MULTILINE)
_FOR_EDITORS = re.compile(
    r"\s*(?:notes? (?:to|for) (?:the )?editors?\b|notes:|"
    r"(?:media|press) (?:contacts?|enquiries|office)\b|contacts?\b|"
    r"for (?:more|further) information\b|about (?-i:[A-Z]))",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z ]{1,20}):[ \t]*(?P<value>\S[^\n]{0,400})")
_KEYS = {
    "title": "title",
    "headline": "title",
    "subject": "title",
    "from": "outlet",
    "author": "byline",
    "authors": "byline",
    "by": "byline",
    "byline": "byline",
    "date": "date",
    "published": "date",
    "publication date": "date",
    "source": "outlet",
    "outlet": "outlet",
    "publication": "outlet",
    "publisher": "outlet",
    "url": "url",
    "link": "url",
}
_FEWEST_FIELDS = 2
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BEGINS = re.compile(r"ZCZC[ \t]*\n", re.IGNORECASE)
_SLUG = re.compile(r"(?:ZCZC\s+)?[a-z]{2,5}\d{2,4} \d \w{1,4} \d{1,5} \S[^\n]{0,80}")
_WIRE_END = re.compile(
    r"\s*(?:(?P<signed>[a-z]{2,4}(?:/[a-z]{2,4}){1,4})\s*\n)?\s*"
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2}) (?P<month>[a-z]{3}) (?P<year>\d{2})\s*"
    r"(?:NNNN\s*)?\Z"
)


def read_head(text: str) -> TextHead:
    """Read the head of a text: its fields, its wire slug, else its headline alone."""
    found = _with_fields(text) or _of_wire(text) or of_old_wire(text)
    return found or _of_release(text) or TextHead(text, headline_of(text))


def _of_release(text: str) -> TextHead | None:
    """Read a release that names its issuer below its headline, or has an end; None for others."""
    end = _ENDS.search(text)
    notes = end is not None and _FOR_EDITORS.match(text, end.end()) is not None
    body = text[: end.start()].rstrip() if end is not None and notes else text
    lines = [line.strip() for line in body[:2_000].splitlines() if line.strip()][:_HEAD_LINES]
    at = next((i for i, line in enumerate(lines) if _ISSUED.fullmatch(line)), 0)
    issued = _ISSUED.fullmatch(lines[at]) if lines else None
    if issued is None and not notes:
        return None
    above = lines[at - 1] if issued is not None and at else ""
    headed = above and not (_is_furniture(above) or _SENTENCE_END.search(above))
    return TextHead(
        body,
        one_line(above) if headed and len(above) <= _LONGEST else headline_of(body),
        outlet=text_line(issued["issuer"]) if issued else None,
        left_out=tuple(line for line in text[len(body) :].splitlines() if line.strip()),
    )


def headline_of(text: str) -> str | None:
    """Find the headline among the first lines: a short line with a gap or a byline below it."""
    lines = [line.strip() for line in text[:10_000].splitlines()]
    shown = [at for at, line in enumerate(lines) if line][:_HEAD_LINES]
    found: list[str] = []
    for at in shown:
        line = lines[at]
        titled = at == shown[0] and _TITLED.match(line) and _stands_alone(lines, at)
        if (_is_furniture(line) and not titled) or _UNDERLINE.fullmatch(line):
            continue
        if len(line) > _LONGEST or _SENTENCE_END.search(line):
            break
        if not _stands_alone(lines, at):
            if len(line) > _PROSE or found:
                break
            continue
        found.append(line)
        after = next((lines[i] for i in shown if i > at), "")
        # A letterhead stands above the kind of paper, or names a body; the headline follows.
        if titled:
            break
        above = _is_furniture(after) and not _is_dateline(after)
        if not above and not (names_issuer(line) and len(found) == 1):
            break
    dated = [lines[at] for at in shown[:1] if _is_dateline(lines[at]) and _stands_alone(lines, at)]
    return one_line((found or dated)[-1]) if found or dated else None


def _stands_alone(lines: list[str], at: int) -> bool:
    """Return whether a gap, a rule, a byline or a date follows a line."""
    if at + 1 >= len(lines):
        return False
    after = lines[at + 1]
    return not after or bool(_UNDERLINE.fullmatch(after)) or _is_dateline(after)


def _is_dateline(line: str) -> bool:
    signed = _BY.fullmatch(line) is not None
    return signed or (len(line) < _PROSE and printed_date(line) is not None)


def _is_furniture(line: str) -> bool:
    return _PAPER.fullmatch(line) is not None or is_embargo(line) or _is_dateline(line)


def _with_fields(text: str) -> TextHead | None:
    """Read a head of fields, each a line, with a blank line below; None without one."""
    head, gap, rest = re.sub(r"\r\n?", "\n", text).lstrip("\n\ufeff ").partition("\n\n")
    fields = [_FIELD.fullmatch(line.strip()) for line in head.split("\n")]
    named = [(_KEYS.get(one["key"].lower()), one["value"]) for one in fields if one]
    if not gap or len(named) < max(_FEWEST_FIELDS, len(fields)) or None in dict(named):
        return None
    known = {key: value.strip() for key, value in named if key}
    if "title" not in known and "url" not in known:
        return None
    stated = known.get("date")
    return TextHead(
        rest.lstrip("\n"),
        text_line(known.get("title")) or headline_of(rest),
        person_line(known.get("byline")),
        text_line(known.get("outlet")),
        web_address(known.get("url")),
        believable(first_date(stated)) or printed_date(stated or ""),
        tuple(head.split("\n")),
    )


def _of_wire(text: str) -> TextHead | None:
    """Read an agency's wire file: slug line, headline, text, who signed it, time; None for none."""
    plain = _CONTROLS.sub("", re.sub(r"\r\n?", "\n", text)).strip("\n\ufeff ")
    slug, _, rest = _BEGINS.sub("", plain).partition("\n")
    end = _WIRE_END.search(rest)
    if end is None or not _SLUG.fullmatch(slug.strip()):
        return None
    body = rest[: end.start()].rstrip()
    title, _, below = body.partition("\n")
    if not below or _SENTENCE_END.search(title):
        return None
    stamp = f"{end['day']} {end['month'].title()} 20{end['year']}"
    day = first_date(stamp) or printed_date(stamp)
    hour, minute = int(end["hour"]), int(end["minute"])
    known = day is not None and hour < 24 and minute < 60
    timed = day.replace(hour=hour, minute=minute, tzinfo=UTC) if day and known else None
    taken = (slug, *(line for line in rest[end.start() :].split("\n") if line.strip()))
    return TextHead(
        f"{title.strip()}\n\n{below.lstrip()}",
        one_line(title.strip()),
        published_at=believable(timed),
        left_out=taken,
    )
