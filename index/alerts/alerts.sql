-- The watches of one index, and what they have found.

CREATE TABLE watches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The last revision of the index when it was made: nothing up to it is news.
    after INTEGER NOT NULL
) STRICT;

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
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX alerts_by_watch ON alerts (watch, number);
CREATE INDEX alerts_by_article ON alerts (article);

-- The last revision that was looked at; one row.
CREATE TABLE progress (revision INTEGER NOT NULL) STRICT;
INSERT INTO progress VALUES (0);
