"""Details of exports, pages and mails that a desk sees: names, days, reasons, attachments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.errors import ArticleError
from index.formats import parse
from index.ingest.preview import lines_of, understood
from index.types import Article

WORDPRESS = """<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Harbour Post</title><link>https://post.example</link>
<wp:author><wp:author_login><![CDATA[apetric]]></wp:author_login>
<wp:author_display_name><![CDATA[Ana Petric]]></wp:author_display_name></wp:author>
<item><title>Bridge shut</title><link>https://post.example/a</link><dc:creator>apetric</dc:creator>
<content:encoded><![CDATA[<p>The old bridge is shut for the winter, Mayor Ada Holm said.</p>]]>
</content:encoded><wp:post_date>2018-03-09 02:30:00</wp:post_date>
<wp:post_date_gmt>2018-03-09 07:30:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>{kind}</wp:post_type></item></channel></rss>"""
PAGE = (
    '<html lang="en"><head><title>{title}</title></head><body><article>{head}'
    "<p>The old bridge is shut for the winter, Mayor Ada Holm said on Monday.</p>"
    "<p>“It is rusty,” Holm said of the bridge.</p></article></body></html>"
)
MAIL = """From: Harbour Office <press@harbour.example>
Subject: Press release attached
Date: Fri, 9 Mar 2018 15:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: text/plain

{note}

--B
Content-Type: {kind}; name="{file}"
Content-Disposition: attachment; filename="{file}"

Bridge shut for the winter

The old bridge is shut, Mayor Ada Holm said.

