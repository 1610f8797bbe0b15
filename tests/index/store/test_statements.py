"""Statements are decoded when they are looked at: no sooner, and to what went in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.answers.search.retrieval import Reference as Ref
from index.answers.search.retrieval import load
from index.answers.search.session import ReadSession
from index.labels import NOT_SAID
from index.speakers import load_tables
from index.store.codec import decode_statement, encode_statement
from index.store.statements import Statements, changed, outlines_of, statement_parts
from tests.index.store.store_builders import EAST, NORTH, SOL, VIK, article, said, vectors

SAYS = (said(VIK, (0, 5)), said(SOL, (6, 11)), said(None, (0, 11)))


@pytest.fixture
def stored(on_disk):
    store = on_disk()
    store.put(article("a", "I go.", "I no.", says=SAYS), vectors(EAST, NORTH))
    return store


def decoded(item):
    return [n for n, held in enumerate(item.statements.undecoded()) if not isinstance(held, str)]


def test_only_what_is_looked_at_is_decoded(stored):
    item = stored.get("a")

    assert (3, []) == (len(item.statements), decoded(item))
    assert (SAYS[1], [1]) == (item.statements[1], decoded(item))


def test_stored_statements_are_as_good_as_a_tuple_of_them(stored):
    statements = stored.get("a").statements

    assert (SAYS, SAYS[1:], SAYS[-1]) == (statements, statements[1:], statements[-1])
    assert hash(SAYS) == hash(statements)
    assert statements != SAYS[:2]
    assert statements != list(SAYS)


def test_whose_statement_stands_where_is_known_without_decoding_it(stored):
    item = stored.get("a")

    expected = [((s.attribution.content), s.speaker and s.speaker.key) for s in SAYS]
    outlines = outlines_of(item.statements)

    assert expected == [(tuple(map(tuple, each.content)), each.speaker) for each in outlines]
    assert ([[0], [1], [0, 1]], []) == (statement_parts(item), decoded(item))
    assert expected == [(each.content, each.speaker) for each in outlines_of(SAYS)]


def test_a_statement_that_is_decoded_has_its_outline_still(stored):
    item = stored.get("a")
    assert SAYS[1] == item.statements[1]

    assert [VIK.key, SOL.key, None] == [each.speaker for each in outlines_of(item.statements)]
    assert [[0], [1], [0, 1]] == statement_parts(item)


def test_a_label_that_was_worded_otherwise_is_read_as_it_is_worded_now():
    """An index of before needs no rebuilding to show the new wording."""
    statement = replace(said(VIK, (0, 5)), labels=("anonymous", NOT_SAID))
    stored = encode_statement(statement).replace("reported as not said", "told as not said")

    assert "told as not said" in stored
    assert statement == decode_statement(stored)


def test_a_changed_statement_leaves_the_others_as_they_are(stored):
    statements = stored.get("a").statements

    new = changed(statements, {1: SAYS[0]})

    assert isinstance(new, Statements)
    assert [str, type(SAYS[0]), str] == [type(held) for held in new.undecoded()]
    assert ((SAYS[0], SAYS[0], SAYS[2]), SAYS) == (new, statements)
    assert (SAYS[0], SAYS[0], SAYS[2]) == changed(SAYS, {1: SAYS[0]})


def test_of_an_article_only_the_statements_that_are_shown_are_decoded(stored):
    engine = ReadSession(stored, None, load_tables(None))

    (shown,) = load([Ref("a", 1, (1,), 0.0)], engine)

    assert (SAYS[1], [1]) == (shown.statement, decoded(shown.item))
