-- The queue of one index. What is settled has no body; of an article the last one is kept.

CREATE TABLE arrivals (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    origin TEXT NOT NULL,
    file TEXT,
    by_hand INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    dated INTEGER,
    due INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    told TEXT,
    settled_at INTEGER,
    body BLOB
) STRICT;
CREATE INDEX arrivals_open ON arrivals (tries > 0, published_at, number, due)
WHERE body IS NOT NULL;
CREATE INDEX arrivals_by_id ON arrivals (id, number);
CREATE INDEX arrivals_by_origin ON arrivals (origin, number);

-- What could not be read or indexed; kept until it is looked at.
CREATE TABLE refusals (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    file TEXT,
    aside INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX refusals_to_move ON refusals (origin) WHERE aside = 0;

-- Files that have been received, and the state in which they were.
CREATE TABLE files (path TEXT PRIMARY KEY, mark TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What the looks at each feed gave; of a feed that is not listed any more nothing is kept.
CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    title TEXT,
    etag TEXT,
    modified TEXT,
    moved_to TEXT,
    looked_at INTEGER,
    new_at INTEGER,
    due INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    fault TEXT,
    gone INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The entries of a feed's last look, each with the state in which it was received ('' if not yet).
CREATE TABLE feed_entries (
    feed TEXT NOT NULL,
    entry TEXT NOT NULL,
    mark TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;
