-- The watches of one index, and what they have found.

CREATE TABLE watches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The last revision of the index when it was made, edited or resumed: nothing up to it is news.
    after INTEGER NOT NULL,
    paused INTEGER NOT NULL,
    -- After so many days without an alert its owner wants to know; NULL for never.
    silent_after INTEGER,
    -- What its owner does not want: {"speakers": [names], "articles": [ids]}.
    excluded TEXT NOT NULL
) STRICT;
CREATE INDEX watches_by_owner ON watches (owner, number);

-- A statement that a watch has found: its quotes as they were, and what became of it since.
CREATE TABLE alerts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    watch INTEGER NOT NULL,
    article TEXT NOT NULL,
    quotes TEXT NOT NULL,
    also_in TEXT NOT NULL,
    state TEXT NOT NULL,
    -- What the speaker now says instead, where the article was corrected.
    reworded TEXT,
    at INTEGER NOT NULL,
    -- The number of the first alert of the same statement, whichever watch found it.
    statement INTEGER NOT NULL,
    -- When it was last written, counted over all alerts.
    change INTEGER NOT NULL
) STRICT;
CREATE INDEX alerts_by_watch ON alerts (watch, number);
CREATE INDEX alerts_by_article ON alerts (article);
CREATE INDEX alerts_by_time ON alerts (at);
CREATE UNIQUE INDEX alerts_by_change ON alerts (change);

-- "revision": the last one that was looked at; "change": the last one of an alert; "watches": how
-- often a watch was added, changed or removed.
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('revision', 0), ('change', 0), ('watches', 0);