“It is rusty,” Holm said.
--B--
"""


def read(data: str, name: str) -> Article:
    (article,) = parse(data.encode(), name)
    assert isinstance(article, Article), article
    return article


def refused(data: str, name: str) -> str:
    (error,) = parse(data.encode(), name)
    assert isinstance(error, ArticleError)
    return str(error)


def test_a_wordpress_post_has_its_author_s_name_and_its_moment():
    article = read(WORDPRESS.format(kind="post"), "export.xml")

    assert article.byline == "Ana Petric"
    assert article.published_at == datetime(2018, 3, 9, 7, 30, tzinfo=UTC)


def test_a_static_page_of_wordpress_is_no_article():
    assert "a page of the site" in refused(WORDPRESS.format(kind="page"), "export.xml")


@pytest.mark.parametrize("words", ["Print: ", "Printable version | ", "Printer-friendly - "])
def test_a_print_page_has_the_title_of_its_article(words):
    page = PAGE.format(title=f"{words}Bridge shut for the winter", head="")

    assert read(page, "print.html").title == "Bridge shut for the winter"


def test_the_publisher_of_microdata_is_the_outlet():
    head = (
        "<h1>Bridge shut</h1><span itemprop='publisher' itemscope><span itemprop='name'>Harbour "
        "Post</span></span>"
    )

    assert read(PAGE.format(title="Bridge shut", head=head), "a.html").outlet == "Harbour Post"


@pytest.mark.parametrize("title", ["We value your privacy", "Before you continue"])
def test_a_cookie_wall_is_no_article(title):
    page = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>We and our 90 partners "
        "keep cookies on your device.</p><p>You can manage your choices below, or come back to "
        "them at any time from the foot of every page that we show.</p></body></html>"
    )

    assert "about cookies" in refused(page, "wall.html")


def test_a_gallery_is_refused_as_what_it_is():
    figure = "<figure><img src='{0}.jpg'><figcaption>A whale of paper, {0}.</figcaption></figure>"
    page = (
        "<html lang='en'><head><title>In pictures: the flower parade</title></head><body>"
        "<h1>In pictures: the flower parade</h1><p>Thousands lined the streets of Oslavik on "
        f"Sunday.</p>{figure.format(1)}{figure.format(2)}</body></html>"
    )

    assert "pictures with their captions" in refused(page, "gallery.html")


@pytest.mark.parametrize(("marks", "shown"), [('"{}"', '"{}"'), ("“{}”", "“{}”"), ("{}", "“{}”")])
def test_a_quotation_element_has_one_pair_of_marks(marks, shown):
    words = "A tired driver is a danger,"
    story = (
        "<?xml version='1.0'?><nitf><head><title>Strike</title></head><body><body.head><hedline>"
        "<hl1>Strike</hl1></hedline></body.head><body.content><p><q>"
        f"{marks.format(words)}</q> Ada Holm said.</p></body.content></body></nitf>"
    )

    assert read(story, "strike.nitf").text == f"{shown.format(words)} Ada Holm said."


@pytest.mark.parametrize("note", ["Please see attached.", ""])
@pytest.mark.parametrize(("kind", "file"), [("text/plain", "release.txt"), ("text/x", "a.md")])
def test_the_release_that_a_mail_passes_on_is_read(note, kind, file):
    article = read(MAIL.format(note=note, kind=kind, file=file), "mail.eml")

    assert "“It is rusty,” Holm said." in article.text
    assert article.outlet == "Harbour Office"
    assert article.published_at == datetime(2018, 3, 9, 14, tzinfo=UTC)


def test_a_mail_with_words_of_its_own_is_the_article():
    note = "Mayor Ada Holm said today that the old bridge would stay shut until May of next year."
    article = read(MAIL.format(note=note, kind="text/plain", file="release.txt"), "mail.eml")

    assert article.text == note
    assert ("attachment", "release.txt") in article.left_out


@pytest.mark.parametrize(("year", "held"), [(2015, False), (2099, True)])
def test_only_an_embargo_ahead_is_shown_as_one(year, held):
    text = (
        f"EMBARGOED UNTIL 06:00 GMT, 15 MARCH {year}\n\nBridge shut\n\nIt is shut, Ada Holm said."
    )
    lines = "\n".join(lines_of(understood(read(text, "held.txt"))))

    assert ("under embargo" in lines) == held


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("JAN. 5, 2027 AT 12:01 A.M. ET", datetime(2027, 1, 5, 5, 1, tzinfo=UTC)),
        ("Jan. 5, 2027 at 9 p.m. PT", datetime(2027, 1, 6, 5, 0, tzinfo=UTC)),
    ],
)
def test_an_american_embargo_ends_in_its_own_zone(stated, moment):
    article = read(f"EMBARGOED UNTIL {stated}\n\nBridge shut\n\nIt is shut, she said.", "held.txt")

    assert article.embargoed_until == moment


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGO 11 JANUARY 2099 00:01 GMT",
        "[EMBARGO 11 Jan 2099, 00:01 GMT] Wages fall",
        "Publishable from 11 January 2099, 00:01 GMT",
        "FOR RELEASE: 11 January 2099 00:01 GMT",
        "May not be published before 11 January 2099, 00:01 GMT",
    ],
)
def test_an_embargo_is_seen_in_whatever_words(line):
    article = read(f"{line}\n\nWages fall\n\nWages fell, the office said.", "held.txt")

    assert article.embargoed_until == datetime(2099, 1, 11, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "Embargo 12 years on: Oslavik turns to sugar",
        "For release on 9 March 2018",
        "Release of hostages on Monday hailed",
        "Hold on: the bridge is open",
    ],
)
def test_what_only_looks_like_an_embargo_is_none(line):
    assert read(f"{line}\n\nWages fell, the office said.", "now.txt").embargoed_until is None


def test_an_embargo_in_a_mail_s_subject_holds():
    mail = (
        "From: Office <o@o.example>\nSubject: [EMBARGO 11 Jan 2099 00:01 GMT] Wages fall\n"
        "Date: Fri, 9 Mar 2018 10:00:00 +0000\n\nWages fell in every month, the office said.\n"
    )

    assert read(mail, "mail.eml").embargoed_until == datetime(2099, 1, 11, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("key", ["embargo", "embargoed_until", "publish_after"])
def test_an_embargo_in_front_matter_holds(key):
    text = f"---\ntitle: Wages\n{key}: 2099-01-11T00:01:00Z\n---\n\nWages fell, she said.\n"

    assert read(text, "held.md").embargoed_until == datetime(2099, 1, 11, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("line", ["published: false", "status: private", "draft: true"])
def test_front_matter_that_says_it_is_not_published_is_refused(line):
    text = f"---\ntitle: Wages\n{line}\n---\n\nWages fell, she said.\n"

    assert "publish it first" in refused(text, "draft.md")


def test_an_embargo_in_front_matter_without_an_end_is_refused():
    text = "---\ntitle: Wages\nembargo: soon\n---\n\nWages fell, she said.\n"

    assert "embargoed until 'soon'" in refused(text, "held.md")


def test_a_cover_note_with_files_nobody_can_read_is_refused_with_their_names():
    mail = MAIL.format(note="Pictures attached.", kind="image/jpeg", file="a.jpg")

    assert "only attachments (a.jpg)" in refused(mail, "mail.eml")


FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><item>'
    "<title>{title}</title><link>https://post.example/1</link><description>{text}</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "EMBARGOED until 11 January 2099 00:01 GMT: Wages fall",
            "Wages fell, she said on Friday.",
        ),
        (
            "Wages fall",
            "&lt;p&gt;EMBARGO: 11 January 2099 00:01 GMT&lt;/p&gt;Wages fell, she said.",
        ),
    ],
)
def test_an_embargo_in_a_feed_s_entry_holds(title, text):
    article = read(FEED.format(title=title, text=text), "feed.xml")

    assert article.embargoed_until == datetime(2099, 1, 11, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("line", ["STORY WITHDRAWN", "Article removed", "Report retracted."])
def test_a_text_that_says_it_was_withdrawn_is_refused(line):
    assert "withdrawn" in refused(f"{line}\n\nWages fell, the office said.", "gone.txt")
