"""
One article into the tables of SQLite, and out of them.

Everything here runs inside a transaction that the caller holds. What comes out is checked
against the hashes it went in with: SQLite notices few damaged bytes by itself, and a sentence
that an article does not contain must never be served.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import apsw
import numpy as np

from index.database.database import rows_of
from index.errors import StoreError
from index.store.codec import (
    decode_details,
    decode_introduction,
    encode_details,
    encode_introduction,
    encode_statement,
    encode_voice,
    fingerprint,
    from_micros,
    seal,
    to_micros,
)
from index.store.known_speakers import is_owned, spoken_for
from index.store.sqlite.article_cache import ArticleCache
from index.store.sqlite.introductions import INTRODUCTION_BODIES, insert_introductions
from index.store.sqlite.near_copies import sign_article
from index.store.statements import Statements, statement_parts
from index.store.vectors.cosine import Halves
from index.text.urls import canonical_url
from index.types import Article, IndexedArticle, Sentence, Speaker

# So many changes can be caught up with; a projection further behind is rebuilt.
REMEMBERED = 10_000
_FIX = "remove it and add it again, or restore the index from a backup"

_ARTICLE = """
INSERT INTO articles (
    generation, published_at, indexed_at, fingerprint, seal, id, outlet, outlet_folded, url,
    canonical_url, details, title, text
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_STATEMENT = """
INSERT INTO statements (article, position, voice, published_at, cue_class, thought, body, own)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
# However many articles are asked for, each of these is run once, and its text is the same, so that
# SQLite prepares it once.
_NUMBERS = "SELECT a.id, a.number FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value"
_READ = """
SELECT a.number, a.id, a.title, a.text, a.outlet, a.url, a.published_at, a.details, a.indexed_at,
       a.fingerprint, a.seal, o.origin, nullif(o.given, a.id)
FROM carray(?) n CROSS JOIN articles a ON a.number = n.value
LEFT JOIN origins o ON o.article = a.id
"""
_SENTENCES = """
SELECT s.article, s.position, s.start, s.stop
FROM carray(?) n CROSS JOIN sentences s ON s.article = n.value
"""
_BODIES = """
SELECT s.article, s.position, s.body
FROM carray(?) n CROSS JOIN statements s ON s.article = n.value
"""
_COUNTED = """
SELECT count(*) = 2 FROM meta WHERE (name = 'articles' AND value = (SELECT count(*) FROM articles))
OR (name = 'sentences' AND value = (SELECT count(*) FROM sentences))
"""


def insert(db: apsw.Connection, item: IndexedArticle, vectors: Halves, generation: int) -> None:
    """
    Add a checked article that is not there yet.

    Args:
        db: inside a transaction.
        item: as `check_item` lets it through.
        vectors: (sentences, dim), as `checked_rows` gives them.
        generation: the one that this change makes.
    """
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
            seal(item.sentences, [*bodies, *map(encode_introduction, item.introductions)]),
            article.id,
            article.outlet,
            outlet_folded,
            article.url,
            canonical_url(article.url),
            encode_details(article),
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
    insert_introductions(db, number, item)
    sign_article(db, number, article.text)
    _count(db, 1, len(item.sentences))


def _count(db: apsw.Connection, articles: int, sentences: int) -> None:
    """Add to the numbers of articles and sentences."""
    more = [(articles, "articles"), (sentences, "sentences")]
    db.executemany("UPDATE meta SET value = value + ? WHERE name = ?", more)


def are_counted(db: apsw.Connection) -> bool:
    """Return whether as many articles and sentences are noted as there are."""
    return bool(db.execute(_COUNTED).get)


def count_again(db: apsw.Connection) -> None:
    """Count the articles and sentences that there are."""
    for table in ("articles", "sentences"):
        db.execute(f"INSERT OR REPLACE INTO meta SELECT '{table}', count(*) FROM {table}")


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
        voice = _variant(db, statement.speaker)
        own = int(is_owned(statement.speaker))
        fields = (made.cue_class, int(made.thought), bodies[position], own)
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


def _variant(db: apsw.Connection, speaker: Speaker | None) -> int | None:
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
        _count(db, 0, first - last - 1)
    db.execute("DELETE FROM articles WHERE number = ?", (number,))
    _count(db, -1, 0)
    db.executemany(
        "INSERT OR IGNORE INTO voices_less_heard VALUES (?, ?)",
        [(generation, v) for (v,) in voices],
    )
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
    for changes in ("removals", "voices_less_heard"):
        forgotten = f"DELETE FROM {changes} WHERE generation <= ?"
        db.execute(forgotten, (generation - REMEMBERED,))
    return generation


def fetch(
    db: apsw.Connection, article_ids: Iterable[str], recent: ArticleCache | None = None
) -> dict[str, IndexedArticle]:
    """
    Read articles whole, in the order asked for; unknown ids are left out.

    Args:
        db: inside a transaction.
        article_ids: which.
        recent: articles that need no reading; those that are read are put there.

    Raises:
        StoreError: if one is not what was stored.
    """
    wanted = list(dict.fromkeys(article_ids))
    numbers: dict[str, int] = dict(rows_of(db, _NUMBERS, (json.dumps(wanted),)))
    recent = recent or ArticleCache(most=0)
    found = {n: item for n in numbers.values() if (item := recent.get(n)) is not None}
    for number, item in _read(db, [n for n in numbers.values() if n not in found]):
        found[number] = item
        recent.keep(number, item)
    for name, number in numbers.items():
        if number not in found or found[number].article.id != name:
            raise StoreError(f"index of ids in {db.filename} is damaged at {name!r}; {_FIX}")
    return {name: found[numbers[name]] for name in wanted if name in numbers}


def _read(db: apsw.Connection, numbers: Collection[int]) -> Iterator[tuple[int, IndexedArticle]]:
    """Read the articles in these rows, each with its number."""
    if not numbers:
        return
    asked = np.array(sorted(numbers), dtype=np.int64)
    sentences, bodies, introduced = (
        _by_article(db.execute(query, (apsw.carray(asked),)))
        for query in (_SENTENCES, _BODIES, INTRODUCTION_BODIES)
    )
    for row in rows_of(db, _READ, (apsw.carray(asked),)):
        number = row[0]
        parts = tuple(Sentence(at, start, stop) for _, at, start, stop in sentences[number])
        texts, titles = ([body for *_, body in rows[number]] for rows in (bodies, introduced))
        yield number, _article(db, row, parts, texts, titles)


def _by_article(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Group rows by their first column, in the order of the second."""
    grouped: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    for group in grouped.values():
        group.sort(key=itemgetter(1))
    return grouped


def _article(
    db: apsw.Connection,
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
        raise StoreError(f"article {name!r} in {db.filename} is damaged ({exc}); {_FIX}") from exc
