"""
Whom the articles in PostgreSQL quote, how often and for whom.

Who came and who went since some generation can be counted alone, as in ``sqlite.speaker_counts``.
Everything runs inside a transaction that the caller holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from index.store import SpeakerChanges, SpeakerVariant
from index.store.codec import decode_parties, decode_voice, from_micros, to_micros
from index.store.known_speakers import known_parties
from index.store.postgres.database import Connection, rows
from index.store.postgres.rows import REMEMBERED
from index.types import Party

_ALL = """
SELECT v.number, v.body, s.statements, s.newest FROM voices v JOIN (
    SELECT voice, count(*) AS statements, max(published_at) AS newest FROM statements
    WHERE voice IS NOT NULL GROUP BY voice
) s ON s.voice = v.number
"""
_SINCE = """
WITH touched AS (
    SELECT s.voice FROM articles a JOIN statements s ON s.article = a.number
    WHERE a.generation > %(since)s AND s.voice IS NOT NULL
    UNION SELECT voice FROM voices_less_heard WHERE generation > %(since)s
)
SELECT t.voice, v.body, s.statements, s.newest
FROM touched t LEFT JOIN voices v ON v.number = t.voice
CROSS JOIN LATERAL (
    SELECT count(*) AS statements, max(published_at) AS newest FROM statements
    WHERE voice = t.voice
) s
"""
_PARTIES = """
SELECT p.body, count(*)
FROM statement_parties sp JOIN parties p ON p.number = sp.party
JOIN statements s ON s.number = sp.statement
WHERE %(since)s::bigint IS NULL OR s.published_at >= %(since)s
GROUP BY p.number, p.body
"""


def speaker_changes(db: Connection, generation: int, since: int | None) -> SpeakerChanges:
    """List who is quoted, as ``Store.speaker_changes`` promises; *generation* is the current."""
    if since is None or not generation - REMEMBERED <= since <= generation:
        return SpeakerChanges(generation, whole=True, variants=_variants(rows(db, _ALL)))
    changed = rows(db, _SINCE, {"since": since})
    return SpeakerChanges(generation, whole=False, variants=_variants(changed))


def _variants(found: Iterable[tuple[Any, ...]]) -> dict[int, SpeakerVariant | None]:
    return {
        number: SpeakerVariant(*decode_voice(body), count, from_micros(newest)) if count else None
        for number, body, count, newest in found
    }


def count_parties(db: Connection, since: datetime | None = None) -> list[tuple[Party, int]]:
    """Count the statements of parties, as ``Store.parties`` promises."""
    counted = rows(db, _PARTIES, {"since": to_micros(since)})
    return known_parties((decode_parties(body)[0], count) for body, count in counted)
