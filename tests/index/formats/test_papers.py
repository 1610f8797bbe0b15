"""Footnotes and letterheads of PDF papers, feeds with a bare "&", pages that list articles."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.errors import ArticleError
from index.formats import parse
from index.types import Article

Line = tuple[int, float, str]


def printed(*pages: list[Line]) -> bytes:
    """Print lines, each with its height on the page, its size and its words."""
    target = io.BytesIO()
    canvas = Canvas(target)
    for page in pages:
        for height, size, text in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(72, height, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def read(data: bytes | str, name: str) -> Article:
    [article] = parse(data if isinstance(data, bytes) else data.encode(), name)
    assert isinstance(article, Article), article
    return article


def test_a_quotation_goes_on_over_a_footnote_to_the_next_page():
    article = read(
        printed(
            [
                (760, 18, "Ferry to stay in port"),
                (720, 11, "Captain Rosa Lind said on Monday that the ferry would stay in the port"),
                (705, 11, "of the town. “We found rust in the hull, and we will not sail before"),
                (80, 8, "1 Odd Vang built the ferry in 1961 and said that it would never rust."),
                (70, 8, "The yard is closed."),
            ],
            [(760, 11, "it is gone,” Lind said to the reporters at the pier."), (745, 11, "Bye.")],
        ),
        "a.pdf",
    )

    assert "we will not sail before it is gone,” Lind said" in article.text
    assert "Odd Vang" not in article.text
    assert ("footnote", "The yard is closed.") in article.left_out


def test_small_print_without_a_number_is_text():
    lines = [(720 - 15 * n, 11, f"Rosa Lind said it {n} times, on the pier.") for n in range(5)]

    article = read(printed([*lines, (80, 8, "Lind spoke in Danish.")]), "a.pdf")

    assert "Lind spoke in Danish." in article.text


BODY = [
    (700, 11, "Captain Rosa Lind said on Monday that the ferry would stay in the port for a week."),
    (670, 11, "“We found rust in the hull,” Lind said to the reporters who had come to the pier."),
]


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ([(760, 11, "Ferry stays in port")], None),
        ([(760, 11, "HEARING OF THE PORT COMMITTEE"), (730, 11, "By Ana Petric")], None),
        ([(780, 11, "Harbour Board"), (740, 20, "Ferry stays in port")], "Harbour Board"),
    ],
)
def test_a_headline_is_no_issuer(head, issuer):
    assert read(printed([*head, *BODY]), "a.pdf").outlet == issuer


def test_the_year_a_firm_was_founded_is_no_date_of_its_paper():
    head = [
        (800, 9, "Lind Lines Ltd. Founded 4 May 1901"),
        (770, 11, "12 June 2018"),
        (740, 20, "Ferry stays in port"),
    ]

    article = read(printed([*head, *BODY]), "a.pdf")

    assert article.published_at == datetime(2018, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize("wrapped", ["{}", "<![CDATA[{}]]>"])
def test_a_bare_ampersand_of_a_feed_stays_as_it_is(wrapped):
    text = wrapped.format("Rosa Lind said B&O Lines would pay for R&D. “We love R&D,” Lind said.")
    feed = (
        "<rss version='2.0'><channel><title>Post &amp; Co</title><item><title>B&O sails</title>"
        f"<link>https://post.example/a?b=1&c=2</link><description>{text}</description></item>"
        "</channel></rss>"
    )

    article = read(feed, "a.rss")

    assert article.text == "Rosa Lind said B&O Lines would pay for R&D. “We love R&D,” Lind said."
    assert (article.title, article.outlet) == ("B&O sails", "Post & Co")
    assert article.url == "https://post.example/a?b=1&c=2"


@pytest.mark.parametrize(
    "card", ['<article><h2><a href="/{n}">{t}</a></h2><p>{s}</p></article>',
             '<div class="card"><a href="/{n}"><h3>{t}</h3></a><p>{s}</p></div>'],
)  # fmt: skip
def test_a_page_of_cards_is_a_list_of_articles(card):
    names = ["Lind", "Vang", "Holm", "Berg", "Haddad", "Brandt"]
    cards = "".join(
        card.format(n=n, t=f"{one} speaks out", s=f"Captain {one} said ship {n} would sail soon.")
        for n, one in enumerate(names)
    )
    source = (
        f"<html><head><title>Harbour Post</title></head><body><main>{cards}</main></body></html>"
    )

    [error] = parse(source.encode(), "a.html")

    assert isinstance(error, ArticleError)
    assert "lists articles" in str(error)


def test_a_short_page_may_have_a_heading_of_words_of_its_own():
    source = (
        "<html><head><title>Storm batters island harbour</title></head><body><article>"
        "<h1>Storm batters island harbour</h1><p>Captain Rosa Lind said twelve boats were lost.</p>"
        "<p>“We hear nobody on the radio,” Lind said.</p></article></body></html>"
    )

    assert "twelve boats" in read(source, "a.html").text
