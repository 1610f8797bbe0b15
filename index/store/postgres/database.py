"""
Connections to one PostgreSQL database: read in one snapshot, written in one transaction.

A server that restarts, or whose child dies, breaks every connection at once. So whatever is read
or written is a function that can be run again: for some seconds on new connections, after
that the fault is told. What was acknowledged is on the server's disk (`synchronous_commit` is the
server's own setting and is left alone).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeAlias, TypeVar

import psycopg
from psycopg.adapt import Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.string import StrDumperUnknown

from index.errors import StoreError
from index.store.postgres.faults import passes_by_itself, store_error

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

# Seconds. Who asks a question waits no longer; who indexes would stop otherwise.
READING_PATIENCE = 5.0
WRITING_PATIENCE = 30.0
_PAUSE = 0.1
_IDLE = 8
_CONNECT_SECONDS = 5

# PostgreSQL takes every character but NUL in a text: it is written as a pair that begins with
# this one, which Unicode never assigns.
_ESCAPE = "\U0010ffff"

_T = TypeVar("_T")


class _TextDumper(StrDumperUnknown):
    def dump(self, obj: str) -> Any:
        if "\0" in obj or _ESCAPE in obj:
            obj = obj.replace(_ESCAPE, f"{_ESCAPE}1").replace("\0", f"{_ESCAPE}0")
        return super().dump(obj)


class _TextLoader(Loader):
    def load(self, data: Any) -> str:
        text = bytes(data).decode()
        if _ESCAPE in text:
            text = text.replace(f"{_ESCAPE}0", "\0").replace(f"{_ESCAPE}1", _ESCAPE)
        return text


class PostgresDatabase:
    """
    A database by its URL, from several threads.

    Args:
        url: as libpq reads it.

    Raises:
        StoreError: if libpq cannot read *url*. What the server refuses is told at the first use.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.place = place_of(url)
        self._lock = Lock()
        self._idle: list[Connection] = []
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def read(self, work: Callable[[Connection], _T]) -> _T:
        """
        Run *work* in one snapshot of the database; it may be run again.

        Raises:
            StoreError: if the server stays away, or fails otherwise.
        """
        return self._run(work, read_only=True)

    def write(self, work: Callable[[Connection], _T]) -> _T:
        """
        Run *work* in a transaction that is durable when this returns; it may be run again.

        Raises:
            StoreError: as `read`.
        """
        return self._run(work, read_only=False)

    def close(self) -> None:
        """Close all connections that are not in use; calling it twice is fine."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _run(self, work: Callable[[Connection], _T], *, read_only: bool) -> _T:
        last = time.monotonic() + (READING_PATIENCE if read_only else WRITING_PATIENCE)
        while True:
            try:
                return self._once(work, read_only=read_only)
            except psycopg.Error as exc:
                if not passes_by_itself(exc) or time.monotonic() > last:
                    raise store_error(exc, self.place) from exc
            self._drop_idle()
            time.sleep(_PAUSE)

    def _once(self, work: Callable[[Connection], _T], *, read_only: bool) -> _T:
        connection = self._take()
        try:
            connection.read_only = read_only
            connection.isolation_level = (
                psycopg.IsolationLevel.REPEATABLE_READ
                if read_only
                else psycopg.IsolationLevel.READ_COMMITTED
            )
            with connection.transaction():
                return work(connection)
        finally:
            self._give_back(connection)

    def _take(self) -> Connection:
        with self._lock:
            if self._closed:
                raise StoreError("the store is closed; open it again")
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: Connection) -> None:
        idle = psycopg.pq.TransactionStatus.IDLE
        with self._lock:
            sound = not connection.closed and connection.info.transaction_status == idle
            if sound and not self._closed and len(self._idle) < _IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _drop_idle(self) -> None:
        """Drop what was connected before a fault: most likely all are broken."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _connect(self) -> Connection:
        given = conninfo_to_dict(self._url)
        given.setdefault("connect_timeout", _CONNECT_SECONDS)
        given.setdefault("application_name", "onrecord")
        # Nothing is prepared: a plan for few keys would be kept for many, and a pooler that gives
        # every transaction another server connection can stand between.
        connection = psycopg.connect(
            make_conninfo("", **given, client_encoding="utf8"),
            autocommit=True,
            prepare_threshold=None,
        )
        connection.adapters.register_dumper(str, _TextDumper)
        for name in ("text", "varchar"):
            connection.adapters.register_loader(name, _TextLoader)
        return connection


def place_of(url: str) -> str:
    """
    Name a server and its database as an operator knows them, without the password.

    Raises:
        StoreError: for what libpq cannot read as an address.
    """
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError as exc:
        raise StoreError(
            "INDEX_STORE is no address of PostgreSQL; write it as "
            "postgresql://user:password@host:5432/database"
        ) from exc
    host = given.get("host") or "localhost"
    port = f":{given['port']}" if given.get("port") else ""
    return f"postgresql://{host}{port}/{given.get('dbname') or given.get('user') or ''}"


def one(db: Connection, query: str, values: Any = ()) -> tuple[Any, ...] | None:
    """Fetch the first row of a query; None if there is none."""
    return db.execute(query.encode(), values).fetchone()


def rows(db: Connection, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
    """Fetch all rows of a query."""
    return db.execute(query.encode(), values).fetchall()
