"""What desks have, each file with what it must give: exports, agencies' files, pages, feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import ArticleError
from index.formats import parse
from index.types import Article

DESK = Path(__file__).with_name("desk")
HALF_PAST_TEN = datetime(2018, 2, 14, 10, 30, tzinfo=UTC)
HOLM = "“The bridge stays shut,” said Mayor Ada Holm."
BERG = "Transport Minister Nils Berg said he would pay."
HOLMBERG = "Mayor Ada Holmberg said the harbour bridge would stay closed."
PAGE = (
    "“The bridge stays shut for the whole of the winter,” said Mayor Ada Holm on Monday, after the "
    "engineers had looked at the steel of the old harbour bridge.\nTransport Minister Nils Berg "
    "said the government would pay for the repairs to the bridge and for the ferries until the "
    "spring.\nInes Brandt, the chief engineer, told reporters that the work would begin in March "
    "and end before the summer holidays."
)

FIELDS = [
    ("agency-header-footer.xml", {"text": f"Harbour (ex) - {HOLM}", "title": "Bridge shut"}),
    ("agency-headline-tags.json", {"title": "Bridge shut & sealed", "byline": "Ines Jahn"}),
    ("agency-name-without-suffix_version_2", {"text": "Mayor Ada Holm said no."}),
    ("agency-no-headline.xml", {"title": "Bridge shut", "id": "tag:desk.example,2018:1"}),
    ("byline-admin.html", {"byline": "Ines Jahn, Harbour Correspondent"}),
    ("byline-date.html", {"byline": "INES JAHN"}),
    ("feed-appeared-first.xml", {"text": f"{HOLM}\n\nShe said it twice."}),
    ("feed-relative-link.xml", {"url": "https://wire.example/2018/a.html"}),
    *(
        (
            f"jsonld-{envelope}.html",
            {
                "title": "Bridge stays shut, mayor says",
                "byline": "Ines Jahn",
                "outlet": "Example Post",
                "published_at": datetime(2018, 2, 15, 3, 30, tzinfo=UTC),
            },
        )
        for envelope in ("cdata", "jscdata", "comment", "charset", "upper")
    ),
    ("jsonld-entities.html", {"title": "Mayor says \"no\" & leaves ’town", "byline": "Ines Jahn"}),
    ("markup-in-text-feed.xml", {"text": HOLM, "title": "Mayor says ‘no’ & leaves"}),
    (
        "markup-in-text-g2-escaped.xml",
        {"text": f"{HOLM}\n\nTransport Minister Nils Berg said he would pay & leave."},
    ),
    ("markup-in-text-g2.xml", {"text": f"{HOLM} {BERG}"}),
    ("markup-in-text-ninjs-2.json", {"text": f"{HOLM}\n\n{BERG}"}),
    ("markup-in-text-ninjs.json", {"text": HOLM}),
    ("markup-in-text-nitf.xml", {"text": "Mayor Ada Holm said no."}),
    *(
        (
            f"mojibake-{encoding}.txt",
            {
                "text": f"Bridge shut\n\n{HOLM} “It’s over – for good,” she said. “Nobody will "
                "cross it again.”\n"
            },
        )
        for encoding in ("cp1252", "latin1")
    ),
    (
        "ninjs-guid.json",
        {"id": "urn:newsml:desk.example:2018-02-14:7", "text": f"{HOLM}\n\n{BERG}", "outlet": "EX"},
    ),
    ("ninjs-wrapped.json", {"id": "urn:7", "text": f"{HOLM}\n\n{BERG}"}),
    ("nitf-byline-glued.xml", {"byline": "INES JAHN EX Harbour Writer", "title": "Bridge shut"}),
    ("nitf-byline-two.xml", {"byline": "Ines Jahn, Jo Doe"}),
    ("page-amp.html", {"text": PAGE, "url": "https://post.example/bridge"}),
    (
        "page-read-more.html",
        {
            "text": f"Bridge stays shut\n{PAGE}\nOmar Haddad, a union leader, said the crews of "
            "the ferries would strike if nobody asked them about their hours."
        },
    ),
    ("soft-hyphen-feed.xml", {"text": HOLMBERG}),
    ("soft-hyphen.ninjs", {"text": HOLMBERG}),
    (
        "soft-hyphen.txt",
        {
            "text": "Bridge shut\n\n“The harbour bridge stays shut for the winter,” said Mayor Ada "
            "Holmberg on Monday.\n\nTransport Minister Nils Berg said the government would pay.\n"
        },
    ),
    ("title-cms-template.html", {"title": "Bridge stays shut, mayor says"}),
    ("title-og-site.html", {"title": "Bridge stays shut, mayor says"}),
    ("title-site-h1.html", {"title": "Bridge stays shut, mayor says"}),
]  # fmt: skip

REFUSED = [
    ("not-the-article-404.html", ["the page is an error message ('Page not found'), no article"]),
    ("not-the-article-refresh.html", ["the page only sends readers on to /page; add that address"]),
    (
        "not-the-article-cookie.html",
        ["no article text was found in this page; save the article's text as .txt"],
    ),
    (
        "page-paywall.html",
        [
            "the page shows only the beginning of the article, the rest is for subscribers; add "
            "its whole text"
        ],
    ),
    (
        "export-drafts-blogger.xml",
        [
            "'Blog name' is a setting of the site, no article; leave it out",
            "'Draft' is a draft; publish it first",
            "'lol' is a reader's comment, no article; leave it out",
        ],
    ),
]

FEED_DATES = {
    "w0": datetime(2016, 6, 29, 15, 7, 41, tzinfo=UTC),
    "w1": HALF_PAST_TEN,
    "w2": datetime(2015, 4, 30, 6, 57, tzinfo=UTC),
    "w3": datetime(2018, 2, 14, 5, tzinfo=UTC),
    "w4": datetime(2018, 2, 13, 23, 30, tzinfo=UTC),
    "w5": datetime(2018, 6, 25, 11, 41, 36, tzinfo=UTC),
    "w6": datetime(2018, 2, 14, tzinfo=UTC),
    "w7": datetime(2018, 2, 14, 9, 30, tzinfo=UTC),
    "w9": None,
}


def read(name: str) -> list:
    return list(parse((DESK / name).read_bytes(), name))


@pytest.mark.parametrize(("name", "fields"), FIELDS, ids=[name for name, _ in FIELDS])
def test_a_file_gives_these_fields(name, fields):
    (article,) = read(name)

    assert isinstance(article, Article), article
    assert fields == {field: getattr(article, field) for field in fields}


@pytest.mark.parametrize(("name", "reasons"), REFUSED, ids=[name for name, _ in REFUSED])
def test_what_is_no_article_is_refused_with_the_reason(name, reasons):
    items = read(name)

    assert all(isinstance(item, ArticleError) for item in items)
    assert reasons == [str(item).split(": ", 1)[1] for item in items]


def test_of_an_export_only_what_is_published_is_taken():
    published, *others = read("export-drafts-wordpress.xml")

    text = "Mayor Ada Holm said the bridge would stay shut.\n\nNils Berg said he would pay."
    assert (text, "https://post.example/1") == (published.text, published.url)
    assert [
        "'DRAFT do not publish' is a draft",
        "'Private memo' is a private post",
        "'Deleted story' is a deleted post",
        '"Tomorrow\'s story" is a post that is to appear later',
    ] == [str(other).split(": ", 1)[1].split("; ")[0] for other in others]


def test_a_date_of_a_feed_is_read_in_the_one_way_there_is_or_not_at_all():
    *articles, to_come, last = read("feed-dates.xml")
    dates = {article.id.split(":")[1]: article.published_at for article in [*articles, last]}

    assert FEED_DATES == dates
    assert "is dated 2099-12-16, which is still to come" in str(to_come)


def test_each_update_of_a_live_blog_has_its_own_date():
    updates = read("live-blog.html")

    assert [
        ("Mayor speaks", HALF_PAST_TEN),
        ("Minister speaks", datetime(2018, 2, 13, 8, tzinfo=UTC)),
        ("Good morning", datetime(2018, 2, 12, 6, tzinfo=UTC)),
    ] == [(update.title, update.published_at) for update in updates]
    assert 3 == len({update.id for update in updates})
    assert updates[0].text.startswith("Mayor Ada Holm said the bridge would stay shut")


def test_every_file_of_the_desk_is_asked_about():
    asked = {name for name, _ in FIELDS} | {name for name, _ in REFUSED}
    asked |= {"export-drafts-wordpress.xml", "feed-dates.xml", "live-blog.html"}

    assert asked == {path.name for path in DESK.iterdir()}
