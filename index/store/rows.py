"""
One article into the tables of SQLite, and out of them.

Everything here runs inside a transaction that the caller holds. What comes out is checked
against the hashes it went in with: SQLite notices few damaged bytes by itself, and a sentence
that an article does not contain must never be served.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import apsw

from index.errors import StoreError
from index.store import Vectors
from index.store.codec import (
    decode_statement,
    encode_statement,
    encode_voice,
    fingerprint,
    from_micros,
    seal,
    statement_parts,
    to_micros,
)
from index.store.voices import spoken_for
from index.types import Article, IndexedArticle, Sentence, Speaker, Statement

# So many changes can be caught up with; a projection further behind is rebuilt.
REMEMBERED = 10_000
# Ids asked for at a time; SQLite takes 32,766 parameters.
_CHUNK = 1_000

_ARTICLE = """
INSERT INTO articles (
    generation, published_at, indexed_at, fingerprint, seal, id, outlet, outlet_folded, url,
    title, text
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_STATEMENT = """
INSERT INTO statements (article, position, voice, published_at, cue_class, thought, body)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_READ = """
SELECT number, id, title, text, outlet, url, published_at, indexed_at, fingerprint, seal
FROM articles WHERE id IN ({marks})
"""


def insert(db: apsw.Connection, item: IndexedArticle, vectors: Vectors, generation: int) -> None:
    """Add a checked article that is not there yet; *vectors* as from `checked_rows`."""
    article = item.article
    bodies = [encode_statement(statement) for statement in item.statements]
    outlet_folded = None if article.outlet is None else article.outlet.casefold()
    db.execute(
        _ARTICLE,
        (
            generation,
            to_micros(article.published_at),
            to_micros(item.indexed_at),
            fingerprint(article),
            seal(item.sentences, bodies),
            article.id,
            article.outlet,
            outlet_folded,
            article.url,
            article.title,
            article.text,
        ),
    )
    number = db.last_insert_rowid()
    first_key = _insert_sentences(db, number, item)
    blob = vectors.tobytes()
    db.execute(
        "INSERT INTO vectors (article, first_key, digest, rows) VALUES (?, ?, ?, ?)",
        (number, first_key, hashlib.sha256(blob).hexdigest(), blob),
    )
    _insert_statements(db, number, first_key, item, bodies)


def _insert_sentences(db: apsw.Connection, number: int, item: IndexedArticle) -> int:
    last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'sentences'").get or 0
    text, first_key = item.article.text, last + 1
    db.executemany(
        "INSERT INTO sentences (key, article, position, start, stop) VALUES (?, ?, ?, ?, ?)",
        [(first_key + s.index, number, s.index, s.start, s.end) for s in item.sentences],
    )
    db.executemany(
        "INSERT INTO words (rowid, text) VALUES (?, ?)",
        [(first_key + s.index, text[s.start : s.end]) for s in item.sentences],
    )
    return int(first_key)


def _insert_statements(
    db: apsw.Connection, number: int, first_key: int, item: IndexedArticle, bodies: Sequence[str]
) -> None:
    published_at = to_micros(item.article.published_at)
    parts = statement_parts(item)
    for position, statement in enumerate(item.statements):
        made = statement.attribution
        voice = _voice(db, statement.speaker)
        fields = (made.cue_class, int(made.thought), bodies[position])
        db.execute(_STATEMENT, (number, position, voice, published_at, *fields))
        inserted = db.last_insert_rowid()
        for party in spoken_for(statement.speaker):
            named = (party.key, party.name, party.kind)
            db.execute("INSERT OR IGNORE INTO parties (key, name, kind) VALUES (?, ?, ?)", named)
            db.execute(
                "INSERT INTO statement_parties (party, statement) "
                "SELECT number, ? FROM parties WHERE (key, name, kind) = (?, ?, ?)",
                (inserted, *named),
            )
        db.executemany(
            "INSERT INTO parts (statement, part, key, sentence) VALUES (?, ?, ?, ?)",
            [(inserted, part, first_key + at, at) for part, at in enumerate(parts[position])],
        )


def _voice(db: apsw.Connection, speaker: Speaker | None) -> int | None:
    if speaker is None:
        return None
    body = encode_voice(speaker)
    db.execute("INSERT OR IGNORE INTO voices (key, body) VALUES (?, ?)", (speaker.key, body))
    return int(db.execute("SELECT number FROM voices WHERE body = ?", (body,)).get)


def delete(db: apsw.Connection, article_id: str, generation: int) -> bool:
    """Take an article out, and note the keys that go; False if there was none."""
    number = db.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).get
    if number is None:
        return False
    first, last = db.execute(
        "SELECT min(key), max(key) FROM sentences WHERE article = ?", (number,)
    ).get
    voices = db.execute(
        "SELECT DISTINCT voice FROM statements WHERE article = ? AND voice IS NOT NULL", (number,)
    ).fetchall()
    if first is not None:
        db.execute("DELETE FROM words WHERE rowid BETWEEN ? AND ?", (first, last))
        db.execute("INSERT INTO removals VALUES (?, ?, ?)", (generation, first, last))
    db.execute("DELETE FROM articles WHERE number = ?", (number,))
    db.executemany(
        "DELETE FROM voices WHERE number = ? "
        "AND NOT EXISTS (SELECT 1 FROM statements WHERE voice = voices.number)",
        voices,
    )
    return True


def next_generation(db: apsw.Connection) -> int:
    """Count the generation up; changes too long ago are forgotten."""
    db.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")
    generation = int(db.execute("SELECT value FROM meta WHERE name = 'generation'").get)
    db.execute("DELETE FROM removals WHERE generation <= ?", (generation - REMEMBERED,))
    return generation


def fetch(db: apsw.Connection, article_ids: Iterable[str]) -> dict[str, IndexedArticle]:
    """
    Read articles whole, in the order asked for; unknown ids are left out.

    Raises:
        StoreError: if one is not what was stored.
    """
    wanted = list(dict.fromkeys(article_ids))
    found: dict[str, IndexedArticle] = {}
    for at in range(0, len(wanted), _CHUNK):
        chunk = wanted[at : at + _CHUNK]
        marks = ",".join("?" * len(chunk))
        for row in db.execute(_READ.format(marks=marks), chunk).fetchall():
            item = _article(db, row)
            found[item.article.id] = item
    return {name: found[name] for name in wanted if name in found}


def _article(db: apsw.Connection, row: tuple[Any, ...]) -> IndexedArticle:
    number, name, title, text, outlet, url, published_at, indexed_at, mark, sealed = row
    sentences = tuple(
        Sentence(*fields)
        for fields in db.execute(
            "SELECT position, start, stop FROM sentences WHERE article = ? ORDER BY position",
            (number,),
        )
    )
    bodies = [
        body
        for (body,) in db.execute(
            "SELECT body FROM statements WHERE article = ? ORDER BY position", (number,)
        )
    ]
    try:
        article = Article(name, title, text, outlet, url, from_micros(published_at))
        if fingerprint(article) != mark or seal(sentences, bodies) != sealed:
            raise ValueError("it does not have the hash it was stored with")
        statements: tuple[Statement, ...] = tuple(decode_statement(body) for body in bodies)
        return IndexedArticle(article, sentences, statements, from_micros(int(indexed_at)))
    except (ValueError, TypeError, KeyError, OverflowError) as exc:
        raise StoreError(
            f"article {name!r} in {db.filename} is damaged ({exc}); remove it and add it again, "
            "or restore the index from a backup"
        ) from exc
