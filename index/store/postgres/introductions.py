"""
The introductions of an article in PostgreSQL, and the votes that they add up to.

What is counted is the same as in SQLite (``sqlite.introductions``): both stand in one suite of
tests. Everything runs inside a transaction that the caller holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from index.speakers.gazetteer.names import surname
from index.store import Vote
from index.store.codec import (
    decode_introduction,
    decode_parties,
    encode_introduction,
    encode_parties,
    to_micros,
)
from index.store.postgres.database import Connection, rows
from index.types import IndexedArticle, Party

_DAY = 86_400_000_000
_EPOCH = date(1970, 1, 1).toordinal()
_INSERT = """
INSERT INTO titles (article, position, key, surname, day, certain, parties, body)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_INSERT_PARTY = "INSERT INTO title_parties (party, article, position) VALUES (%s, %s, %s)"
_INTRODUCED = """
SELECT DISTINCT t.key FROM parties p JOIN title_parties tp ON tp.party = p.number
JOIN titles t ON (t.article, t.position) = (tp.article, tp.position)
WHERE p.key = %s ORDER BY t.key
"""
# Finds who has a statement that other articles may assign.
_UNOWNED = """
SELECT k.key FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY k (key, surname, at)
WHERE EXISTS (
    SELECT 1 FROM voices v JOIN statements s ON s.voice = v.number AND NOT s.own
    WHERE v.key = ANY(ARRAY[k.key, k.surname])
) ORDER BY k.at
"""
_BY_SURNAME = "SELECT DISTINCT key FROM titles WHERE surname = ANY(%s::text[]) ORDER BY key"
# Shown is the wording of the first article by id that is certain, or else of the first.
_VOTES = """
SELECT t.key, t.parties, t.day, count(DISTINCT coalesce('o' || a.outlet_folded, 'a' || a.id)),
       bool_or(t.certain),
       (array_agg(a.id ORDER BY t.certain DESC, a.id, t.position))[1],
       (array_agg(t.body ORDER BY t.certain DESC, a.id, t.position))[1]
FROM titles t JOIN articles a ON a.number = t.article WHERE t.key = ANY(%s::text[])
GROUP BY t.key, t.parties, t.day ORDER BY t.key, t.day NULLS FIRST, t.parties
"""


def insert_introductions(
    db: Connection,
    number: int,
    item: IndexedArticle,
    numbers_of: Callable[[Iterable[Party]], Mapping[Party, int]],
) -> None:
    """
    Add the introductions of an article to its row *number*.

    Args:
        db: inside a transaction.
        number: of the article.
        item: the article.
        numbers_of: gives the rows of parties.
    """
    if not item.introductions:
        return
    published_at = to_micros(item.article.published_at)
    day = None if published_at is None else published_at // _DAY
    known = numbers_of([party for each in item.introductions for party in each.parties])
    titles, parties = [], []
    for position, introduction in enumerate(item.introductions):
        encoded = encode_parties(introduction.parties)
        named = (introduction.key, surname(introduction.key))
        fields = (day, bool(introduction.certain), encoded, encode_introduction(introduction))
        titles.append((number, position, *named, *fields))
        of_it = {known[party] for party in introduction.parties}
        parties += [(party, number, position) for party in sorted(of_it)]
    cursor = db.cursor()
    cursor.executemany(_INSERT, titles)
    cursor.executemany(_INSERT_PARTY, parties)


def introduced_as(db: Connection, party: str) -> list[str]:
    """List whom an introduction puts with *party*, as ``Store.introduced_as`` promises."""
    keys = [key for (key,) in rows(db, _INTRODUCED, (party,))]
    return [key for (key,) in rows(db, _UNOWNED, (keys, [surname(key) for key in keys]))]


def introduced_with_surname(db: Connection, surnames: Collection[str]) -> list[str]:
    """List who is introduced with one of *surnames*, as the method of `Store` promises."""
    return [key for (key,) in rows(db, _BY_SURNAME, (sorted(surnames),))]


def votes(db: Connection, keys: Collection[str]) -> list[Vote]:
    """Add up the introductions of *keys*, as ``Store.votes`` promises."""
    found = []
    for key, parties, day, outlets, certain, article, body in rows(db, _VOTES, (sorted(keys),)):
        when = None if day is None else date.fromordinal(_EPOCH + day)
        span = decode_introduction(body).span
        found.append(Vote(key, decode_parties(parties), when, outlets, certain, article, span))
    return found
