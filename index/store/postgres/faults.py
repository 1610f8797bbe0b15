"""
What a fault of PostgreSQL means to an operator: one plain line with the way out.

The server tells most faults by a code (SQLSTATE); those of connecting only by their words, which
are passed on whatever language the server speaks.
"""

from __future__ import annotations

import psycopg

from index.errors import StoreError

_WHO = "correct user and password in INDEX_STORE"
_WAYS_OUT = {
    "25006": (
        "it is a read-only replica; name the primary in INDEX_STORE "
        "(`target_session_attrs=read-write` finds it among several hosts)"
    ),
    "28000": _WHO,
    "28P01": _WHO,
    "3D000": "make it with `createdb`, or correct its name in INDEX_STORE",
    "42501": "grant the user of INDEX_STORE what is refused",
    "53100": "its disk is full; free space there: nothing acknowledged is lost, and what failed "
    "can be added again",
    "53200": "it lacks memory; lower its `work_mem` or give it more",
    "53300": "raise its `max_connections`, or stop what holds them",
    "55P03": "another process holds a lock for long; find it in pg_stat_activity",
    "XX001": "a table is damaged; restore the database from a backup",
    "XX002": "an index is damaged; run REINDEX there",
}
_GONE = "it is temporarily unavailable; start the server, or correct the address in INDEX_STORE"
# How libpq words what has no code before a connection stands.
_WORDINGS = {
    "password authentication failed": "28P01",
    "no password supplied": "28P01",
    "no pg_hba.conf entry": "28000",
    "role ": "28000",
    "database ": "3D000",
    "too many clients": "53300",
    "remaining connection slots": "53300",
}


def store_error(exc: psycopg.Error, place: str) -> StoreError:
    """
    Word a fault of the server or of the way to it.

    Args:
        exc: as psycopg raised it.
        place: the server and its database, without a password.
    """
    lines = [line.strip() for line in str(exc).splitlines() if line.strip()]
    said = lines[0] if lines else type(exc).__name__
    if is_connection_fault(exc):
        said = lines[-1] if lines else said
        fatal = said.partition("FATAL:")[2].strip()
        code = next((c for words, c in _WORDINGS.items() if fatal.startswith(words)), None)
        way_out = _WAYS_OUT[code] if code else _GONE
        return StoreError(f"store {place}: {fatal or said}; {way_out}")
    way_out = _WAYS_OUT.get(exc.sqlstate or "", "look into the server's log")
    return StoreError(f"store {place}: {said}; {way_out}")


def is_connection_fault(exc: psycopg.Error) -> bool:
    """Return whether the server could not be reached, or went away meanwhile."""
    if not isinstance(exc, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    code = exc.sqlstate
    return code is None or code.startswith(("08", "57P"))


def passes_by_itself(exc: psycopg.Error) -> bool:
    """Return whether trying again may help: the server restarts, or two writers met."""
    if exc.sqlstate in ("40001", "40P01"):
        return True
    lasting = ("password", "pg_hba.conf", "does not exist")
    return is_connection_fault(exc) and not any(word in str(exc) for word in lasting)
