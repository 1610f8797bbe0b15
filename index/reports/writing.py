"""Write a report as a file; its ending says as what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.database.files import require_output, write_whole
from index.errors import SettingsError, StoreError
from index.reports.gathering import Report
from index.reports.html import html_of
from index.reports.markdown import markdown_of
from index.reports.word import word_of

_KINDS: dict[str, Callable[[Report], bytes]] = {
    ".md": markdown_of,
    ".html": html_of,
    ".docx": word_of,
}


def require_kind(path: Path) -> None:
    """
    Refuse a file of which the ending says no kind of document.

    Raises:
        SettingsError: naming the endings that do.
    """
    if path.suffix.lower() not in _KINDS:
        raise SettingsError(
            f"{path} has none of the endings {', '.join(_KINDS)}, which say what to write"
        )


def write_report(report: Report, path: Path) -> None:
    """
    Write *report* as the file *path*, in one step: a file that was there is replaced whole.

    Raises:
        SettingsError: if the ending says no kind of document.
        StoreError: if the file cannot be written.
    """
    require_kind(path)
    require_output(path)
    try:
        write_whole(path, [_KINDS[path.suffix.lower()](report)])
    except OSError as exc:
        raise StoreError(f"cannot write {path} ({exc.strerror}); name another file") from exc
