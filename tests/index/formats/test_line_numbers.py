"""Line numbers at the margin of a PDF are no words of anybody."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.formats import parse

LINES = [
    "CHAIRMAN BERG: The hearing will come to order.",
    "MS. HOLM: We did not open the old bridge to",
    "anybody, at any time of the year.",
    "CHAIRMAN BERG: Who held the 3 keys?",
    "MS. HOLM: The crew held them.",
    "CHAIRMAN BERG: Thank you.",
]
TURNS = (
    "CHAIRMAN BERG: The hearing will come to order.\n\n"
    "MS. HOLM: We did not open the old bridge to anybody, at any time of the year.\n\n"
    "CHAIRMAN BERG: Who held the 3 keys?\n\nMS. HOLM: The crew held them.\n\n"
    "CHAIRMAN BERG: Thank you."
)


def page(numbers: list[int], gap: float) -> str:
    target = io.BytesIO()
    canvas = Canvas(target)
    for at, (number, line) in enumerate(zip(numbers, LINES, strict=True)):
        height = 750 - 18 * at
        if gap:
            canvas.drawString(60, height, str(number))
            canvas.drawString(60 + gap, height, line)
        else:
            canvas.drawString(60, height, f"{number} {line}")
    canvas.save()
    (article,) = parse(target.getvalue(), "hearing.pdf")
    return article.text


@pytest.mark.parametrize("gap", [0, 15, 50])
@pytest.mark.parametrize("first", [1, 7])
def test_line_numbers_are_no_words_and_turns_stay_apart(gap, first):
    assert page(list(range(first, first + 6)), gap) == TURNS


def test_numbers_that_do_not_count_on_stay():
    assert "40 CHAIRMAN BERG" in page([40, 12, 7, 31, 5, 16], 0)
