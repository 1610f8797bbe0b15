"""What was understood, in words for people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from index.query import without_inherited
from index.questions.description import abstention, describe
from index.types import Coverage, Query
from tests.index.briefing_builders import TABLES
from tests.index.question_builders import parse

NEW_YORK, SUMMER = (timezone(timedelta(hours=-hours)) for hours in (5, 4))


@pytest.mark.parametrize(
    ("query", "want"),
    [
        (Query("", party="russia", topic="drone strike",
               since=datetime(2018, 2, 12, tzinfo=UTC)),
         "Statements by Russia · about drone strike · since Mon 2018-02-12"),
        (Query("", party="russia", other_parties=("turkey",), stance="denied"),
         "Denials by Russia and Turkey"),
        (Query("", anyone=True, topic="T-72", outlet="Daily Tern",
               since=datetime(2018, 2, 7, tzinfo=UTC), until=datetime(2018, 2, 8, tzinfo=UTC)),
         "Statements about T-72 · on Wed 2018-02-07 · in Daily Tern"),
        (Query("", party="united nations", other_parties=("nato",)),
         "Statements by the United Nations and NATO"),
        (Query("", party="united nations", speaker="UN aid coordinator"),
         "Statements by the UN aid coordinator"),
        (Query("", speaker="Ilya Gromov", until=datetime(2018, 2, 10, tzinfo=UTC)),
         "Statements by Ilya Gromov · until Fri 2018-02-09"),
        (Query("", anyone=True, quotation="beyond doubt"), "Who said “beyond doubt”"),
        (Query("", party="russia", since=datetime(2026, 3, 8, tzinfo=NEW_YORK),
               until=datetime(2026, 3, 9, tzinfo=SUMMER)),
         "Statements by Russia · on Sun 2026-03-08"),
        (Query("", party="russia", since=datetime(2020, 11, 1, tzinfo=SUMMER),
               until=datetime(2020, 12, 1, tzinfo=NEW_YORK)),
         "Statements by Russia · from Sun 2020-11-01 to Mon 2020-11-30"),
    ],
)  # fmt: skip
def test_a_query_is_worded_for_people(query, want):
    assert want == describe(query, TABLES)


@pytest.mark.parametrize(
    ("query", "want"),
    [
        (Query("", speaker="Ilya Gromov", stance="demanded", direct=True, topic="grain"),
         "No demand by Ilya Gromov on grain in direct quotes in 15 articles"),
        (Query("", party="russia", officials=True),
         "No statement by Russia (officials only) in 15 articles"),
        (Query("", anyone=True, topic="grain", officials=True, direct=True),
         "No direct quote on grain by officials in 15 articles"),
        (Query("", party="russia", quotation="beyond doubt", stance="denied", topic="grain"),
         "Russia is not on record with the words “beyond doubt” with a denial on grain"
         " in 15 articles"),
    ],
)  # fmt: skip
def test_an_abstention_names_every_restriction(query, want):
    assert want == abstention(query, Coverage(15, 40, None, None), TABLES)


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("Russian Defence Ministry", "Statements by the Russian Defence Ministry"),
        ("Ministry of Health", "Statements by the Ministry of Health"),
        ("Turkey’s Foreign Ministry", "Statements by Turkey’s Foreign Ministry"),
        ("the Harbour Council", "Statements by the Harbour Council"),
        ("Ilya Gromov", "Statements by Ilya Gromov"),
    ],
)
def test_a_body_has_its_article(name, want):
    assert want == describe(Query("", speaker=name), TABLES)


@pytest.mark.parametrize(
    ("question", "after", "want"),
    [
        ("who said the insulin will run out?", None, "Statements on “the insulin will run out”"),
        ("who called the strike self-defense?", None, "Statements on “the strike self-defense”"),
        ("did Russia stop the trucks?", None,
         "Statements by Russia · on “stop the trucks” · I can show who said what about this, "
         "not what happened or why"),
        ("and who was hurt?", "what did Russia say about the gas line?",
         "Statements about the gas line · “who was hurt?”"),
        ("and Turkey?", "who said the insulin will run out?",
         "Statements by Turkey · on “the insulin will run out”"),
        ("who commented on the attack on the base?", None,
         "Statements about the attack on the base"),
        ("who said the talks will go on?", None, "Statements on “the talks will go on”"),
        ("who criticised Boris Johnson for suspending parliament?", None,
         "Statements on “Boris Johnson for suspending parliament”"),
        ("who thanked Turkey?", None, "Statements on “thanked Turkey”"),
        ("who praised the speed of the repair?", None, "Statements about the speed of the repair"),
        ("who accused whom?", "what did Russia say about the truce?",
         "Accusations about the truce"),
        ("how many soldiers?", "what did Russia say about the truce?",
         "Statements by Russia · about the truce · “how many soldiers?”"),
        ("how many boats were lost?", None, "Statements on “how many boats were lost”"),
        ("fourteen or forty?", "what did Russia say about the trucks?",
         "Statements by Russia · about the trucks · “fourteen or forty?”"),
        ("how much?", "what did Russia say about the fine?",
         "Statements by Russia · about the fine · “how much?”"),
        ("what did Aaron Quinn's lawyer say?", None, "Statements by Aaron Quinn's lawyer"),
    ],
)  # fmt: skip
def test_a_heading_is_good_english_for_any_topic(question, after, want):
    assert want == describe(parse(question, parse(after) if after else None), TABLES)


def test_a_clause_that_is_kept_is_dropped_with_its_topic():
    query = parse("and Turkey?", parse("who said the insulin will run out?"))

    assert not without_inherited(query).clause


def test_a_plural_is_no_name():
    assert "Statements by traders" == describe(Query("and traders?", speaker="Traders"), TABLES)
    assert "Statements by Sanders" == describe(Query("and Sanders?", speaker="Sanders"), TABLES)
