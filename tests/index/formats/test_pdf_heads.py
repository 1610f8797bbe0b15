"""The head of a PDF: title, issuer, date; and the marks of its notes."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Spacer

from index.formats import parse
from index.types import Article
from tests.index.formats.pdf_layouts import BODY, HEAD, SMALL, TITLE, flow, paragraphs, simple

HUGE = ParagraphStyle("huge", parent=HEAD, fontSize=26, leading=30)
TEXTS = paragraphs(4)


def read(data: bytes) -> Article:
    (article,) = parse(data, "release.pdf")
    assert isinstance(article, Article)
    return article


def lines(*texts: str) -> bytes:
    """Draw lines of one size, one below the other."""
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4)
    for at, text in enumerate(texts):
        canvas.drawString(72, 760 - 14 * at, text)
    canvas.save()
    return kept.getvalue()


def _white(canvas):
    canvas.setFillColorRGB(1, 1, 1)


def _covered(canvas):
    canvas.rect(60, 590, 400, 30, fill=1)


@pytest.mark.parametrize(
    ("before", "place", "size", "mode", "after"),
    [
        (_white, (72, 600), 12, 0, None),
        (None, (72, 600), 0.4, 0, None),
        (None, (72, 600), 12, 3, None),
        (None, (72, 2_000), 12, 0, None),
        (None, (-900, 600), 12, 0, None),
        (None, (72, 600), 12, 0, _covered),
    ],
    ids=["white", "tiny", "invisible", "above-the-sheet", "beside-the-sheet", "covered"],
)
def test_what_nobody_sees_on_a_page_is_not_read(before, place, size, mode, after):
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4)
    canvas.drawString(72, 760, "Mayor Rosa Lind said the port would stay open.")
    canvas.saveState()
    for step in filter(None, [before]):
        step(canvas)
    text = canvas.beginText(*place)
    text.setFont("Helvetica", size)
    text.setTextRenderMode(mode)
    text.textLine("Rosa Lind said the port would be sold.")
    canvas.drawText(text)
    canvas.restoreState()
    for step in filter(None, [after]):
        step(canvas)
    canvas.save()

    article = read(kept.getvalue())

    assert "Mayor Rosa Lind said the port would stay open." == article.text
    if place[1] < 800 and place[0] > 0:
        assert ("hidden", "Rosa Lind said the port would be sold.") in article.left_out


def test_light_letters_on_a_dark_ground_are_read():
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4)
    canvas.drawString(72, 760, "Mayor Rosa Lind said the port would stay open.")
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(60, 690, 400, 30, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 700, "She said the ferry would sail.")
    canvas.save()

    assert "She said the ferry would sail." in read(kept.getvalue()).text


@pytest.mark.parametrize(
    ("above", "issuer"),
    [
        (["OSLAVIK CITY COUNCIL", "1 Quay Street"], "OSLAVIK CITY COUNCIL"),
        (["Ministry of Transport"], "Ministry of Transport"),
        (["Harbour & Sons", "PRESS RELEASE"], "Harbour & Sons"),
    ],
)
def test_a_letterhead_is_no_title_though_it_is_larger(above, issuer):
    head = [Paragraph(above[0].replace("&", "&amp;"), HUGE), *flow(above[1:], SMALL)]
    article = read(simple([*head, Spacer(1, 20), Paragraph(TITLE, HEAD), *flow(TEXTS)]))

    assert (TITLE, issuer) == (article.title, article.outlet)


def test_a_large_title_above_a_smaller_line_is_the_title():
    head = [Paragraph("Harbour bridge stays shut", HUGE), Paragraph("Repairs take a winter", HEAD)]

    assert "Harbour bridge stays shut" == read(simple([*head, *flow(TEXTS)])).title


def test_a_letterhead_on_every_page_names_the_issuer():
    story = [Paragraph(TITLE, HEAD), *flow(paragraphs(30))]
    article = read(simple(story, head="OSLAVIK CITY COUNCIL", foot="{page}"))

    assert (TITLE, "OSLAVIK CITY COUNCIL") == (article.title, article.outlet)


def test_the_number_of_a_release_is_no_part_of_its_issuer():
    head = "Ministry of Harbours – Press Office   Release 7/2018"

    assert read(simple(flow(paragraphs(45)), head)).outlet == "Ministry of Harbours"


def test_of_lines_of_one_size_the_title_is_below_the_letterhead():
    article = read(
        lines(
            "Harbour Ltd. Founded 4 May 1901",
            "MEDIA RELEASE",
            "Embargoed until 00:01 BST, Friday 15 June 2018",
            "Harbour names a new chief",
            "Harbour said that Ines Brandt would start in July. “I am glad,” Brandt said.",
        )
    )

    assert "Harbour names a new chief" == article.title
    assert "Harbour names a new chief" in article.text.split("\n\n")


def test_the_marks_of_notes_are_not_glued_to_words():
    text = "The bank had no losses,<super>1</super> Lind said. “We paid,”<super>2</super> he said."
    notes = flow(["1 See the report.", "2 In May."], SMALL)
    article = read(simple([*flow([text, *TEXTS]), Spacer(1, 60), *notes]))

    assert "The bank had no losses, Lind said. “We paid,” he said." in article.text.split("\n\n")


def test_an_exponent_is_no_mark_of_a_note():
    found = read(
        simple(flow(["A field of 3 km<super>2</super> and H<sub>2</sub>O.", *TEXTS], BODY))
    )

    assert "A field of 3 km2 and H2O." in found.text


@pytest.mark.parametrize(
    "line",
    [
        "The treaty was signed on Monday, 9 November 2015.",
        "The inquiry opened on Friday, 9 March 2018.",
        "It was signed on 9 November 2015 in Oslavik.",
        "Report on the storm of 9 November 2015",
    ],
)
def test_a_date_that_the_text_tells_of_is_not_the_day_of_publication(line):
    article = read(lines("Treaty remembered", "", line, "", "Ana Holm said it held."))

    assert article.published_at is None


@pytest.mark.parametrize("line", ["Oslavik, 9 March 2018", "Issued on 9 March 2018"])
def test_a_line_that_dates_the_text_is(line):
    article = read(lines("Treaty remembered", "", line, "", "Ana Holm said it held."))

    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2018-03-09"


def test_a_running_head_names_the_paper_and_the_day():
    story = [Paragraph(TITLE, HEAD), Paragraph("By Ana Petric"), *flow(paragraphs(30))]
    article = read(simple(story, head="HARBOUR POST | Tuesday, 6 March 2018 | Page {page}"))

    assert article.outlet == "HARBOUR POST"
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2018-03-06"


def test_a_day_that_does_not_exist_is_none():
    article = read(lines("Bridge shut", "", "31 February 2018", "", "Ana Holm said it held."))

    assert article.published_at is None
