"""PDF, Word, press mail and captions: every paragraph in order, or refused with the reason."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_right
from datetime import UTC, datetime
from email.message import EmailMessage

import docx
import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from index.errors import ArticleError
from index.formats import parse
from index.text.sentences import split_sentences
from index.types import Article
from tests.index.formats.pdf_layouts import LAYOUTS, TITLE, letterhead

SAID = "“The ferry sails at noon,” said Captain Rosa Lind."
MORE = "Harbour master Omar Haddad said that the company would pay for all rooms."


def only(data: bytes, name: str) -> Article:
    (item,) = parse(data, name)
    assert isinstance(item, Article), item
    return item


def refusal(data: bytes, name: str) -> str:
    (item,) = parse(data, name)
    assert isinstance(item, ArticleError), item
    assert str(item).startswith(name)
    return str(item)


# PDF


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.__name__ for layout in LAYOUTS])
def test_every_paragraph_of_a_layout_is_read_in_order(layout):
    data, expected = layout()

    found = only(data, "release.pdf").text.split("\n\n")

    assert expected == [paragraph for paragraph in found if paragraph in expected]


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.__name__ for layout in LAYOUTS])
def test_every_sentence_of_a_layout_has_the_page_that_it_begins_on(layout):
    data, _ = layout()
    shown = [letters(page.get_textpage().get_text_range()) for page in PdfDocument(data)]

    article = only(data, "release.pdf")

    assert len(shown) == len(article.pages)
    for sentence in split_sentences(article.text):
        begins = letters(article.text[sentence.start : sentence.end])[:20]
        assert begins in shown[bisect_right(article.pages, sentence.start) - 1]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_a_sentence_that_goes_on_over_a_page_is_of_the_page_it_begins_on():
    first, second = "The captain said that the ferry", "would sail. The crew said it would not."

    article = only(drawn([first, second]), "a.pdf")

    assert f"{first} {second}" == article.text
    assert (0, len(first) + 1) == article.pages


def test_a_page_without_text_begins_where_the_next_one_does():
    article = only(drawn(["", SAID, "", MORE, ""]), "a.pdf")

    second = len(SAID) + 2
    assert (0, 0, second, second, len(article.text)) == article.pages


def test_running_heads_and_page_numbers_are_no_text():
    (data, _) = next(layout for layout in LAYOUTS if layout.__name__ == "running_heads")()

    text = only(data, "report.pdf").text
    assert "Harbour Report" not in text
    assert "Confidential" not in text
    assert {"running head"} == {kind for kind, _ in only(data, "report.pdf").left_out}


def test_a_press_release_has_its_title_date_and_issuer():
    article = only(letterhead()[0], "release.pdf")

    assert (TITLE, "Harbour City Council", datetime(2018, 2, 14, tzinfo=UTC)) == (
        article.title,
        article.outlet,
        article.published_at,
    )


def drawn(
    pages: list[str], *, encrypt: StandardEncryption | None = None, picture: int = 0
) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, encrypt=encrypt)
    for number, text in enumerate(pages, start=1):
        if text:
            canvas.drawString(72, 700, text)
        if number == picture:
            from PIL import Image
            from reportlab.lib.utils import ImageReader

            canvas.drawImage(ImageReader(Image.new("RGB", (50, 50))), 72, 400)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (drawn(["", "", ""]), "no text on page 1 of 3, it is a scan"),
        (drawn([SAID, "", SAID], picture=2), "no text on page 2 of 3, it is a scan"),
        (drawn([SAID], encrypt=StandardEncryption("secret")), "is locked by a password"),
        (drawn([SAID])[:300], "is damaged"),
        (drawn([SAID]).replace(b"/Type /Page\n", b"/Type /Nope\n"), "is damaged"),
        (b"%PDF-1.4\n" + b"\0" * 1_000, "is damaged"),
        (drawn(["a"] * 601), "has 601 pages, the limit is 600"),
    ],
)
def test_a_pdf_that_cannot_be_read_whole_is_refused(data, reason):
    assert reason in refusal(data, "a.pdf")


def test_an_empty_page_at_the_end_is_no_scan():
    assert SAID == only(drawn([SAID, ""]), "a.pdf").text


def test_a_report_of_500_pages_is_read():
    pages = [f"The captain said that {number * 7} people waited." for number in range(500)]

    article = only(drawn(pages), "report.pdf")

    assert "said that 3493 people waited." in article.text
    found = [article.text[at:].partition(".")[0] + "." for at in article.pages]
    assert pages == found


def test_a_pdf_without_a_suffix_is_one():
    assert SAID == only(drawn([SAID]), "KBN0FL0NM").text


# Word


def word(*paragraphs: str, title: str = "") -> bytes:
    document = docx.Document()
    if title:
        document.add_heading(title, 0)
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def packed(data: bytes, **members: bytes) -> bytes:
    """Put members into a Word file, in place of those of their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.infolist():
            if one.filename not in members:
                new.writestr(one, old.read(one.filename))
        for name, content in members.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [("Ferry late", (SAID, MORE)), ("", ("Ferry late", SAID, MORE))],
)
def test_a_word_file_is_read_with_its_title(title, paragraphs):
    article = only(word(*paragraphs, title=title), "a.docx")

    assert ("Ferry late", f"Ferry late\n\n{SAID}\n\n{MORE}") == (article.title, article.text)


