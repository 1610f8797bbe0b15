"""Near copies in the tables of PostgreSQL; no pair is stored, as in ``sqlite.near_copies``."""

from __future__ import annotations

import numpy as np

from index.store.minhash import alike
from index.store.postgres.database import Connection, one, rows

_SHARING = """
SELECT a.id, a.signature FROM articles a WHERE a.number IN (
    SELECT other.article FROM bands own JOIN bands other ON other.band = own.band
    WHERE own.article = %s AND other.article <> own.article
) ORDER BY a.id
"""


def near_copies(db: Connection, article_id: str) -> tuple[str, ...]:
    """List the ids of an article's near copies, sorted."""
    signed = one(db, "SELECT number, signature FROM articles WHERE id = %s", (article_id,))
    if signed is None:
        return ()
    number, own = signed[0], np.frombuffer(signed[1], "<u4")
    sharing = rows(db, _SHARING, (number,))
    return tuple(name for name, other in sharing if alike(own, np.frombuffer(other, "<u4")))
