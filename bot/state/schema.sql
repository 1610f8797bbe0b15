-- The bot's state file. Each statement does nothing where its table is there already, so a file
-- of an earlier version opens unchanged. Times are Unix seconds; what is kept of a workspace has a
-- column "team", by which it is erased when the workspace leaves.

-- Deliveries that somebody has taken on, for two hours (idempotency.py).
CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_at ON seen (at);

-- Questions that were acknowledged and are not answered yet (inbox.py): body is Slack's payload,
-- post the reply once it is laid out, doubt what is not known of it.
CREATE TABLE IF NOT EXISTS inbox (
    id TEXT PRIMARY KEY, team TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    at REAL NOT NULL, due REAL NOT NULL, lease REAL NOT NULL DEFAULT 0,
    holder TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0,
    post TEXT, doubt TEXT NOT NULL DEFAULT '', looks INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS inbox_due ON inbox (due);

-- Pages of answers, so that their buttons know what they are about, for a month (answers.py).
CREATE TABLE IF NOT EXISTS answers (
    team TEXT NOT NULL, id TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL,
    answer TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (team, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_at ON answers (at);

-- Messages as they were posted, to be marked when an article changes, for a month (shown.py).
-- A row is due when its answer has to be looked at.
CREATE TABLE IF NOT EXISTS shown (
    team TEXT NOT NULL, id TEXT NOT NULL, message TEXT NOT NULL, sentences TEXT NOT NULL,
    marks TEXT NOT NULL, at REAL NOT NULL, due REAL, tries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (team, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_due ON shown (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS shown_at ON shown (at);

-- The articles that each of those messages quotes, with the last revision of each that was noted.
CREATE TABLE IF NOT EXISTS shown_articles (
    article TEXT NOT NULL, team TEXT NOT NULL, id TEXT NOT NULL,
    number INTEGER NOT NULL DEFAULT 0, what TEXT NOT NULL DEFAULT '',
    changed_at REAL NOT NULL DEFAULT 0, reason TEXT,
    PRIMARY KEY (article, team, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_articles_by_id ON shown_articles (team, id);

-- Those of them that are to be edited once more, though nothing became of their articles: other
-- outlets carry the words, or another watch matches them. The number counts up.
CREATE TABLE IF NOT EXISTS redrawn (
    team TEXT NOT NULL, id TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (team, id)
) WITHOUT ROWID;

-- Up to which revision of the index those messages have been compared ("revisions"), and up to which
-- change its alerts were taken ("alerts").
CREATE TABLE IF NOT EXISTS followed (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;

-- The last query of each thread, and what each question started from, for a day (threads.py).
CREATE TABLE IF NOT EXISTS threads (
    team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    query TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (team, channel, thread)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS starts (
    team TEXT NOT NULL, id TEXT NOT NULL, query TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (team, id)
) WITHOUT ROWID;

-- What a channel has chosen for itself (channels.py).
CREATE TABLE IF NOT EXISTS channels (
    team TEXT NOT NULL, channel TEXT NOT NULL, defaults TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (team, channel)
) WITHOUT ROWID;

-- Briefings that come again: what about and when (JSON), why it is paused, when it is due next, when
-- it was due last, up to which revision of the index it has been, and the answers that it posted
-- last (schedules.py).
CREATE TABLE IF NOT EXISTS schedules (
    team TEXT NOT NULL, id TEXT NOT NULL, channel TEXT NOT NULL, creator TEXT NOT NULL,
    plan TEXT NOT NULL, paused TEXT NOT NULL, next REAL NOT NULL, last REAL NOT NULL,
    revision INTEGER NOT NULL, since REAL NOT NULL, posts TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (team, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS schedules_next ON schedules (next) WHERE paused = '';

-- Verdicts on answers, one for each person and answer (feedback.py).
CREATE TABLE IF NOT EXISTS feedback (
    team TEXT NOT NULL, answer TEXT NOT NULL, person TEXT NOT NULL,
    good INTEGER NOT NULL, reason TEXT, comment TEXT NOT NULL,
    query TEXT NOT NULL, quotes TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (team, answer, person)
) WITHOUT ROWID;

-- Time zones of the people who asked, for a day (bot/slack/people.py).
CREATE TABLE IF NOT EXISTS people (
    team TEXT NOT NULL, person TEXT NOT NULL, zone TEXT NOT NULL, locale TEXT NOT NULL,
    at REAL NOT NULL, PRIMARY KEY (team, person)
) WITHOUT ROWID;

-- Workspaces that installed the app by OAuth, with their tokens, encrypted (installations.py).
CREATE TABLE IF NOT EXISTS installations (
    team TEXT PRIMARY KEY, sealed BLOB NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;

-- Workspaces whose token was revoked, erased after a month without a new one (teams.py).
CREATE TABLE IF NOT EXISTS suspended (team TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;

-- Workspaces of an organisation that installed the app as a whole: whose token is theirs
-- (installations.py). What nobody has asked for, a correction, names its workspace alone.
CREATE TABLE IF NOT EXISTS members (team TEXT PRIMARY KEY, enterprise TEXT NOT NULL) WITHOUT ROWID;

-- Where the alerts of a watch go, and when, by the number that the index gave it (watches.py).
CREATE TABLE IF NOT EXISTS watches (
    team TEXT NOT NULL, number INTEGER NOT NULL, place TEXT NOT NULL, creator TEXT NOT NULL,
    options TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (team, number)
) WITHOUT ROWID;

-- What watches have found, by its number in the index; message is the answer that shows it, "" until
-- there is one, due the moment before which it waits, for a month (outbox.py).
CREATE TABLE IF NOT EXISTS alerts (
    team TEXT NOT NULL, number INTEGER NOT NULL, watch INTEGER NOT NULL, place TEXT NOT NULL,
    lane TEXT NOT NULL, statement INTEGER NOT NULL, article TEXT NOT NULL, at REAL NOT NULL,
    due REAL NOT NULL, message TEXT NOT NULL, spot INTEGER NOT NULL, posted REAL NOT NULL,
    PRIMARY KEY (number, team)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS alerts_waiting ON alerts (due) WHERE message = '';
CREATE INDEX IF NOT EXISTS alerts_by_message ON alerts (team, message);
CREATE INDEX IF NOT EXISTS alerts_by_statement ON alerts (team, lane, statement);
CREATE INDEX IF NOT EXISTS alerts_by_watch ON alerts (team, watch, posted);
CREATE INDEX IF NOT EXISTS alerts_at ON alerts (at);

-- The streams of alerts, each a channel's or a thread's: its last message and when that went out,
-- the message that began the thread, and until when it is muted (outbox.py).
CREATE TABLE IF NOT EXISTS lanes (
    team TEXT NOT NULL, lane TEXT NOT NULL, message TEXT NOT NULL DEFAULT '',
    last REAL NOT NULL DEFAULT 0, root TEXT NOT NULL DEFAULT '', muted REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (team, lane)
) WITHOUT ROWID;

-- The direct conversation with each person who gets alerts there (outbox.py).
CREATE TABLE IF NOT EXISTS directs (
    team TEXT NOT NULL, person TEXT NOT NULL, channel TEXT NOT NULL, PRIMARY KEY (team, person)
) WITHOUT ROWID;

-- The silences that were said where a watch alerts: what is silent, "" for the watch itself, and since
-- when (watches.py).
CREATE TABLE IF NOT EXISTS said_silences (
    team TEXT NOT NULL, number INTEGER NOT NULL, what TEXT NOT NULL, since REAL NOT NULL,
    PRIMARY KEY (team, number, what)
) WITHOUT ROWID;
