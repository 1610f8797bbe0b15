"""An answer as DOCX, for word processors. Pure."""

from __future__ import annotations

from index.cli.exports.gathering import Export
from index.cli.exports.texts import entries_of, foot_of, head_of, retrieved, title_of
from index.reports.word import add_entry, bytes_of, document_named


def word_of(export: Export) -> bytes:
    """Lay *export* out, each statement with where it stands and when that was retrieved."""
    document = document_named(title_of(export), export.made_at)
    for line in head_of(export):
        document.add_paragraph(line)
    for entry, group in entries_of(export):
        add_entry(document, entry, retrieved(group, export))
    document.add_paragraph(foot_of(export))
    return bytes_of(document)
