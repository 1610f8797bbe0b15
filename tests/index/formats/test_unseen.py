"""What readers of a page or paper do not see as its text is not read as its text."""

from __future__ import annotations

import io

import pytest
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from index.formats import parse
from index.formats.documents.hyphens import Hyphens
from index.formats.parts.markup import text_of_html
from index.types import Article

TALK = "Captain Rosa Lind said that the ferry would sail at noon, whatever the weather brought."


def read(data: str | bytes, name: str) -> Article:
    [article] = parse(data if isinstance(data, bytes) else data.encode(), name)
    assert isinstance(article, Article), article
    return article


def page(body: str) -> str:
    return (
        f"<html><head><title>Ferry sails</title></head><body><article><h1>Ferry sails</h1>"
        f"<p>{TALK}</p>{body}<p>“We are ready,” Lind said to reporters at the pier.</p>"
        "</article></body></html>"
    )


def printed(*lines: str, name: str = "Helvetica") -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setFont(name, 11)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 15 * number, line)
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("body", "kind", "gone"),
    [
        ("<p>Lind will <del>not</del> <ins>gladly</ins> sail, she said.</p>", "deleted", "not"),
        ("<p>Lind will <s>never</s> sail, she said.</p>", "deleted", "never"),
        ("<p><strike>“I stay ashore,” Lind said.</strike></p>", "deleted", "“I stay ashore,” Lind"),
        (
            '<p><span style="text-decoration: line-through">“I stay,” Lind said.</span></p>',
            "deleted",
            "“I stay,” Lind said.",
        ),
        ('<p style="display:none">Odd Vang said no.</p>', "hidden", "Odd Vang said no."),
        ('<p style="visibility: hidden">Odd Vang said no.</p>', "hidden", "Odd Vang said no."),
        ("<p hidden>Odd Vang said no.</p>", "hidden", "Odd Vang said no."),
        ('<p style="font-size:0px">Odd Vang said no.</p>', "hidden", "Odd Vang said no."),
        ('<p style="left: -9999px">Odd Vang said no.</p>', "hidden", "Odd Vang said no."),
        ('<div aria-hidden="true"><p>Odd Vang said no.</p></div>', "hidden", "Odd Vang said no."),
        ('<p class="visually-hidden">Odd Vang said no.</p>', "hidden", "Odd Vang said no."),
        *[
            (f'<p style="{style}">Odd Vang said no.</p>', "hidden", "Odd Vang said no.")
            for style in (
                "opacity:0",
                "opacity: 0.0;",
                "color:#fff;background:#fff",
                "color: white; background-color: rgb(255, 255, 255)",
                "transform:scale(0)",
                "height:0;overflow:hidden",
                "max-width: 0px; overflow-x: clip",
                "clip:rect(0,0,0,0);position:absolute",
                "clip-path: inset(50%)",
            )
        ],
        *[
            (f"<style>{sheet}</style>{aside}", "hidden", "Odd Vang said no.")
            for sheet, aside in (
                (".zz{display:none}", '<p class="a zz">Odd Vang said no.</p>'),
                (
                    "p { color: red } #n, b { visibility: hidden }",
                    '<p id="n">Odd Vang said no.</p>',
                ),
                ("@media print{.a{x:y}} p.zz{opacity:0}", '<p class="zz">Odd Vang said no.</p>'),
            )
        ],
        ('<p>Lind waved. <span class="sr-only">Odd says no</span></p>', "hidden", "Odd says no"),
    ],
)
def test_what_a_page_strikes_out_or_hides_is_left_out_and_named(body, kind, gone):
    article = read(page(body), "a.html")

    assert gone not in article.text
    assert any(found == kind and gone in line for found, line in article.left_out)
    assert TALK in article.text


def test_a_letter_that_only_screen_readers_skip_stays():
    article = read(page('<p><span aria-hidden="true">T</span>he pier was full.</p>'), "a.html")

    assert "The pier was full." in article.text


