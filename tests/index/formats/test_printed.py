"""The date and the byline that a text prints above itself, where no field states them."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.formats import parse
from index.formats.pages.printed import printed_byline, printed_date
from index.ingest.preview import lines_of, understood
from index.types import Article

DAY = datetime(2018, 3, 5, tzinfo=UTC)
LONG = (
    "The harbour authority said on Monday that it would keep the ferry in port until the engine "
    "was repaired, and that passengers would get their money back."
)


@pytest.mark.parametrize(
    "head",
    [
        "Oslavik, 5 March 2018",
        "5 March 2018",
        "Monday, March 5, 2018",
        "Date: Monday, March 5th, 2018",
        "Published 5 March 2018, 09:30",
        "By Ines Jahn, 5 March 2018",
        "Harbour Post | 2018-03-05",
        "FOR IMMEDIATE RELEASE – 5 Mar. 2018",
        f"OSLAVIK, March 5, 2018 (Example Wire) — {LONG}",
        f"Oslavik, 5 March 2018 – {LONG}",
    ],
)
def test_the_date_above_a_text_is_its_date(head):
    assert DAY == printed_date(f"Ferry stays\n\n{head}\n\n{LONG}\n\n1 April 2016")


@pytest.mark.parametrize(
    "head",
    [
        "The plan of 5 March 2018",
        "Harbour Ltd. Founded 5 March 2018",
        "Meeting on 5 March 2018",
        "Embargoed until 10:00, 5 March 2018",
        "5 March 2018\n\n6 March 2018",
        "Deadline: 5 March 2018",
        "5 March",
        f"On 5 March 2018 the storm began. {LONG}",
        LONG + "\n\n5 March 2018",
    ],
)
def test_another_date_is_not_the_texts(head):
    assert None is printed_date(f"Ferry stays\n\n{head}\n\n{LONG}")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ines Jahn", "Ines Jahn"),
        ("*By Ines Jahn, 5 March 2018*", "Ines Jahn"),
        ("By Ines Jahn and Omar Haddad | Harbour Post", "Ines Jahn and Omar Haddad"),
        ("by Ines Jahn in Oslavik", "Ines Jahn"),
        ("*Interview by Ines Jahn. 5 March 2018*", "Ines Jahn"),
        ("Words by Ines Jahn", "Ines Jahn"),
        ("By law, no ferry sails", None),
        ("By Monday Evening", None),
        ("By the river they waited.", None),
    ],
)
def test_the_byline_above_a_text_is_its_byline(line, names):
    assert names == printed_byline(f"Ferry stays\n\n{line}\n\n{LONG}")


def test_an_interviewers_line_dates_the_interview():
    head = "*Interview by Ines Jahn. 5 March 2018*"

    assert printed_date(f"Ferry stays\n\n{head}\n\n{LONG}") == datetime(2018, 3, 5, tzinfo=UTC)


def test_a_time_late_in_the_evening_makes_no_second_day():
    head = "Published 5 March 2018, 23:30 EST\n\nOslavik, 5 March 2018"

    assert printed_date(f"{head}\n\n{LONG}") == datetime(2018, 3, 6, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "hour"),
    [(", 14:20 GMT", 14), (", 09:30 CET", 8), (" | 9:05 AM EST", 14), (", 14:20", 0)],
)
def test_a_printed_time_counts_with_its_zone(time, hour):
    found = printed_date(f"Ferry stays\n\nPublished: 5 March 2018{time}\n\n{LONG}")

    assert found is not None
    assert (found.day, found.hour) == (5, hour)


def word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def pdf(lines: list[str]) -> bytes:
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4)
    for at, line in enumerate(lines):
        canvas.drawString(72, 700 - 30 * at, line)
    canvas.save()
    return kept.getvalue()


LINES = [
    "Ferry stays",
    "By Ines Jahn",
    "Oslavik, Monday, March 5, 2018",
    "The ferry stays, Lind said.",
]
PAGE = (
    "<html lang=en><title>Ferry stays</title><article><h1>Ferry stays</h1><p>By Ines Jahn</p>"
    f"<p>Oslavik, 5 March 2018</p><p>{LONG}</p><p>{LONG}</p></article></html>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "\n\n".join(LINES).encode()),
        ("a.md", "\n\n".join(["# " + LINES[0], *LINES[1:]]).encode()),
        ("a.docx", word(LINES)),
        ("a.pdf", pdf(LINES)),
        ("a.html", PAGE.encode()),
    ],
)
def test_what_a_file_prints_is_taken_where_no_field_states_it(name, data):
    (article,) = parse(data, name)

    assert isinstance(article, Article)
    assert (DAY, "Ines Jahn") == (article.published_at, article.byline)


def test_a_field_goes_before_what_is_printed():
    data = "---\ndate: 2018-03-07\nauthor: Omar Haddad\n---\n" + "\n\n".join(LINES)
    (article,) = parse(data.encode(), "a.md")

    assert isinstance(article, Article)
    assert (datetime(2018, 3, 7, tzinfo=UTC), "Omar Haddad") == (
        article.published_at,
        article.byline,
    )


def test_an_editor_sees_that_a_moment_is_in_utc():
    late = Article("a", "Ferry", LONG, published_at=datetime(2018, 3, 6, 3, 45, tzinfo=UTC))
    day = Article("a", "Ferry", LONG, published_at=DAY)

    assert "Ferry · no outlet · no byline · 2018-03-06 03:45 UTC" == lines_of(understood(late))[0]
    assert "Ferry · no outlet · no byline · 2018-03-05" == lines_of(understood(day))[0]
