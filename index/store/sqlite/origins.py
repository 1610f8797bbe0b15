"""Whose the articles of a store on disk are; an index of an older format knows it of none."""

from __future__ import annotations

from collections.abc import Mapping

import apsw

from index.database.database import Database, rows_of
from index.store.origins import Claim
from index.text.urls import canonical_url

# Stands in `meta` while nobody has looked whose the articles of an older version are.
UNKNOWN = "origins unknown"

_OWNER = "SELECT origin FROM origins WHERE article = ?"
_CLAIMS = """
SELECT article, origin FROM origins WHERE given = ?1
UNION ALL SELECT ?1, NULL WHERE NOT EXISTS (SELECT 1 FROM origins WHERE article = ?1) AND (
    EXISTS (SELECT 1 FROM articles WHERE id = ?1)
    OR EXISTS (SELECT 1 FROM revisions WHERE article = ?1)
)
"""
_AT_ADDRESS = """
SELECT a.id, o.origin FROM articles a LEFT JOIN origins o ON o.article = a.id
WHERE a.canonical_url = ? ORDER BY a.number
"""
# What is near is found by the indexes; only the texts of that are read.
_OTHERS = """
WITH own AS (
    SELECT a.number, a.canonical_url, a.text, coalesce(o.given, a.id) AS given
    FROM articles a LEFT JOIN origins o ON o.article = a.id WHERE a.id = ?
), near AS (
    SELECT a.number FROM own JOIN articles a ON a.canonical_url = own.canonical_url
    UNION SELECT a.number FROM own JOIN articles a ON a.id = own.given
    UNION SELECT a.number FROM own JOIN origins o ON o.given = own.given
    JOIN articles a ON a.id = o.article
)
SELECT a.id, o.origin FROM near CROSS JOIN own CROSS JOIN articles a ON a.number = near.number
LEFT JOIN origins o ON o.article = a.id
WHERE a.number <> own.number AND a.text <> own.text ORDER BY a.number
"""
_NOTE = "INSERT OR REPLACE INTO origins (article, origin, given) VALUES (?, ?, ?)"
_ADOPT = """
INSERT OR IGNORE INTO origins (article, origin, given)
SELECT id, ?, id FROM articles WHERE id = ?
"""


class SqliteOrigins:
    """`Origins` in the tables of SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def owner(self, article_id: str) -> str | None:
        """Find whose the article with this id is."""
        with self._database.reading() as db:
            return owner_of(db, article_id)

    def claims(self, given_id: str) -> list[Claim]:
        """List the articles, stored or gone, to which their origin gave this id."""
        with self._database.reading() as db:
            found = [Claim(*row) for row in rows_of(db, _CLAIMS, (given_id,))]
        # Who was first has the id itself.
        return sorted(found, key=lambda claim: (len(claim.article_id), claim.article_id))

    def at_address(self, url: str | None) -> list[Claim]:
        """List the stored articles with this address, oldest first."""
        with self._database.reading() as db:
            return claims_at(db, canonical_url(url))

    def other_versions(self, article_id: str) -> list[Claim]:
        """List the stored articles of other origins with the id or the address of this one."""
        with self._database.reading() as db:
            return [Claim(*row) for row in rows_of(db, _OTHERS, (article_id,))]

    def adopt(self, origins: Mapping[str, str]) -> int:
        """Note whose articles are of which nothing was recorded."""
        with self._database.writing() as db:
            before = db.total_changes()
            if not db.execute("DELETE FROM meta WHERE name = ? RETURNING 1", (UNKNOWN,)).get:
                return 0
            db.executemany(_ADOPT, [(origin, name) for name, origin in origins.items()])
            return db.total_changes() - before - 1


def owner_of(db: apsw.Connection, article_id: str) -> str | None:
    """Find whose the article with this id is; None if it came by hand, or never."""
    origin: str | None = db.execute(_OWNER, (article_id,)).get
    return origin


def claims_at(db: apsw.Connection, address: str | None) -> list[Claim]:
    """List the stored articles with this canonical address, oldest first."""
    return [Claim(*row) for row in rows_of(db, _AT_ADDRESS, (address,))]


def note_origin(
    db: apsw.Connection, article_id: str, origin: str | None, given_id: str | None
) -> None:
    """Remember whose an article is; one that names no origin keeps the one it has."""
    if origin is not None or given_id is not None:
        db.execute(_NOTE, (article_id, origin, given_id or article_id))
