"""Outlets that carry one agency's report are one witness; others only where that is plain."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.answers.search.carriers import witnesses_of
from index.answers.search.duplicates import Match
from index.cli.records import quote_record
from index.types import Article, Attribution, IndexedArticle, Sentence, Span, Speaker, Statement
from index.witnesses import Witnesses, also_note
from tests.index.quote_builders import quote

SAID = "“The ferry stays in port until the crew has slept,” Mayor Ana Horvat told reporters."
WIRE = (
    "The island has had no ferry for nine days and its bakers are running short of flour. "
    "The company that owns the only ship has asked the court for more time to find a crew. "
    "Two fishing boats brought medicine on Sunday while the wind was down for some hours."
)
OTHERS = (
    "At the town hall a queue of parents formed before eight to ask when school would open. "
    "Most of them had walked from the upper village because no bus runs without diesel now. "
    "Behind the counter a clerk wrote every name into a green book and promised an answer.",
    "Fishermen on the quay mended nets and laughed at the question of when they would sail. "
    "Their chairman keeps a list of debts that the harbour owes them since the summer storm. "
    "Nobody has paid for the ropes that were cut to free a yacht from the outer mole then.",
)


def copy(outlet, around=WIRE, said=SAID, byline=None, dateline=""):
    sentences = [f"{part}." for part in around.rstrip(".").split(". ")]
    text = f"{dateline}{' '.join(sentences)} {said}"
    cut, at = [], 0
    for number, sentence in enumerate([*sentences, said]):
        at = text.index(sentence, at)
        cut.append(Sentence(number, at, at + len(sentence)))
        at += len(sentence)
    span = Span(cut[-1].start, cut[-1].end)
    made = Statement(Attribution((), (), (span,), "direct"), Speaker("horvat", "Ana Horvat"))
    article = Article(outlet, "Ferry", text, outlet, byline=byline)
    item = IndexedArticle(article, tuple(cut), (made,), datetime(2018, 3, 1, tzinfo=UTC))
    return Match(item, 0, (len(cut) - 1,), 1.0)


def test_the_same_text_under_two_names_is_one_report():
    cut = WIRE.rpartition("Two fishing")[0].strip()

    found = witnesses_of([copy("Post"), copy("Courier"), copy("Tern", cut)])

    assert Witnesses(("Post", "Courier", "Tern"), (), None) == found


def test_articles_with_other_words_around_the_statement_are_their_own():
    found = witnesses_of([copy("Post"), copy("Courier", OTHERS[0]), copy("Tern", OTHERS[1])])

    assert Witnesses((), ("Post", "Courier", "Tern"), None) == found


@pytest.mark.parametrize(
    ("first", "second", "agency"),
    [
        ({"byline": "By Mila Novak, Reuters"}, {"byline": "Reuters"}, "Reuters"),
        ({"dateline": "SPLIT, March 1 (Reuters) - "}, {"byline": "Reuters"}, "Reuters"),
        (
            {"dateline": "SPLIT (Quay Press) - "},
            {"dateline": "SPLIT (Quay Press) — "},
            "Quay Press",
        ),
        ({"said": SAID.replace("reporters", "Reuters")}, {"byline": "Reuters staff"}, "Reuters"),
        (
            {"said": SAID.replace("reporters", "the AFP news agency")},
            {"byline": "Agence France-Presse"},
            "AFP",
        ),
        (
            {"said": SAID.replace("reporters", "the Quay Press news agency")},
            {"dateline": "SPLIT (Quay Press) - "},
            "Quay Press",
        ),
    ],
)
def test_an_agency_that_both_name_makes_one_report_of_texts_that_differ(first, second, agency):
    found = witnesses_of([copy("Post", OTHERS[0], **first), copy("Courier", OTHERS[1], **second)])

    assert Witnesses(("Post", "Courier"), (), agency) == found


def test_an_agency_and_who_carries_it_are_one_and_the_agency_is_named():
    found = witnesses_of([copy("Reuters"), copy("Post", OTHERS[0], byline="Reuters")])

    assert Witnesses(("Reuters", "Post"), (), "Reuters") == found


def test_two_agencies_are_two_reports_and_an_agency_s_own_is_its_own():
    found = witnesses_of([copy("Reuters"), copy("AFP", OTHERS[0]), copy("Post", OTHERS[1])])
    assert Witnesses((), ("Reuters", "AFP", "Post"), None) == found

    carried = witnesses_of([copy("Post", byline="AP"), copy("Courier", OTHERS[0], byline="AFP")])
    assert Witnesses((), (), None) == carried  # neither heard it, nor do they share a report


def test_what_stands_between_two_agencies_makes_no_report_of_them():
    both = f"{WIRE} {OTHERS[0]}"

    found = witnesses_of(
        [copy("Post", byline="AP"), copy("Tern", OTHERS[0], byline="AFP"), copy("Courier", both)]
    )

    assert Witnesses((), (), None) == found


def test_what_cannot_be_told_is_not_told():
    short = "The sea was calm."
    assert Witnesses((), (), None) == witnesses_of([copy("Post", short), copy("Courier", short)])

    half = f"{WIRE.partition('. ')[0]}. {OTHERS[0]}"
    assert Witnesses((), (), None) == witnesses_of([copy("Post"), copy("Courier", half)])


def test_one_outlet_alone_needs_no_judgement():
    assert witnesses_of([copy("Post"), copy("Post")]) is None
    assert witnesses_of([copy(None), copy("Post")]) is None
    assert witnesses_of([]) is None


def test_some_share_a_report_and_one_has_its_own():
    found = witnesses_of([copy("Post"), copy("Courier"), copy("Tern", OTHERS[0])])

    assert Witnesses(("Post", "Courier"), ("Tern",), None) == found


ALL = Witnesses(("Post", "A", "B", "C", "D"), (), "Reuters")


@pytest.mark.parametrize(
    ("names", "known", "want"),
    [
        (("A", "B", "C", "D"), ALL, "also in A, B, C and 1 more, all carrying a report by Reuters"),
        (("A",), ALL._replace(agency=None), "also in A, all carrying one report"),
        (("A", "E"), ALL, "also in A, E, 2 of these 3 carrying a report by Reuters"),
        (("A", "B"), Witnesses(own=("A", "B", "Post")), "also in A, B, each in its own article"),
        (("A", "B"), Witnesses(own=("A", "Post")), "also in A, B"),
        (("A", "E"), Witnesses(("E", "F")), "also in A, E"),
        (("A",), None, "also in A"),
    ],
)
def test_it_is_said_only_of_all_of_whom_it_is_known(names, known, want):
    assert want == also_note(names, "Post", known)


def test_programs_read_it_beside_the_outlets():
    record = quote_record(quote("Yes.", also_in=("A",), witnesses=ALL))

    assert ["A"] == record["also_in"]
    assert {"one_report": [*ALL.one_report], "own": [], "agency": "Reuters"} == record["witnesses"]
    assert quote_record(quote("Yes."))["witnesses"] is None
