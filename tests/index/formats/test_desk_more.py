# ruff: noqa: E501  an input is easier to read on one line
"""
Inputs of the kinds that desks meet: feeds, sites, agencies, ministries, mail, captions, exports.

Each row is an input and what must be understood of it, or the reason of its refusal.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from index.errors import ArticleError
from index.formats import parse
from index.types import Article

S = "“The ferry sails at noon,” said Captain Rosa Lind."
M = (
    "Harbour master Omar Haddad said on Tuesday that the company would pay for all the rooms of the "
    "passengers."
)
L = (
    "The company’s owner, Ines Brandt, told reporters that no ship would leave before the engine "
    "was repaired."
)
R = (
    "Repairs are expected to take two weeks, according to the shipyard, which ordered parts from "
    "abroad."
)
BODY = f"<p>{M}</p><p>{S}</p><p>{L}</p><p>{R}</p>"
MORNING = datetime(2018, 2, 13, 9, 30, tzinfo=UTC)
WINTER = datetime(2018, 2, 13, 8, 30, tzinfo=UTC)
DAY = datetime(2018, 2, 13, tzinfo=UTC)
PLACE = "https://post.example/a"


@dataclass(frozen=True)
class Case:
    """An input, and what is read of it; ``lines`` are its paragraphs, ``gone`` what is not one."""

    name: str
    file: str
    data: str | bytes
    title: str | None = "Ferry stays"
    byline: str | None = None
    outlet: str | None = "Harbour Post"
    at: datetime | None = None
    url: str | None = None
    lines: tuple[str, ...] = (M, S, L, R)
    gone: tuple[str, ...] = ()


def rss(item: str) -> str:
    spaces = "content dc media".split()
    addresses = (
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/dc/elements/1.1/",
        "http://search.yahoo.com/mrss/",
    )
    named = " ".join(f'xmlns:{a}="{b}"' for a, b in zip(spaces, addresses, strict=True))
    return (
        f'<?xml version="1.0"?><rss version="2.0" {named}><channel><title>Harbour Post</title>'
        f"<link>https://post.example/</link><item>{item}</item></channel></rss>"
    )


def item(more: str = "", body: str = BODY, title: str = "Ferry stays") -> str:
    return rss(
        f"<title>{title}</title><link>{PLACE}</link>{more}"
        f"<description><![CDATA[{body}]]></description>"
    )


def atom(entry: str, base: str = "") -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"{base}><title>Harbour Post</title>'
        f"<id>urn:p</id><entry><title>Ferry stays</title><id>urn:a</id>"
        f"<updated>2018-02-14T10:00:00Z</updated>{entry}</entry></feed>"
    )


def page(head: str = "", body: str = BODY, title: str = "Ferry stays | Harbour Post") -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head>"
        f"<body>{body}</body></html>"
    )


def main(inner: str) -> str:
    return f"<main><h1>Ferry stays</h1>{inner}</main>"


def node(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


SITE = '<meta property="og:site_name" content="Harbour Post">'
NEWS = {
    "@type": "NewsArticle",
    "headline": "Ferry stays",
    "datePublished": "2018-02-13T09:30:00Z",
    "author": {"@type": "Person", "name": "Ana Petric"},
    "publisher": {"name": "Harbour Post"},
}

HTML = "<content type='html'><![CDATA[" + BODY + "]]></content>"
LINK = f'<link href="{PLACE}"/>'
FEEDS = [
    Case(
        "creator and encoded content", "a.rss",
        item("<guid isPermaLink='false'>77</guid><dc:creator>Ana Petric</dc:creator>"
             "<pubDate>Tue, 13 Feb 2018 09:30:00 +0100</pubDate>"
             f"<content:encoded><![CDATA[{BODY}]]></content:encoded>", "<p>Short.</p>"),
        byline="Ana Petric", at=WINTER, url=PLACE,
    ),
    Case("a zone by its name", "a.rss", item("<pubDate>Tue, 13 Feb 2018 04:30:00 EST</pubDate>"),
         at=MORNING, url=PLACE),
    Case("an author behind an address", "a.rss",
         item("<author>ana@post.example (Ana Petric)</author>"), byline="Ana Petric", url=PLACE),
    Case("escaped twice", "a.rss",
         rss(f"<title>Ferry &amp;amp; crew</title><link>{PLACE}</link><description>"
             + BODY.replace("<", "&amp;lt;").replace(">", "&amp;gt;") + "</description>"),
         title="Ferry & crew", url=PLACE),
    Case("a picture's credit", "a.rss",
         item("<media:content url='a.jpg'><media:credit>Jo Day</media:credit>"
              "<media:description>Jo Day said it was dark.</media:description></media:content>"),
         url=PLACE, gone=("Jo Day",)),
    Case("UTF-16", "a.rss",
         item().replace('"1.0"?', '"1.0" encoding="utf-16"?', 1).encode("utf-16"), url=PLACE),
    Case("Windows-1252", "a.rss",
         item(title="Ferry café", body="<p>The café stays, said Captain Rosa Lind.</p>")
         .replace('"1.0"?', '"1.0" encoding="windows-1252"?', 1).encode("cp1252"),
         title="Ferry café", url=PLACE, lines=("The café stays, said Captain Rosa Lind.",)),
    Case("no title", "a.rss",
         rss(f"<link>{PLACE}</link><description><![CDATA[<p>{S}</p>]]></description>"),
         title=S, url=PLACE, lines=(S,)),
    Case("buttons to share", "a.rss",
         item(body=BODY + "<h3>Share this:</h3><ul><li>Click to share on Twitter (Opens in new "
              "window)</li></ul><h3>Like this:</h3><p>Like Loading...</p><h3>Related</h3>"),
         url=PLACE, gone=("Share this", "Click to share", "Loading", "Related")),
    Case("a bar under the text", "a.rss",
         item(body=BODY + "<div class=feedflare><a href=x>Comments</a> <a>Email this</a></div>"),
         url=PLACE, gone=("Email this",)),
    Case("an address in the guid alone", "a.rss",
         rss(f"<title>Ferry stays</title><guid isPermaLink='true'>{PLACE}</guid>"
             f"<description><![CDATA[{BODY}]]></description>"), url=PLACE),
    Case("taken over from another feed", "a.rss",
         item("<source url='https://tern.example/rss'>Daily Tern</source>"),
         outlet="Daily Tern", url=PLACE),
    Case("RSS 1.0", "a.xml",
         '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
         'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
         "<channel><title>Harbour Post</title></channel>"
         f'<item rdf:about="{PLACE}"><title>Ferry stays</title><link>{PLACE}</link>'
         f"<description>{S}</description><dc:date>2018-02-13T09:30:00+01:00</dc:date>"
         "<dc:creator>Ana Petric</dc:creator></item></rdf:RDF>",
         byline="Ana Petric", at=WINTER, url=PLACE, lines=(S,)),
    Case("XHTML and two authors", "a.atom",
         atom(LINK + "<published>2018-02-13T09:30:00+01:00</published><author><name>Ana Petric"
              "</name><email>a@p.example</email></author><author><name>Jo Day</name></author>"
              f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{BODY}</div>"
              "</content>"),
         byline="Ana Petric, Jo Day", at=WINTER, url=PLACE),
    Case("the feed an entry came from", "a.atom",
         atom(f"{LINK}<source><title>Daily Tern</title></source>{HTML}"),
         outlet="Daily Tern", at=datetime(2018, 2, 14, 10, tzinfo=UTC), url=PLACE),
    Case("the author of the whole feed", "a.atom",
         atom(f"{LINK}{HTML}", "><author><name>Ana Petric</name></author><x").replace("<x>", ""),
         byline="Ana Petric", at=datetime(2018, 2, 14, 10, tzinfo=UTC), url=PLACE),
    Case("links that count from a base", "a.atom",
         atom(f'<link href="a"/>{HTML}', ' xml:base="https://post.example/"'),
         at=datetime(2018, 2, 14, 10, tzinfo=UTC), url=PLACE),
    Case("JSON Feed of two authors", "a.json",
         json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post",
                     "home_page_url": "https://post.example/", "items": [
                         {"id": "77", "url": "/a", "title": "Ferry stays", "content_html": BODY,
                          "date_published": "2018-02-13T09:30:00+01:00",
                          "authors": [{"name": "Ana Petric"}, {"name": "Jo Day"}]}]}),
         byline="Ana Petric, Jo Day", at=WINTER, url=PLACE),
    Case("JSON Feed without markup", "a.json",
         json.dumps({"version": "https://jsonfeed.org/version/1", "title": "Harbour Post",
                     "items": [{"id": "77", "url": PLACE, "content_text": f"{S}\n\n{L}",
                                "title": "Ferry stays"}]}),
         url=PLACE, lines=(S, L)),
]  # fmt: skip

WRITTEN = '<div class="entry-meta"><time class="entry-date published" datetime="2018-02-13T09:30:00+01:00">13 February</time> <span class="byline">by <span class="author vcard">Ana Petric</span></span></div>'
META = (
    '<meta property="og:title" content="Ferry stays">'
    + SITE
    + '<meta name="author" content="Ana Petric">'
    '<meta property="article:published_time" content="2018-02-13T09:30:00Z">'
)
PAGES = [
    Case("AMP", "a.html",
         page(node(**NEWS), "<amp-sidebar id=s><ul><li>Home says hello.</li></ul></amp-sidebar>"
              f"<article><h1>Ferry stays</h1>{BODY}</article>"
              "<amp-consent>We use cookies</amp-consent>"),
         byline="Ana Petric", at=MORNING, gone=("hello", "cookies")),
    Case("a newsletter's site", "a.html",
         page(META, f"<article>{main(BODY + '<p><a href=x>Subscribe now</a></p><div class=subscription-widget><p>Thanks for reading! Subscribe for free to receive new posts.</p></div>')}</article><div class=comments-section><p>Jo Day said: I doubt it very much.</p></div>"),
         byline="Ana Petric", at=MORNING, gone=("Subscribe", "Thanks for reading", "I doubt it")),
    Case("a platform's page", "a.html",
         page(META, f"<article><h1>Ferry stays</h1><div>3 min read</div><div>--</div>{BODY}<p>If you enjoyed this story, clap so that others find it.</p><p>Written by Ana Petric</p><div>12 Followers</div></article>"),
         byline="Ana Petric", at=MORNING, gone=("--", "clap", "Written by", "Followers")),
    Case("a blog's theme", "a.html",
         page(SITE, f"<article><h1>Ferry stays</h1>{WRITTEN}{BODY}<div class=sharedaddy><h3>Share this:</h3></div><div class=jp-relatedposts><p>Owner says fares will rise</p></div></article><ol class=comment-list><li>Jo said the captain lied.</li></ol>"),
         byline="Ana Petric", at=WINTER, gone=("Share this", "fares will rise", "captain lied")),
    Case("a ministry's press release", "a.html",
         page(SITE, f"<div id=content><p>PRESS RELEASE</p><p>Published 13 February 2018</p><h1>Ferry stays</h1>{BODY}<p>ENDS</p><p>Media enquiries: press@transport.example</p></div>"),
         at=DAY, gone=("PRESS RELEASE", "Published", "ENDS", "Media enquiries")),
    Case("a government's metadata", "a.html",
         page(SITE + '<meta name="govuk:first-published-at" content="2018-02-13T09:30:00+00:00">',
              main(f"<dl><dt>Published</dt><dd>13 February 2018</dd></dl>{BODY}")),
         at=MORNING, gone=("13 February 2018",)),
    Case("a node named for the article", "a.html",
         page(node(**NEWS, **{"@id": PLACE + "#article"}), main(BODY)),
         byline="Ana Petric", at=MORNING, url=PLACE),
    Case("an author by reference", "a.html",
         page(node(**{"@graph": [
             {**NEWS, "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},
             {"@type": "Organization", "@id": "#o", "name": "Harbour Post"},
             {"@type": "Person", "@id": "#p", "name": "Ana Petric"}]}) + SITE,
              main(f"<p class=byline>By Ana Petric</p>{BODY}")),
         byline="Ana Petric", at=MORNING),
    Case("microdata", "a.html",
         page("", "<div itemscope itemtype='https://schema.org/NewsArticle'>"
              "<h1 itemprop=headline>Ferry stays</h1><span itemprop=author itemscope>"
              "<span itemprop=name>Ana Petric</span></span>"
              "<meta itemprop=datePublished content='2018-02-13T09:30:00+01:00'>"
              "<span itemprop=publisher itemscope><meta itemprop=name content='Harbour Post'></span>"
              f"<div itemprop=articleBody>{BODY}</div></div>"),
         byline="Ana Petric", at=WINTER),
    Case("what only the reader sees", "a.html",
         page(SITE, main(f"<p class=date>13 February 2018 09:30 CET</p><p>By Ana Petric and Jo Day</p>{BODY}")),
         byline="Ana Petric and Jo Day", at=WINTER, gone=("13 February",)),
    Case("a byline glued to its lead", "a.html",
         page(SITE, main(f"<div data-testid='the-byline'><span>By</span><span>Ana Petric</span></div>{BODY}")),
         byline="Ana Petric"),
    Case("the outlet for a byline", "a.html",
         page(SITE + '<meta name="author" content="Harbour Post">', main(f"<p>Written by: Ana Petric</p>{BODY}")),
         byline="Ana Petric", gone=("Written by",)),
    Case("a pull quote with its name", "a.html",
         page(SITE, main(BODY + "<blockquote class=pullquote><p>The ferry sails at noon</p><cite>Captain Rosa Lind</cite></blockquote>"))),
    Case("captions", "a.html",
         page(SITE, main("<figure><figcaption>Captain Rosa Lind says goodbye.</figcaption></figure>" + BODY + "<div class=wp-caption-text>Omar Haddad said it was late.</div>")),
         gone=("goodbye", "it was late")),
    Case("a correction", "a.html",
         page(SITE, main(f"<p>Correction: an earlier version said that Lind is a pilot.</p>{BODY}")),
         gone=("pilot",)),
    Case("a second article below", "a.html",
         page(node(**NEWS), f"<article><h1>Ferry stays</h1>{BODY}</article><article><h1>Bridge opens</h1><p>Mayor Ada Holm said on Monday that the bridge would open.</p></article>"),
         byline="Ana Petric", at=MORNING, gone=("Ada Holm",)),
    Case("a page for printers", "a.html",
         page(SITE, f"<h1>Ferry stays</h1><p>{PLACE}</p><p>Printed from post.example on 14 Feb 2018</p>{BODY}<p>© Harbour Post 2018</p>"),
         gone=("Printed", "https", "©")),
    Case("who wrote it, at the end", "a.html",
         page(META, main(BODY + "<p>Ana Petric is a reporter for the Harbour Post.</p>")),
         byline="Ana Petric", at=MORNING, gone=("is a reporter",)),
    Case("beginnings of other articles", "a.html",
         page(SITE, main(BODY + "<p>Harbour Post – The mayor of the town has said that the bridge will open again before... more</p><p>Harbour Post – Ministers were told on Monday that the price of all tickets would rise by…</p>")),
         gone=("bridge will", "tickets")),
    Case("buttons and a player", "a.html",
         page(SITE, main("<div>Share Facebook Twitter WhatsApp Email</div><div>Now watching</div><div>subtitles off, selected</div>" + BODY + "<div>Featured Slide Shows</div><div>1 of 5</div><div>Loading Comments...</div>")),
         gone=("Share", "watching", "selected", "Slide", "1 of 5", "Comments")),
    Case("all in one line but for its markup", "a.html",
         page(SITE, f"<article><script>var a = 'x';</script><h1>Ferry stays</h1><p>{S}</p><p>{L}</p></article>"),
         lines=(S, L)),
    Case("a description for a headline", "a.html",
         page(SITE + node(**{"@type": "Article", "headline": "vessel of the harbour of a town"}),
              main(BODY), "Ferry stays - Harbour Post")),
    Case("the next stories", "a.html",
         page(SITE, main(BODY) + "<div class=nextstory><a href=x>Bridge</a><p>Mayor Ada Holm said on Monday that the bridge would open.</p></div>"),
         gone=("Ada Holm",)),
]  # fmt: skip


def g2(body: str) -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1"><itemMeta>'
        '<itemClass qcode="ninat:text"/><provider><name>Harbour Post</name></provider>'
        "<versionCreated>2018-02-13T09:30:00Z</versionCreated></itemMeta><contentMeta>"
        "<headline>Ferry stays</headline><by>By Ana Petric</by></contentMeta>"
        f"<contentSet>{body}</contentSet></newsItem>"
    )


XHTML = '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html></inlineXML>'
ITEM = {"type": "text", "headline": "Ferry stays", "versioncreated": "2018-02-13T09:30:00Z"}
AGENCIES = [
    Case("who reported and edited", "a.xml",
         g2(XHTML.format(BODY + "<p>(Reporting by Ana Petric; editing by Jo Day)</p>")),
         byline="Ana Petric", at=MORNING, gone=("Reporting by",)),
    Case("more to come", "a.xml",
         g2(f'<inlineData contenttype="text/plain">{S}\n\n{L}\n\n   (more)\n</inlineData>'),
         byline="Ana Petric", at=MORNING, lines=(S, L), gone=("more",)),
    Case("what a new version adds, and initials", "a.xml",
         g2(XHTML.format(f"<p>ATTENTION - ADDS quotes ///</p>{BODY}<p>ap/jd</p>")),
         byline="Ana Petric", at=MORNING, gone=("ATTENTION", "ap/jd")),
    Case("NITF within", "a.xml",
         g2("<inlineXML><nitf><body><body.head><dateline>HARBOUR</dateline></body.head>"
            f"<body.content>{BODY}</body.content><body.end><tagline>Editing by Jo Day</tagline>"
            "</body.end></body></nitf></inlineXML>"),
         byline="Ana Petric", at=MORNING, gone=("HARBOUR", "Editing")),
    Case("NITF with a picture", "a.xml",
         "<nitf><head><docdata><doc-id id-string='n1'/></docdata><pubdata name='Harbour Post' "
         "date.publication='20180213T093000Z'/></head><body><body.head><hedline><hl1>Ferry stays"
         "</hl1></hedline><byline>By <person>Ana Petric</person></byline></body.head>"
         f"<body.content><media><media-caption>Lind says goodbye.</media-caption></media>{BODY}"
         "</body.content></body></nitf>",
         byline="Ana Petric", at=MORNING, gone=("goodbye",)),
    Case("ninjs with its pictures", "a.json",
         json.dumps({**ITEM, "uri": "n1", "byline": "By Ana Petric", "provider": "Harbour Post",
                     "body_xhtml": f"<div>{BODY}</div>",
                     "associations": {"main": {"type": "picture", "headline": "x"}}}),
         byline="Ana Petric", at=MORNING),
    Case("authors in a list", "a.json",
         json.dumps({**ITEM, "guid": "tag:1", "source": "Harbour Post",
                     "body_html": BODY + "<p>ap/jd</p>", "authors": [
                         {"role": "photographer", "name": "Jo Day"},
                         {"role": "writer", "name": "Ana Petric"}]}),
         byline="Ana Petric", at=MORNING, gone=("ap/jd",)),
    Case("an item within data", "a.json",
         json.dumps({"data": {"item": {
             **ITEM, "uri": "ap1", "provider": "Harbour Post", "bylines": [{"by": "By Ana Petric"}],
             "body_nitf": f"<nitf><body><body.content>{BODY}</body.content></body></nitf>"}}}),
         byline="Ana Petric", at=MORNING),
    Case("posts of WordPress", "a.json",
         json.dumps([{"id": 7, "date_gmt": "2018-02-13T09:30:00", "link": PLACE,
                      "status": "publish", "title": {"rendered": "Ferry &#8220;stays&#8221;"},
                      "content": {"rendered": BODY, "protected": False},
                      "_embedded": {"author": [{"name": "Ana Petric"}]}}]),
         title="Ferry “stays”", byline="Ana Petric", outlet=None, at=MORNING, url=PLACE),
    Case("posts of Ghost", "a.json",
         json.dumps({"posts": [{"id": "5", "title": "Ferry stays", "html": BODY, "url": PLACE,
                                "published_at": "2018-02-13T09:30:00.000+00:00",
                                "status": "published", "authors": [{"name": "Ana Petric"}]}]}),
         byline="Ana Petric", outlet=None, at=MORNING, url=PLACE),
]  # fmt: skip


def mail(body: str, kind: str = "plain", subject: str = "Ferry stays") -> str:
    return (
        f"From: Harbour Post <press@post.example>\nSubject: {subject}\n"
        "Date: Tue, 13 Feb 2018 09:30:00 +0000\nMIME-Version: 1.0\n"
        f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"
    )


FORWARDED = (
    "FYI\n\n---------- Forwarded message ---------\nFrom: Harbour Post <p@post.example>\n"
    f"Date: Tue, 13 Feb 2018 09:30:00 +0000\nSubject: Ferry stays\nTo: Jo\n\n{S}\n\n{L}\n"
)
CUES = (
    "WEBVTT - title\nKind: captions\n\nNOTE by me\n\nintro\n00:01.000 --> 00:03.000 "
    "align:start\n<v Rosa Lind>We will sail\n\n00:03.000 --> 00:05.000\n<v Rosa Lind>at noon."
    "</v>\n\n00:05.000 --> 00:07.000\n<v Omar Haddad>I doubt it.</v>\n"
)
ROLLING = (
    "WEBVTT\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nthe<00:00:00.320><c> "
    "ferry</c><c> is</c>\n\n00:00:02.000 --> 00:00:02.010\nthe ferry is\n \n\n00:00:02.010 --> "
    "00:00:04.000\nthe ferry is\nlate<00:00:02.320><c> today</c>\n"
)
FILES = [
    Case("mail with a signature", "a.eml", mail(f"{S}\n\n{L}\n\n-- \nPress Office\nTel. 1\n"),
         at=MORNING, lines=(S, L), gone=("Press Office", "Tel")),
    Case("mail of markup", "a.eml",
         mail(f"<p>View this email in your browser</p>{BODY}<p>Unsubscribe from this list</p><p>You "
              "are receiving this email because you signed up.</p>", "html"),
         at=MORNING, gone=("browser", "Unsubscribe", "receiving")),
    Case("forwarded mail", "a.eml", mail(FORWARDED, subject="Fwd: Ferry"), at=MORNING,
         lines=(S, L), gone=("FYI", "Forwarded")),
    Case("forwarded by another program", "a.eml",
         mail(f"See below.\n\n-----Original Message-----\nFrom: Harbour Post\nSent: Tuesday\nSubject: Ferry stays\n\n{S}\n\n{L}\n", subject="FW: Ferry"),
         at=MORNING, lines=(S, L), gone=("See below", "Original")),
    Case("captions with voices", "a.vtt", CUES, title="a", outlet=None,
         lines=("Rosa Lind: We will sail at noon.", "Omar Haddad: I doubt it.")),
    Case("captions that roll", "a.vtt", ROLLING, title="a", outlet=None,
         lines=("the ferry is late today",)),
    Case("TOML above Markdown", "a.md",
         '+++\ntitle = "Ferry stays"\ndate = 2018-02-13T09:30:00Z\nauthor = "Ana Petric"\n'
         f'outlet = "Harbour Post"\n+++\n\n{S}\n\n> {L}\n',
         byline="Ana Petric", at=MORNING, lines=(S, L), gone=("+++", "title =")),
    Case("authors above Markdown", "a.md",
         "---\ntitle: Ferry stays\ndate: 2018-02-13\noutlet: Harbour Post\nauthors:\n- Ana Petric\n"
         f"- name: Jo Day\n---\n\n{S}\n",
         byline="Ana Petric, Jo Day", at=DAY, lines=(S,)),
]  # fmt: skip


@pytest.mark.parametrize(
    "case", [*FEEDS, *PAGES, *AGENCIES, *FILES], ids=lambda case: f"{case.file}-{case.name}"
)
def test_an_input_is_understood(case):
    data = case.data if isinstance(case.data, bytes) else case.data.encode()
    (item,) = parse(data, case.file)

    assert isinstance(item, Article), item
    assert (case.title, case.byline, case.outlet, case.at, case.url) == (
        item.title, item.byline, item.outlet, item.published_at, item.url
    )  # fmt: skip
    lines = [line.strip() for line in item.text.split("\n") if line.strip()]
    assert list(case.lines) == [line for line in lines if line in case.lines]
    assert [] == [word for word in case.gone if word in item.text]


REFUSED = [
    ("a frameset", "a.html", "<html><frameset><frame src=a></frameset></html>", "no article text"),
    ("an application", "a.html",
     page("", "<noscript>You need to enable JavaScript to run this app.</noscript>"), "error"),
    ("a page that loads", "a.html", page("", "<div class=spinner>Loading</div>"), "holds 1 words"),
    ("are you a human", "a.html",
     page("", "<h1>Please verify you are a human</h1><p>Press and hold the button to confirm you are "
          "a human and not a bot.</p>", "post.example"), "error message"),
    ("not in your region", "a.html",
     page("", "<h1>Ferry stays</h1><p>Sorry, this content is not available in your region.</p>"),
     "error message"),
    ("a gate", "a.html",
     page("", "<h2>Checking if the site connection is secure</h2><p>post.example needs to review the "
          "security of your connection before proceeding.</p>", "Just a moment..."), "error"),
    ("cut with a prompt in the middle", "a.html",
     page("", main(f"<p>{M}</p><p>{S}</p><p>To view the full story, please subscribe to the Harbour "
                   f"Post.</p><p>{L}</p>" + "<p>When you join us you get all.</p>" * 8)),
     "only the beginning"),
    ("a list of links", "a.html", page("", "".join(f"<p><a href=/{n}>Ferry number {n} stays in port</a></p>" for n in range(12))), "no article"),
    ("a picture", "a.xml", g2('<remoteContent href="a.jpg"/>').replace(":text", ":picture"), "no text"),
    ("NewsML 1", "a.xml", "<NewsML><NewsItem/></NewsML>", "no news format"),
    ("a story of an unknown system", "a.json", json.dumps({"content_elements": [{"content": "x"}]}), "no article"),
    ("a post that is a draft", "a.json",
     json.dumps({"id": 7, "status": "draft", "title": "x", "html": BODY}), "a draft"),
    ("a post behind a password", "a.json",
     json.dumps({"id": 7, "title": {"rendered": "x"},
                 "content": {"rendered": "x", "protected": True}}), "password"),
    ("a sheet", "a.csv", "id,title\n1,x\n", ".csv is a table; write a line of JSON for each article"),
    ("Rich Text", "a.rtf", "{\\rtf1 x}", ".rtf is a Rich Text document; save it as .docx or .txt"),
    ("a draft in Markdown", "a.md", f"---\ndraft: true\n---\n\n{S}\n", "draft"),
    ("TOML that is none", "a.md", f"+++\ntitle = \n+++\n\n{S}\n", "not valid TOML"),
    ("a day to come", "a.rss", item("<pubDate>Thu, 13 Feb 2098 09:30:00 GMT</pubDate>"), "still to come"),
    ("mail under embargo", "a.eml", mail(f"EMBARGOED UNTIL 10:00\n\n{S}\n"), "embargoed"),
    ("text under embargo", "a.txt", f"Under embargo until Tuesday\n\n{S}\n", "embargoed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "file", "data", "reason"), REFUSED, ids=[f"{one[1]}-{one[0]}" for one in REFUSED]
)
def test_an_input_that_is_no_article_is_refused_with_the_reason(name, file, data, reason):
    (item,) = parse(data.encode(), file)

    assert isinstance(item, ArticleError), item
    assert reason in str(item)


def test_a_list_of_the_ten_best_is_an_article():
    ten = "".join(f"<h3>{n}. Rosa Lind the {n}th</h3>" for n in range(1, 11))
    (item,) = parse(page("", main(f"<p>{S}</p>{ten}<p>{L}</p>")).encode(), "a.html")

    assert isinstance(item, Article), item


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("EMBARGOED UNTIL 10:00 GMT ON 14 FEBRUARY 2018", datetime(2018, 2, 14, 10, tzinfo=UTC)),
        ("STRICTLY EMBARGOED UNTIL 00.01 HRS CET, 14 February 2018",
         datetime(2018, 2, 13, 23, 1, tzinfo=UTC)),
        ("Embargoed for release until February 14, 2018 at 6 p.m. EST",
         datetime(2018, 2, 14, 23, tzinfo=UTC)),
        # Without a zone: as late as it is 10 o'clock anywhere.
        ("Embargoed until 14 February 2018, 10am", datetime(2018, 2, 14, 22, tzinfo=UTC)),
        ("Embargo: 14 February 2018", datetime(2018, 2, 15, 11, 59, tzinfo=UTC)),
        ("NO EMBARGO", None),
        ("Embargo lifted", None),
        ("Embargo on arms ends", None),
        ("FOR IMMEDIATE RELEASE", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("make", [lambda text: ("a.txt", text), lambda text: ("a.eml", mail(text))])
def test_an_embargo_that_is_stated_in_words_counts(make, line, end):
    file, data = make(f"{line}\n\n{S} {L}\n")

    (item,) = parse(data.encode(), file)

    assert isinstance(item, Article), item
    assert end == item.embargoed_until


@pytest.mark.parametrize(
    ("lang", "head", "line", "day"),
    [
        ("en-US", "", "Updated 3/4/2018 6:30 PM", (3, 4)),
        ("en", '<meta property="og:locale" content="en_US">', "Updated 3/4/2018", (3, 4)),
        ("en", "", "Updated 3/4/2018 6:30 PM EST", (3, 4)),
        ("en", "", "Updated 03/04/2018 6:30 p.m. (PT)", (3, 4)),
        ("en-US", '<meta name="pubdate" content="09/02/2018 6:30 PM EDT">', "", (9, 2)),
        ("en-US", '<meta name="pubdate" content="2018-04-03">', "Updated 3/4/2018", (4, 3)),
        ("en-US", "", "Updated 13/4/2018", (4, 13)),
        ("en-GB", "", "Updated 3/4/2018 6:30 PM", (4, 3)),
        ("en", "", "Updated 3/4/2018 18:30 CET", (4, 3)),
    ],
)
def test_a_day_in_digits_on_an_american_page_has_its_month_first(lang, head, line, day):
    body = main(f"<p class=timestamp>{line}</p><p>{M}</p><p>{S}</p>")
    data = page(head, body).replace("lang=en", f"lang={lang}")

    (item,) = parse(data.encode(), "a.html")

    assert isinstance(item, Article), item
    assert item.published_at is not None
    assert day == (item.published_at.month, item.published_at.day)
