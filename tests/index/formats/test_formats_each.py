from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.formats import parse
from index.formats.parts.fields import storable
from index.types import Article

GOLDEN = Path(__file__).with_name("golden")
SENTENCE = "The harbour authority said on Tuesday that the ferry would stay in port. "


def only(data: bytes, name: str, mime: str | None = None) -> Article:
    (item,) = parse(data, name, mime)
    assert isinstance(item, Article), item
    return item


def refusal(data: bytes, name: str, mime: str | None = None) -> str:
    (item,) = parse(data, name, mime)
    assert isinstance(item, ArticleError)
    return str(item)


def line(**fields: object) -> bytes:
    whole = {"id": "a", "title": "Ferry", "text": "It sailed."} | fields
    return json.dumps(whole).encode()


# JSON Lines


@given(st.text().filter(str.strip), st.text())
def test_the_text_of_a_json_line_is_kept_to_the_letter(text, title):
    article = only(line(text=text, title=title), "a.jsonl")

    assert (title, text) == (article.title, article.text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2018-02-13", datetime(2018, 2, 13, tzinfo=UTC)),
        ("20180213", datetime(2018, 2, 13, tzinfo=UTC)),
        ("2018-02-13T10:30:00Z", datetime(2018, 2, 13, 10, 30, tzinfo=UTC)),
        ("2018-02-13 10:30", datetime(2018, 2, 13, 10, 30, tzinfo=UTC)),
        ("2018-02-13T01:30:00+03:00", datetime(2018, 2, 12, 22, 30, tzinfo=UTC)),
        ("Tue, 13 Feb 2018 10:30:00 GMT", datetime(2018, 2, 13, 10, 30, tzinfo=UTC)),
        ("13 Feb 2018 10:30:00 -0500", datetime(2018, 2, 13, 15, 30, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_as_utc(written, read):
    assert read == only(line(published_at=written), "a.jsonl").published_at


@pytest.mark.parametrize(
    "written",
    ["02/03/2018", "Tuesday", "2018-02", "2018-02-30", "0001-01-01T00:00:00+05:00", "13 Feb 2018",
     "Tue, 99 Feb 2018 10:30:00 GMT", "13 Foo 2018 10:30:00 GMT"],
)  # fmt: skip
def test_a_date_that_is_none_or_needs_guessing_is_refused(written):
    message = refusal(line(published_at=written), "a.jsonl")

    assert message.startswith(f"a.jsonl, line 1: field 'published_at' is {written!r}, no date")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"text": None}, "field 'text' must be a text, found null"),
        ({"text": ["It sailed."]}, "field 'text' must be a text, found a list"),
        ({"title": {"en": "x"}}, "field 'title' must be a text, found an object"),
        ({"id": True}, "field 'id' must be a text, found true or false"),
        ({"id": " "}, "field 'id' is empty"),
        ({"id": "\ud83d"}, "field 'id' holds half a character (\\ud83d) at 0"),
        ({"outlet": 7}, "field 'outlet' must be a text, found a number"),
        ({"published_at": 1518517800}, "field 'published_at' must be a text, found a number"),
        ({"url": "javascript:alert(1)"}, "field 'url': 'javascript:alert(1)' is no http"),
    ],
)
def test_a_wrong_field_is_named(fields, fault):
    assert refusal(line(**fields), "a.jsonl").startswith(f"a.jsonl, line 1: {fault}")


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (b"It sailed.", "not valid JSON at column 1"),
        (b'{"id": "caf\xe9"}', "byte 12 is not UTF-8"),
        (b"[" * 100_000, "JSON nested too deep"),
        (b'{"id": ' + b"9" * 5_000 + b"}", "JSON nested too deep, or a number too long"),
        (b"null", "expected an object, found null"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(bad, fault):
    data = line(id="first") + b"\n" + bad + b"\r\n" + line(id="third")

    first, error, third = parse(data, "a.jsonl")

    assert ("first", "third") == (first.id, third.id)
    assert str(error).startswith(f"a.jsonl, line 2: {fault}")


def test_json_lines_in_utf_16_are_read():
    data = (line(id="first") + b"\r\n" + line(id="second")).decode().encode("utf-16")

    assert ["first", "second"] == [item.id for item in parse(data, "a.jsonl")]


# Markdown


def test_a_wrapped_paragraph_is_one_line_again():
    article = only(b"# Ferry\n\nThe ferry stayed\nin port,\nshe said.", "a.md")

    assert "Ferry\n\nThe ferry stayed in port, she said." == article.text


def test_the_title_comes_from_the_front_matter_then_a_heading_then_the_name():
    titles = [
        only(b"---\ntitle: 2018\n---\n# Heading\n\nIt sailed.", "a_b.md").title,
        only(b"It sailed.\n\nHead\\\n*ing*\n---\n", "a_b.md").title,
        only(b"It sailed.", "a_b.md").title,
    ]

    assert ["2018", "Head ing", "a b"] == titles


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("title: a: b", "the front matter is not valid YAML (mapping values"),
        ("date: 2018-02-30", "the front matter is not valid YAML (day is out of range"),
        ("date: last Tuesday", "the front matter's date is 'last Tuesday', no date"),
        ("date: [1]", "the front matter's date is '[1]', no date"),
        ("just text", "the front matter must be lines such as"),
        ("a: " + "[" * 5_000, "the front matter is not valid YAML"),
        ("url: ferry", "the front matter's url: 'ferry' is no http or https address"),
        (
            "url: https://post.example\\@evil.example/",
            "the front matter's url: 'https://post.example\\\\@evil.example/' can be read as two",
        ),
        (
            "url: https://post.example/\u202emoc.live",
            "the front matter's url: 'https://post.example/\\u202emoc.live' can be read as two",
        ),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused(front, fault):
    message = refusal(f"---\n{front}\n---\nIt sailed.".encode(), "a.md")

    assert message.startswith(f"a.md: {fault}")


def test_markdown_that_holds_only_markup_is_refused():
    assert "a.md: no text is left" in refusal(b"![ferry](ferry.jpg)\n\n***", "a.md")


def test_markdown_nested_too_deep_is_refused_instead_of_losing_text():
    data = b"It sailed.\n\n" + b"> " * 500 + b"She said so."

    assert "a.md: nested too deep" in refusal(data, "a.md")


# HTML


def page(head: str = "", body: str = SENTENCE * 3) -> bytes:
    return f"<html><head>{head}</head><body><article><p>{body}</p></article></body></html>".encode()


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (
            '<meta property="article:published_time" content="2018-02-13T09:30:00+02:00">',
            datetime(2018, 2, 13, 7, 30, tzinfo=UTC),
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"a": 1}, '
            '{"datePublished": "2018-02-13T09:30:00Z"}]}</script>',
            datetime(2018, 2, 13, 9, 30, tzinfo=UTC),
        ),
        (
            '<script type="application/ld+json">{not json</script>'
            '<meta name="date" content="2018-02-13">',
            datetime(2018, 2, 13, tzinfo=UTC),
        ),
        ("", None),
    ],
)
def test_the_date_of_a_page_is_what_it_states(head, date):
    assert date == only(page(head), "ferry.html").published_at


