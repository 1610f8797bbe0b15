"""
Whom the articles in SQLite quote, how often and for whom.

At a million sentences counting everybody takes a tenth of a second, and articles come all the
time. So who came and who went since some generation can be counted alone. Everything runs inside
a transaction that the caller holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import apsw

from index.database.database import rows_of
from index.store import SpeakerChanges, SpeakerVariant
from index.store.codec import decode_voice, from_micros, to_micros
from index.store.known_speakers import known_parties
from index.store.sqlite.rows import REMEMBERED
from index.types import Party

_ALL = """
SELECT v.number, v.body, count(*), max(s.published_at)
FROM statements s JOIN voices v ON v.number = s.voice GROUP BY s.voice
"""
_SINCE = """
WITH touched (voice) AS (
    SELECT s.voice FROM articles a CROSS JOIN statements s ON s.article = a.number
    WHERE a.generation > :since AND s.voice IS NOT NULL
    UNION SELECT voice FROM voices_less_heard WHERE generation > :since
)
SELECT t.voice, v.body, (SELECT count(*) FROM statements s WHERE s.voice = t.voice),
       (SELECT max(published_at) FROM statements s WHERE s.voice = t.voice)
FROM touched t LEFT JOIN voices v ON v.number = t.voice
"""
_PARTIES = """
SELECT p.key, p.name, p.kind, count(*)
FROM statement_parties sp JOIN parties p ON p.number = sp.party
JOIN statements s ON s.number = sp.statement WHERE ? IS NULL OR s.published_at >= ?
GROUP BY sp.party
"""


def speaker_changes(db: apsw.Connection, generation: int, since: int | None) -> SpeakerChanges:
    """List who is quoted, as ``Store.speaker_changes`` promises; *generation* is the current."""
    if since is None or not generation - REMEMBERED <= since <= generation:
        return SpeakerChanges(generation, whole=True, variants=_variants(db.execute(_ALL)))
    changed = db.execute(_SINCE, {"since": since})
    return SpeakerChanges(generation, whole=False, variants=_variants(changed))


def _variants(rows: Iterable[tuple[Any, ...]]) -> dict[int, SpeakerVariant | None]:
    return {
        number: SpeakerVariant(*decode_voice(body), count, from_micros(newest)) if count else None
        for number, body, count, newest in rows
    }


def count_parties(db: apsw.Connection, since: datetime | None = None) -> list[tuple[Party, int]]:
    """Count the statements of parties, as ``Store.parties`` promises."""
    earliest = to_micros(since)
    rows = rows_of(db, _PARTIES, (earliest, earliest))
    return known_parties((Party(key, name, kind), count) for key, name, kind, count in rows)
