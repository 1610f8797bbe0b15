"""Ten layouts of press releases and reports, made with reportlab; sentences of our own."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

TITLE = "Bridge stays shut for the winter"
WORDS = [
    "In part {n} Mayor Ada Holm said on Monday that the old harbour bridge would stay shut for the "
    "winter, after engineers had found rust in four of its nine piers and in the cables.",
    "“By day {n} we will not let a single car cross before the last bolt has been looked at,” said "
    "the mayor. “Those who want it open by spring should come and help us.”",
    "In letter {n} Transport Minister Nils Berg told the council that the government would pay for "
    "half of the repairs and for the ferries that carry commuters to the island every morning.",
    "In report {n} Ines Brandt, the chief engineer, warned that the work would take longer than "
    "was promised, because the steel had to be ordered abroad and the shipyard was busy.",
    "On line {n} the crews of the ferries demanded extra pay for the longer hours. Their union’s "
    "leader, Omar Haddad, said that nobody had asked them before the timetable was printed.",
]


def paragraphs(count: int) -> list[str]:
    """Give *count* paragraphs, each with its number so that none is like another."""
    return [text.format(n=n) for n, text in enumerate(islice(cycle(WORDS), count), start=1)]


BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=13, spaceAfter=7)
HEAD = ParagraphStyle("head", fontName="Times-Bold", fontSize=18, leading=22, spaceAfter=12)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=10)


def flow(texts: list[str], style: ParagraphStyle = BODY) -> list[Any]:
    """Give each text as a paragraph."""
    return [Paragraph(text, style) for text in texts]


def simple(story: list[Any], head: str = "", foot: str = "", size: Any = A4) -> bytes:
    """Make a PDF of one column."""
    target = io.BytesIO()

    def furniture(canvas: Canvas, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, size[1] - 40, head)
        canvas.drawString(72, 30, foot.format(page=document.page))

    SimpleDocTemplate(target, pagesize=size, title=TITLE).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )
    return target.getvalue()


def columns(story: list[Any], count: int, head: str = "") -> bytes:
    """Make a PDF of *count* columns."""
    target = io.BytesIO()
    document = BaseDocTemplate(target, pagesize=A4)
    width = (A4[0] - 100 - 20 * (count - 1)) / count
    frames = [Frame(50 + n * (width + 20), 60, width, A4[1] - 130) for n in range(count)]

    def furniture(canvas: Canvas, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, A4[1] - 40, head)

    document.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    document.build(story)
    return target.getvalue()


def one_column() -> tuple[bytes, list[str]]:
    texts = paragraphs(6)
    return simple([Paragraph(TITLE, HEAD), *flow(texts)]), texts


def letterhead() -> tuple[bytes, list[str]]:
    texts = paragraphs(5)
    top = [
        Paragraph(line, SMALL)
        for line in ("Harbour City Council", "PRESS RELEASE", "14 February 2018")
    ]
    return simple([*top, Spacer(1, 20), Paragraph(TITLE, HEAD), *flow(texts)]), texts


def running_heads() -> tuple[bytes, list[str]]:
    texts = paragraphs(45)
    story = [Paragraph(TITLE, HEAD), *flow(texts)]
    return simple(story, "Harbour Report 2018", "Confidential – page {page}"), texts


def two_columns() -> tuple[bytes, list[str]]:
    texts = paragraphs(24)
    return columns(flow(texts), 2), texts


def three_columns() -> tuple[bytes, list[str]]:
    texts = paragraphs(24)
    return columns(flow(texts, SMALL), 3, "The Harbour Gazette"), texts


def indented() -> tuple[bytes, list[str]]:
    texts = paragraphs(8)
    style = ParagraphStyle("indent", parent=BODY, firstLineIndent=18, spaceAfter=0, alignment=4)
    return simple([Paragraph(TITLE, HEAD), *flow(texts, style)], size=LETTER), texts


def hyphenated() -> tuple[bytes, list[str]]:
    """Narrow lines whose words are parted by hand, as typesetters part them."""
    texts = paragraphs(4)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setFont("Times-Roman", 11)
    y = A4[1] - 80
    for text in texts:
        for line in _parted(text, 40):
            canvas.drawString(72, y, line)
            y -= 14
        y -= 10
    canvas.save()
    return target.getvalue(), texts


def table_between() -> tuple[bytes, list[str]]:
    texts = paragraphs(6)
    table = Table([["Year", "Cost"], ["2016", "14 million"], ["2017", "20 million"]])
    story = [Paragraph(TITLE, HEAD), *flow(texts[:3]), table, Spacer(1, 12), *flow(texts[3:])]
    return simple(story), texts


def footnotes() -> tuple[bytes, list[str]]:
    texts = paragraphs(5)
    notes = ["1 As of 12 February 2018.", "2 Without the cost of the ferries."]
    return simple([Paragraph(TITLE, HEAD), *flow(texts), Spacer(1, 60), *flow(notes, SMALL)]), texts


def headline_over_columns() -> tuple[bytes, list[str]]:
    """A headline over the full width, two columns below it."""
    texts = paragraphs(14)
    target = io.BytesIO()
    document = BaseDocTemplate(target, pagesize=A4)
    half = (A4[0] - 120) / 2
    frames = [
        Frame(50, A4[1] - 130, A4[0] - 100, 70),
        Frame(50, 60, half, A4[1] - 200),
        Frame(70 + half, 60, half, A4[1] - 200),
    ]
    document.addPageTemplates(PageTemplate(frames=frames))
    from reportlab.platypus import FrameBreak

    document.build([Paragraph(TITLE, HEAD), FrameBreak(), *flow(texts)])
    return target.getvalue(), texts


def _parted(text: str, width: int) -> list[str]:
    """Break a text into lines of *width* characters, parting long words with a hyphen."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        if word.isalpha() and word.islower() and len(word) > 7 and room > 3:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


LAYOUTS: list[Callable[[], tuple[bytes, list[str]]]] = [
    one_column, letterhead, running_heads, two_columns, three_columns, indented, hyphenated,
    table_between, footnotes, headline_over_columns,
]  # fmt: skip
