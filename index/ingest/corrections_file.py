r"""
What the desk has put right: ``corrections.tsv`` in the data folder, one line each.

A line says who said a sentence of an article, whatever the models find. The file is the desk's own
and outlives the index: what is read again, or restored from a backup, is put right again. It may
be edited by hand; later lines win. In a cell a tab is written ``\t``, a new line ``\n``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from index.database.files import PRIVATE_FILE, make_private_folder, write_whole
from index.database.locking import locked
from index.errors import SettingsError, StoreError

NAME = "corrections.tsv"
_LOCK = "corrections.lock"
_HEAD = ("article", "place", "words", "was", "speaker", "role", "party", "by", "at")
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


class Correction(NamedTuple):
    """
    Who said a sentence.

    ``words`` are the sentence with single blanks, ``place`` where it began, by which two of the
    same words are told apart. ``was`` is whom the models named, ``speaker`` who it was: "" for
    nobody. ``by`` says who decided it.
    """

    article_id: str
    place: int
    words: str
    was: str
    speaker: str
    role: str = ""
    party: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    stamp: tuple[int, int]
    rows: dict[str, tuple[Correction, ...]]


class CorrectionsFile:
    """The file of one data folder; read again when it has changed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._read = _Read((0, 0), {})

    def of(self, article_id: str) -> tuple[Correction, ...]:
        """
        List what was put right in an article, the oldest first.

        Raises:
            SettingsError: if the file cannot be read or a line of it is wrong.
        """
        return self._current().get(article_id, ())

    def all(self) -> tuple[Correction, ...]:
        """List all, in the order of the file; raises as `of` does."""
        return tuple(row for _, row in _rows(self._path))

    def add(self, correction: Correction) -> None:
        """
        Write a line; it is on disk when this returns.

        Raises:
            SettingsError: if the file holds a line that is wrong.
            StoreError: if it cannot be written.
        """
        try:
            make_private_folder(self._path.parent)
            with self._alone():
                rows = [row for _, row in _rows(self._path)]
                lines = [_HEAD, *rows, correction]
                text = "".join("\t".join(map(_written, line)) + "\n" for line in lines)
                write_whole(self._path, [text.encode()])
        except OSError as exc:
            raise StoreError(f"{self._path} cannot be written ({exc}); check the folder") from exc

    def _current(self) -> dict[str, tuple[Correction, ...]]:
        try:
            found = self._path.stat()
        except OSError:
            return {}
        stamp = found.st_mtime_ns, found.st_size
        if stamp != self._read.stamp:
            rows: dict[str, tuple[Correction, ...]] = {}
            for _, row in _rows(self._path):
                rows[row.article_id] = (*rows.get(row.article_id, ()), row)
            self._read = _Read(stamp, rows)
        return self._read.rows

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let nobody else write meanwhile: of two lines at once one would be lost."""
        file = os.open(self._path.with_name(_LOCK), os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            with locked(file, wait=True):
                yield
        finally:
            os.close(file)


def _rows(path: Path) -> Iterator[tuple[int, Correction]]:
    try:
        text = path.read_text("utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeError) as exc:
        raise SettingsError(f"cannot read {path}: {exc}; save it as UTF-8 text") from exc
    for number, line in enumerate(text.split("\n"), 1):
        cells = [_plain(cell) for cell in line.rstrip("\r").split("\t")]
        if not line.strip() or line.startswith("#") or tuple(cells[:3]) == _HEAD[:3]:
            continue
        yield number, _correction(path, number, cells)


def _correction(path: Path, number: int, cells: list[str]) -> Correction:
    cells = (cells + [""] * len(_HEAD))[: len(_HEAD)]
    article_id, place, words, *rest = cells
    if not article_id or not words.strip() or not (place or "0").isdecimal():
        raise SettingsError(
            f"{path}, line {number}: no article, place and words; write "
            f"{', tab, '.join(_HEAD[:5])}, or delete the line"
        )
    return Correction(article_id, int(place or 0), " ".join(words.split()), *rest)


def _written(cell: object) -> str:
    text = str(cell)
    for plain, escape in _ESCAPES:
        text = text.replace(plain, escape)
    return text


def _plain(cell: str) -> str:
    marks = {escape[1]: plain for plain, escape in _ESCAPES}
    text, at = "", 0
    while (found := cell.find("\\", at)) >= 0:
        text += cell[at:found] + marks.get(cell[found + 1 : found + 2], cell[found : found + 2])
        at = found + 2
    return text + cell[at:]


def now_written(moment: datetime) -> str:
    """Write when something was put right: to the second."""
    return moment.isoformat(timespec="seconds")
