-- Tables of one index. SQLite is the truth; the file of vectors beside it can be rebuilt.
-- Long columns stand last: SQLite walks a row from the left and would read them all else.

-- What this file is, its generation, and how many articles and sentences it holds.
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
    canonical_url TEXT,
    details TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_date ON articles (published_at);
CREATE INDEX articles_by_outlet ON articles (outlet_folded, published_at);
-- Outlets and the last indexing are told from it alone.
CREATE INDEX articles_by_name ON articles (outlet, indexed_at);
CREATE INDEX articles_by_generation ON articles (generation);
CREATE INDEX articles_by_address ON articles (canonical_url) WHERE canonical_url IS NOT NULL;

-- The keys of one article are consecutive, and never given again.
CREATE TABLE sentences (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    UNIQUE (article, position)
) STRICT;

-- Little-endian float16, one row of the model's length for each sentence, in their order.
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
-- Of whom statements went away in which generation, for those who keep count of who is heard.
CREATE TABLE voices_less_heard (
    generation INTEGER NOT NULL,
    voice INTEGER NOT NULL,
    PRIMARY KEY (generation, voice)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    voice INTEGER REFERENCES voices,
    published_at INTEGER,
    cue_class TEXT NOT NULL,
    thought INTEGER NOT NULL,
    body TEXT NOT NULL,
    own INTEGER NOT NULL DEFAULT 1,
    UNIQUE (article, position)
) STRICT;
CREATE INDEX statements_by_voice ON statements (voice, published_at);
-- Own: the article (or the user) says for whom; else other articles may tell.
CREATE INDEX statements_unowned ON statements (voice, published_at, article) WHERE own = 0;
-- Denials and the like are few.
CREATE INDEX statements_by_cue ON statements (cue_class) WHERE cue_class <> 'said';
-- All that selects a statement once it is known by whom.
CREATE INDEX statements_briefly ON statements (
    number, thought, cue_class, voice, article, published_at
);

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

-- What became of articles; only ever added to. A withdrawn article has no other row but this.
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

-- Whose an article is, stored or gone, and the id that it has there; seldom of what came by hand.
CREATE TABLE origins (
    article TEXT PRIMARY KEY,
    origin TEXT,
    given TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX origins_by_given ON origins (given);

-- Little-endian uint32, 128 of them; of articles with a band in common some are near copies.
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

-- How an article introduces people, quoted or not; days count from 1970. Parties as in voices.
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