def test_of_a_word_files_changes_the_deleted_words_are_left_out():
    data = word(SAID)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    changed = body.replace("<w:r>", "<w:del><w:r><w:delText>Not </w:delText></w:r></w:del><w:r>", 1)

    article = only(packed(data, **{"word/document.xml": changed.encode()}), "a.docx")
    assert (SAID, (("deleted", "Not"),)) == (article.text, article.left_out)


def test_what_a_word_file_holds_beside_its_text_is_named():
    document = docx.Document()
    document.add_paragraph(SAID)
    document.sections[0].header.paragraphs[0].text = "Harbour Press"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    target = io.BytesIO()
    document.save(target)

    article = only(target.getvalue(), "a.docx")

    assert SAID == article.text
    assert {("header", "Harbour Press"), ("header", "Page 1")} == set(article.left_out)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
BOX = f"<w:txbxContent {W}><w:p><w:r><w:t>A box says no.</w:t></w:r></w:p></w:txbxContent>"
TWICE = (
    f"<w:r><mc:AlternateContent {MC}><mc:Choice Requires='wps'>{BOX}</mc:Choice><mc:Fallback>{BOX}"
    "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
CONTROL = (
    "<w:body><w:sdt><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent>"
    "</w:sdt>"
)


@pytest.mark.parametrize(
    ("written", "instead", "lines"),
    [
        ("</w:p>", TWICE, [SAID, "A box says no.", MORE]),
        ("<w:body>", CONTROL, ["In a control.", SAID, MORE]),
    ],
)
def test_the_words_of_boxes_and_controls_stand_once_in_their_place(written, instead, lines):
    data = word(SAID, MORE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    changed = body.replace(written, instead, 1)

    found = only(packed(data, **{"word/document.xml": changed.encode()}), "a.docx")

    assert lines == found.text.split("\n\n")


def test_a_table_stands_between_the_paragraphs_around_it():
    document = docx.Document()
    document.add_paragraph(SAID)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ann", "Lee"
    document.add_paragraph(MORE)
    target = io.BytesIO()
    document.save(target)

    assert f"{SAID}\n\nAnn | Lee\n\n{MORE}" == only(target.getvalue(), "a.docx").text


ENTITY = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed(word(SAID), **{"word/vbaProject.bin": b"x"}), "carries macros"),
        (packed(word(SAID), **{"word/big.xml": b"\0" * 70_000_000}), "unpacks to too much"),
        (b"PK\x03\x04 no archive", "not a Word file"),
        (b"\xd0\xcf\x11\xe0 old or locked", "not a Word file, or locked by a password"),
        (word(), "holds no text"),
    ],
)
def test_a_word_file_that_cannot_be_read_is_refused(data, reason):
    assert reason in refusal(data, "a.docx")


