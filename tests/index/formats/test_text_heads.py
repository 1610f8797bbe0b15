"""The head of a plain text: headline, fields, byline; and an agency's wire file."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from index.formats import parse
from index.types import Article

BODY = "The bridge is shut, Mayor Ada Holm said on Monday.\n\n“It is rusty,” Holm said.\n"
TITLE = "Old bridge shut for the winter"


def read(text: str) -> Article:
    (article,) = parse(text.encode(), "bridge_7.txt")
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    "above",
    [
        f"{TITLE}\n\n",
        f"{TITLE}\n==========\n\n",
        f"PRESS RELEASE\n\n{TITLE}\n\n",
        f"FOR IMMEDIATE RELEASE\n\n{TITLE}\n\n",
        f"Oslavik City Council\n\nPress release\n\n{TITLE}\n\n",
        f"Marine Institute\n\n{TITLE}\n\n",
        f"EMBARGOED UNTIL 06:00 GMT, 15 MARCH 2018\n\n{TITLE}\n\n",
        f"Harbour Radio\nHOME | NEWS | SPORT\n\n{TITLE}\n\nPublished 9 March 2018\n",
        f"{TITLE}\nFri Mar 9, 2018 2:05pm EST\n\n",
        f"{TITLE}\nBy ANA PETRIC\n",
        f"9 March 2018\n\n{TITLE}\n\n",
        f"{TITLE}\nBy Ana Petric and Nils Weiss, Harbour Post\n\n",
    ],
)
def test_the_headline_is_found_under_what_stands_above_it(above):
    assert read(above + BODY).title == TITLE


@pytest.mark.parametrize(
    "text", [BODY, "He left.\n\nWhat now\n\nThe end.", BODY.replace("\n\n", "\n")]
)
def test_a_text_without_a_headline_is_named_for_its_file(text):
    assert read(text).title == "bridge 7"


def test_a_headline_may_name_its_day():
    assert read("Assembly debate, 9 March 2018\n\nMr Speaker\n\nOrder.\n").title == (
        "Assembly debate, 9 March 2018"
    )


def test_fields_above_a_text_say_what_it_is():
    article = read(
        f"Title: {TITLE}\nAuthor: Ana Petric\nDate: 9 March 2018\nSource: Harbour Post\n"
        f"URL: https://post.example/a\n\n{BODY}"
    )

    assert (article.title, article.byline, article.outlet, article.url, article.text) == (
        TITLE,
        "Ana Petric",
        "Harbour Post",
        "https://post.example/a",
        BODY,
    )
    assert article.published_at == datetime(2018, 3, 9, tzinfo=UTC)
    assert ("about", "Source: Harbour Post") in article.left_out


@pytest.mark.parametrize(
    "head",
    ["ANA HOLM: We stay.\nNILS BERG: Why?", "Title: One line", "Where: Hall\nWhen: Noon"],
)
def test_lines_with_colons_that_are_no_fields_are_text(head):
    assert read(f"{head}\n\n{BODY}").text.startswith(head.split("\n")[0])


@pytest.mark.parametrize("name", ["Mara Ellison", "May Weaver", "June Carter", "Lena Ortiz"])
def test_a_byline_may_begin_like_a_month(name):
    assert read(f"{TITLE}\n\nBy {name}\n\n{BODY}").byline == name


@pytest.mark.parametrize("line", ["By March 3", "By Friday", "By May"])
def test_a_day_is_no_byline(line):
    assert read(f"{TITLE}\n\n{line}\n\n{BODY}").byline is None


def test_a_wire_file_is_read_without_its_slug_and_its_time():
    article = read(
        "\x01abc042 3 pol 120 AB-BRIDGE\n\x02 BRIDGE SHUT FOR THE WINTER\nBy Ana Petric\n"
        f"OSLAVIK, March 9 (AB) - {BODY}ab/cd\n\x03091415 mar 18\n\x04"
    )

    assert (article.title, article.byline) == ("BRIDGE SHUT FOR THE WINTER", "Ana Petric")
    assert article.published_at == datetime(2018, 3, 9, 14, 15, tzinfo=UTC)
    assert "abc042" not in article.text
    assert "ab/cd" not in article.text


@pytest.mark.parametrize("kind", ["Press release, ", "MEDIA STATEMENT by ", "News release – "])
def test_a_headline_above_the_issuer_of_a_release_is_its_title(kind):
    notes = "Notes to editors: the trust was founded in 1901, its founder said."

    article = read(f"{TITLE}\n{kind}Harbour Trust\n\n{BODY}\nENDS\n\n{notes}\n")

    assert (article.title, article.outlet) == (TITLE, "Harbour Trust")
    assert article.text.endswith("Holm said.")
    assert ("about", notes) in article.left_out


def test_what_goes_on_below_a_line_that_says_ends_is_text():
    assert "Berg" in read(f"{TITLE}\n\n{BODY}\nEnds\n\nNils Berg said no.\n").text


OLD_WIRE = (
    "a0172 int u p BC-BRIDGE-WINTER   03-09 0210\n^Old bridge shut for the winter\n"
    "^By Ana Petric=\n    OSLAVIK, March 9 (Bay Wire) - The bridge is shut, Mayor\nAda Holm "
    'said on Friday.\n    "It is rusty," Holm said.\n    (Reporting by Ana Petric)\n'
    "    ((ana.petric@wire.example))\n 03-09-18 0213GMT\n"
)


def test_an_agencys_old_head_is_no_text():
    article = read(OLD_WIRE)

    assert (article.title, article.byline, article.outlet) == (TITLE, "Ana Petric", "Bay Wire")
    assert article.published_at == datetime(2018, 3, 9, 2, 13, tzinfo=UTC)
    assert article.text == (
        f"{TITLE}\n\nOSLAVIK, March 9 (Bay Wire) - The bridge is shut, Mayor Ada Holm said on "
        'Friday.\n\n"It is rusty," Holm said.'
    )
    assert ("about", "(Reporting by Ana Petric)") in article.left_out


def test_a_file_without_the_marks_of_an_old_head_is_read_as_it_is():
    assert read(OLD_WIRE.replace("^", "")).text.startswith("a0172 int")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_byline_is_read_whichever_way_its_accents_are_written(form):
    line = unicodedata.normalize(form, "By Zoë Åkesson")

    assert read(f"{TITLE}\n\n{line}\n9 March 2018\n\n{BODY}").byline == "Zoë Åkesson"


def test_a_byline_that_was_decoded_wrongly_is_repaired_before_it_is_read():
    wrong = f"{TITLE}\n\nBy Zoë Kéry\n\n{BODY}".encode().decode("cp1252", "replace")

    assert read(wrong).byline == "Zoë Kéry"
