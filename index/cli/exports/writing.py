"""Write an export in one of its forms; a file's ending says in which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.cli.exports.document import word_of
from index.cli.exports.gathering import Export
from index.cli.exports.rows import csv_of, jsonl_of
from index.cli.exports.texts import markdown_of, text_of
from index.database.files import require_output, write_whole
from index.errors import SettingsError, StoreError


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export, with its media type."""

    mime: str
    make: Callable[[Export], bytes]


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {
    "csv": Form("text/csv; charset=utf-8", csv_of),
    "jsonl": Form("application/jsonl", jsonl_of),
    "md": Form("text/markdown; charset=utf-8", markdown_of),
    "docx": Form(_WORD, word_of),
    "txt": Form("text/plain; charset=utf-8", text_of),
}


def require_form(path: Path) -> Form:
    """
    Give the form that the ending of *path* names.

    Raises:
        SettingsError: if it names none; lists those there are.
    """
    form = FORMS.get(path.suffix.lower().removeprefix("."))
    if form is None:
        endings = ", ".join(f".{name}" for name in FORMS)
        raise SettingsError(f"{path} has none of the endings {endings}, which say what to write")
    return form


def write_export(export: Export, path: Path) -> None:
    """
    Write *export* as the file *path*, in one step: a file that was there is replaced whole.

    Raises:
        SettingsError: if the ending names no form.
        StoreError: if the file cannot be written.
    """
    form = require_form(path)
    require_output(path)
    try:
        write_whole(path, [form.make(export)])
    except OSError as exc:
        raise StoreError(f"cannot write {path} ({exc.strerror}); name another file") from exc
