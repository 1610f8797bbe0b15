-- Where else the statement of an alert stands: its quotes as that article had them.
CREATE TABLE carriers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    alert INTEGER NOT NULL,
    article TEXT NOT NULL,
    quotes TEXT NOT NULL,
    UNIQUE (alert, article)
) STRICT;
CREATE INDEX carriers_by_article ON carriers (article);
