"""Whose the articles of a store in PostgreSQL are."""

from __future__ import annotations

from collections.abc import Mapping

from index.store.origins import Claim
from index.store.postgres.database import Connection, PostgresDatabase, one, rows
from index.text.urls import canonical_url

_CLAIMS = """
SELECT article, origin FROM origins WHERE given = %(id)s
UNION ALL SELECT %(id)s, NULL WHERE NOT EXISTS (SELECT 1 FROM origins WHERE article = %(id)s) AND (
    EXISTS (SELECT 1 FROM articles WHERE id = %(id)s)
    OR EXISTS (SELECT 1 FROM revisions WHERE article = %(id)s)
)
"""
_AT_ADDRESS = """
SELECT a.id, o.origin FROM articles a LEFT JOIN origins o ON o.article = a.id
WHERE a.canonical_url = %s ORDER BY a.number
"""
# What is near is found by the indexes; only the texts of that are read.
_OTHERS = """
WITH own AS (
    SELECT a.number, a.canonical_url, a.text, coalesce(o.given, a.id) AS given
    FROM articles a LEFT JOIN origins o ON o.article = a.id WHERE a.id = %s
), near AS (
    SELECT a.number FROM own JOIN articles a ON a.canonical_url = own.canonical_url
    UNION SELECT a.number FROM own JOIN articles a ON a.id = own.given
    UNION SELECT a.number FROM own JOIN origins o ON o.given = own.given
    JOIN articles a ON a.id = o.article
)
SELECT a.id, o.origin FROM own, near JOIN articles a ON a.number = near.number
LEFT JOIN origins o ON o.article = a.id
WHERE a.number <> own.number AND a.text <> own.text ORDER BY a.number
"""
_NOTE = """
WITH known AS (UPDATE origins SET origin = %(origin)s, given = %(given)s
               WHERE article = %(id)s RETURNING 1)
INSERT INTO origins (article, origin, given) SELECT %(id)s, %(origin)s, %(given)s
WHERE NOT EXISTS (SELECT 1 FROM known)
"""


class PostgresOrigins:
    """`Origins` in the tables of PostgreSQL."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def owner(self, article_id: str) -> str | None:
        """Find whose the article with this id is."""
        return self._database.read(lambda db: owner_of(db, article_id))

    def claims(self, given_id: str) -> list[Claim]:
        """List the articles, stored or gone, to which their origin gave this id."""
        found = self._database.read(lambda db: rows(db, _CLAIMS, {"id": given_id}))
        # Who was first has the id itself.
        return sorted(
            (Claim(*row) for row in found),
            key=lambda claim: (len(claim.article_id), claim.article_id),
        )

    def at_address(self, url: str | None) -> list[Claim]:
        """List the stored articles with this address, oldest first."""
        return self._database.read(lambda db: claims_at(db, canonical_url(url)))

    def other_versions(self, article_id: str) -> list[Claim]:
        """List the stored articles of other origins with the id or the address of this one."""
        found = self._database.read(lambda db: rows(db, _OTHERS, (article_id,)))
        return [Claim(*row) for row in found]

    def adopt(self, origins: Mapping[str, str]) -> int:
        """Do nothing: no older version has stored anything here."""
        return 0


def owner_of(db: Connection, article_id: str) -> str | None:
    """Find whose the article with this id is; None if it came by hand, or never."""
    found = one(db, "SELECT origin FROM origins WHERE article = %s", (article_id,))
    return found[0] if found is not None else None


def claims_at(db: Connection, address: str | None) -> list[Claim]:
    """List the stored articles with this canonical address, oldest first."""
    return [Claim(*row) for row in rows(db, _AT_ADDRESS, (address,))]


def note_origin(db: Connection, article_id: str, origin: str | None, given_id: str | None) -> None:
    """Remember whose an article is; one that names no origin keeps the one it has."""
    if origin is not None or given_id is not None:
        values = {"id": article_id, "origin": origin, "given": given_id or article_id}
        db.execute(_NOTE.encode(), values)
