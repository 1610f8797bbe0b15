"""
Find what stands in the way of an answer, with a fix for each problem.

Nothing is changed, except what opening an index always brings in order. A check that fails
never hides those after it.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import apsw
import numpy as np

from index.database.in_use import sharing
from index.database.ledger import own_log
from index.errors import OnRecordError, SettingsError
from index.settings import IndexSettings, load_index_settings
from index.text.date_format import minute_utc

Level = Literal["ok", "info", "warn", "fail"]

_SQLITE = (3, 51, 3)  # earlier ones can damage a WAL database that two processes share
_LITTLE = 1_000_000_000  # bytes left on the disk
_TOO_LITTLE = 50_000_000
_WRITING_MS = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing; ``fix`` says what to do about it, "" for nothing."""

    check: str
    level: Level
    found: str
    fix: str = ""


Check = Callable[[IndexSettings], Iterable[Finding]]


def examine(data_dir: Path | None) -> Iterator[Finding]:
    """
    Look at the engine, as the settings describe it.

    Args:
        data_dir: the data folder; None for that of the settings.

    Yields:
        A finding as each check is done; a check that fails gives its error as one.
    """
    try:
        settings = load_index_settings(data_dir=data_dir)
    except SettingsError as exc:
        yield failure("settings", exc)
        return
    for name, check in _CHECKS:
        try:
            yield from check(settings)
        except OnRecordError as exc:
            yield failure(name, exc)


def failure(check: str, exc: OnRecordError) -> Finding:
    """Make a finding of an error, whose message ends in its fix."""
    found, fix = split_hint(str(exc))
    return Finding(check, "fail", found, fix)


def split_hint(message: str) -> tuple[str, str]:
    """
    Split a message at its first semicolon that stands in no brackets.

    Returns:
        What was found, and the hint; "" where the message has none.
    """
    depth = 0
    for at, character in enumerate(message):
        depth += (character == "(") - (character == ")")
        if depth == 0 and message.startswith("; ", at):
            return message[:at], message[at + 2 :]
    return message, ""


def _versions(settings: IndexSettings) -> Iterator[Finding]:
    yield Finding("Python", "ok", platform.python_version())
    version = apsw.sqlite_lib_version()
    fits = tuple(int(part) for part in version.split(".")) >= _SQLITE
    fix = "" if fits else "reinstall it: pip install --force-reinstall apsw"
    yield Finding("SQLite", "ok" if fits else "fail", version, fix)


def _models(settings: IndexSettings) -> Iterator[Finding]:
    from index.models.embedder import MODEL, encoder_folder

    encoder_folder()
    yield Finding("embedding model", "ok", f"weights of {MODEL}, every file as released")


def _tagger(settings: IndexSettings) -> Iterator[Finding]:
    from index.attribution.network import weights_file

    yield Finding("tagger", "ok", f"{weights_file().name}, as recorded")


def _tables(settings: IndexSettings) -> Iterator[Finding]:
    from index.core import tables_of
    from index.roster.outlet_sets import OutletSets

    tables_of(settings)
    own = settings.data_dir / "parties.tsv"
    yield Finding("parties", "ok", f"{own} over the shipped tables" if own.exists() else "shipped")
    if sets := OutletSets(settings.data_dir).current():
        yield Finding("sets of outlets", "ok", ", ".join(sets))


def _folder(settings: IndexSettings) -> Iterator[Finding]:
    folder = settings.data_dir
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        fix = "give this account write access, or set INDEX_DATA_DIR to another folder"
        yield Finding("data folder", "fail", f"{folder} cannot be written", fix)
        return
    note = "" if folder.exists() else ", made when something is added"
    others = sys.platform != "win32" and folder.exists() and folder.stat().st_mode & 0o077
    if others:
        fix = f"chmod 700 {folder}, unless others must put files there"
        yield Finding("data folder", "warn", f"{folder} is open to other accounts", fix)
    else:
        yield Finding("data folder", "ok", f"{folder}{note}")
    free = shutil.disk_usage(nearest).free
    level: Level = "ok" if free >= _LITTLE else "warn" if free >= _TOO_LITTLE else "fail"
    fix = "" if level == "ok" else "free space on that disk"
    yield Finding("disk", level, f"{free / 1e9:.1f} GB free", fix)


