"""
One article into the tables of PostgreSQL, and out of them.

Everything here runs inside a transaction that the caller holds. What comes out is checked
against the hashes it went in with: a sentence that an article does not contain must never be
served.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from index.errors import StoreError
from index.store.codec import (
    decode_details,
    decode_introduction,
    encode_details,
    encode_introduction,
    encode_parties,
    encode_statement,
    encode_voice,
    fingerprint,
    from_micros,
    seal,
    to_micros,
)
from index.store.known_speakers import is_owned, spoken_for
from index.store.minhash import bands, sign
from index.store.postgres.database import Connection, one, rows
from index.store.postgres.fulltext import array, as_tsvector, tokens
from index.store.postgres.introductions import insert_introductions
from index.store.sqlite.article_cache import ArticleCache
from index.store.statements import Statements, statement_parts
from index.store.vectors.cosine import Halves
from index.text.urls import canonical_url
from index.types import Article, IndexedArticle, Party, Sentence, Speaker

# So many changes can be caught up with; who is further behind reads everything again.
REMEMBERED = 10_000
_FIX = "remove it and add it again, or restore the database from a backup"

_ARTICLE = """
INSERT INTO articles (
    generation, published_at, indexed_at, first_key, fingerprint, seal, digest, signature, id,
    outlet, outlet_folded, url, canonical_url, details, title, text
) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING number
"""
_READ = """
SELECT a.number, a.id, a.title, a.text, a.outlet, a.url, a.published_at, a.details, a.indexed_at,
       a.fingerprint, a.seal, o.origin, nullif(o.given, a.id)
FROM articles a LEFT JOIN origins o ON o.article = a.id WHERE a.number = ANY(%s::bigint[])
"""
_SENTENCES = """
SELECT article, position, start, stop FROM sentences WHERE article = ANY(%s::bigint[])
"""
_BODIES = "SELECT article, position, body FROM statements WHERE article = ANY(%s::bigint[])"
_TITLES = "SELECT article, position, body FROM titles WHERE article = ANY(%s::bigint[])"
_COUNT = """
UPDATE state SET articles = articles + %s, sentences = sentences + %s, words = words + %s,
                 last_key = last_key + %s
