-- Tables of one index. SQLite is the truth; the file of vectors beside it can be rebuilt.
-- Long columns stand last: SQLite walks a row from the left and would read them all else.

CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    generation INTEGER NOT NULL,
    published_at INTEGER,
    indexed_at INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    seal TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    outlet TEXT,
    outlet_folded TEXT,
    url TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_date ON articles (published_at);
CREATE INDEX articles_by_outlet ON articles (outlet_folded, published_at);
CREATE INDEX articles_by_generation ON articles (generation);

-- The keys of one article are consecutive, and never given again.
CREATE TABLE sentences (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    UNIQUE (article, position)
) STRICT;

-- Little-endian float32, one row of the model's length for each sentence, in their order.
CREATE TABLE vectors (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    first_key INTEGER NOT NULL,
    digest TEXT NOT NULL,
    rows BLOB NOT NULL
) STRICT;

-- A speaker as worded: key, name, role and parties as JSON.
CREATE TABLE voices (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    body TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX voices_by_key ON voices (key);

CREATE TABLE statements (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    voice INTEGER REFERENCES voices,
    published_at INTEGER,
    cue_class TEXT NOT NULL,
    thought INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (article, position)
) STRICT;
CREATE INDEX statements_by_voice ON statements (voice, published_at);

CREATE TABLE parties (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (key, name, kind)
) STRICT;

CREATE TABLE statement_parties (
    party INTEGER NOT NULL REFERENCES parties,
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE,
    PRIMARY KEY (party, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_parties_by_statement ON statement_parties (statement);

-- The sentences that carry a statement's content, counted from 0.
CREATE TABLE parts (
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE,
    part INTEGER NOT NULL,
    key INTEGER NOT NULL REFERENCES sentences ON DELETE CASCADE,
    sentence INTEGER NOT NULL,
    PRIMARY KEY (statement, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX parts_by_key ON parts (key);

-- Which keys went away in which generation, for projections that catch up.
CREATE TABLE removals (
    generation INTEGER PRIMARY KEY,
    first_key INTEGER NOT NULL,
    last_key INTEGER NOT NULL
) STRICT;
