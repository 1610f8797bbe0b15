"""
Find articles in files, folders, patterns, at addresses and on standard input.

Whoever adds a folder wants the good files indexed and the bad ones named: whatever cannot be
read comes out as an ArticleError in its place, and the reading goes on. A file of an unknown name
is looked into, for agencies name theirs as they like; those that are no articles are named in
one error at the end, for nothing is passed over silently. An article's id derives from the
absolute path, so that it is the same from every working folder. A file that two of the paths
name is read once.
"""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from index import formats
from index.errors import ArticleError
from index.formats import jsonl
from index.formats.parts.fields import storable
from index.origins import FILES
from index.sources.url import read_url
from index.sources.web.fetch import Fetcher

_URL = re.compile(r"https?://", re.IGNORECASE)
_STDIN = "standard input"
_LOOKED_AT = 4096
_MOST_NAMED = 5

# Bytes of a file that is one article, or a few: the limit of pushed and fetched ones too.
MAX_BYTES = 10_000_000
# A larger file of lines is not read a second time to count them.
_MAX_COUNTED = 1_000_000_000
_CHUNK = 1 << 20


def read_paths(
    paths: Sequence[str], *, stdin: BinaryIO | None = None, fetcher: Fetcher | None = None
) -> Iterator[formats.Item]:
    """
    Read the articles that *paths* name, in the order given, folders sorted.

    Args:
        paths: files; folders, read with all below them but without hidden files; patterns
            ("news/**/*.txt"); addresses of pages and feeds; "-" for JSON Lines on standard input.
        stdin: read for "-" instead of the process's own.
        fetcher: asks for addresses; one that knows no hosts of our own if None.

    Returns:
        Articles, withdrawals and errors; an error names the path, the fault and the way out.
    """
    for item in _files(paths):
        if isinstance(item, ArticleError):
            yield item
        elif item is None:
            yield from _lines_of(stdin or sys.stdin.buffer, _STDIN)
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
            if item.suffix.lower() not in jsonl.SUFFIXES:
                count += 1
            elif item.stat().st_size > _MAX_COUNTED:
                return None
            else:
                count += _lines_in(item)
        except OSError:
            return None
    return count


def _lines_in(path: Path) -> int:
    # A line may be of any length: a long one counts for several.
    with path.open("rb") as file:
        return sum(bool(line.strip()) for line in iter(partial(file.readline, _CHUNK), b""))


def _read(path: Path) -> Iterator[formats.Item]:
    """Read the articles of one file."""
    name = shown(os.path.realpath(path))
    origin = FILES + os.path.dirname(name)  # noqa: PTH120  of what is no path any more
    try:
        # A named pipe would block for ever.
        if not path.is_file():
            raise OSError("not a regular file")
        with path.open("rb") as file:
            for item in read_file(file, name):
                yield item if isinstance(item, ArticleError) else replace(item, origin=origin)
    except OSError as exc:
        yield unreadable(name, exc)


def read_file(file: BinaryIO, name: str) -> Iterator[formats.Item]:
    """
    Read the articles of an open file, in memory that does not grow with its size.

    Args:
        file: JSON Lines are read a line at a time; of another format no more than `MAX_BYTES`.
        name: its path; an article's id may derive from it.

    Returns:
        Articles, withdrawals and errors, as `read_paths` does.

    Raises:
        OSError: if it cannot be read.
    """
    if Path(name).suffix.lower() in jsonl.SUFFIXES:
        yield from _lines_of(file, name)
        return
    # Looked at before anything is read: a file may be said to have any size. It may also grow.
    size = os.fstat(file.fileno()).st_size
    data = file.read(MAX_BYTES + 1) if size <= MAX_BYTES else b""
    if max(size, len(data)) > MAX_BYTES:
        yield ArticleError(
            f"{name}: {max(size, len(data)):,} bytes are too much, the limit is {MAX_BYTES:,}; "
            "split it, or write one article a line (.jsonl)"
        )
        return
    yield from formats.parse(data, name)


def unreadable(name: str, exc: OSError) -> ArticleError:
    """Word the refusal of a file that the system does not let us read."""
    reason = exc.strerror or str(exc)
    return ArticleError(f"{name}: cannot be read ({reason}); fix that or leave it out")


def _lines_of(file: BinaryIO, name: str) -> Iterator[formats.Item]:
    try:
        yield from jsonl.read_stream(file, storable(name))
    except ArticleError as exc:
        yield exc


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
            f"{shown(given)}: no such file or folder; check the spelling, or give the whole path"
        )


def _matches(pattern: str) -> Iterator[Path | ArticleError]:
    """Yield the files that a pattern matches, with those in the folders that it matches."""
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  absolute patterns too
    if not found:
        yield ArticleError(f"{shown(pattern)}: no file matches; check the pattern")
    for match in map(Path, found):
        if not match.is_dir():
            yield match
        elif "**" not in pattern:
            yield from _folder(match)


def _folder(top: Path) -> Iterator[Path | ArticleError]:
    """Yield the article files below *top*, sorted; an error if there are none."""
    errors: list[OSError] = []
    found: list[Path] = []
    others: list[Path] = []
    for here, folders, names in os.walk(top, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(here, name) for name in sorted(names) if not name.startswith(".")):
            known = formats.knows(path.name) or begins_like_article(path)
            (found if known else others).append(path)
    yield from map(_closed, errors)
    yield from found
    if found and others:
        yield ArticleError(_passed_over(top, others))
    if not found and not errors:
        yield ArticleError(
            f"{shown(top)}: the folder holds no articles; "
            f"files that count end in {', '.join(formats.SUFFIXES)}"
        )


def begins_like_article(path: Path) -> bool:
    """Return whether a file of an unknown name begins like an article of some format."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return formats.recognises(file.read(_LOOKED_AT))
    except OSError:
        return False


def _passed_over(top: Path, others: Sequence[Path]) -> str:
    """Name the files of a folder that are no articles."""
    named = ", ".join(shown(path.relative_to(top)) for path in others[:_MOST_NAMED])
    more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
    files = "1 file is" if len(others) == 1 else f"{len(others)} files are"
    return f"{shown(top)}: {files} no article and passed over ({named}{more}); move them elsewhere"


def _closed(error: OSError) -> ArticleError:
    """Word the refusal of a folder."""
    return ArticleError(
        f"{shown(str(error.filename))}: the folder cannot be read ({error.strerror}); "
        "allow reading it or leave it out"
    )


def shown(path: Path | str) -> str:
    """Give a path as text that can be stored, whatever bytes it is made of; no two as the same."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
