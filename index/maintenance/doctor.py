"""
What stands in the way of an answer, each with its mend.

Nothing is changed, except what opening an index always brings in order. A check that fails
never hides those after it.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import apsw
import numpy as np

from index.cli.terminal import coverage_line, printable
from index.cli.upkeep import print_json
from index.database.ledger import own_log
from index.errors import OnRecordError, SettingsError
from index.settings import IndexSettings, load_index_settings

Level = Literal["ok", "info", "warn", "fail"]

_SQLITE = (3, 51, 3)  # earlier ones can damage a WAL database that two processes share
_LITTLE = 1_000_000_000  # bytes left on the disk
_TOO_LITTLE = 50_000_000
_WRITING_MS = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing; ``mend`` tells what to do about it."""

    check: str
    level: Level
    found: str
    mend: str = ""


Check = Callable[[IndexSettings], Iterable[Finding]]


def print_findings(findings: Iterable[Finding], *, as_json: bool) -> int:
    """Print each finding as it comes; 1 if any is a failure."""
    failed = False
    for finding in findings:
        failed = failed or finding.level == "fail"
        if as_json:
            print_json(asdict(finding))
            continue
        mend = f"\n      → {finding.mend}" if finding.mend else ""
        line = f"{finding.level:<4}  {finding.check}: {finding.found}{mend}"
        print(printable(line), flush=True)
    return 1 if failed else 0


def examine(data_dir: Path | None) -> Iterator[Finding]:
    """Look at the engine, as the settings describe it."""
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
    """Make a finding of an error, whose message ends in its mend."""
    found, _, mend = str(exc).rpartition("; ")
    return Finding(check, "fail", found or mend, mend if found else "")


def _versions(settings: IndexSettings) -> Iterator[Finding]:
    yield Finding("Python", "ok", platform.python_version())
    version = apsw.sqlite_lib_version()
    fits = tuple(int(part) for part in version.split(".")) >= _SQLITE
    mend = "" if fits else "reinstall it: pip install --force-reinstall apsw"
    yield Finding("SQLite", "ok" if fits else "fail", version, mend)


def _models(settings: IndexSettings) -> Iterator[Finding]:
    from index.models.embedder import MODEL, encoder_folder

    encoder_folder()
    yield Finding("embedding model", "ok", f"weights of {MODEL}, every file as released")


def _tagger(settings: IndexSettings) -> Iterator[Finding]:
    from index.attribution.network import weights_file

    yield Finding("tagger", "ok", f"{weights_file().name}, as recorded")


def _tables(settings: IndexSettings) -> Iterator[Finding]:
    from index.core import tables_of

    tables_of(settings)
    own = settings.data_dir / "parties.tsv"
    yield Finding("parties", "ok", f"{own} over the shipped tables" if own.exists() else "shipped")


def _folder(settings: IndexSettings) -> Iterator[Finding]:
    folder = settings.data_dir
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        mend = "give this account write access, or set INDEX_DATA_DIR to another folder"
        yield Finding("data folder", "fail", f"{folder} cannot be written", mend)
        return
    told = str(folder) if folder.exists() else f"{folder}, made when something is added"
    yield Finding("data folder", "ok", told)
    free = shutil.disk_usage(nearest).free
    level: Level = "ok" if free >= _LITTLE else "warn" if free >= _TOO_LITTLE else "fail"
    mend = "" if level == "ok" else "free space on that disk"
    yield Finding("disk", level, f"{free / 1e9:.1f} GB free", mend)


def _index(settings: IndexSettings) -> Iterator[Finding]:
    from index.models import open_embedder
    from index.store.factory import open_store, stored_model
    from index.store.sqlite.store import DATABASE

    mend = "add articles: onrecord add PATH"
    if settings.store == "memory" or not (settings.data_dir / DATABASE).exists():
        yield Finding("index", "info", "nothing is indexed yet", mend)
        return
    yield from _writers(settings.data_dir / DATABASE)
    embedder = open_embedder(settings, stored_model(settings))
    with closing(open_store(settings, embedder.name, embedder.dim)) as store:
        coverage = store.coverage()
        empty = coverage.articles == 0
        told = "it holds no article" if empty else coverage_line(coverage)
        yield Finding("index", "warn" if empty else "ok", told, mend if empty else "")
        # A search reads the projection whole and catches it up with the articles.
        nearest = store.search(np.eye(1, embedder.dim, dtype=np.float32)[0], 1)
        fits = bool(nearest) == bool(coverage.sentences)
        told = (
            f"of {embedder.name}, caught up with the articles"
            if fits
            else "holds no sentence of the articles"
        )
        mend = "" if fits else "run onrecord rebuild"
        yield Finding("vectors", "ok" if fits else "fail", told, mend)


def _feeds(settings: IndexSettings) -> Iterator[Finding]:
    """Tell of each feed how the last looks at it went."""
    from index.arrivals.feeds.report import overdue, read_feeds

    feeds = read_feeds(settings)
    if overdue(feeds):
        mend = "start onrecord watch, which looks at them"
        yield Finding("feeds", "warn", "looks at feeds are overdue", mend)
    for feed in feeds:
        check = f"feed {feed.url}"
        if feed.gone:
            yield Finding(check, "warn", "gone for good", f"onrecord feeds remove {feed.url}")
        elif feed.errors:
            found, _, mend = (feed.fault or "").rpartition("; ")
            told = f"{feed.errors} looks in a row failed: {found or mend}"
            yield Finding(check, "warn", told, mend if found else "check the address")
        elif feed.looked_at is None:
            mend = "onrecord watch looks at it"
            yield Finding(check, "info", "not looked at yet", mend)
        else:
            yield Finding(check, "ok", f"looked at {feed.looked_at:%Y-%m-%d %H:%M} UTC")


def _writers(file: Path) -> Iterator[Finding]:
    """Tell whether the file can be written now."""
    with closing(apsw.Connection(str(file))) as db:
        own_log(db)
        db.set_busy_timeout(_WRITING_MS)
        try:
            db.execute("BEGIN IMMEDIATE; ROLLBACK")
        except apsw.BusyError:
            mend = "wait for the other process (onrecord add, watch or rebuild), or end it"
            yield Finding("writing", "warn", "another process is writing", mend)
        except apsw.Error as exc:
            mend = "give this account write access to the file"
            yield Finding("writing", "fail", f"{file} cannot be written ({exc})", mend)
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
)