def _index(settings: IndexSettings) -> Iterator[Finding]:
    from index.models import open_embedder
    from index.store.factory import is_index, open_store, stored_model
    from index.store.sqlite.store import DATABASE

    fix = "add articles: onrecord add PATH"
    if not is_index(settings):
        yield Finding("index", "info", "nothing is indexed yet", fix)
        return
    if settings.store == "sqlite":
        with sharing(settings.data_dir):
            yield from _writers(settings.data_dir / DATABASE)
    embedder = open_embedder(settings, stored_model(settings))
    with closing(open_store(settings, embedder.name, embedder.dim)) as store:
        coverage = store.coverage()
        empty = coverage.articles == 0
        summary = "it holds no article" if empty else str(coverage)
        yield Finding("index", "warn" if empty else "ok", summary, fix if empty else "")
        # A search reads the projection whole and catches it up with the articles.
        nearest = store.search(np.eye(1, embedder.dim, dtype=np.float32)[0], 1)
        fits = bool(nearest) == bool(coverage.sentences)
        state = (
            f"of {embedder.name}, caught up with the articles"
            if fits
            else "holds no sentence of the articles"
        )
        fix = "" if fits else "run onrecord rebuild"
        yield Finding("vectors", "ok" if fits else "fail", state, fix)


def _feeds(settings: IndexSettings) -> Iterator[Finding]:
    """Report for each feed how the last looks at it went."""
    from index.arrivals.feeds.report import overdue, read_feeds

    feeds = read_feeds(settings)
    if overdue(feeds):
        fix = "start onrecord watch, which looks at them"
        yield Finding("feeds", "warn", "looks at feeds are overdue", fix)
    for feed in feeds:
        check = f"feed {feed.url}"
        if feed.gone:
            yield Finding(check, "warn", "gone for good", f"onrecord feeds remove {feed.url}")
        elif feed.errors:
            found, fix = split_hint(feed.fault or "")
            failures = f"the last {feed.errors} looks failed: {found}"
            yield Finding(check, "warn", failures, fix or "check the address")
        elif feed.looked_at is None:
            fix = "onrecord watch looks at it"
            yield Finding(check, "info", "not looked at yet", fix)
        else:
            yield Finding(check, "ok", f"looked at {minute_utc(feed.looked_at)}")


def _watches(settings: IndexSettings) -> Iterator[Finding]:
    """Report whether articles still come in, and which watches find nothing any more."""
    from index.alerts.book import Book, is_book
    from index.core import open_index
    from index.maintenance.silence import silences
    from index.store.factory import is_index

    if not is_index(settings):
        return
    fixes = {
        "articles": "look whether onrecord watch runs, and what its sources bring",
        "watch": "onrecord alerts test TEXT shows what it would have found",
    }
    with ExitStack() as stack:
        index = stack.enter_context(closing(open_index(settings, create=False)))
        here = is_book(settings.data_dir)
        book = stack.enter_context(closing(Book(settings.data_dir))) if here else None
        for each in silences(index, book, datetime.now(UTC), settings):
            if each.kind != "feed":  # these have a line of their own
                yield Finding("silence", "warn", each.text, fixes[each.kind])


def _writers(file: Path) -> Iterator[Finding]:
    """Find out whether the file can be written now."""
    with closing(apsw.Connection(str(file))) as db:
        own_log(db)
        db.set_busy_timeout(_WRITING_MS)
        try:
            db.execute("BEGIN IMMEDIATE; ROLLBACK")
        except apsw.BusyError:
            fix = "wait for the other process (onrecord add, watch or rebuild), or end it"
            yield Finding("writing", "warn", "another process is writing", fix)
        except apsw.Error as exc:
            fix = "give this account write access to the file"
            yield Finding("writing", "fail", f"{file} cannot be written ({exc})", fix)
        else:
            yield Finding("writing", "ok", "nobody holds the index")


_CHECKS: tuple[tuple[str, Check], ...] = (
    ("versions", _versions),
    ("embedding model", _models),
    ("tagger", _tagger),
    ("parties", _tables),
    ("data folder", _folder),
    ("index", _index),
    ("feeds", _feeds),
    ("watches", _watches),
)
