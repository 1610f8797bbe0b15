"""
The layout of an index file: how a new one is made, how an older one is brought up.

A step runs inside the transaction that opens the file, so that a kill leaves the old format
whole. Steps are history: what a step did is never changed, later formats add their own. A
test compares an old file brought up with a new one, table by table.
"""

from __future__ import annotations

import hashlib
import secrets
from importlib.resources import files

import apsw
import numpy as np

from index.database.database import Layout, rows_of
from index.store import fulltext
from index.store.sqlite.near_copies import sign_article
from index.store.sqlite.origins import UNKNOWN
from index.store.sqlite.rows import count_again
from index.text.urls import canonical_url

_TO_2 = """
ALTER TABLE articles ADD COLUMN canonical_url TEXT;
ALTER TABLE articles ADD COLUMN details TEXT;
CREATE INDEX articles_by_address ON articles (canonical_url) WHERE canonical_url IS NOT NULL;

CREATE TABLE revisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL,
    canonical_url TEXT,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    reason TEXT,
    old_fingerprint TEXT,
    new_fingerprint TEXT
) STRICT;
CREATE INDEX revisions_by_article ON revisions (article);
CREATE INDEX revisions_by_address ON revisions (canonical_url) WHERE canonical_url IS NOT NULL;

CREATE TABLE signatures (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    signature BLOB NOT NULL
) STRICT;
CREATE TABLE bands (
    band INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (band, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_by_article ON bands (article);

ALTER TABLE statements ADD COLUMN own INTEGER NOT NULL DEFAULT 1;
CREATE INDEX statements_unowned ON statements (voice) WHERE own = 0;
CREATE TABLE titles (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    surname TEXT NOT NULL,
    day INTEGER,
    certain INTEGER NOT NULL,
    parties TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (key, article, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX titles_by_article ON titles (article);
CREATE INDEX titles_by_surname ON titles (surname, key);
CREATE TABLE title_parties (
    party INTEGER NOT NULL REFERENCES parties,
    key TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (party, key, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX title_parties_by_article ON title_parties (article);
"""

_TO_4 = """
DROP INDEX statements_unowned;
CREATE INDEX statements_unowned ON statements (voice, published_at, article) WHERE own = 0;
CREATE INDEX statements_by_cue ON statements (cue_class) WHERE cue_class <> 'said';
CREATE INDEX statements_briefly ON statements (
    number, thought, cue_class, voice, article, published_at
);
CREATE TABLE voices_less_heard (
    generation INTEGER NOT NULL,
    voice INTEGER NOT NULL,
    PRIMARY KEY (generation, voice)
) STRICT, WITHOUT ROWID;
"""

_TO_6 = """
CREATE TABLE origins (
    article TEXT PRIMARY KEY,
    origin TEXT,
    given TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX origins_by_given ON origins (given);
"""


def _create(db: apsw.Connection) -> None:
    db.execute(files("index.store.sqlite").joinpath("schema.sql").read_text(encoding="utf-8"))
    db.execute(fulltext.TABLE)
    counts = "('generation', 0), ('articles', 0), ('sentences', 0)"
    db.execute(f"INSERT INTO meta VALUES {counts}, ('identity', ?)", (secrets.token_hex(16),))


def _to_2(db: apsw.Connection) -> None:
    """Give every article its canonical address and its signature."""
    db.execute(_TO_2)
    for (number,) in rows_of(db, "SELECT number FROM articles"):
        url, text = db.execute("SELECT url, text FROM articles WHERE number = ?", (number,)).get
        address = canonical_url(url)
        db.execute("UPDATE articles SET canonical_url = ? WHERE number = ?", (address, number))
        sign_article(db, number, text)


def _to_3(db: apsw.Connection) -> None:
    """Keep vectors in half precision, and outlets where they are read without the articles."""
    db.execute("CREATE INDEX articles_by_name ON articles (outlet, indexed_at)")
    for (number,) in rows_of(db, "SELECT article FROM vectors"):
        digest, blob = db.execute(
            "SELECT digest, rows FROM vectors WHERE article = ?", (number,)
        ).get
        # Damaged rows stay as they are, and are found damaged when they are read.
        if hashlib.sha256(blob).hexdigest() == digest:
            halves = np.frombuffer(blob, "<f4").astype("<f2").tobytes()
            changed = (hashlib.sha256(halves).hexdigest(), halves, number)
            db.execute("UPDATE vectors SET digest = ?, rows = ? WHERE article = ?", changed)


def _to_4(db: apsw.Connection) -> None:
    """Select without reading long rows, and tell what changed from one generation to the next."""
    db.execute(_TO_4)
    count_again(db)


def _to_5(db: apsw.Connection) -> None:
    """Change nothing: from here on an article's details may end with where its pages begin."""


def _to_6(db: apsw.Connection) -> None:
    """Know whose an article is; of those that are there nothing was recorded."""
    db.execute(_TO_6)
    db.execute("INSERT INTO meta VALUES (?, 1)", (UNKNOWN,))


def _to_7(db: apsw.Connection) -> None:
    """Change nothing: from here on an article's details may end with the marks of an interview."""


# The application number reads "onrc".
INDEX = Layout(
    application=0x6F6E7263,
    format=7,
    create=_create,
    steps={1: _to_2, 2: _to_3, 3: _to_4, 4: _to_5, 5: _to_6, 6: _to_7},
    essential=True,
)