def test_an_entity_in_a_word_file_is_never_expanded():
    data = word(SAID)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml")
    head, rest = body.split(b"?>", 1)
    changed = head + b"?>" + ENTITY + rest.replace(b"said", b"said &x;")
    (item,) = parse(packed(data, **{"word/document.xml": changed}), "a.docx")

    assert "root:" not in (item.text if isinstance(item, Article) else str(item))


# Mail


def mail(text: str = "", html: str = "", attached: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    given = {"Subject": "FW: Ferry late", "From": '"Harbour Press" <press@harbour.example>'}
    for name, value in (given | headers).items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(html, subtype="html")
    if attached:
        message.add_attachment(b"\0", maintype="application", subtype="pdf", filename=attached)
    return message.as_bytes()


def test_a_press_mail_has_its_subject_sender_and_date():
    article = only(mail(f"{SAID}\n\n{MORE}", Date="Wed, 14 Feb 2018 10:30:00 +0100"), "a.eml")

    assert ("Ferry late", "Harbour Press", f"{SAID}\n\n{MORE}") == (
        article.title,
        article.outlet,
        article.text,
    )
    assert datetime(2018, 2, 14, 9, 30, tzinfo=UTC) == article.published_at


@pytest.mark.parametrize(
    "data",
    [
        mail(html=f"<p>{SAID}</p>"),
        mail(SAID, html=f"<p>{SAID}</p>"),
        mail(SAID, attached="photo.pdf"),
        mail(f"{SAID}\n\nOn Tuesday, Jo Doe wrote:\n> The captain said no."),
        mail(f"{SAID}\n\n-----Original Message-----\nFrom: Jo\nThe captain said no."),
        mail(f"{SAID}\n-- \nJo Doe, Press Office"),
    ],
)
def test_the_text_of_a_mail_is_its_own(data):
    assert SAID == only(data, "a.eml").text


def test_a_mail_with_a_header_without_end_is_refused_at_once():
    data = b"Subject: a\nContent-Type: " + b"a;" * 50_000 + b"\n\n" + SAID.encode()

    assert "a header of over 10,000 characters" in refusal(data, "a.eml")


def test_a_mail_of_attachments_only_names_them():
    assert "holds only attachments (release.pdf)" in refusal(mail(attached="release.pdf"), "a.eml")


# Captions


SRT = (
    "1\n00:00:01,000 --> 00:00:03,000\nANN LEE: The ferry is\n\n2\n00:00:03,000 --> 00:00:05,500\n"
    "late, I say.\n\n3\n00:00:06,000 --> 00:00:07,000\n<i>BO DAY: It is not.</i>\n"
)
VTT = (
    "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:03.000 align:start\n<v Ann Lee>The ferry is"
    "\n\n00:03.000 --> 00:05.500\n<v Ann Lee>late, I say.\n\n00:06.000 --> 00:07.000\n<v Bo Day>"
    "It is not."
)


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (SRT, "a.srt", "ANN LEE: The ferry is late, I say.\n\nBO DAY: It is not."),
        (SRT.replace("\n", "\r\n"), "a.srt",
         "ANN LEE: The ferry is late, I say.\n\nBO DAY: It is not."),
        (VTT, "a.vtt", "Ann Lee: The ferry is late, I say.\n\nBo Day: It is not."),
        (SRT.replace("ANN LEE:", ">>").replace("BO DAY:", ">>"), "a.srt",
         ">> The ferry is late, I say.\n\n>> It is not."),
    ],
)  # fmt: skip
def test_captions_are_joined_to_what_each_speaker_says(data, name, text):
    assert text == only(data.encode(), name).text


def test_a_file_without_captions_is_refused():
    assert "holds no captions" in refusal(b"WEBVTT\n\nNOTE nothing", "a.vtt")