def test_a_canonical_address_that_nobody_can_open_is_left_out():
    head = '<link rel="canonical" href="javascript:alert(1)">'

    assert only(page(head), "ferry.html").url is None


def test_menus_scripts_and_footers_are_not_part_of_the_article():
    golden = only((GOLDEN / "ferry.html").read_bytes(), "ferry.html").text

    assert not [word for word in ("Most read", "newsletter", "Home") if word in golden]


def test_a_page_without_an_article_is_refused():
    data = b"<html><head><title>Port</title></head><body></body></html>"

    assert "a.html: no article text was found" in refusal(data, "a.html")


def test_a_page_nested_too_deep_is_refused_instead_of_losing_text():
    data = b"<p>It sailed.</p>" + b"<div>" * 5_000 + b"She said so."

    assert "a.html: the page is nested too deep" in refusal(data, "a.html")


def test_a_page_that_is_too_large_is_refused():
    assert "11,000,000 bytes are too much" in refusal(b"a" * 11_000_000, "a.html")


GRAPH = """<link rel="canonical" href="https://a.example/1"><script type="application/ld+json">
{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01", "name": "Site"}, %s]}</script>"""


def article_of(*nodes: dict[str, object]) -> Article:
    return only(page(GRAPH % ", ".join(map(json.dumps, nodes))), "a.html")


def test_of_several_articles_in_a_page_its_own_is_told():
    other = {"@type": "NewsArticle", "url": "https://a.example/2", "headline": "Other"}
    own = {"@type": ["NewsArticle"], "@id": "https://a.example/1", "headline": "Own"}

    assert ["Own", "Own"] == [article_of(other, own).title, article_of(own, other).title]
    assert "Other" == article_of(other).title


def test_a_site_or_a_trail_is_no_article():
    article = article_of({"@type": "BreadcrumbList", "headline": "Trail", "author": "Nobody"})

    assert ("a", None) == (article.title, article.byline)


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("By Ana Petrić", "Ana Petrić"),
        ({"name": "Ana"}, "Ana"),
        ([{"name": "Ana"}, "Tomas", {"name": "Ana"}], "Ana, Tomas"),
        ("https://a.example/authors/7", None),
        ([7, {"name": None}], None),
        ({"name": {"x": 1}}, None),
    ],
)
def test_the_byline_of_a_page_is_a_name(author, byline):
    assert byline == article_of({"@type": "NewsArticle", "author": author}).byline


@pytest.mark.parametrize("broken", ["{", "[" * 10_000, "7", '{"@type": [[]]}', '{"@type": 1e999}'])
def test_broken_json_ld_costs_nothing_else(broken):
    head = (
        f"<script type='application/ld+json'>{broken}</script>"
        + GRAPH % '{"@type": "Article", "headline": "Own"}'
    )

    assert "Own" == only(page(head), "a.html").title


def test_half_a_character_is_put_as_a_question_mark():
    assert "It rained ? all day 🚢" == storable("It rained \ud83d all day 🚢")


def test_a_page_of_half_characters_alone_is_refused():
    page = b"<html><head><title>Ferry</title><" + b"&#xD800;" * 60 + b"</html>"

    (refused,) = parse(page, "ferry.html")

    assert isinstance(refused, ArticleError)
    assert "ferry.html: no" in str(refused)
