"""An answer to be read: plain citations, and Markdown with a footnote for each statement. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from index.cli.exports.gathering import Export
from index.labels import group_quotes
from index.reports.markdown import address, escape, escape_inner
from index.reports.wording import COPIED, Entry, entry_of, plain
from index.text.date_format import minute_utc, short_day
from index.types import Quote


def text_of(export: Export) -> bytes:
    """Write each statement with its plain citation below: outlet, date, link, retrieved."""
    blocks = ["\n".join([title_of(export), *head_of(export)])]
    for number, (entry, group) in enumerate(entries_of(export), 1):
        by = f"{entry.speaker}{entry.details}; {entry.how}"
        blocks.append(f"{number}. {entry.words}\n   {by}.\n   {citation(entry, group, export)}")
    blocks.append(foot_of(export))
    return ("\n\n".join(blocks) + "\n").encode()


def markdown_of(export: Export) -> bytes:
    """Write each statement with a footnote (as GitHub, Pandoc and Obsidian read them)."""
    blocks = [f"# {escape(title_of(export))}"]
    blocks += map(escape, head_of(export))
    notes = []
    for number, (entry, group) in enumerate(entries_of(export), 1):
        blocks.append(f"> {escape(entry.words)}[^{number}]")
        by = f"**{escape(entry.speaker)}**{escape_inner(entry.details)}"
        blocks.append(f"{by} · {escape_inner(entry.how)}")
        notes.append(f"[^{number}]: {_footnote(entry, group, export)}")
    blocks += [*notes, "---", escape(foot_of(export))]
    return ("\n\n".join(blocks) + "\n").encode()


def entries_of(export: Export) -> Iterator[tuple[Entry, list[Quote]]]:
    """Word each statement of an export; a long one has several sentences."""
    for group in group_quotes(export.quotes):
        yield entry_of(group), list(group)


def citation(entry: Entry, group: list[Quote], export: Export) -> str:
    """Word where a statement stands: "Daily Example · 13 Feb 2018. https://… Retrieved …."."""
    link = f" {entry.link}" if entry.link else ""
    also = f" {entry.also_in[:1].upper()}{entry.also_in[1:]}." if entry.also_in else ""
    return f"{entry.place}.{link} {retrieved(group, export)}{also}".rstrip()


def retrieved(group: list[Quote], export: Export) -> str:
    """Word when an article came into the index: "Retrieved 14 Feb 2018."; "" if unknown."""
    at = export.retrieved.get(group[0].article_id)
    return f"Retrieved {short_day(at)}." if at is not None else ""


def title_of(export: Export) -> str:
    """Word the title: what was understood, as far as it was."""
    return plain(export.understood or export.question) or "Answer"


def head_of(export: Export) -> list[str]:
    """Word what stands below the title: the question, the moment, and all or cut."""
    asked = [f"Asked: {plain(export.question)}"] if export.question else []
    return [*asked, f"Exported {minute_utc(export.made_at)}", _sentence(plain(export.note))]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def foot_of(export: Export) -> str:
    """Word what stands at the end: how much is indexed."""
    return f"{export.coverage} · {COPIED}"


def _footnote(entry: Entry, group: list[Quote], export: Export) -> str:
    place = escape_inner(entry.place)
    where = f"[{place}](<{address(entry.link)}>)" if entry.link else place
    parts = [where + ".", escape_inner(retrieved(group, export))]
    parts += [escape_inner(_sentence(entry.also_in))] if entry.also_in else []
    return " ".join(part for part in parts if part)
