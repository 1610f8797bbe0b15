"""A report as Markdown (CommonMark). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~!@{}^$]")
# Addresses that readers of GitHub's Markdown make links of.
_ADDRESS = re.compile(r"(?i)\b(?P<scheme>https?|ftp|mailto|xmpp):|\b(?P<www>www)\.")
_BEGINS = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def markdown_of(report: Report) -> bytes:
    """Lay *report* out."""
    lines = [f"# {escape(title_of(report))}", *map(escape, head_of(report))]
    if nothing := nothing_of(report):
        lines.append(escape(nothing))
    for section in report.sections:
        lines.append(f"## {escape(section.heading)}")
        for group in section.statements:
            lines += _entry(entry_of(group))
        if section.changes:
            lines.append(f"### {CHANGED}")
        for change in section.changes:
            for word, entry in pair_of(change):
                lines += [f"{word}:", *_entry(entry)]
    lines += ["---", escape(footer(report.briefing))]
    return ("\n\n".join(lines) + "\n").encode()


def _entry(entry: Entry) -> Iterator[str]:
    yield f"> {escape(entry.words)}"
    place = escape(entry.place)
    where = f"[{place}](<{address(entry.link)}>)" if entry.link else place
    parts = [f"**{escape(entry.speaker)}**{escape_inner(entry.details)}", escape_inner(entry.how)]
    parts += [where, escape_inner(entry.also_in)]
    yield " · ".join(part for part in parts if part)


def escape(text: str) -> str:
    """Escape *text*, which begins a line, so that it shows as it is."""
    inner = escape_inner(text)
    return _BEGINS.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", inner)


def escape_inner(text: str) -> str:
    """Escape *text* within a line."""
    escaped = _SPECIAL.sub(lambda m: f"\\{m[0]}", text)
    return _ADDRESS.sub(lambda m: f"{m['scheme']}\\:" if m["scheme"] else f"{m['www']}\\.", escaped)


def address(link: str) -> str:
    """Write an address so that nothing in it ends the link."""
    for character in "<>\\ ":
        link = link.replace(character, f"%{ord(character):02X}")
    return _ENTITY.sub("&amp;", link)
