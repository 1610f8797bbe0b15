"""What agencies send: NewsML-G2, NITF, ninjs, feeds; what they allow, and what they hide."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArticleError
from index.formats import parse
from index.formats.feeds import read_feed
from index.formats.parts.markup import text_of_html
from index.formats.parts.publishing import correction_note, read_embargo, read_withdrawal
from index.formats.parts.xml import parse_xml, root_name
from index.types import Article, Withdrawal

NOON = datetime(2018, 2, 13, 12, tzinfo=UTC)
NITF = (
    "<nitf><head><docdata {}>{}</docdata></head><body><body.content>{}</body.content></body></nitf>"
)
G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><itemMeta>{}</itemMeta>'
    '<contentSet><inlineData contenttype="text/plain">It sailed.</inlineData></contentSet>'
    "</newsItem>"
)


def read(data: str | dict, name: str) -> Article | Withdrawal | str:
    text = data if isinstance(data, str) else json.dumps(data)
    (item,) = parse(text.encode(), name)
    return str(item) if isinstance(item, ArticleError) else item


# What may be published


@pytest.mark.parametrize("status", [None, "usable", "stat:usable", "x:Usable", "http://cv/usable"])
def test_what_is_usable_is_no_withdrawal(status):
    assert read_withdrawal("a", status, None, NOON) is None


@pytest.mark.parametrize("status", ["canceled", "stat:canceled", "http://cv/canceled", "Cancelled"])
def test_what_is_canceled_is_withdrawn_with_the_note_as_reason(status):
    wanted = Withdrawal("a", "canceled by the publisher: It never happened.", NOON)

    assert wanted == read_withdrawal("a", status, "It never happened.", NOON)


@pytest.mark.parametrize(
    "note", ["KILL: it never happened", "MANDATORY KILL", "Withdrawn by order"]
)
def test_a_kill_note_withdraws_whatever_the_status_says(note):
    assert Withdrawal("a", f"canceled by the publisher: {note}", None) == read_withdrawal(
        "a", "usable", note, None
    )


@pytest.mark.parametrize(
    "note", ["Killing in the harbour, see photo", "Skill shortage: adds quote"]
)
def test_a_note_that_only_looks_like_one_withdraws_nothing(note):
    assert read_withdrawal("a", None, note, None) is None


def test_a_status_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="publishing status 'secret' is not known"):
        read_withdrawal("a", "stat:secret", None, None)


@pytest.mark.parametrize("value", ["", "until Thursday", "2018-13-13"])
def test_an_embargo_without_an_end_that_can_be_read_is_refused(value):
    with pytest.raises(ValueError, match="add it when the embargo is lifted"):
        read_embargo(value)


def test_only_a_note_that_tells_of_a_correction_is_for_readers():
    assert correction_note("Ana Petrić, mobile 555 0100") is None
    assert "CORRECTS the date" == correction_note("CORRECTS  the date")
    assert "The date" == correction_note("The date", flagged=True)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (NITF.format('management-status="canceled"', '<doc-id id-string="a"/>', ""), "a.nitf"),
        (G2.format('<pubStatus qcode="stat:canceled"/>'), "a.newsml"),
        ({"uri": "a", "pubstatus": "canceled"}, "a.ninjs"),
        ({"uri": "a", "pubStatus": "canceled", "bodies": []}, "a.json"),
    ],
)
def test_every_agency_format_can_take_an_article_back(data, name):
    assert Withdrawal("a", "canceled by the publisher") == read(data, name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (
            NITF.format(
                'management-status="embargoed"',
                '<date.release norm="20180213T120000Z"/>',
                "<p>A.</p>",
            ),
            "a.nitf",
        ),
        (G2.format("<embargoed>2018-02-13T12:00:00Z</embargoed>"), "a.newsml"),
        ({"uri": "a", "embargoed": "2018-02-13T12:00:00Z", "body_text": "It sailed."}, "a.ninjs"),
        ({"id": "a", "title": "", "text": "A.", "embargoed_until": "2018-02-13T12:00Z"}, "a.json"),
    ],
)
def test_every_agency_format_can_hold_an_article_back(data, name):
    assert NOON == read(data, name).embargoed_until


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (NITF.format('management-status="embargoed"', "", "<p>It sailed.</p>"), "a.nitf"),
        (G2.format("<embargoed/>"), "a.newsml"),
        ({"uri": "a", "embargoed": "soon", "body_text": "It sailed."}, "a.ninjs"),
        ({"id": "a", "title": "", "text": "It sailed.", "embargoed_until": "soon"}, "a.jsonl"),
    ],
)
def test_an_embargo_that_cannot_be_read_lets_nothing_out(data, name):
    assert isinstance(read(data, name), str)


def test_a_line_of_json_can_take_an_article_back():
    line = {"id": "a", "withdrawn": True, "note": "Wrong.", "revised_at": "2018-02-13T12:00Z"}

    assert Withdrawal("a", "Wrong.", NOON) == read(line, "a.jsonl")
    assert "field 'withdrawn' must be true or false" in read({"id": "a", "withdrawn": 1}, "a.jsonl")


# What is not for print


def test_nothing_of_nitf_but_its_body_is_text():
    parts = '<ed-msg info="secret"/><du-key key="secret"/>'
    body = "<p>It sailed.</p><media><media-caption>secret</media-caption></media>"

    assert "It sailed." == read(NITF.format("", parts, body), "a.nitf").text


def test_the_note_to_editors_of_newsml_is_not_told_unless_it_is_a_correction():
    note = "<edNote>Call 555 0100</edNote>"

    assert read(G2.format(note), "a.newsml").note is None
    flagged = G2.format(note + '<signal qcode="sig:correction"/>')
    assert "Call 555 0100" == read(flagged, "a.newsml").note


def test_a_message_of_pictures_alone_is_refused():
    assert "holds no text" in read(G2.format('<itemClass qcode="ninat:picture"/>'), "a.newsml")


@pytest.mark.parametrize(
    ("data", "name", "fault"),
    [
        ("<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>", "a.xml", "has no guid"),
        ("<nitf><body/></nitf>", "a.xml", "the NITF story has no <body.content>"),
        ("<recipe/>", "a.xml", "XML of <recipe> is no news format"),
        ("<nitf><p></nitf>", "a.xml", "not well-formed XML"),
        ("<nitf><!-- a\nb\nc", "a.xml", "XML (line 3: Comment not terminated); save"),
        ("no markup", "a.xml", "XML of <nothing> is no news format"),
        ({"uri": "", "headline": "x"}, "a.json", "the ninjs item has no uri"),
        ({"uri": "a", "headline": "x"}, "a.json", "the ninjs item has no body"),
        ({"a": 1}, "a.json", "field 'text' is missing"),
        ("[]", "a.json", "the list is empty"),
        ("{", "a.json", "not valid JSON"),
        ('{"version": "https://jsonfeed.org/version/1"}', "a.json", "the feed has no entries"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(data, name, fault):
    message = read(data, name)

    assert isinstance(message, str)
    assert message.startswith(f"{name}: ")
    assert fault in message


# Feeds


def test_an_entry_nested_too_deep_does_not_cost_the_others():
    deep = "&lt;div&gt;" * 1_000 + "It sank."
    items = f"<item><title>a</title><description>{deep}</description></item>"
    items += "<item><title>b</title><guid>b</guid><description>It sailed.</description></item>"
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"

    bad, good = parse(feed.encode(), "a.rss")

    assert "entry 1: 'a' has no text" in str(bad)
    assert "It sailed." == good.text


def test_the_path_of_a_file_is_not_opened_as_a_feed(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text("<rss version='2.0'><channel><title>Secret</title></channel></rss>", "utf-8")

    with pytest.raises(ArticleError, match="not an RSS or Atom feed"):
        read_feed(os.fsencode(path), "a")


def test_a_feed_that_is_not_well_formed_is_read_all_the_same():
    feed = "<rss version='2.0'><channel><item><title>A & B</title><guid>urn:b</guid>"
    feed += "<description>It sailed.</description></item>"

    assert ("urn:b", "It sailed.") == (read(feed, "a.rss").id, read(feed, "a.rss").text)


# Markup


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("  One \n two<b>three</b> four", "One twothree four"),
        ("<p>He said <q>no</q>.</p>", "He said “no”."),
        ("<p>It <del>sank</del> <ins>sailed</ins></p>", "It sailed"),
        ("<ul><li>One<li>Two</ul>after", "One\n\nTwo\n\nafter"),
        ("<table><tr><td>A</td><td>B</td></tr></table>", "A | B"),
        ("One<figure><figcaption>x</figcaption></figure>two", "One\n\ntwo"),
        ("One<script>x</script>, two<!-- x -->, three", "One, two, three"),
        ("a&nbsp;b &lt;c&gt; &amp;amp;", "a\xa0b <c> &amp;"),
        ("<p> </p>", ""),
        ("", ""),
        ("just text", "just text"),
    ],
)
def test_markup_comes_off_and_paragraphs_stay(source, text):
    assert text == text_of_html(source, "a")


@settings(deadline=None)
@given(st.lists(st.text(alphabet="ab .,“”’é\u00a0", min_size=1).filter(str.strip), max_size=5))
def test_every_word_between_tags_is_kept_in_order(words):
    source = "".join(f"<p><i>{word}</i></p>" for word in words)

    assert "".join(words).split() == [] or "".join("".join(words).split()) == "".join(
        text_of_html(source, "a").split()
    )


# XML


def test_named_characters_are_kept_where_a_dtd_would_have_told_them():
    root = parse_xml('<!DOCTYPE a SYSTEM "a.dtd"><a>&ldquo;no&rdquo; &amp; &#8212;</a>', "a")

    assert "“no” & —" == root.text


@pytest.mark.parametrize(
    "source",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b "c">]><a d="&b;"/>',
        '<!DOCTYPE a SYSTEM "]>" [<!ENTITY b SYSTEM "file:///etc/hosts">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "a.dtd"><a>before &unknown; after</a>',
        "<a>&unknown;</a>",
        "<a>" * 300,
    ],
)
def test_xml_that_would_lose_or_grow_text_is_refused(source):
    with pytest.raises(ArticleError, match=r"a\.xml: "):
        parse_xml(source, "a.xml")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('<?xml version="1.0"?>\n<!-- <no> -->\n<!DOCTYPE rss>\n<rss>', "rss"),
        ("\ufeff<rdf:RDF x='1'>", "rdf"),
        ("text <a>", ""),
        ("<!-- never closed <a>", ""),
        ("<!--" * 900, ""),
    ],
)
def test_the_outermost_element_is_named(source, name):
    assert name == root_name(source)


def test_a_caption_in_nitf_is_left_out_and_named():
    story = (
        "<nitf><head><docdata><doc-id id-string='a'/>"
        "<doc.copyright holder='Harbour Post'/></docdata></head>"
        "<body><body.head><byline>By <person>Ana Petric</person><byttl>Reporter</byttl>"
        "</byline></body.head><body.content><p>The ferry stays, said Captain Rosa Lind.</p>"
        "<media><media-caption><p>A crane said Omar Haddad owns.</p></media-caption></media>"
        "</body.content></body></nitf>"
    )
    (article,) = parse(story.encode(), "a.nitf")

    assert isinstance(article, Article)
    assert ("Harbour Post", "Ana Petric") == (article.outlet, article.byline)
    assert "crane" not in article.text
    assert ("caption", "A crane said Omar Haddad owns.") in article.left_out
    assert ("about", "By Ana Petric Reporter") in article.left_out