def test_an_article_that_a_script_unhides_is_read():
    source = page("").replace("<article>", '<div style="display:none"><article>')

    assert TALK in read(source, "a.html").text


def test_struck_out_words_of_a_feed_are_left_out():
    feed = (
        "<rss version='2.0'><channel><title>Post</title><item><title>Ferry</title><description>"
        "<![CDATA[<p>Lind will <del>not</del> sail.</p><p hidden>Vang too.</p>]]></description>"
        "</item></channel></rss>"
    )

    assert read(feed, "a.rss").text == "Lind will sail."


def test_struck_out_and_hidden_words_of_a_word_file_are_left_out_and_named():
    document = Document()
    line = document.add_paragraph("The minister will ")
    line.add_run("never ").font.strike = True
    line.add_run("resign").font.double_strike = False
    line.add_run(" today.")
    document.add_paragraph().add_run("Odd Vang said no.").font.hidden = True
    target = io.BytesIO()
    document.save(target)

    article = read(target.getvalue(), "a.docx")

    assert article.text == "The minister will resign today."
    assert {("deleted", "never"), ("hidden", "Odd Vang said no.")} <= set(article.left_out)


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
def test_a_word_parted_at_the_end_of_a_pdf_line_is_whole(font):
    article = read(
        printed(
            "Architect Rosa Lind said at a confer-",
            "ence on Monday that the state-of-the-",
            "art pier had twenty-",
            "five lamps and a well-",
            "known clock. The build-",
            "ing opens in May, Lind said.",
            name=font,
        ),
        "a.pdf",
    )

    assert article.text == (
        "Architect Rosa Lind said at a conference on Monday that the state-of-the-art pier had "
        "twenty-five lamps and a well-known clock. The building opens in May, Lind said."
    )


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        ("the govern-", "ment-owned line", False),
        ("a well-educat-", "ed crew", False),
        ("an anti-corro-", "sion paint", False),
        ("a twelve-year-", "old ferry", True),
        ("a state-", "of-the-art pier", True),
        ("a harbour-", "side inn", True),
        ("the short-", "ly parted", False),
        ("in high-", "speed boats", True),
        ("the quay-", "side", False),
    ],
)
def test_a_hyphen_stays_where_it_belongs_to_the_word(before, after, stays):
    hyphens = Hyphens(["The harbour-side inn is old.", "At the quayside it rained.", before])

    assert hyphens.stays(before, after) is stays


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.srt", "a.eml"])
def test_no_control_character_is_left_in_a_text(name):
    spoken = "Lind said\x02 the ferry\x07 would sail\x1f today\x7f and that all was well on board."
    source = {
        "a.html": page(f"<p>{spoken}</p>"),
        "a.srt": f"1\n00:00:01,000 --> 00:00:02,000\n{spoken}\n",
        "a.eml": f"From: Post <a@b.example>\nSubject: Ferry\n\n{spoken}\n",
    }.get(name, spoken)

    text = read(source, name).text

    assert not [one for one in text if (ord(one) < 32 and one != "\n") or one == "\x7f"]
    assert "would sail" in text


def test_the_raised_mark_of_a_note_is_not_glued_to_a_word():
    body = (
        '<p>The bank had no losses,<sup><a href="#n1">1</a></sup> Lind said of 3 m<sup>2</sup>.</p>'
    )

    assert "The bank had no losses, Lind said of 3 m2." == text_of_html(body, "a.html")


def test_what_a_page_keeps_for_scripts_is_no_text_of_its_own():
    article = read(page("<template><p>Odd Vang said no.</p></template>"), "a.html")

    assert "Odd Vang" not in article.text


def test_an_address_that_names_a_user_is_nobodys_page():
    link = "<link rel='canonical' href='https://harbour-post.example@evil.example/a'></head>"

    article = read(page("").replace("</head>", link), "a.html")

    assert (None, None) == (article.url, article.outlet)


