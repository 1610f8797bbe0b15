"""The files that a backup may hold, and which of them are databases of ours."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw

from index.alerts.book import ALERTS, LAYOUT
from index.errors import StoreError
from index.ingest.corrections_file import NAME as CORRECTIONS
from index.queue import ARRIVALS, QUEUE
from index.store.sqlite.migrations import INDEX
from index.store.sqlite.store import DATABASE

OWN = ("parties.tsv", "sets.toml", "feeds.opml", CORRECTIONS)
DATABASES = (ARRIVALS, ALERTS, DATABASE)
MEMBERS = (*OWN, *DATABASES)
_APPLICATIONS = {
    DATABASE: INDEX.application,
    ARRIVALS: QUEUE.application,
    ALERTS: LAYOUT.application,
}


def require_member(file: Path, path: Path) -> None:
    """
    Check a file that has been unpacked as one of the members.

    Raises:
        StoreError: naming the backup *file*, if *path* should be a database of ours and is none.
    """
    if path.name in OWN:
        return
    try:
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        name = f"{path.absolute().as_uri()}?immutable=1"
        with closing(apsw.Connection(name, flags=flags)) as db:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            found = db.pragma("application_id")
    except apsw.Error as exc:
        raise StoreError(f"backup {file}: {path.name} is no database; take another one") from exc
    if found != _APPLICATIONS.get(path.name, found):
        raise StoreError(f"backup {file}: {path.name} is no database of onrecord")
