"""What a Selection means for one statement; the stores themselves are held to it by contract."""

from __future__ import annotations

import pytest

from index.store import Selection
from index.store.selection import matches
from tests.index.store.store_builders import SOL, VIK, article, day, said

SAID, DENIED = said(VIK, (0, 4)), said(SOL, (0, 4), cue_class="denied")
THOUGHT = said(VIK, (0, 4), thought=True)
ITEM = article("a", "word", published_at=day(2), outlet="Post", says=[SAID, DENIED, THOUGHT])


@pytest.mark.parametrize(
    ("statement", "fields", "expected"),
    [
        (SAID, {}, True),
        (THOUGHT, {}, False),
        (THOUGHT, {"thoughts": True}, True),
        (SAID, {"parties": frozenset({"norland"})}, True),
        (DENIED, {"parties": frozenset({"norland"})}, False),
        (DENIED, {"parties": frozenset({"norland"}), "speakers": frozenset({"sol"})}, True),
        (SAID, {"cue_classes": frozenset({"denied"})}, False),
        (SAID, {"outlets": frozenset({"POST"})}, True),
        (SAID, {"since": day(2), "until": day(3)}, True),
        (SAID, {"until": day(2)}, False),
        (None, {}, True),
        (None, {"parties": frozenset({"norland"})}, False),
        (None, {"cue_classes": frozenset({"said"})}, False),
        (None, {"attributed": True}, False),
        (None, {"attributed": False, "since": day(1)}, True),
    ],
)
def test_a_statement_matches_if_every_field_lets_it_through(statement, fields, expected):
    assert expected is matches(statement, ITEM, Selection(**fields))


def test_an_article_without_a_date_passes_no_border():
    undated = article("b", "word", says=[SAID])

    assert matches(SAID, undated, Selection())
    assert not matches(SAID, undated, Selection(since=day(1)))
    assert not matches(SAID, undated, Selection(until=day(9)))