@pytest.mark.parametrize(
    "body",
    [
        "<p {}>Odd Vang said no.</p>".format('style="opacity:0; transform: translateY(20px)"'),
        "<p {}>Odd Vang said no.</p>".format('style="opacity: 0.5"'),
        "<p {}>Odd Vang said no.</p>".format('style="color:#fff;background:#000"'),
        "<p {}>Odd Vang said no.</p>".format('style="height:0"'),
        '<style>@media print { .zz { display: none } }</style><p class="zz">Odd Vang said no.</p>',
        '<style>.zz{display:none} .zz{display:block}</style><p class="zz">Odd Vang said no.</p>',
        '<style>/* .zz{display:none} */</style><p class="zz">Odd Vang said no.</p>',
        '<style>.js .zz{display:none}</style><p class="zz">Odd Vang said no.</p>',
    ],
)
def test_what_readers_see_stays(body: str) -> None:
    assert "Odd Vang said no." in read(page(body), "page.html").text


def test_the_text_is_what_the_page_shows_and_not_what_its_metadata_says() -> None:
    other = "Captain Rosa Lind said that the ferry had sunk. “I sank it,” Lind said. " * 5
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails", '
        f'"articleBody": "{other}"}}</script></head>'
    )
    article = read(page("").replace("</head>", script), "page.html")
    assert TALK in article.text
    assert "sank" not in article.text


def test_a_page_that_only_its_scripts_show_is_read_from_its_metadata() -> None:
    body = f"{TALK} “We are ready,” Lind said to reporters at the pier. " * 3
    article = read(
        '<html><head><title>Ferry sails</title><script type="application/ld+json">'
        f'{{"@type": "NewsArticle", "headline": "Ferry sails", "articleBody": "{body}"}}</script>'
        '</head><body><div id="app"></div></body></html>',
        "page.html",
    )
    assert TALK in article.text


@pytest.mark.parametrize(("count", "shown"), [(8, True), (1, False)])
def test_what_a_sheet_hides_is_read_only_if_it_is_most_of_the_page(count: int, shown: bool) -> None:
    sheet = "<style>.later{display:none}</style></head>"
    late = "".join(f"<p>The ferry number {n} is late today, he said.</p>" for n in range(count))
    source = page(f'<div class="later">{late}</div>').replace("</head>", sheet)

    assert ("The ferry number 0 is late" in read(source, "page.html").text) == shown


def test_a_line_whose_words_hold_soft_hyphens_is_not_left_out():
    said = "The har&shy;bour mini&#8203;stry said that the pier was&nbsp;safe in any storm."

    article = read(page(f"<p>{said}</p>"), "a.html")

    assert "The harbour ministry said that the pier was" in article.text
    assert article.left_out == ()


def test_the_footnotes_of_markdown_and_their_marks_are_no_text():
    article = read(f"# Ferry sails\n\n{TALK}[^1]\n\n[^1]: The harbour's letter, 3 May.\n", "a.md")

    assert article.text == f"Ferry sails\n\n{TALK}"
    assert ("footnote", "The harbour's letter, 3 May.") in article.left_out


def test_a_mark_without_a_footnote_stays():
    assert "[^1]" in read(f"{TALK}[^1]\n\nNo note below.\n", "a.md").text


def test_the_number_of_a_footnote_is_no_part_of_the_sentence_before_it():
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setFont("Helvetica", 11)
    for at, line in enumerate(
        [f"{TALK[:60]}.1", "“We are ready,” she said.1 “All 21.”2", "In 1900.7"]
    ):
        canvas.drawString(72, 760 - 40 * at, line)
    canvas.setFont("Helvetica", 7)
    for at, line in enumerate(["1 Letter of 3 May 2018.", "2 A talk with the harbour."]):
        canvas.drawString(72, 80 - 9 * at, line)
    canvas.save()

    text = read(target.getvalue(), "a.pdf").text

    assert "said. “All 21.”" in text
    assert ".1" not in text
    assert "1900.7" in text
