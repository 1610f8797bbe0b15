"""An index of an older format: brought up whole, or left as it was."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from index.store.codec import decode_details, encode_details
from index.store.origins import article_at
from index.store.sqlite import migrations
from index.store.sqlite.store import DATABASE, SqliteStore
from index.types import Article
from tests.index.store.store_builders import DIM, EAST, VIK, article, nearest, vectors

FORMAT_1 = Path(__file__).with_name("format_1.sql").read_text("utf-8")
COLUMNS = """
SELECT m.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema m, pragma_table_info(m.name) c
WHERE m.type = 'table' ORDER BY m.name, c.name
"""
INDEXES = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name"


@pytest.fixture
def old(tmp_path):
    """A folder with an index of format 1."""
    db = apsw.Connection(str(tmp_path / DATABASE))
    db.execute(FORMAT_1)
    db.close()
    return tmp_path


def layout(folder):
    db = apsw.Connection(str(folder / DATABASE))
    found = db.execute(COLUMNS).fetchall(), db.execute(INDEXES).fetchall()
    db.close()
    return found


def test_an_index_of_format_1_is_brought_up_with_all_it_holds(old):
    store = SqliteStore(old, "tiny", DIM)

    assert ["copy", "ferry"] == list(store.ids())
    assert VIK == store.get("ferry").statements[0].speaker
    assert [("ferry", 0), ("copy", 0)] == nearest(store, EAST, 2)
    assert "ferry" == article_at(store.origins, "http://herald.example/ferry/")
    assert ("ferry",) == store.near_copies("copy")
    assert [] == store.verify()
    store.close()


def test_an_article_of_format_1_is_known_to_be_unchanged(old):
    store = SqliteStore(old, "tiny", DIM)
    stored = store.get("copy")

    store.put(stored, vectors(EAST, EAST))

    assert [] == store.revisions(0)
    store.close()


def test_an_index_brought_up_has_the_tables_of_a_new_one(old, tmp_path):
    SqliteStore(old, "tiny", DIM).close()
    (tmp_path / "new").mkdir()
    SqliteStore(tmp_path / "new", "tiny", DIM).close()

    assert layout(tmp_path / "new") == layout(old)


def test_a_step_that_fails_leaves_the_old_format_whole(old, monkeypatch):
    before = layout(old)

    def fail(db, number, text):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "sign_article", fail)
        with pytest.raises(KeyboardInterrupt):
            SqliteStore(old, "tiny", DIM)

    assert before == layout(old)
    store = SqliteStore(old, "tiny", DIM)
    assert 2 == store.coverage().articles
    assert store.last_revision(Article("ferry", "", "")) is None
    store.put(article("new", "x"), vectors(EAST))
    assert 3 == store.generation()
    store.close()


def test_the_details_of_an_article_without_pages_are_those_of_an_older_format():
    old = '["Ana Petric",null,null,null,null]'

    assert old == encode_details(Article("a", "A", "a", byline="Ana Petric"))
    assert () == decode_details(old)["pages"]
    assert (0, 40) == decode_details('["Ana Petric",null,null,null,null,[0,40]]')["pages"]


def test_the_origins_of_an_older_index_are_noted_once_from_what_the_queue_knows(old):
    store = SqliteStore(old, "tiny", DIM)
    store.put(article("late", "x"), vectors(EAST))
    known = {"ferry": "feed https://herald.example/rss", "none": "push"}

    assert 1 == store.origins.adopt(known)
    assert 0 == store.origins.adopt({"copy": "push", "late": "push"})

    owners = [store.origins.owner(name) for name in ("ferry", "copy", "late", "none")]
    assert ["feed https://herald.example/rss", None, None, None] == owners
    assert "feed https://herald.example/rss" == store.get("ferry").article.origin
    assert [] == store.verify()
    store.close()


def test_a_new_index_takes_nobodys_word_for_whose_its_articles_are(tmp_path):
    store = SqliteStore(tmp_path, "tiny", DIM)
    store.put(article("a", "x"), vectors(EAST))

    assert (0, None) == (store.origins.adopt({"a": "push"}), store.origins.owner("a"))
    store.close()
