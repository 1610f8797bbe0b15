"""
Whether an indexer works on a data folder: it has the file of this name locked, and the lock of a
process ends with it, however that ends.
"""

from __future__ import annotations

from pathlib import Path

from index.database.locking import locked

LOCK = "indexer.lock"


def indexer_runs(folder: Path) -> bool:
    """Return whether some process indexes what waits in the queue of *folder*."""
    try:
        file = (folder / LOCK).open("r+")
    except OSError:  # no indexer has ever run, or not by this account
        return False
    with file, locked(file.fileno(), wait=False) as alone:
        return not alone
