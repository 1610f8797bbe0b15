"""
A copy of an index in one file, and a folder made from it again.

The file is a zip: databases, the user's own files, and a manifest with the SHA-256 of each.
SQLite's backup copies one state of a database while others write to it. The free pages, in which
the text of a withdrawn article may still stand, are vacuumed out of the copy (`VACUUM INTO` does
both at once, but writes the pages of a large database without their checksums). The queue is
copied before the index: an article on its way from one to the other is then in both, never in
neither, and taking it in twice changes nothing. The snapshot of the vectors is left out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import apsw
from pydantic import TypeAdapter, ValidationError

from index.arrivals.lock import only_indexer
from index.database import in_use, switch
from index.database.database import check_complete, connect, is_there, rows_of
from index.database.files import (
    BINARY,
    PRIVATE_FILE,
    make_private_folder,
    require_output,
    sync_folder,
)
from index.database.ledger import ENDINGS
from index.errors import StoreError
from index.maintenance.members import DATABASES, MEMBERS, OWN, require_member
from index.queue.running import LOCK
from index.settings import IndexSettings
from index.store.factory import require_index
from index.store.sqlite.migrations import INDEX
from index.store.sqlite.store import DATABASE, SNAPSHOT

FORMAT = 1
MANIFEST = "manifest.json"

_CHUNK = 1 << 20
_LONGEST_MANIFEST = 1 << 20
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup; ``size`` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: of which index, in which state, in which formats."""

    format: int
    made_at: datetime
    index_format: int
    model: str
    generation: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """Another database that goes with the index; the SQL *clean* takes out what must not."""

    path: Path
    clean: str


_MANIFESTS = TypeAdapter(Manifest)


def write_backup(settings: IndexSettings, file: Path, extra: Extra | None = None) -> Manifest:
    """
    Copy the index of *settings* into *file*, whatever is being written to it meanwhile.

    Args:
        settings: name the data folder.
        file: made, or put in the place of an older backup, in one step; readable by this account
            only.
        extra: goes with it.

    Raises:
        StoreError: if there is no index, if it cannot be read or *file* not be written, or if
            *file* is there and no backup.
    """
    if settings.store != "sqlite":
        raise StoreError(
            "only an index in a folder is copied here (INDEX_STORE=sqlite); copy a database by its "
            "own means: pg_dump, or what its host offers"
        )
    require_index(settings)
    _require_replaceable(file)
    folder = settings.data_dir
    with (
        in_use.sharing(folder),
        _explained(f"backup {file} cannot be written", "name a file on a disk with space"),
    ):
        found = [folder / name for name in OWN if (folder / name).exists()]
        found += [folder / name for name in DATABASES if is_there(folder / name)]
        with TemporaryDirectory(prefix=".backup-", dir=file.absolute().parent) as aside:
            copies = [_copy(path, Path(aside) / path.name) for path in found]
            if extra is not None:
                copies.append(_copy(extra.path, Path(aside) / extra.path.name, extra.clean))
            manifest = _manifest_of(copies)
            whole = Path(aside) / "backup.zip"
            _write_zip(whole, copies, manifest)
            whole.replace(file)
        sync_folder(file.absolute().parent)
    return manifest


def restore_backup(
    file: Path,
    folder: Path,
    *,
    force: bool = False,
    elsewhere: Mapping[str, Path] | None = None,
) -> Manifest:
    """
    Make *folder* hold the index of the backup *file*.

    Every member is read and its hash compared before anything of *folder* is touched; then all
    are put in place in one step, which the next command finishes if this one is interrupted.

    Args:
        file: as `write_backup` made it.
        folder: made when missing.
        force: also where *folder* holds something; the files of its index move into a folder
            within it whose name begins with ``replaced-``.
        elsewhere: by name, the folders of members that are not part of the index.

    Raises:
        StoreError: if *file* is damaged, of a newer format or holds something unknown, if
            *folder* is not empty, or if another process uses it.
    """
    manifest = read_manifest(file)
    homes = {**dict.fromkeys(MEMBERS, folder), **(elsewhere or {})}
    if unknown := [each.name for each in manifest.members if each.name not in homes]:
        raise StoreError(
            f"backup {file} holds {unknown[0]!r}, which is no part of an index; use the version "
            "of onrecord that wrote it"
        )
    if DATABASE not in [each.name for each in manifest.members]:
        raise StoreError(f"{file} holds no index; take another one")
    if not force:
        _require_empty(folder)
    used = list(dict.fromkeys([folder, *(homes[each.name] for each in manifest.members)]))
    with only_indexer(folder), _explained(f"folder {folder} cannot be written", "free space"):
        for home in used:
            make_private_folder(home)
            if switch.is_pending(home):
                in_use.finish_switch(home)
        with in_use.alone(used):
            if not force:
                # Somebody may have begun an index there meanwhile.
                _require_empty(folder)
            _replace(file, manifest, folder, homes)
    return manifest


def _replace(file: Path, manifest: Manifest, folder: Path, homes: Mapping[str, Path]) -> None:
    """Unpack the members aside, and put them in the place of what there is."""
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    members = tuple((homes[each.name], each.name) for each in manifest.members)
    old = {home / one: (home, one) for home, one in _replaced(folder, members)}
    plan = switch.Switch(folder, name, members, tuple(old.values()))
    try:
        for home in plan.homes:
            switch.clear(home)
            plan.aside(home).mkdir(mode=0o700)
        for member in manifest.members:
            home = homes[member.name]
            _extract(file, member, plan.aside(home) / member.name)
        switch.begin(plan)
    except BaseException:
        if not switch.is_pending(folder):
            for home in plan.homes:
                (home / switch.JOURNAL).unlink(missing_ok=True)
                switch.clear(home)
        raise
    switch.finish(folder)


