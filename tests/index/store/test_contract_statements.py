"""What every store owes: selecting statements, and who is on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from index.store import UNDATED, Selection
from index.store.codec import to_micros
from index.types import (
    Coverage,
)
from tests.index.store.store_builders import (
    EAST,
    NORLAND,
    SOL,
    SUDLAND,
    UNION,
    VIK,
    article,
    day,
    keys_of,
    said,
    selected,
    speaker,
    vectors,
)

A_VIK, A_SOL, A_NOBODY = ("a", 0, 0), ("a", 1, 1), ("a", 2, 2)
B_BRYN, B_THOUGHT, C_SOL = [("b", 0, 0), ("b", 0, 1)], ("b", 1, 2), ("c", 0, 0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [A_VIK, A_SOL, A_NOBODY, *B_BRYN, C_SOL]),
        ({"thoughts": True}, [A_VIK, A_SOL, A_NOBODY, *B_BRYN, B_THOUGHT, C_SOL]),
        ({"parties": {"norland"}}, [A_VIK, *B_BRYN]),
        ({"parties": {"norland", "harbour union"}}, [A_VIK, *B_BRYN]),
        ({"parties": {"sudland", "harbour union"}}, [A_SOL, *B_BRYN, C_SOL]),
        ({"parties": {"atlantis"}}, []),
        ({"speakers": {"vik"}}, [A_VIK]),
        ({"speakers": {"vik"}, "thoughts": True}, [A_VIK, B_THOUGHT]),
        ({"speakers": {"sol"}, "parties": {"harbour union"}}, [A_SOL, *B_BRYN, C_SOL]),
        ({"since": day(2)}, B_BRYN),
        ({"until": day(2)}, [A_VIK, A_SOL, A_NOBODY]),
        ({"since": day(1), "until": day(3)}, [A_VIK, A_SOL, A_NOBODY, *B_BRYN]),
        ({"since": day(2), "until": day(2)}, []),
        ({"outlets": {"the HERALD"}}, [A_VIK, A_SOL, A_NOBODY]),
        ({"cue_classes": {"denied"}}, [A_SOL]),
        ({"cue_classes": {"denied", "warned"}, "since": day(2)}, []),
        ({"attributed": True}, [A_VIK, A_SOL, *B_BRYN, C_SOL]),
        ({"attributed": False}, [A_NOBODY]),
        ({"article_id": "c"}, [C_SOL]),
        ({"article_id": "c", "parties": {"norland"}}, []),
        ({"parties": {"norland"}, "since": day(2)}, B_BRYN),
        ({"parties": {"norland"}, "outlets": {"the herald"}}, [A_VIK]),
        ({"parties": {"sudland"}, "cue_classes": {"denied"}}, [A_SOL]),
        ({"parties": {"sudland"}, "attributed": False}, []),
        ({"speakers": {"sol"}, "until": day(9)}, [A_SOL]),
        (
            {"outlets": {"post", "none"}, "thoughts": True, "cue_classes": {"said"}},
            [*B_BRYN, B_THOUGHT],
        ),
    ],
)
def test_a_selection_keeps_what_fits_all_its_fields(archive, fields, expected):
    frozen = {k: frozenset(v) if isinstance(v, set) else v for k, v in fields.items()}

    assert expected == selected(archive, **frozen)
    assert expected == in_columns(archive, **frozen)


def in_columns(store, **fields):
    """What `carried` selects, looked up by the numbers of the statements."""
    columns = store.select_columns(Selection(**fields))
    found = store.statements(columns.statements)
    rows = zip(columns.keys, columns.sentences, columns.moments, strict=True)
    candidates = [(c.key, c.sentence, to_micros(c.published_at) or UNDATED) for c in found]
    assert sorted(candidates) == sorted(rows)
    return [(c.article_id, c.statement, c.sentence) for c in found]


@pytest.mark.parametrize("hours", [-10, -5, 0, 1, 5.75, 13])
@pytest.mark.parametrize("by", [{}, {"speakers": frozenset({"sol"})}])
def test_an_article_of_which_only_the_day_is_known_belongs_to_it_in_every_zone(store, hours, by):
    zone = timezone(timedelta(hours=hours))
    begins = datetime(2018, 2, 7, tzinfo=zone)
    published = {
        "day-only": datetime(2018, 2, 7, tzinfo=UTC),
        "first": begins.astimezone(UTC) + timedelta(seconds=1),
        "last": begins.astimezone(UTC) + timedelta(hours=23, minutes=59),
        "before": begins.astimezone(UTC) - timedelta(seconds=1),
    }
    for name, moment in published.items():
        made = article(name, "aaaaaaaaa", says=[said(SOL, (0, 9))], published_at=moment)
        store.put(made, vectors(EAST))

    def on(first, last):
        days = {"since": begins.replace(day=first), "until": begins.replace(day=last)}
        assert in_columns(store, **days, **by) == selected(store, **days, **by)
        return {name for name, *_ in selected(store, **days, **by)}

    assert {"day-only", "first", "last"} == on(7, 8)
    assert {"before"} == on(6, 7)
    assert set() == on(8, 9)
    assert set(published) == on(6, 8)


def test_the_columns_hold_a_statement_s_sentences_side_by_side_in_reading_order(store):
    says = [said(VIK, (20, 25), (0, 3)), said(SOL, (0, 9))]
    store.put(article("a", "aaaaaaaaa", "bbbbbbbbb", "ccccccccc", says=says), vectors(*[EAST] * 3))

    columns = store.select_columns(Selection())

    first, second, third = columns.statements
    assert (first, [0, 2, 0]) == (second, columns.sentences.tolist())
    assert third != first
    assert [UNDATED] * 3 == columns.moments.tolist()


def test_statements_that_nobody_has_are_left_out(archive):
    columns = archive.select_columns(Selection(speakers=frozenset({"sol"})))
    archive.remove("a")

    assert [C_SOL] == [(c.article_id, c.statement, c.sentence)
                       for c in archive.statements(columns.statements)]  # fmt: skip
    assert [] == archive.statements(np.empty(0, np.int64))
    assert [] == archive.statements(np.array([-1, 10**12]))


def test_a_selection_among_sentences_keeps_what_they_carry(archive):
    first, second, third = keys_of(archive, "b")
    asked = np.array([third, first, third, -1, 10**12], np.int64)

    assert [("b", 0, 0, 0)] == carried(archive, asked)
    assert [("b", 0, 0, 0), ("b", 1, 2, 0)] == carried(archive, asked, thoughts=True)
    assert [("b", 0, 1, 1)] == carried(archive, np.array([second]), parties=frozenset({"norland"}))
    assert [] == carried(archive, asked, parties=frozenset({"sudland"}))
    assert [] == carried(archive, np.empty(0, np.int64))


def carried(store, among, **fields):
    found = store.select(Selection(**fields), among)
    return [(c.article_id, c.statement, c.sentence, c.part) for c in found]


def test_a_candidate_tells_key_part_and_date(archive):
    keys = keys_of(archive, "b")

    first, second = archive.select(Selection(parties=frozenset({"harbour union"})))

    assert (keys[0], "b", 0, 0, 0, day(2)) == first
    assert (keys[1], "b", 1, 0, 1, day(2)) == second


def test_a_sentence_is_a_part_from_one_shared_character_on(store):
    text = ("aaaaaaaaa", "bbbbbbbbb", "ccccccccc")
    spans = [
        said(VIK, (9, 10)),  # the blank between the first two
        said(VIK, (8, 11)),  # the last of the first, the first of the second
        said(VIK, (20, 25), (0, 3)),  # discontinuous, given backwards
        said(VIK, (5, 5)),  # nothing
        said(VIK),
    ]
    store.put(article("a", *text, says=spans), vectors(EAST, EAST, EAST))

    assert [("a", 1, 0), ("a", 1, 1), ("a", 2, 0), ("a", 2, 2)] == selected(store)


# Who is on record


def test_speakers_are_counted_with_their_newest_role_and_parties(store):
    older, newer = speaker("Vik", UNION, role="Deputy"), speaker("Vik", NORLAND, role="Minister")
    store.put(article("z", "aaaaaaaaa", says=[said(older)] * 2, published_at=day(1)), vectors(EAST))
    store.put(article("b", "aaaaaaaaa", says=[said(newer)], published_at=day(3)), vectors(EAST))
    bare = [said(speaker("Vik")), said(SOL), said(None)]
    store.put(article("c", "aaaaaaaaa", says=bare, published_at=day(4)), vectors(EAST))

    expected = [("vik", "Vik", "Minister", (NORLAND,), 4), ("sol", "Sol", None, (SUDLAND,), 1)]
    assert expected == store.speakers()


def test_parties_are_counted_once_for_each_statement(archive):
    assert [(NORLAND, 3), (SUDLAND, 2), (UNION, 1)] == archive.parties()


def test_who_is_on_record_follows_every_change(archive):
    archive.remove("b")
    assert [("sol", 2), ("vik", 1)] == [(s.key, s.statements) for s in archive.speakers()]
    assert [(SUDLAND, 2), (NORLAND, 1)] == archive.parties()

    archive.remove("a")
    assert [("sol", 1)] == [(s.key, s.statements) for s in archive.speakers()]
    assert [(SUDLAND, 1)] == archive.parties()


def test_outlets_are_listed_once_each(store):
    for name, outlet in (("a", "Tern"), ("b", "Post"), ("c", "Tern"), ("d", None), ("e", "")):
        store.put(article(name, "aaaaaaaaa", outlet=outlet), vectors(EAST))

    assert ["Post", "Tern"] == store.outlets()


def test_the_newest_articles_are_listed_by_date_without_those_that_have_none(store):
    for name, at in (("a", day(2)), ("b", day(5)), ("c", None), ("d", day(3)), ("e", day(5))):
        store.put(article(name, "aaaaaaaaa", published_at=at), vectors(EAST))

    assert ["b", "e", "d"] == store.newest_ids(3)
    assert [] == store.newest_ids(0)
    assert ["b", "e", "d", "a"] == store.newest_ids(9)


def test_coverage_counts_and_knows_the_newest(archive):
    assert Coverage(3, 9, day(2), day(28)) == archive.coverage()
