"""Questions and what is understood of them: a table, and what must hold of any text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import QuestionError
from index.questions.description import describe
from index.types import Query
from tests.index.question_builders import NOW, TABLES, known, parse, party, understood

ROWS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))["row"]
DATES = ("since", "until")
WORDS = st.sampled_from(
    ["what", "did", "Russia", "say", "said", "about", "who", "and", "the", "AND", "NEAR(", "OR",
     "NOT", "*", "text:", "';--", '"', "“", "’s", "since", "Monday", "Gromov", "according to",
     "in", "2018", "past", "999", "years", "\0", "<@U1>", ":tank:", "denied", "not", "\ud800"]
)  # fmt: skip


def wanted(row: dict[str, object]) -> dict[str, object]:
    """The fields a row names, dates and tuples as a query holds them."""
    want = dict(row["want"])
    for name in DATES:
        if name in want:
            want[name] = datetime.fromisoformat(want[name]).replace(tzinfo=UTC)
    return {k: tuple(v) if isinstance(v, list) else v for k, v in want.items()}


@pytest.mark.parametrize("row", ROWS, ids=[row["question"][:50] for row in ROWS])
def test_a_question_means_this_and_nothing_more(row):
    previous = parse(row["after"]) if "after" in row else None

    query = parse(row["question"], previous=previous)

    assert wanted(row) == understood(query)


@pytest.mark.parametrize("text", ["", "   ", "?!", "🚢", ":ship:", "<@U123>", "x" * 2_001])
def test_what_cannot_be_a_question_is_refused_with_examples_that_can(text):
    with pytest.raises(QuestionError, match="What did the United States say"):
        parse(text)


@pytest.mark.parametrize("text", ["what did 俄罗斯 say?", "what did Λαβρόφ say about the tank"])
def test_a_name_in_another_script_is_refused_and_not_said_to_have_no_statement(text):
    with pytest.raises(QuestionError, match="Latin letters"):
        parse(text)


NAMES = [f"Ana{number} Horvat{number}" for number in range(50)]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM articles; DROP TABLE articles;--",
        "NEAR(tank drone) OR NOT text:*",
        "*a",
        "who said “unclosed",
        'what did "Russia say',
        "9" * 1_999,
        "what did " + " and ".join(NAMES) + " say?",
        ", ".join(NAMES),
        "\x00\x01 what did Russia say \x1b[0m",
        "what did " * 222,
        "x said " * 280,
        "Russia and " * 180,
        "since Monday " * 150,
        "(" * 1_000 + "a",
    ],
    ids=lambda text: text[:20],
)
def test_odd_text_is_a_question_like_any_other_or_refused_in_words(text):
    try:
        wording = describe(parse(text), TABLES)
    except QuestionError as exc:
        wording = str(exc)

    assert re.match(r"Statements|(?:there is no|nobody and nothing).+try “What did", wording)


def test_examples_are_made_from_who_is_on_record():
    with pytest.raises(QuestionError) as refused:
        parse("?!")

    assert "“What did the United States say?”, “Anna Weller since Monday”" in str(refused.value)


def test_examples_name_somebody_where_nobody_is_on_record():
    with pytest.raises(QuestionError, match="“What did Russia say"):
        parse("?!", speakers=[])


def test_a_description_on_record_does_not_answer_for_a_full_name():
    speakers = [known("the federation", None), known("messages on the", None)]

    assert (
        "Chess Federation" == parse("What did the Chess Federation say?", speakers=speakers).speaker
    )
    assert None is parse("and on the pipeline", speakers=speakers).speaker


def test_a_first_name_means_somebody_only_where_one_alone_bears_it():
    one = [known("Defne Okumus", None)]

    assert "Defne Okumus" == parse("What did Defne say?", speakers=one).speaker
    assert (
        "Defne" == parse("What did Defne say?", speakers=[*one, known("Defne Acar", None)]).speaker
    )


def test_a_plural_is_asked_where_an_association_of_them_is_on_record():
    importers = [known("Fruit Importers’ Association", None)]
    previous = parse("what did Russia say about bananas?", speakers=importers)

    query = parse("and the importers?", previous, speakers=importers)

    assert ("Fruit Importers’ Association", "bananas") == (query.speaker, query.topic)
    assert "talks" in (parse("and the talks?", previous, speakers=importers).topic or "")
    on_fruit = parse("statements on the fruit", speakers=importers)
    assert (None, "the fruit") == (on_fruit.speaker, on_fruit.topic)


def test_a_coast_guard_is_not_anothers_that_is_not_on_record():
    norwegian = [known("Norwegian coast guard", None, party("norway"))]

    query = parse("what did the coast guard say?", speakers=norwegian)

    assert (None, "coast guard") == (query.party, query.speaker)
    assert "coast guard" == parse("What did the Coast Guard say?", speakers=norwegian).party


def test_the_other_one_is_of_the_kind_that_was_asked_before():
    previous = parse("what did the central bank say?")

    for text in ("and the European one?", "what about the European one?", "the European one?"):
        assert "European central bank" == parse(text, previous).speaker


def test_who_else_leaves_out_the_surname_too_and_names_few():
    previous = parse("what did Ilya Gromov say about the tank?")

    query = parse("who else?", previous)

    assert ("ilia gromov", "gromov") == query.besides
    many = replace(query, besides=(*query.besides, "Ann Bee", "police", "Cy Dee", "Ed Fox"))
    assert "Statements by anyone but Ilia Gromov, Ann Bee, Police, Cy Dee and others above" in (
        describe(many, TABLES)
    )


def test_a_company_outdoes_a_namesake_who_is_hardly_heard():
    speakers = [known("Ford", None, statements=6), known("James Ford", None, statements=1)]

    assert "Ford" == parse("What did Ford say?", speakers=speakers).speaker


@pytest.mark.parametrize(
    ("question", "described"),
    [
        ("why did talks collapse?", "Statements on “why did talks collapse” · "
         "I can show who said what about this, not what happened or why"),
        ("what did the goat say?", "Statements by the goat"),
        ("what's new?", "Latest statements"),
        ("Turkey's foreign minister", "Statements by Turkey's foreign minister"),
        ("what did the mayor of Ellermouth say", "Statements by the mayor of Ellermouth"),
        ("Russia since Monday", "Statements by Russia · since Mon 2016-02-01 "
         "(counted from the newest article)"),
    ],
)  # fmt: skip
def test_what_was_understood_is_told(question, described):
    newest = datetime(2016, 2, 3, tzinfo=UTC)

    query = parse(question, newest=newest)

    assert described == describe(query, TABLES)


def test_who_else_is_told_to_leave_out_those_asked_before():
    previous = parse("what did Russia say about the tank?")

    query = parse("who else?", previous=previous)

    assert "Statements by anyone but Russia · about the tank" == describe(query, TABLES)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=3_000), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_is_a_query_or_refused(text):
    try:
        query = parse(text)
    except QuestionError:
        return

    assert isinstance(query, Query)
    assert text == query.text


@settings(deadline=None)
@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_any_follow_up_is_a_query_or_refused(text):
    previous = parse("what did Russia say about the tank since Monday?")

    try:
        query = parse(text, previous=previous)
    except QuestionError:
        return

    assert text == query.text


def test_an_unknown_name_never_becomes_a_question_to_anyone():
    query = parse("What did Henri Duclos say about the tank?")

    assert ("Henri Duclos", False) == (query.speaker, query.anyone)


def test_one_consonant_more_than_a_slip_is_another_person():
    speakers = [known("Bill Clinter", None)]

    query = parse("What did Clifter say?", speakers=speakers)

    assert "Clifter" == query.speaker


def test_a_bare_surname_means_its_most_heard_bearer():
    query = parse("What did Weller say?")

    assert "Anna Weller" == query.speaker


def test_a_country_nobody_speaks_for_gives_way_to_a_person_of_that_name():
    speakers = [known("Tom Jordan", "Representative")]

    assert "Tom Jordan" == parse("What did Jordan say?", speakers=speakers).speaker
    assert "jordan" == parse("What did Jordan say?", speakers=[]).party


def test_an_outlet_filters_only_if_it_is_on_record():
    unknown = parse("What did Russia say in the Morning Gull?")
    known_outlet = parse("What did Russia say in the Harbour Post?")

    assert (None, "the Morning Gull") == (unknown.outlet, unknown.topic)
    assert ("Harbour Post", None) == (known_outlet.outlet, known_outlet.topic)


def test_a_bare_month_means_the_time_of_an_old_index():
    newest = datetime(2016, 3, 1, tzinfo=UTC)

    query = parse("Russia in December", now=NOW, newest=newest)

    assert datetime(2015, 12, 1, tzinfo=UTC) == query.since


@pytest.mark.parametrize(
    ("text", "reason"),
    [("what did Russia say on 31 February?", "there is no 31 February"),
     ("Gromov since April 31, 2018", "there is no April 31, 2018"),
     ("what did Russia say since 5 February until 1 February 2018", "turn the days round"),
     ("Was hat Russland über den Panzer gesagt?", "I read English only"),
     ("was sagte Merkel?", "I read English only"),
     ("Qu'a dit la Russie sur les sanctions ?", "I read English only"),
     ("¿Qué dijo Rusia sobre el tanque?", "I read English only"),
     ("Что сказала Россия о танке?", "I read English only")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(text, reason):
    with pytest.raises(QuestionError, match=reason):
        parse(text)


@pytest.mark.parametrize("text", ["was Russia right?", "die Linke on the tank", "Le Monde on bread",
                                  "El Pais", "29 February", "Der Spiegel said what?"])  # fmt: skip
def test_foreign_names_are_read(text):
    assert parse(text)


def test_one_against_another_asks_both():
    query = parse("Russia vs. Turkey on grain")
    assert ("russia", ("turkey",), "grain") == (query.party, query.other_parties, query.topic)

    speakers = [known("Kari Lund", None), known("Omid Shams", None)]
    query = parse("Lund versus Shams on the gate", speakers=speakers)
    assert ("Kari Lund", ("Omid Shams",), "the gate") == (
        query.speaker, query.other_speakers, query.topic
    )  # fmt: skip
