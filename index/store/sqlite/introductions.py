"""
The introductions of an article in SQLite, and the votes that they add up to.

A question about a party asks who is introduced with it, then for all votes on these few: at
100,000 articles nobody reads every introduction. Everything runs inside a transaction that the
caller holds.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

import apsw

from index.speakers.gazetteer.names import surname
from index.store import Vote
from index.store.codec import (
    decode_introduction,
    decode_parties,
    encode_introduction,
    encode_parties,
    to_micros,
)
from index.types import IndexedArticle

_DAY = 86_400_000_000
_INSERT = """
INSERT INTO titles (article, position, key, surname, day, certain, parties, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_PARTY = """
INSERT OR IGNORE INTO title_parties (party, key, article)
SELECT number, ?, ? FROM parties WHERE (key, name, kind) = (?, ?, ?)
"""
# The introductions of several articles by their rows, encoded.
INTRODUCTION_BODIES = """
SELECT t.article, t.position, t.body
FROM carray(?) n CROSS JOIN titles t ON t.article = n.value
"""
_INTRODUCED = """
SELECT DISTINCT t.key FROM parties p JOIN title_parties t ON t.party = p.number
WHERE p.key = ? ORDER BY t.key
"""
# Finds who has a statement that other articles may assign.
_UNOWNED = """
SELECT k.value ->> 0 FROM json_each(?) k WHERE EXISTS (
    SELECT 1 FROM voices v JOIN statements s ON s.voice = v.number AND s.own = 0
    WHERE v.key IN (k.value ->> 0, k.value ->> 1)
)
"""
_BY_SURNAME = """
SELECT DISTINCT t.key FROM json_each(?) k JOIN titles t ON t.surname = k.value ORDER BY t.key
"""
# The one aggregate of its kind in a query decides from which row SQLite takes bare columns.
_VOTES = """
SELECT t.key, t.parties, t.day, count(DISTINCT coalesce(a.outlet_folded, a.id)), a.id, t.body,
       t.certain, min((1 - t.certain) || a.id)
FROM json_each(?) k JOIN titles t ON t.key = k.value JOIN articles a ON a.number = t.article
GROUP BY t.key, t.parties, t.day
ORDER BY t.key, t.day, t.parties
"""


def insert_introductions(db: apsw.Connection, number: int, item: IndexedArticle) -> None:
    """Add the introductions of an article to its row *number*."""
    published_at = to_micros(item.article.published_at)
    day = None if published_at is None else published_at // _DAY
    for position, introduction in enumerate(item.introductions):
        parties = encode_parties(introduction.parties)
        named = (introduction.key, surname(introduction.key))
        fields = (day, int(introduction.certain), parties, encode_introduction(introduction))
        db.execute(_INSERT, (number, position, *named, *fields))
        for party in dict.fromkeys(introduction.parties):
            known = (party.key, party.name, party.kind)
            db.execute("INSERT OR IGNORE INTO parties (key, name, kind) VALUES (?, ?, ?)", known)
            db.execute(_INSERT_PARTY, (introduction.key, number, *known))


def introduced_as(db: apsw.Connection, party: str) -> list[str]:
    """List whom an introduction puts with *party*, as ``Store.introduced_as`` promises."""
    keys = [(key, surname(key)) for (key,) in db.execute(_INTRODUCED, (party,))]
    return [key for (key,) in db.execute(_UNOWNED, (json.dumps(keys),))]


def introduced_with_surname(db: apsw.Connection, surnames: Collection[str]) -> list[str]:
    """List who is introduced with one of *surnames*, as the method of `Store` promises."""
    return [key for (key,) in db.execute(_BY_SURNAME, (json.dumps(sorted(surnames)),))]


def votes(db: apsw.Connection, keys: Collection[str]) -> list[Vote]:
    """Add up the introductions of *keys*, as ``Store.votes`` promises."""
    found = []
    for key, parties, day, outlets, article, body, certain, _ in db.execute(
        _VOTES, (json.dumps(sorted(keys)),)
    ):
        when = None if day is None else date.fromordinal(date(1970, 1, 1).toordinal() + day)
        span = decode_introduction(body).span
        found.append(
            Vote(key, decode_parties(parties), when, outlets, bool(certain), article, span)
        )
    return found
