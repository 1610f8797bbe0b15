"""The same faults in other forms: each table is a kind of trouble, met in several ways."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape

import pytest

from index.errors import ArticleError
from index.formats import parse
from index.formats.parts.cleaning import clean_text
from index.formats.parts.dates import believable, read_written_date
from index.formats.parts.fields import first_words, wording
from index.formats.parts.notices import is_notice, without_bio
from index.types import Article, Withdrawal

SAID = "“The ferry sails at noon,” said Captain Rosa Lind."
BODY = (
    "<p>“The ferry sails at noon and not a minute later,” said Captain Rosa Lind on Monday, while "
    "the passengers waited in the rain on the old quay of the town.</p>"
    "<p>Harbour master Omar Haddad said that the company would pay for the rooms of all who had "
    "missed the last ferry of the evening.</p>"
    "<p>The minister, Dana Petrov, told reporters that a second ship would come before the end of "
    "the week, if the weather allowed it.</p>"
)


def items(data: str, name: str) -> list:
    return list(parse(data.encode(), name))


def only(data: str, name: str = "a.html") -> Article:
    (item,) = items(data, name)
    assert isinstance(item, Article), item
    return item


def refusal(data: str, name: str = "a.html") -> str:
    (item,) = items(data, name)
    assert isinstance(item, ArticleError), item
    return str(item)


def page(head: str = "", body: str = BODY, title: str = "Ferry sails at noon") -> str:
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article>"
        f"<h1>Ferry sails at noon</h1>{body}</article></body></html>"
    )


def entry(inner: str, kind: str = "rss") -> str:
    spaces = (
        "xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='http://purl.org/rss/1.0/modules/"
        "content/' xmlns:app='http://www.w3.org/2007/app' xmlns:blogger='http://schemas.google.com/"
        "blogger/2018' xmlns:thr='http://purl.org/syndication/thread/1.0'"
    )
    said = "<title>Ferry</title><link>https://wire.example/1</link>"
    if kind == "rss":
        return (
            f"<rss version='2.0' {spaces}><channel><title>Wire</title><link>https://wire.example/"
            f"</link><item>{said}<description>{SAID}</description>{inner}</item></channel></rss>"
        )
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom' {spaces}><title>Wire</title><entry>"
        f"<id>tag:a</id><title>Ferry</title><content>{SAID}</content>{inner}</entry></feed>"
    )


# B1: what is not published


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (entry("<wp:status>pending</wp:status>"), "a draft that waits for review"),
        (entry("<wp:status>auto-draft</wp:status>"), "a draft"),
        (entry("<wp:status>embargo-desk</wp:status>"), "not published (status 'embargo-desk')"),
        (
            entry("<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>"),
            "a post behind a password",
        ),
        (
            entry("<wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type>"),
            "an item of a menu",
        ),
        (
            entry("<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>"),
            "a picture or file",
        ),
        (
            entry("<app:control><app:draft>yes</app:draft></app:control>", "atom"),
            "a draft",
        ),
        (
            entry(
                "<blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>", "atom"
            ),
            "a draft",
        ),
        (
            entry(
                "<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>", "atom"
            ),
            "a reader's comment",
        ),
        (entry("<thr:in-reply-to ref='tag:b'/>", "atom"), "a reader's comment"),
        (
            entry(
                "<category scheme='http://schemas.google.com/g/2005#kind' "
                "term='http://schemas.google.com/blogger/2008/kind#template'/>",
                "atom",
            ),
            "a template of the site",
        ),
    ],
)
def test_an_entry_that_is_not_published_is_refused(data, what):
    assert f"'Ferry' is {what}" in refusal(data, "a.xml")


@pytest.mark.parametrize(
    "data",
    [
        entry("<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"),
        entry("<wp:status>publish</wp:status><wp:post_type>press-release</wp:post_type>"),
        entry("<app:control><app:draft>no</app:draft></app:control>", "atom"),
        entry("<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>", "atom"),
    ],
)
def test_an_entry_that_is_published_is_taken(data):
    assert SAID == only(data, "a.xml").text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("One.\n\n[gallery ids='1']\n\nTwo.", "One.\n\nTwo."),
        ("One. [embed]https://a.example[/embed]\n\nTwo.", "One.\n\nTwo."),
        ("[vc_row][vc_column width='1']One.[/vc_column][/vc_row]", "One."),
        ("[dropcap]O[/dropcap]ne. He said [the ferry] sails.", "One. He said [the ferry] sails."),
        ("[caption id='a']<img/> Lind said no[/caption]One.", "One."),
    ],
)
def test_the_codes_of_an_editor_are_no_text(source, text):
    data = entry(
        f"<content:encoded><![CDATA[{source}]]></content:encoded><wp:status>publish</wp:status>"
    )

    assert text == only(data, "a.xml").text


# B2: pages that are no article


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            "<title>404 - Example Post</title><h1>Oops!</h1><p>We can't find the page that you "
            "asked for, our editor says.</p>",
            "an error message",
        ),
        (
            "<title>Just a moment...</title><p>Checking your browser before you go on to the post. "
            "Please enable JavaScript and cookies.</p>",
            "an error message",
        ),
        (
            "<title>Example Post</title><h1>Access Denied</h1><p>You don't have permission to see "
            "this on this server, it said.</p>",
            "an error message",
        ),
        (
            "<title>Story</title><p>This article is no longer available. The editor said it had "
            "been taken down last year.</p>",
            "an error message",
        ),
        (
            "<head><meta http-equiv='Refresh' content='3;URL=https://post.example/new'></head>"
            "<p>The page has moved, and you will be there in a moment, we said.</p>",
            "sends readers on to https://post.example/new",
        ),
        (
            "<title>Ferry</title><p>Please wait.</p>",
            "holds 3 words ('Ferry\\nPlease wait.'), no article",
        ),
        (
            "<title>Example Post</title><link rel='canonical' href='https://post.example/'>"
            + "".join(f"<h2><a href='/{n}'>Ferry {n} sails at noon</a></h2>" for n in range(9))
            + "".join(f"<p>Captain Lind on ferry number {n} again</p>" for n in range(9)),
            "the front page of a site",
        ),
    ],
)
def test_a_page_that_is_no_article_is_refused(data, why):
    assert why in refusal(f"<html><body>{data}</body></html>")


def test_a_page_about_something_else_than_its_title_is_refused():
    data = page(body="<p>Our shop sells hats, scarves and gloves for cold days, and we ship.</p>")

    assert "is not about its title ('Ferry sails at noon')" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        page("<meta http-equiv='refresh' content='300'>"),
        page("<meta http-equiv='refresh' content='600; url=https://post.example/a'>"),
        page(body=BODY + "<p>He said the page could not be found in the archive.</p>"),
        page(body=BODY + "<p>We use cookies on this site.</p>"),
    ],
)
def test_a_page_that_is_an_article_is_taken(data):
    assert "said Captain Rosa Lind" in only(data).text


# B3: markup in a text that calls itself plain


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps({"uri": "a", "body_text": f"<div><p>{SAID}</p></div>"}), "a.json"),
        (json.dumps({"uri": "a", "body_html": escape(f"<p>{SAID}</p>")}), "a.json"),
        (json.dumps({"uri": "a", "body_html": escape(escape(f"<p>{SAID}</p>"))}), "a.json"),
        (
            json.dumps(
                {
                    "version": "https://jsonfeed.org/version/1",
                    "items": [{"id": "1", "content_text": f"<p>{SAID}</p>"}],
                }
            ),
            "a.json",
        ),
        (
            f"<nitf><body><body.content><p>{escape(f'<b>{SAID}</b>')}</p></body.content></body></nitf>",
            "a.xml",
        ),
        (entry("").replace(SAID, escape(escape(f"<p>{SAID}</p>"))), "a.xml"),
        (entry("", "atom").replace(SAID, f"<![CDATA[<p>{SAID}</p>]]>"), "a.xml"),
    ],
)
def test_no_tag_is_left_in_a_text(data, name):
    assert SAID == only(data, name).text


@pytest.mark.parametrize("text", ["Use the <b> tag, he said.", "a < b and c > d", "He said <no>."])
def test_a_text_that_speaks_of_a_tag_is_kept(text):
    assert text == only(json.dumps({"uri": "a", "body_text": text}), "a.json").text


def test_a_page_that_is_named_txt_is_read_as_a_page():
    assert "<p>" not in only(page(), "a.txt").text


@pytest.mark.parametrize("text", ["[Applause] It sails.", "<nils> It sails.", "{It sails.}"])
def test_a_text_that_begins_with_a_bracket_is_a_text(text):
    assert text == only(text, "a.txt").text


# B4: what agencies put around a text


def g2(body: str, headline: str = "<headline>Ferry</headline>") -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><contentMeta>'
        f"{headline}</contentMeta><contentSet><inlineXML><html xmlns='http://www.w3.org/1999/xhtml'>"
        f"<body>{body}</body></html></inlineXML></contentSet></newsItem>"
    )


@pytest.mark.parametrize(
    "around",
    [
        "<header><p>Traffic</p></header>{}",
        "{}<footer><p>Desk: Jo Doe said to call 555</p></footer>",
        "<nav><ul><li>Home</li></ul></nav>{}",
        "<p class='slugline'>ferry/traffic</p>{}",
        "<p class='genre'>Extra</p>{}<section class='public notepad'><p>Contact us</p></section>",
        "<div><header>Traffic</header>{}</div>",
    ],
)
def test_an_agencys_header_and_footer_are_no_text(around):
    body = around.format(f"<p>{SAID}</p>")

    assert SAID == only(g2(body), "a.xml").text
    assert SAID == only(json.dumps({"uri": "a", "body_xhtml": body}), "a.json").text


def test_a_text_that_is_all_in_a_header_is_kept():
    assert SAID == only(g2(f"<header><p>{SAID}</p></header>"), "a.xml").text


def test_what_stands_behind_a_header_stays():
    assert f"Lead.\n\n{SAID}" == only(g2(f"Lead. <header>x</header><p>{SAID}</p>"), "a.xml").text


# B5: teasers and notices


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Minister says trains will stop too",
        "Read also: Lind says no",
        "RELATED | Captain says ferry is late",
        "See more: Petrov says yes",
        "WATCH: Lind said the ferry was late",
        "Click here to see what Lind said",
        "Sign up to our newsletter: we said it would be good.",
        "Subscribe to our daily briefing.",
        "The post Ferry sails appeared first on Example Wire.",
        "This article originally appeared on Example Wire.",
        "This story was first published by Example Wire.",
        "Follow us on Twitter and Facebook",
        "Follow Rosa Lind on X: @rosalind",
        "Already a subscriber? Log in.",
        "ADVERTISEMENT",
        "Story continues below",
        "Photo: Jo Doe",
        "Captain Lind said goodbye to the old ferry in May. (Photo: Jo Doe)",
        "© 2018 Example Post. All rights reserved.",
        "Get the latest headlines in your inbox",
        "Email the reporter at jo@post.example",
        "Last updated 14 February 2018",
    ],
)
def test_a_teaser_or_notice_is_one(line):
    assert is_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "“Read more books,” the minister said.",
        "The judge said that their names must not be published.",
        "Sign up for the draft or go to jail, the general said.",
        "Do you have any comments on the minister?",
        "Follow the money, she said on Monday.",
        "The company uses cookies, the regulator said.",
        "Share prices fell, he said.",
        "Related charges were dropped, a lawyer said.",
        "The post of harbour master appeared first in 1790.",
        "Watch the sea, Captain Lind said.",
        "Video shows the captain on the bridge, police said.",
        "The photo was taken by Jo Doe.",
        "Get out of my way, he said.",
    ],
)
def test_a_sentence_that_only_begins_like_a_notice_is_none(line):
    assert not is_notice(line)


@pytest.mark.parametrize(
    "extra",
    [
        "<p><strong>READ MORE: <a href='/x'>Minister says trains stop</a></strong></p>",
        "<p><a href='/x'>Minister says that the trains will stop too</a></p>",
        "<p class='wp-caption-text'>Captain Lind said goodbye in May</p>",
        "<div class='newsletter-signup'><p>We said it would be good to hear from us.</p></div>",
        "<amp-sidebar><p>The menu said hello to the reader</p></amp-sidebar>",
        "<div id='cookieConsent'><p>Our partners said they need cookies to live on.</p></div>",
        "<blockquote class='pull-quote'>“The ferry sails at noon and not a</blockquote>",
    ],
)
def test_what_stands_between_the_paragraphs_of_a_page_is_left_out(extra):
    first, rest = BODY.split("</p>", 1)

    expected = only(page()).text
    assert expected == only(page(body=f"{first}</p>{extra}{rest}")).text


# B6: pages that show only the beginning


LOCKED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":%s}</script>'
)


@pytest.mark.parametrize(
    ("head", "end"),
    [
        (LOCKED % "false", "<p>The mayor, who is to speak on Tuesday, added that</p>"),
        (LOCKED % '"False"', "<p>Already a subscriber? Log in.</p>"),
        ("<meta property='article:content_tier' content='locked'>", "<p>She also said the</p>"),
        ("", "<p>The mayor added that</p><p>Subscribe now to keep reading.</p>"),
        ("", "<p>The mayor added that</p><p>You have reached your limit of free articles.</p>"),
    ],
)
def test_a_page_that_shows_only_the_beginning_is_refused(head, end):
    assert "the rest is for subscribers" in refusal(page(head, BODY + end))


@pytest.mark.parametrize(
    ("head", "end"),
    [
        (LOCKED % "false", ""),
        (LOCKED % "true", "<p>Already a subscriber? Log in.</p>"),
        ("", "<p>Already a subscriber? Log in.</p>"),
        ("", "<p>The club is for members only, the captain said, and it will stay so.</p>"),
    ],
)
def test_a_page_that_shows_all_of_it_is_taken_without_the_prompt(head, end):
    text = only(page(head, BODY + end)).text

    assert "if the weather allowed it." in text
    assert "subscriber" not in text
    assert ("members only" in text) == ("members only" in end)


# C1: dates


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wed, 14 Feb 2018 10:30:00 EST", datetime(2018, 2, 14, 15, 30, tzinfo=UTC)),
        ("Wed, 14 Feb 2018 10:30:00 JST", datetime(2018, 2, 14, 1, 30, tzinfo=UTC)),
        ("Wed, 14 Feb 2018 10:30:00 GMT+02:00", datetime(2018, 2, 14, 8, 30, tzinfo=UTC)),
        ("Wed, 14 Feb 2018 10:30 +0530 (IST)", datetime(2018, 2, 14, 5, tzinfo=UTC)),
        ("Wed Feb 14 10:30:00 UTC 2018", datetime(2018, 2, 14, 10, 30, tzinfo=UTC)),
        ("Feb. 14, 2018 at 3:30 p.m. EST", datetime(2018, 2, 14, 20, 30, tzinfo=UTC)),
        ("14 de febrero de 2018", datetime(2018, 2, 14, tzinfo=UTC)),
        ("Mi, 14 März 2018 10:30:00", datetime(2018, 3, 14, 10, 30, tzinfo=UTC)),
        ("14-Feb-2018 10:30", datetime(2018, 2, 14, 10, 30, tzinfo=UTC)),
        ("2018.02.14 10:30", datetime(2018, 2, 14, 10, 30, tzinfo=UTC)),
        ("Wed, 14 Feb 18 10:30 GMT", datetime(2018, 2, 14, 10, 30, tzinfo=UTC)),
        ("1518604200000", datetime(2018, 2, 14, 10, 30, tzinfo=UTC)),
        ("Sun, 30 Apr 2017 23:59:60 GMT", datetime(2017, 4, 30, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_date_with_one_reading_is_read(written, read):
    assert read == read_written_date(written)


@pytest.mark.parametrize(
    "written",
    [
        "02/03/2018",
        "3/2/18",
        "yesterday",
        "Wed, 14 Feb 2018 10:30:00 XYZT",
        "14 Feb",
        "Mon, 30 Nov -0001 00:00:00 +0000",
        "2018/14/02",
        "30 Feb 2018",
        "14 Foo 2018",
        "Feb 14, 2018 at 13:30 p.m.",
        "Wed, 14 Feb 2018 10:30:00 +9900",
    ],
)
def test_a_date_that_has_to_be_guessed_is_none(written):
    with pytest.raises(ValueError, match=r".+"):
        read_written_date(written)


@pytest.mark.parametrize("year", [1, 1970, 2199])
def test_no_article_is_of_the_future_or_of_the_day_clocks_begin(year):
    assert believable(datetime(year, 1, 1, tzinfo=UTC)) is None


# C2: live blogs


def live(posts: str, **fields: object) -> str:
    node = {"@type": "LiveBlogPosting", "headline": "Ferry: live", **fields}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    return (
        f"<html><head>{script}</head><body><main><h1>Ferry: live</h1>{posts}</main></body></html>"
    )


URL = "https://post.example/live"
DAYS = [datetime(2018, 2, day, 10, tzinfo=UTC) for day in (14, 13)]


@pytest.mark.parametrize(
    "post",
    [
        "<section><h3>Lind</h3><time datetime='{at}'>x</time><p>{text}</p></section>",
        "<div class='block' id='block-{n}'><div><time datetime='{at}'>x</time></div><h2>Lind</h2>"
        "<p>{text}</p></div>",
        "<li><time datetime='{at}'>x</time><p>{text}</p></li>",
        "<article><p><time datetime='{at}'>x</time></p><div><p>{text}</p></div></article>",
    ],
)
def test_the_posts_of_a_live_blog_are_found_in_the_page(post):
    posts = "".join(
        post.format(at=f"2018-02-{day}T10:00:00Z", n=day, text=f"{SAID} It was day {day}.")
        for day in (14, 13)
    )

    updates = items(live(posts, url="https://post.example/live"), "a.html")

    assert DAYS == [update.published_at for update in updates]
    assert [f"{SAID} It was day {day}." for day in (14, 13)] == [u.text for u in updates]
    assert 2 == len({update.url for update in updates})


@pytest.mark.parametrize(
    ("ended", "day"),
    [
        ("2018-02-14T09:00:00Z", datetime(2018, 2, 13, 20, tzinfo=UTC)),
        ("2018-02-18T10:00:00Z", None),
    ],
)
def test_what_a_live_blog_says_above_its_posts_is_an_entry_of_its_own(ended, day):
    post = "<section><time datetime='2018-02-{n}T10:00:00Z'>x</time><p>{text}</p></section>"
    above = (
        "<nav><p>Home is here.</p></nav><ul><li>The ferry has an engine fault.</li></ul>"
        "<p>Owner Omar Haddad said that nobody would be paid.</p><p>Sign up for our newsletter.</p>"
    )
    posts = "".join(post.format(n=day, text=f"{SAID} {day}") for day in (14, 13))
    begun = "2018-02-13T20:00:00Z"

    lead, *updates = items(
        live(
            above + posts, url="https://post.example/live", datePublished=begun, dateModified=ended
        ),
        "a.html",
    )

    assert (
        "The ferry has an engine fault.\n\nOwner Omar Haddad said that nobody would be paid."
    ) == lead.text
    assert (URL, day) == (lead.url, lead.published_at)
    assert 3 == len({lead.url, *(update.url for update in updates)})


def test_the_posts_of_a_live_blog_are_taken_from_its_data_where_the_page_shows_none():
    listed = [
        {"@type": "BlogPosting", "datePublished": f"2018-02-{day}T10:00:00Z", "articleBody": SAID}
        for day in (14, 13)
    ]

    updates = items(live("<p>Loading.</p>", liveBlogUpdate=listed), "a.html")

    assert [(SAID, day) for day in DAYS] == [(u.text, u.published_at) for u in updates]


def test_a_live_blog_of_several_days_without_posts_has_no_date():
    data = live(
        BODY, coverageStartTime="2018-02-12T06:00:00Z", dateModified="2018-02-14T20:00:00Z",
        datePublished="2018-02-12T06:00:00Z",
    )  # fmt: skip

    assert only(data).published_at is None


# C3, C4: JSON-LD


NODE = json.dumps(
    {"@type": "NewsArticle", "headline": "Ferry stays &quot;late&quot;", "author": "Rosa Lind"}
)


@pytest.mark.parametrize(
    "script",
    [
        f"<script type='application/ld+json'>/*<![CDATA[*/{NODE}/*]]>*/</script>",
        f"<script type='application/ld+json'>{NODE};</script>",
        f"<script type='application/ld+json'>{NODE[:-1]},}}</script>",
        f"<script type='application/ld+json'>{{}}\n{NODE}</script>",
        f"<script type=' APPLICATION/LD+JSON ;charset=UTF-8'>{NODE}</script>",
        f"<script type='application/ld+json'>{escape(NODE)}</script>",
        f"<script type='application/ld+json'>//<!--\n{NODE}\n//--></script>",
        f"<script type='application/ld+json'>[{NODE}]</script>",
    ],
)
def test_json_ld_is_read_in_any_envelope(script):
    article = only(page(script))

    assert ('Ferry stays "late"', "Rosa Lind") == (article.title, article.byline)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Lind says &quot;no&quot;", 'Lind says "no"'),
        ("Lind &amp;amp; Sons", "Lind & Sons"),
        ("&#8216;Late&#8217; ferry", "‘Late’ ferry"),
        ("<b>Ferry</b> shut", "Ferry shut"),
        ("Ferry<br/>shut", "Ferry shut"),
        ("O&#039;Donnell", "O'Donnell"),
        ("AT&T at 3 < 4", "AT&T at 3 < 4"),
    ],
)
def test_a_title_has_no_entities_and_no_tags(written, read):
    assert read == wording(written)


# C5: titles


def titled(headline: str, og: str, window: str, h1: str, h2: str = "") -> str:
    ld = json.dumps({"@type": "NewsArticle", "headline": headline}) if headline else "{}"
    return (
        f"<html><head><title>{window}</title><meta property='og:title' content='{og}'>"
        f"<script type='application/ld+json'>{ld}</script></head><body><header><h1>{h1}</h1>"
        f"</header><article><h2>{h2}</h2>{BODY}</article></body></html>"
    )


@pytest.mark.parametrize(
    "data",
    [
        titled("escenic", "Ferry sails late", "Ferry sails late | Post", "Post"),
        titled("Untitled", "Ferry sails late", "Ferry sails late - Example Post", "Post"),
        titled("", "Example Post", "Ferry sails late - Example Post", "Ferry sails late"),
        titled("", "", "Example Post » News » Ferry sails late", "Our news", "Ferry sails late"),
        titled("Win a trip to the sea", "Ferry sails late", "Ferry sails late", "Ferry sails late"),
        titled("Ferry sails late", "Sail with us", "Example Post", "Subscribe today"),
    ],
)
def test_the_title_is_what_most_of_the_page_agrees_on(data):
    assert "Ferry sails late" == only(data).title


# C6: glued words


@pytest.mark.parametrize(
    ("inner", "title", "byline"),
    [
        ("<hedline><hl1>Ferry<br/>late</hl1></hedline><byline>By <person>Ann</person><person>Bo"
         "</person></byline>", "Ferry late", "Ann, Bo"),
        ("<hedline><hl1>Ferry <em>is</em> late</hl1></hedline><byline>By ANN<byttl>Writer</byttl>"
         "</byline>", "Ferry is late", "ANN Writer"),
        ("<hedline><hl1>Fer<b>ry</b></hl1></hedline><byline>Ann</byline><byline>Bo</byline>",
         "Ferry", "Ann, Bo"),
        ("<hedline><hl2>Ferry</hl2></hedline><byline><person>Ann<name.family>Lee</name.family>"
         "</person></byline>", "Ferry", "Ann Lee"),
    ],
)  # fmt: skip
def test_words_of_different_elements_are_not_glued(inner, title, byline):
    story = only(
        f"<nitf><body><body.head>{inner}</body.head><body.content><p>{SAID}</p></body.content></body>"
        "</nitf>",
        "a.xml",
    )

    assert (title, byline) == (story.title, story.byline)


def test_all_who_wrote_a_news_item_are_named():
    head = "<by>Ann<br/>Lee</by><headline>Ferry<br/>late</headline>"

    item = only(g2(f"<p>{SAID}</p>", head), "a.xml")
    assert ("Ann Lee", "Ferry late") == (item.byline, item.title)


# C7: bylines


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        ("<meta name='author' content='Username'>", "<p class='byline'>By Ann Lee</p>", "Ann Lee"),
        ("<meta name='author' content='webmaster'>", "", None),
        ("", "<div class='author'>Ann Lee<br>14 February 2018</div>", "Ann Lee"),
        ("", "<span class='byline'>Ann Lee | Updated 3 hours ago</span>", "Ann Lee"),
        ("", "<span class='author'>Follow Author</span>", None),
        ("", "<a rel='author' href='/ann'>Ann Lee</a>", "Ann Lee"),
        ("<meta name='author' content='Posted by Ann Lee (www.post.example)'>", "", "Ann Lee"),
        ("<meta name='author' content='https://post.example/ann'>", "", None),
        ("<meta name='author' content='Theresa May'>", "", "Theresa May"),
        ("", "<p class='byline'>Last Updated January 7</p>", None),
    ],
)
def test_a_byline_holds_names_only(head, body, byline):
    assert byline == only(page(head, body + BODY)).byline


# C8: no headline


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps({"uri": "a", "body_html": f"<h1>Ferry late</h1><p>{SAID}</p>"}), "a.json"),
        (json.dumps({"uri": "a", "name": "Ferry late", "body_text": SAID}), "a.json"),
        (g2(f"<h1>Ferry late</h1><p>{SAID}</p>", "<slugline>ferry</slugline>"), "a.xml"),
        (f"<nitf><body><body.content><h2>Ferry late</h2><p>{SAID}</p></body.content></body></nitf>",
         "a.xml"),
    ],
)  # fmt: skip
def test_a_text_without_a_headline_has_its_own_heading_for_one(data, name):
    assert "Ferry late" == only(data, name).title


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps({"uri": "a", "body_text": SAID, "slugline": "ferry"}), "a.json"),
        (g2(f"<p>{SAID}</p>", ""), "a.xml"),
        (f"<nitf><body><body.content><p>{SAID}</p></body.content></body></nitf>", "a.xml"),
        (entry("").replace("<title>Ferry</title>", ""), "a.xml"),
    ],
)
def test_a_text_without_any_heading_is_called_by_its_first_words(data, name):
    assert SAID == only(data, name).title


def test_a_long_first_sentence_is_cut_between_words():
    assert "It sails " * 9 + "It sails …" == first_words("It sails " * 30 + ".")


# D3, D4: what nobody sees, and what was decoded wrongly


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Holm\u00adberg", "Holmberg"),
        ("Holm\u200bberg", "Holmberg"),
        ("\ufeffHolm\u2060berg\u200e", "Holmberg"),
        ("Holm\u00ad\n  berg said", "Holmberg said"),
        ("Holm\u200cberg", "Holmberg"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("Holm-berg", "Holm-berg"),
    ],
)
def test_what_has_no_width_parts_no_name(written, read):
    assert read == clean_text(written)


@pytest.mark.parametrize("spoilt", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text",
    [
        "“It sails,” said José Müller. It’s late – very late.",
        "Café Zürich: £50 … “fine”",
        "Señor Ibáñez said “sí”.",
        "The €20 ticket, Renée said, isn’t dear.",
        "Příbram’s trains and Kraków’s",
    ],
)
def test_a_text_that_was_decoded_wrongly_is_repaired(text, spoilt):
    try:
        wrong = text.encode().decode(spoilt)
    except UnicodeDecodeError:
        wrong = text.encode().decode(spoilt, "replace")
        assert "“" in text

    assert text == clean_text(wrong)


@pytest.mark.parametrize(
    "text", ["“âge” and Â, the letter", "naïve Ångström ¡olé!", "It costs £50, José said.", "Âme"]
)
def test_a_text_that_was_decoded_rightly_stays(text):
    assert text == clean_text(text)


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_a_text_whose_characters_are_lost_is_refused(suffix):
    lost = "<p>\ufffdIt\ufffds late,\ufffd said Lind. \ufffdVery late.\ufffd She left at noon.</p>"

    assert "decoded wrongly" in refusal(lost, f"a.{suffix}")


def test_a_text_of_invisible_characters_is_refused():
    assert "nothing but invisible characters" in refusal("\u200b\u2060", "a.txt")


# D5: ninjs of other makers


ITEM = {"type": "text", "headline": "Ferry", "body_html": f"<p>{SAID}</p>"}


@pytest.mark.parametrize(
    "value",
    [
        ITEM | {"guid": "a"},
        ITEM | {"_id": "a", "versioncreated": "2018-02-14T10:30:00+0000"},
        {"item": ITEM | {"guid": "a"}},
        {"items": [ITEM | {"uri": "a"}]},
        {"_items": [{"item": ITEM | {"guid": "a"}}]},
        [ITEM | {"guid": "a"}],
    ],
)
def test_ninjs_of_any_maker_is_read(value):
    article = only(json.dumps(value), "a.json")

    assert ("a", SAID, "Ferry") == (article.id, article.text, article.title)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"headline": "Ferry", "body": "x"}, "field 'text' is missing, found 'headline', 'body'"),
        (ITEM, "the ninjs item has no uri and no guid; ask the agency for it"),
        (ITEM | {"guid": "a", "state": "draft"}, "not published (state 'draft')"),
        (ITEM | {"guid": "a", "embargoed": "soon"}, "embargoed until 'soon', which is no date"),
    ],
)
def test_what_is_wrong_with_an_item_is_said(value, reason):
    assert reason in refusal(json.dumps(value), "a.json")


def test_an_item_that_was_killed_is_taken_back():
    (gone,) = items(json.dumps(ITEM | {"guid": "a", "state": "killed"}), "a.json")

    assert isinstance(gone, Withdrawal)


# Short pages, of which trafilatura gives all words in one line


@pytest.mark.parametrize(
    ("open_tag", "close_tag"),
    [
        ("<article>", "</article>"),
        ("<main>", "</main>"),
        ("<div class='story'>", "</div>"),
        ("<div id='page'><main>", "</main></div>"),
    ],
)
def test_a_short_page_keeps_its_paragraphs_and_no_teaser(open_tag, close_tag):
    data = (
        f"<html><body><nav>Home</nav>{open_tag}<h1>Ferry stays</h1>"
        "<p>The ferry stays in port, the captain said on Tuesday, until it is repaired.</p>"
        "<p>READ MORE: Minister says trains will stop</p>"
        "<figure><figcaption>The ferry in port</figcaption></figure>"
        f"<p>“Nobody was hurt,” he said. “We are all in good health.”</p>{close_tag}"
        "<footer>Imprint</footer></body></html>"
    )

    assert [
        "The ferry stays in port, the captain said on Tuesday, until it is repaired.",
        "“Nobody was hurt,” he said. “We are all in good health.”",
    ] == [line for line in only(data).text.split("\n") if line != "Ferry stays"]


# D6: files without a suffix that says what they are


@pytest.mark.parametrize(
    "name",
    [
        "tag_agency.example_2018_newsml_1_version_2",
        "KBN0FL0NM",
        "a.v2",
        "story.1518604200",
        "a.dat",
    ],
)
def test_an_agencys_file_is_known_by_what_it_holds(name):
    assert SAID == only(g2(f"<p>{SAID}</p>"), name).text


# D7: relative links


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/2018/a.html", "https://wire.example/2018/a.html"),
        ("2018/a.html", "https://wire.example/2018/a.html"),
        ("?p=7", "https://wire.example/?p=7"),
        ("//other.example/a", "https://other.example/a"),
        ("https://other.example/a", "https://other.example/a"),
        ("javascript:alert(1)", None),
    ],
)
def test_a_link_without_a_host_is_completed(link, url):
    data = entry("").replace("https://wire.example/1", link)

    assert url == only(data, "a.xml").url


@pytest.mark.parametrize(
    "line",
    [
        "© 2018, Harbour Post. This article is the copyrighted property of Harbour Post. Written "
        "permission must be obtained before it is printed again anywhere, on paper or elsewhere, "
        "by whomever it may be, in whole or in part. Ask us first, as it costs little.",
        "This article is the copyrighted property of Harbour Post.",
        "Help us keep the news free for all readers",
        "ferry.html - Created 03-10-2004 2:20pm - Last Modified: 03-10-2004 2:20pm",
        "Release Date:",
        "HARBOURPOST.COM",
        "*Prices are estimates and may change.",
        "Аdvеrtіѕе with us: your соntеnt is seen by thоuѕаndѕ of readers.",
        "A crane on the quay on Sunday. By OSLAVIK PORT AUTHORITY",
    ],
)
def test_small_print_and_disguised_advertisements_are_notices(line):
    assert is_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "*“We stay,” Lind said.",
        "Help us, she said.",
        "The release date: nobody knows it, said Lind.",
        "Москва said no.",
        "It was signed by OPEC.",
    ],
)
def test_sentences_that_look_like_small_print_stay(line):
    assert not is_notice(line)


def test_a_last_paragraph_about_somebody_whom_the_text_does_not_name_is_about_its_author():
    about = "Ines Jahn is the founder of a firm that advises ports and ferries."

    named = f"The ferry stays, said Jahn.\n{about}"

    assert "The ferry stays." == without_bio(f"The ferry stays.\n{about}", None)
    assert named == without_bio(named, None)
