-- An index of format 1, as its last version made it: two articles, the second a copy.

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

CREATE VIRTUAL TABLE words USING fts5(
    text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2'
);

INSERT INTO meta VALUES ('dim', 2);
INSERT INTO meta VALUES ('generation', 2);
INSERT INTO meta VALUES ('identity', '6733550494cc3dbb91d8869593c26714');
INSERT INTO meta VALUES ('model', 'tiny');
INSERT INTO articles VALUES (1, 1, 1517486400000000, 1519819200000000, '565c4d206d48816d6aa47d4a2a1ba3452dbdb303b8b96a6a3f3b46320f2ad3dc', '805bb4052d68f3e8fe03d4622fc198050d50c3dc1532133e41527d921e8bc2fc', 'ferry', 'The Herald', 'the herald', 'https://www.herald.example/ferry?utm_source=x', 'Title of ferry', 'We will sail. It rained.');
INSERT INTO articles VALUES (2, 2, 1517572800000000, 1519819200000000, 'e05f7d235b9bfd047dfe6983485c784610f5dfa15d7abb413f9685cb4bf83b17', '0aeeb72d4a9fc8d4b07cffb98d74811aa2e2d2a62fc344a33f06388f006fd52b', 'copy', NULL, NULL, NULL, 'Title of copy', 'We will sail. It rained.');
INSERT INTO sentences VALUES (1, 1, 0, 0, 13);
INSERT INTO sentences VALUES (2, 1, 1, 14, 24);
INSERT INTO sentences VALUES (3, 2, 0, 0, 13);
INSERT INTO sentences VALUES (4, 2, 1, 14, 24);
INSERT INTO vectors VALUES (1, 1, 'a666c95f0822c64e01580063e9bb27c629d4d0534e3163a9611738599f97df2a', x'0000803f00000000000000000000803f');
INSERT INTO vectors VALUES (2, 3, 'a666c95f0822c64e01580063e9bb27c629d4d0534e3163a9611738599f97df2a', x'0000803f00000000000000000000803f');
INSERT INTO voices VALUES (1, 'vik', '["vik","Vik","Foreign Minister",[["norland","Norland","country"]]]');
INSERT INTO statements VALUES (1, 1, 0, 1, 1517486400000000, 'said', 0, '[[[],[],[[0,13]],"indirect","said",false,false,1.0],["[\"vik\",\"Vik\",\"Foreign Minister\",[[\"norland\",\"Norland\",\"country\"]]]",[],"named",null],[]]');
INSERT INTO parties VALUES (1, 'norland', 'Norland', 'country');
INSERT INTO statement_parties VALUES (1, 1);
INSERT INTO parts VALUES (1, 0, 1, 0);
INSERT INTO words (rowid, text) VALUES (1, 'We will sail.');
INSERT INTO words (rowid, text) VALUES (2, 'It rained.');
INSERT INTO words (rowid, text) VALUES (3, 'We will sail.');
INSERT INTO words (rowid, text) VALUES (4, 'It rained.');
PRAGMA application_id = 1869509219;
PRAGMA user_version = 1;
