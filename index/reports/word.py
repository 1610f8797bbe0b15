"""A report as DOCX, for word processors. Pure."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

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


def word_of(report: Report) -> bytes:
    """Lay *report* out."""
    document = document_named(title_of(report), report.made_at)
    for line in head_of(report):
        document.add_paragraph(line)
    if nothing := nothing_of(report):
        document.add_paragraph(nothing)
    for section in report.sections:
        document.add_heading(section.heading, 1)
        for group in section.statements:
            add_entry(document, entry_of(group))
        if section.changes:
            document.add_heading(CHANGED, 2)
        for change in section.changes:
            for word, entry in pair_of(change):
                document.add_paragraph(f"{word}:").paragraph_format.keep_with_next = True
                add_entry(document, entry)
    document.add_paragraph(footer(report.briefing))
    return bytes_of(document)


def document_named(title: str, made_at: datetime) -> Any:
    """Begin a document of python-docx with its title."""
    import docx  # slow to load

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = title[:255], "onrecord"
    properties.comments = ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    document.add_heading(title, 0)
    return document


def bytes_of(document: Any) -> bytes:
    """Give the file that a document of python-docx is."""
    body = io.BytesIO()
    document.save(body)
    return body.getvalue()


def add_entry(document: Any, entry: Entry, more: str = "") -> None:
    """Add a statement to a document of python-docx, with *more* behind what tells of it."""
    words = document.add_paragraph(entry.words, style="Quote")
    words.paragraph_format.keep_with_next = True
    line = document.add_paragraph()
    line.add_run(entry.speaker).bold = True
    line.add_run(f"{entry.details} · {entry.how} · ")
    if entry.link:
        _add_link(line, entry.place, entry.link)
    else:
        line.add_run(entry.place)
    if entry.also_in:
        line.add_run(f" · {entry.also_in}")
    if more:
        line.add_run(f" · {more}")


def _add_link(paragraph: Any, text: str, address: str) -> None:
    """Add a run that opens *address*; the library reads links but has no call to make one."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    number = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), number)
    run = paragraph.add_run(text)
    run.font.underline = True
    run.font.color.rgb = RGBColor(0x05, 0x63, 0xC1)
    link.append(run._r)
    paragraph._p.append(link)
