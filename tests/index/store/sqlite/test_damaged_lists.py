"""What leads to a statement is no proof of it: the sealed article is."""

from __future__ import annotations

import apsw

from index.answers.search.retrieval import find_statements, load
from index.answers.search.session import ReadSession
from index.speakers import load_tables
from index.store.sqlite.store import DATABASE
from index.types import Query
from tests.index.store.store_builders import EAST, NORLAND, NORTH, SOL, VIK, article, said, vectors

FROM_NORLAND = Query("what did Norland say?", party=NORLAND.key)


def shown(store):
    engine = ReadSession(store, None, load_tables(None))
    return [each.texts for each in load(find_statements(FROM_NORLAND, engine), engine)]


def test_a_sentence_that_a_damaged_list_gives_to_a_statement_is_not_shown_with_it(
    on_disk, tmp_path
):
    store = on_disk()
    says = [said(VIK, (0, 5)), said(SOL, (6, 11))]
    store.put(article("a", "I go.", "I no.", says=says), vectors(EAST, NORTH))
    assert [("I go.",)] == [tuple(texts) for texts in shown(store)]

    db = apsw.Connection(str(tmp_path / DATABASE))
    db.execute("UPDATE parts SET sentence = 1")
    db.close()

    assert [] == shown(store)


def test_a_statement_that_took_the_number_of_one_that_has_gone_is_not_shown_for_it(on_disk):
    store = on_disk()
    store.put(article("a", "I go.", says=[said(VIK, (0, 5))]), vectors(EAST))
    store.put(article("b", "I see.", says=[said(VIK, (0, 6))]), vectors(EAST))
    listed = find_statements(FROM_NORLAND, ReadSession(store, None, load_tables(None)))

    store.put(article("b", "I no.", says=[said(SOL, (0, 5))]), vectors(EAST))

    assert ["a"] == [reference.article_id for reference in listed]
