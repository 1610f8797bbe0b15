from __future__ import annotations

from shutil import disk_usage

import apsw
import pytest

from index.database import database
from index.database.database import explained
from index.errors import StoreError


@pytest.mark.parametrize(("free", "says"), [(4096, "the disk is full"), (10**9, "check the disk")])
def test_what_sqlite_calls_an_io_error_on_a_full_disk_is_named(tmp_path, monkeypatch, free, says):
    left = disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(database, "disk_usage", lambda folder: left)

    with pytest.raises(StoreError, match=says), explained(tmp_path / "a.sqlite3"):
        raise apsw.exception_for(apsw.SQLITE_IOERR_SHMSIZE)