def read_manifest(file: Path) -> Manifest:
    """
    Read what the backup *file* says it holds.

    Raises:
        StoreError: if it is no backup, or of a newer format.
    """
    with _explained(f"backup {file} cannot be read", "name a file that `onrecord backup` made"):
        try:
            with zipfile.ZipFile(file) as archive, archive.open(MANIFEST) as stream:
                manifest = _MANIFESTS.validate_json(stream.read(_LONGEST_MANIFEST))
        except (*_DAMAGED, ValidationError) as exc:
            raise StoreError(f"{file} is damaged or no backup; take another one") from exc
    for what, found, known in (
        ("backup", manifest.format, FORMAT),
        ("index in backup", manifest.index_format, INDEX.format),
    ):
        if found > known:
            raise StoreError(
                f"{what} {file} has format {found}, this version of onrecord uses {known}; "
                "use the version that wrote it"
            )
    return manifest


def _copy(path: Path, copy: Path, clean: str = "") -> Path:
    """Copy a file of the user's, or one state of a database without what *clean* deletes."""
    if path.name in OWN:
        shutil.copyfile(path, copy)
        return copy
    with closing(connect(path)) as db, closing(apsw.Connection(str(copy))) as made:
        check_complete(path, db)
        # A page gets its checksum as it is written, if the file says by then that it keeps any.
        made.reserve_bytes("main", db.reserve_bytes("main", -1))
        made.pragma("user_version", 1)
        with made.backup("main", db, "main") as pages:
            pages.step(-1)  # all at once: one state, while writers go on
        made.execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF")
        made.execute(clean)
        made.execute("VACUUM")
    return copy


def _manifest_of(copies: Sequence[Path]) -> Manifest:
    index = next(copy for copy in copies if copy.name == DATABASE)
    with closing(connect(index)) as db:
        meta = dict(rows_of(db, "SELECT name, value FROM meta"))
        version = int(db.pragma("user_version"))
    members = []
    for copy in copies:
        with copy.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        members.append(Member(copy.name, copy.stat().st_size, digest))
    now = datetime.now(UTC)
    return Manifest(FORMAT, now, version, meta["model"], meta["generation"], tuple(members))


def _write_zip(whole: Path, copies: Sequence[Path], manifest: Manifest) -> None:
    whole.touch(mode=0o600)
    with whole.open("wb") as stream:
        # Level 1: vectors hardly shrink, and nobody should wait for them.
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(MANIFEST, _MANIFESTS.dump_json(manifest, indent=1))
            for copy in copies:
                archive.write(copy, copy.name)
        _flush(stream)


def _require_replaceable(file: Path) -> None:
    """Refuse to write over anything but a backup: a wrong name would cost what stands there."""
    require_output(file)
    if file.exists():
        try:
            read_manifest(file)
        except StoreError as exc:
            raise StoreError(
                f"{file} is there and no backup; name another file, or delete it first"
            ) from exc


def _require_empty(folder: Path) -> None:
    # A restore that failed leaves the files of its locks, and what it had unpacked if killed.
    there = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if {name for name in there - {LOCK, in_use.LOCK} if not name.startswith(switch.ASIDE)}:
        raise StoreError(
            f"folder {folder} is not empty; name another with --data-dir, or replace the index "
            "in it with --force"
        )


def _extract(file: Path, member: Member, to: Path) -> None:
    """Unpack *member*, not more of it than its manifest says, and compare its hash."""
    digest, left = hashlib.sha256(), member.size
    try:
        with (
            zipfile.ZipFile(file) as archive,
            archive.open(member.name) as stream,
            os.fdopen(os.open(to, _NEW, PRIVATE_FILE), "wb") as out,
        ):
            while left >= 0 and (chunk := stream.read(min(_CHUNK, left + 1))):
                left -= len(chunk)
                digest.update(chunk)
                out.write(chunk)
            _flush(out)
    except _DAMAGED as exc:
        raise StoreError(f"backup {file}: {member.name} is damaged; take another one") from exc
    if left or digest.hexdigest() != member.sha256:
        raise StoreError(
            f"backup {file}: {member.name} has SHA-256 {digest.hexdigest()}, its manifest names "
            f"{member.sha256}; take another one"
        )
    require_member(file, to)


def _replaced(folder: Path, members: Sequence[switch.Place]) -> Iterator[switch.Place]:
    """List the files that the restored ones replace, each with its folder."""
    # A log that stayed beside another database would be taken for that one's.
    for home, name in (*((folder, name) for name in (*MEMBERS, SNAPSHOT)), *members):
        yield from ((home, f"{name}{ending}") for ending in ENDINGS)


def _flush(stream: IO[bytes]) -> None:
    stream.flush()
    os.fsync(stream.fileno())


@contextmanager
def _explained(what: str, hint: str) -> Iterator[None]:
    try:
        yield
    except (OSError, apsw.Error) as exc:
        raise StoreError(f"{what} ({exc}); {hint}") from exc