"""
_GONE = """
SELECT count(*), coalesce(sum(size), 0) FROM sentences WHERE article = %s
"""
_LESS_HEARD = """
INSERT INTO voices_less_heard SELECT %s, voice FROM unnest(%s::bigint[]) voice
ON CONFLICT DO NOTHING
"""
_UNHEARD = """
DELETE FROM voices v WHERE number = ANY(%s::bigint[])
AND NOT EXISTS (SELECT 1 FROM statements WHERE voice = v.number)
"""
_NEXT = """
UPDATE state SET generation = generation + 1 RETURNING generation
"""


def insert(db: Connection, item: IndexedArticle, vectors: Halves, generation: int) -> None:
    """
    Add a checked article that is not there yet.

    Args:
        db: inside a transaction that holds the row of `state`.
        item: as `check_item` lets it through.
        vectors: (sentences, dim), as `checked_rows` gives them.
        generation: the one that this change makes.
    """
    article = item.article
    bodies = [encode_statement(statement) for statement in item.statements]
    signature = sign(article.text)
    (last_key,) = one(db, "SELECT last_key FROM state") or (0,)
    values = (
        generation,
        to_micros(article.published_at),
        to_micros(item.indexed_at),
        last_key + 1,
        fingerprint(article),
        seal(item.sentences, [*bodies, *map(encode_introduction, item.introductions)]),
        digest_of(vectors),
        signature.tobytes(),
        article.id,
        article.outlet,
        None if article.outlet is None else article.outlet.casefold(),
        article.url,
        canonical_url(article.url),
        encode_details(article),
        article.title,
        article.text,
    )
    (number,) = one(db, _ARTICLE, values) or (0,)
    size = _insert_sentences(db, number, last_key + 1, item, vectors)
    _insert_statements(db, number, last_key + 1, item, bodies)
    insert_introductions(db, number, item, lambda parties: party_numbers(db, parties))
    copy_rows(db, "bands (band, article)", [(b, number) for b in sorted({*bands(signature)})])
    db.execute(_COUNT, (1, len(item.sentences), size, len(item.sentences)))


def digest_of(vectors: Halves) -> str:
    """Hash the vectors of an article, as little-endian float16."""
    return hashlib.sha256(np.ascontiguousarray(vectors, dtype="<f2").tobytes()).hexdigest()


def _insert_sentences(
    db: Connection, number: int, first: int, item: IndexedArticle, vectors: Halves
) -> int:
    text, added, size = item.article.text, [], 0
    for sentence in item.sentences:
        words = tokens(text[sentence.start : sentence.end])
        size += len(words)
        place = (sentence.index, sentence.start, sentence.end)
        added.append((first + sentence.index, number, *place, len(words), as_tsvector(words)))
    copy_rows(db, "sentences (key, article, position, start, stop, size, words)", added)
    copy_rows(
        db,
        "vectors (key, embedding)",
        [(first + at, as_halfvec(row)) for at, row in enumerate(vectors)],
    )
    return size


def as_halfvec(row: Halves) -> str:
    """Write a vector as pgvector reads it; every float16 has a short decimal that is exact."""
    return "[" + ",".join(map(repr, row.tolist())) + "]"


def _insert_statements(
    db: Connection, number: int, first: int, item: IndexedArticle, bodies: Sequence[str]
) -> None:
    if not bodies:
        return
    published_at = to_micros(item.article.published_at)
    voices = _variants(db, [s.speaker for s in item.statements if s.speaker is not None])
    added = []
    for position, statement in enumerate(item.statements):
        made, speaker = statement.attribution, statement.speaker
        voice = None if speaker is None else voices[encode_voice(speaker)]
        kind = (made.cue_class, bool(made.thought), is_owned(speaker))
        added.append((number, position, voice, published_at, *kind, bodies[position]))
    columns = "article, position, voice, published_at, cue_class, thought, own, body"
    copy_rows(db, f"statements ({columns})", added)
    query = "SELECT number FROM statements WHERE article = %s ORDER BY position"
    inserted = [each for (each,) in rows(db, query, (number,))]
    parties = [spoken_for(statement.speaker) for statement in item.statements]
    known = party_numbers(db, [party for named in parties for party in named])
    pairs = zip(inserted, parties, strict=True)
    spoken = {(known[party], each) for each, named in pairs for party in named}
    copy_rows(db, "statement_parties (party, statement)", sorted(spoken))
    carried = [
        (each, part, first + at, at)
        for each, ats in zip(inserted, statement_parts(item), strict=True)
        for part, at in enumerate(ats)
    ]
    copy_rows(db, "parts (statement, part, key, sentence)", carried)


def copy_rows(db: Connection, table: str, added: Sequence[tuple[Any, ...]]) -> None:
    """Add rows to a table, named with its columns."""
    if not added:
        return
    with db.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for row in added:
            copy.write_row(row)


def _variants(db: Connection, speakers: Iterable[Speaker]) -> dict[str, int]:
    """Number speakers as they are worded, by what `encode_voice` writes."""
    keys = {encode_voice(speaker): speaker.key for speaker in speakers}
    return _numbers(db, "voices", keys)


def party_numbers(db: Connection, parties: Iterable[Party]) -> dict[Party, int]:
    """Number parties; those that are new are added."""
    bodies = {party: encode_parties([party]) for party in parties}
    numbers = _numbers(db, "parties", {body: party.key for party, body in bodies.items()})
    return {party: numbers[body] for party, body in bodies.items()}


def _numbers(db: Connection, table: str, keys: dict[str, str]) -> dict[str, int]:
    if not keys:
        return {}
    find = f"SELECT body, number FROM {table} WHERE body = ANY(%s::text[])"
    known: dict[str, int] = dict(rows(db, find, (list(keys),)))
    if missing := [body for body in keys if body not in known]:
        add = f"INSERT INTO {table} (key, body) SELECT * FROM unnest(%s::text[], %s::text[])"
        add += " RETURNING body, number"
        known |= dict(rows(db, add, ([keys[body] for body in missing], missing)))
    return known


def delete(db: Connection, article_id: str, generation: int) -> bool:
    """Take an article out, and note that keys go; False if there was none."""
    found = one(db, "SELECT number FROM articles WHERE id = %s", (article_id,))
    if found is None:
        return False
    (number,) = found
    sentences, size = one(db, _GONE, (number,)) or (0, 0)
    query = "SELECT DISTINCT voice FROM statements WHERE article = %s AND voice IS NOT NULL"
    voices = [voice for (voice,) in rows(db, query, (number,))]
    if sentences:
        db.execute("UPDATE state SET last_removal = %s", (generation,))
    db.execute("DELETE FROM articles WHERE number = %s", (number,))
    db.execute(_COUNT, (-1, -sentences, -size, 0))
    if voices:
        db.execute(_LESS_HEARD, (generation, array(voices)))
        db.execute(_UNHEARD, (array(voices),))
    return True


def next_generation(db: Connection) -> int:
    """Count the generation up; changes too long ago are forgotten."""
    (generation,) = one(db, _NEXT) or (0,)
    db.execute("DELETE FROM voices_less_heard WHERE generation <= %s", (generation - REMEMBERED,))
    return int(generation)


def fetch(
    db: Connection, article_ids: Iterable[str], place: str, recent: ArticleCache | None = None
) -> dict[str, IndexedArticle]:
    """
    Read articles whole, in the order asked for; unknown ids are left out.

    Args:
        db: inside a transaction that sees one snapshot.
        article_ids: which.
        place: names the database in an error.
        recent: articles that need no reading; those that are read are put there.

    Raises:
        StoreError: if one is not what was stored.
    """
    wanted = list(dict.fromkeys(article_ids))
    if not wanted:
        return {}
    query = "SELECT id, number FROM articles WHERE id = ANY(%s::text[])"
    numbers: dict[str, int] = dict(rows(db, query, (wanted,)))
    recent = recent or ArticleCache(most=0)
    found = {n: item for n in numbers.values() if (item := recent.get(n)) is not None}
    for number, item in _read(db, [n for n in numbers.values() if n not in found], place):
        found[number] = item
        recent.keep(number, item)
    return {name: found[numbers[name]] for name in wanted if name in numbers}


def _read(
    db: Connection, numbers: Collection[int], place: str
) -> Iterator[tuple[int, IndexedArticle]]:
    """Read the articles in these rows, each with its number."""
    if not numbers:
        return
    asked = (array(sorted(numbers)),)
    sentences, bodies, titles = (
        _by_article(rows(db, query, asked)) for query in (_SENTENCES, _BODIES, _TITLES)
    )
    for row in rows(db, _READ, asked):
        number = row[0]
        parts = tuple(Sentence(at, start, stop) for _, at, start, stop in sentences[number])
        texts, introduced = ([body for *_, body in of[number]] for of in (bodies, titles))
        yield number, _article(place, row, parts, texts, introduced)


def _by_article(found: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Group rows by their first column, in the order of the second."""
    grouped: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in found:
        grouped[row[0]].append(row)
    for group in grouped.values():
        group.sort(key=itemgetter(1))
    return grouped


def _article(
    place: str,
    row: tuple[Any, ...],
    sentences: tuple[Sentence, ...],
    bodies: Sequence[str],
    introduced: Sequence[str],
) -> IndexedArticle:
    """Make an article of its row, its sentences, its encoded statements and introductions."""
    _, name, title, text, outlet, url, published_at, details, indexed_at, mark, sealed, *whose = row
    try:
        more = decode_details(details) | dict(zip(("origin", "given_id"), whose, strict=True))
        article = Article(name, title, text, outlet, url, from_micros(published_at), **more)
        if fingerprint(article) != mark or seal(sentences, [*bodies, *introduced]) != sealed:
            raise ValueError("it does not have the hash it was stored with")
        titles = tuple(decode_introduction(body) for body in introduced)
        moment = from_micros(int(indexed_at))
        return IndexedArticle(article, sentences, Statements(bodies), moment, titles)
    except (ValueError, TypeError, KeyError, OverflowError) as exc:
        raise StoreError(f"article {name!r} in {place} is damaged ({exc}); {_FIX}") from exc
