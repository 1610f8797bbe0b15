"""Tables of PDFs: a line a row, apart from the prose around them; columns of prose are no table."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from index.formats import parse
from index.types import Article
from tests.index.formats.pdf_layouts import BODY, columns, flow, paragraphs, simple

TEXTS = paragraphs(12)
ROWS = [
    ["Year", "Cost", "Who pays"],
    ["2016", "14 million", "The city"],
    ["2017", "20 million", "The state"],
    ["2018", "none", "Nobody yet"],
]
LINES = [" | ".join(row) for row in ROWS]
LARGE = ParagraphStyle("large", parent=BODY, fontSize=14, leading=17)


def read(data: bytes) -> list[str]:
    (article,) = parse(data, "report.pdf")
    assert isinstance(article, Article)
    return article.text.split("\n\n")


def table(**more: Any) -> Table:
    return Table(ROWS, **more)


def right_aligned() -> Table:
    made = table()
    made.setStyle(TableStyle([("ALIGN", (1, 0), (-1, -1), "RIGHT")]))
    return made


@pytest.mark.parametrize(
    "made", [table, right_aligned, lambda: table(rowHeights=13), lambda: table(colWidths=120)]
)
def test_a_table_has_a_line_for_each_row_and_no_part_in_the_prose(made):
    found = read(simple([*flow(TEXTS[:3]), made(), *flow(TEXTS[3:6])]))

    assert [*TEXTS[:3], *LINES, *TEXTS[3:6]] == found


@pytest.mark.parametrize("count", [2, 3])
def test_a_table_in_a_column_is_read_within_that_column(count):
    made = table(colWidths=48)
    made.setStyle(TableStyle([("FONTSIZE", (0, 0), (-1, -1), 7)]))
    data = columns([*flow(TEXTS[:4]), made, *flow(TEXTS[4:])], count)

    assert [*TEXTS[:4], *LINES, *TEXTS[4:]] == read(data)


def test_the_lines_of_a_cell_stay_out_of_the_prose():
    cells = [[Paragraph(text, BODY) for text in row] for row in ROWS]
    cells[1][1] = Paragraph("Fourteen million, and two million for the second ferry", BODY)
    found = read(
        simple([*flow(TEXTS[:3]), Table(cells, colWidths=[60, 160, 90]), *flow(TEXTS[3:6])])
    )

    assert TEXTS[:3] == found[:3]
    assert TEXTS[3:6] == found[-3:]
    assert LINES[2] in found


@pytest.mark.parametrize("count", [2, 3])
def test_columns_of_prose_are_no_table(count):
    assert TEXTS == read(columns(flow(TEXTS, LARGE), count))


def test_words_set_apart_in_two_lines_of_prose_are_no_table():
    wide = "&nbsp;" * 4
    texts = [f"The <b>ferry</b>{wide}sails at noon.", f"The <b>captain</b>{wide}waits for it."]

    found = read(simple([*flow(texts), *flow(TEXTS[:1])]))
    assert not any(" | " in line for line in found)
    assert [line.split()[1] for line in found[:2]] == ["ferry", "captain"]
    assert all(one != other for one, other in pairwise(found))


LEFT = [
    ["A storm tore the roof off", "the boat shed at Holm in the", "night, the warden said."],
    ["“The boats are whole, but we", "will need tents,” Odd Vang", "said. He has none."],
    ["The council, which owns"],
]
RIGHT = [
    ["the shed, said it was insured.", "Its clerk, Ada Lind, denied", "that the roof was old."],
    ["“It held for ten years,” she said."],
    ["The builders will look at", "it, according to Lind."],
]


@pytest.mark.parametrize("shift", [0, 4, 14])
def test_a_short_story_in_two_columns_is_read_column_by_column(shift):
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setFont("Helvetica", 18)
    canvas.drawString(60, 760, "Storm takes the roof off the boat shed at Holm")
    canvas.setFont("Times-Roman", 10)
    for left, top, column in ((60, 700, LEFT), (310, 700 - shift, RIGHT)):
        for number, line in enumerate(line for part in column for line in [*part, ""]):
            canvas.drawString(left, top - 14 * number, line)
    canvas.save()

    whole = [" ".join(part) for part in LEFT[:2]]
    across = " ".join([*LEFT[2], *RIGHT[0]])
    assert read(target.getvalue())[1:] == [
        *whole, across.partition(". Its")[0] + ".", "Its" + across.partition(". Its")[2],
        *(" ".join(part) for part in RIGHT[1:]),
    ]  # fmt: skip


def test_a_table_of_short_phrases_stays_a_table():
    rows = [
        ["Harbour works at Holm", "Paid by the city council"],
        ["Second ferry of the line", "Paid by the state bank"],
        ["Tents for the boat shed", "Nobody has paid for it yet"],
        ["A new roof for the shed", "The builders will pay half"],
    ]

    found = read(simple([*flow(TEXTS[:2]), Table(rows, colWidths=[180, 180]), *flow(TEXTS[2:4])]))

    assert [" | ".join(row) for row in rows] == found[2:-2]
