"""
Near copies in the tables of SQLite: an article is signed when it goes in, copies are looked up.

No pair is stored: a thousand reports made from one template would be a million pairs.
"""

from __future__ import annotations

import apsw
import numpy as np

from index.database.database import rows_of
from index.store.minhash import alike, bands, sign

_SIGNATURE = """
SELECT a.number, s.signature FROM articles a JOIN signatures s ON s.article = a.number
WHERE a.id = ?
"""
_SHARING = """
SELECT a.id, s.signature FROM articles a JOIN signatures s ON s.article = a.number
WHERE a.number IN (
    SELECT other.article FROM bands own JOIN bands other ON other.band = own.band
    WHERE own.article = ? AND other.article <> ?
) ORDER BY a.id
"""


def sign_article(db: apsw.Connection, number: int, text: str) -> None:
    """Keep the signature of the article with this number, inside the caller's transaction."""
    signature = sign(text)
    db.execute("INSERT INTO signatures VALUES (?, ?)", (number, signature.tobytes()))
    db.executemany(
        "INSERT OR IGNORE INTO bands (band, article) VALUES (?, ?)",
        [(band, number) for band in bands(signature)],
    )


def near_copies(db: apsw.Connection, article_id: str) -> tuple[str, ...]:
    """List the ids of an article's near copies, sorted."""
    signed = rows_of(db, _SIGNATURE, (article_id,))
    if not signed:
        return ()
    ((number, blob),) = signed
    own = np.frombuffer(blob, "<u4")
    sharing = rows_of(db, _SHARING, (number, number))
    return tuple(name for name, other in sharing if alike(own, np.frombuffer(other, "<u4")))
