"""
Find articles in files, folders, patterns, at addresses and on standard input.

Whoever adds a folder wants the good files indexed and the bad ones named: whatever cannot be
read comes out as an ArticleError in its place, and the reading goes on. An article's id derives
from the absolute path, so that it is the same from every working folder. A file that two of
the paths name is read once.
"""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from index import formats
from index.errors import ArticleError
from index.sources.url import read_url
from index.sources.web.fetch import Fetcher

_URL = re.compile(r"https?://", re.IGNORECASE)
_STDIN = "standard input"


def read_paths(
    paths: Sequence[str], *, stdin: BinaryIO | None = None, fetcher: Fetcher | None = None
) -> Iterator[formats.Item]:
    """
    Read the articles that *paths* name, in the order given, folders sorted.

    Args:
        paths: files; folders, read with all below them but without hidden files and unknown
            suffixes; patterns ("news/**/*.txt"); addresses of pages and feeds; "-" for JSON
            Lines on standard input.
        stdin: read for "-" instead of the process's own.
        fetcher: asks for addresses; one that knows no hosts of our own if None.

    Returns:
        Articles, withdrawals and errors; an error names the path, the fault and the way out.
    """
    for item in _files(paths):
        if isinstance(item, ArticleError):
            yield item
        elif item is None:
            data = (stdin or sys.stdin.buffer).read()
            yield from formats.parse(data, _STDIN, "application/x-ndjson")
        elif isinstance(item, str):
            fetcher = fetcher or Fetcher()
            yield from read_url(item, fetcher)
        else:
            yield from _read(item)


def expected_articles(paths: Sequence[str]) -> int | None:
    """
    Estimate how many articles ``read_paths`` would read, without reading them.

    Each line of JSON Lines is one, and each other file. None where only reading can tell:
    standard input, addresses, a file that cannot be read.
    """
    count = 0
    for item in _files(paths):
        if isinstance(item, ArticleError):
            continue
        if not isinstance(item, Path) or not item.is_file():
            return None
        try:
            count += _lines_in(item) if item.suffix.lower() in (".jsonl", ".ndjson") else 1
        except OSError:
            return None
    return count


def _lines_in(path: Path) -> int:
    with path.open("rb") as file:
        return sum(bool(line.strip()) for line in file)


def _read(path: Path) -> Iterator[formats.Item]:
    """Read the articles of one file."""
    name = _shown(os.path.realpath(path))
    try:
        # A named pipe would block for ever.
        if not path.is_file():
            raise OSError("not a regular file")
        data = path.read_bytes()
    except OSError as exc:
        reason = exc.strerror or str(exc)
        yield ArticleError(f"{name}: cannot be read ({reason}); fix that or leave it out")
        return
    yield from formats.parse(data, name)


def _files(paths: Sequence[str]) -> Iterator[Path | str | ArticleError | None]:
    """Yield each file and address once; None stands for standard input."""
    seen: set[str | None] = set()
    for given in paths:
        for item in _named_by(given):
            if isinstance(item, ArticleError):
                yield item
                continue
            # Path.resolve() raises for a link to itself.
            key = os.path.realpath(item) if isinstance(item, Path) else item
            if key not in seen:
                seen.add(key)
                yield item


def _named_by(given: str) -> Iterator[Path | str | ArticleError | None]:
    """Yield the files, or the address, that one path names."""
    if given == "-":
        yield None
    elif _URL.match(given):
        yield given
    elif os.path.isdir(given):  # noqa: PTH112  Path.is_dir() raises for a name that is too long
        yield from _folder(Path(given))
    elif os.path.lexists(given):
        yield Path(given)
    elif glob.has_magic(given):
        yield from _matches(given)
    else:
        yield ArticleError(
            f"{_shown(given)}: no such file or folder; check the spelling, or give the whole path"
        )


def _matches(pattern: str) -> Iterator[Path | ArticleError]:
    """Yield the files that a pattern matches, with those in the folders that it matches."""
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  absolute patterns too
    if not found:
        yield ArticleError(f"{_shown(pattern)}: no file matches; check the pattern")
    for match in map(Path, found):
        if not match.is_dir():
            yield match
        elif "**" not in pattern:
            yield from _folder(match)


def _folder(top: Path) -> Iterator[Path | ArticleError]:
    """Yield the article files below *top*, sorted; an error if there are none."""
    errors: list[OSError] = []
    found: list[Path] = []
    for here, folders, names in os.walk(top, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        wanted = (name for name in names if not name.startswith(".") and formats.knows(name))
        found += [Path(here, name) for name in sorted(wanted)]
    yield from map(_closed, errors)
    yield from found
    if not found and not errors:
        yield ArticleError(
            f"{_shown(top)}: the folder holds no articles; "
            f"files that count end in {', '.join(formats.SUFFIXES)}"
        )


def _closed(error: OSError) -> ArticleError:
    """Word the refusal of a folder."""
    return ArticleError(
        f"{_shown(str(error.filename))}: the folder cannot be read ({error.strerror}); "
        "allow reading it or leave it out"
    )


def _shown(path: Path | str) -> str:
    """Give a path as text that can be printed and stored, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")
