"""Who somebody is, which of two, and who speaks for them: as the articles put it."""

from __future__ import annotations

import pytest

from index.answers.introduction import introduce, namesakes, person_meant
from index.roster.directory import make_directory
from index.types import Query
from tests.index.question_builders import BRENNICK, TABLES, known, parse, party
from tests.index.quote_builders import quote

REYES = "Callum Reyes, a spokesman for the company (Brennick Energy)"
PEOPLE = [
    known("Gleb Sazonov", "Russian Agriculture Minister", party("russia"), statements=4),
    known("Anton Sazonov", "an opposition councillor in Port Zarya", statements=2),
    known("Lev Sazonov", "a fisherman", statements=1),
    known("Dmitry Peskov", "the spokesman of President Vladimir Putin", party("russia")),
    known("Judith Marlowe", "The chief executive", BRENNICK),
    known("Callum Reyes", "a spokesman for the company", BRENNICK),
]
DIRECTORY = make_directory(PEOPLE, TABLES)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("who is Marlowe?", ("Judith Marlowe, the chief executive (Brennick Energy)",)),
        ("and who is she?", ("Judith Marlowe, the chief executive (Brennick Energy)",)),
        ("did anybody speak for Putin?",
         ("Dmitry Peskov, the spokesman of President Vladimir Putin (Russia)",)),
        ("who speaks for Brennick?", (REYES,)),
        ("who is Brennick’s spokesman?",
         (REYES,)),
        ("who speaks for Iran?", ()),
    ],
)  # fmt: skip
def test_somebody_is_introduced_in_the_articles_words(text, lines):
    found = introduce(text, Query("", speaker="Judith Marlowe"), DIRECTORY)

    assert found is not None
    assert lines == found.lines


@pytest.mark.parametrize(
    "text",
    ["who is right?", "who is buying lunch?", "which ferry?", "who said that?", "who is Merkel?",
     "who is on the trawler?", "which way did Russia vote?", "who is she?"],
)  # fmt: skip
def test_nobody_is_introduced_whom_no_article_names(text):
    assert introduce(text, None, DIRECTORY) is None


@pytest.mark.parametrize(
    "text", ["which Sazonov?", "which Sazonov is that?", "the other Sazonov", "wrong Sazonov!"]
)
def test_which_of_two_lists_both(text):
    found = introduce(text, None, DIRECTORY)

    assert ("Gleb Sazonov", "Anton Sazonov", "Lev Sazonov") == found.names


def test_a_bare_surname_names_its_other_bearers_but_not_rare_ones():
    often = [each for each in PEOPLE if each.key != "gleb sazonov"]
    often.append(
        known("Gleb Sazonov", "Russian Agriculture Minister", party("russia"), statements=8)
    )
    directory = make_directory(often, TABLES)

    found = namesakes(Query("what did Sazonov say?", speaker="Gleb Sazonov"), directory)

    assert ("Anton Sazonov, an opposition councillor in Port Zarya",) == found


@pytest.mark.parametrize(
    "query",
    [
        Query("what did Gleb Sazonov say?", speaker="Gleb Sazonov"),
        Query("and on grain?", speaker="Gleb Sazonov", inherited=("who",)),
        Query("what did the Agriculture Ministry say", speaker="Russian Agriculture Ministry"),
        parse("what did Russia say?"),
    ],
)
def test_whoever_is_named_in_full_has_no_namesakes(query):
    assert () == namesakes(query, DIRECTORY)


@pytest.mark.parametrize(
    ("text", "line", "parties"),
    [
        ("does she speak for Brennick?", "Judith Marlowe, the chief executive (Brennick Energy)",
         ("Brennick Energy",)),
        ("and does Lev Sazonov really speak for Russia?", "Lev Sazonov, a fisherman", ()),
        ("is Peskov speaking for Putin?",
         "Dmitry Peskov, the spokesman of President Vladimir Putin (Russia)", ("Russia",)),
    ],
)  # fmt: skip
def test_for_whom_somebody_speaks_is_told_as_the_articles_have_it(text, line, parties):
    found = introduce(text, Query("", speaker="Judith Marlowe"), DIRECTORY)

    assert found is not None
    assert ("speaks", (line,), parties) == (found.kind, found.lines, found.parties)


@pytest.mark.parametrize(
    ("text", "name"), [("who is she?", "Judith Marlowe"), ("who is he?", "Dmitry Peskov")]
)
def test_a_pronoun_means_the_last_quoted_whom_it_fits(text, name):
    people = ("Gleb Sazonov", "Judith Marlowe", "Dmitry Peskov")
    quotes = [quote("Yes.", speaker=each, role=None) for each in people]

    assert name == person_meant(text, quotes, DIRECTORY)
    assert "" == person_meant(
        text, [quote("Yes.", speaker="the coast guard", role=None)], DIRECTORY
    )
