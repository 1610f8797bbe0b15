"""The page shows all of an article's text and nothing else of it takes effect."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index.labels import ANONYMOUS
from index.reader.page import HEADERS, MOVED, article_page
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)

TEXT = "“We stay,” Mayor Ana Horvat said.\n\nHARBOUR\n\nThe boats left. Nobody knew why."
NOW = datetime(2018, 3, 1, tzinfo=UTC)
HORVAT = Speaker("horvat", "Ana Horvat", "Mayor", (Party("split", "Split"),))


def spans(text, *words):
    return tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)


def item(text=TEXT, sentences=None, **fields):
    sentences = sentences or [
        "“We stay,” Mayor Ana Horvat said.",
        "The boats left.",
        "Nobody knew why.",
    ]
    cut = [Sentence(n, *spans(text, words)[0]) for n, words in enumerate(sentences)]
    said = Attribution(
        spans(text, "Mayor Ana Horvat"), spans(text, "said"), spans(text, "“We stay,”"), "direct"
    )
    article = Article("a", fields.pop("title", "Harbour"), text, **fields)
    return IndexedArticle(article, tuple(cut), (Statement(said, HORVAT, (ANONYMOUS,)),), NOW)


def page(made, *, same=True):
    return html.document_fromstring(article_page(made, "20180308", same=same))


def words(node):
    return " ".join(node.text_content().split())


def test_the_whole_text_stands_there_in_its_order():
    assert " ".join(TEXT.split()) == words(page(item()).find(".//article"))


def test_what_is_said_and_who_says_it_are_marked():
    first = page(item()).get_element_by_id("s0")

    assert ["“We stay,”"] == [mark.text for mark in first.findall("mark")]
    assert ["Mayor Ana Horvat"] == [name.text for name in first.findall("b")]
    assert [] == page(item()).get_element_by_id("s1").findall("*")


def test_each_statement_is_listed_with_its_speaker_and_its_place():
    (row,) = page(item()).findall(".//ol/li/a")

    assert "Ana Horvat, Mayor (Split) · direct, anonymous" == row.text
    assert "#s0" == row.get("href")


def test_what_was_only_thought_is_not_marked():
    made = item()
    thought = Statement(Attribution((), (), spans(TEXT, "We stay"), thought=True), HORVAT)

    shown = page(IndexedArticle(made.article, made.sentences, (thought,), NOW))
    assert [] == shown.findall(".//article//mark")
    assert [] == shown.findall(".//li")


def test_of_another_version_no_sentence_is_the_asked_one():
    shown = page(item(), same=False)

    assert MOVED in words(shown)
    assert [] == [i for i in shown.xpath("//@id") if re.fullmatch(r"s\d+", i)]
    assert "#now-s0" == shown.find(".//li/a").get("href")


def test_where_it_comes_from_and_what_was_corrected_is_said():
    shown = words(page(item(outlet="Post", published_at=datetime(2018, 3, 1, 9, 5, tzinfo=UTC),
                            byline="Ivo Babic", note="A name was wrong.")))  # fmt: skip

    assert "Post · 2018-03-01 09:05 UTC · Ivo Babic" in shown
    assert "Note by the publisher: A name was wrong." in shown
    assert "This link opens it until 2018-03-08 (UTC)." in shown


HOSTILE = (
    "<script>alert(1)</script>",
    "</span></article><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "</style><style>*{display:none}</style>",
    "<!-- ",
    "{{text}} {{style}} {{title}}",
    "&lt;b&gt; &amp;amp; &#x3c;",
    "\u202egnp.exe\u202c",
    "\x00\x1b[31m\ud800",
)


def test_what_tries_to_be_markup_is_text():
    plain = page(item())
    skeleton = [node.tag for node in plain.iter()]

    for hostile in HOSTILE:
        text = TEXT.replace("The boats left.", f"{hostile} left.")
        cut = ["“We stay,” Mayor Ana Horvat said.", f"{hostile} left.", "Nobody knew why."]
        made = item(text, cut, title=hostile, outlet=hostile, byline=hostile)
        shown = page(made)
        assert skeleton == [node.tag for node in shown.iter()], hostile
        kept = re.sub("[\x00\x1b\ud800\u202e\u202c]", "\ufffd", hostile)
        assert f"{' '.join(kept.split())} left." == words(shown.get_element_by_id("s1"))
        article_page(made, "20180308", same=True).encode()


@given(st.text("aB <>&\"'{}/\n\t\r\u202e\u00a0.", max_size=60), st.data())
def test_every_character_stands_there_once_wherever_sentences_and_marks_lie(text, data):
    edges = sorted(
        data.draw(st.lists(st.integers(0, len(text)), max_size=8).filter(lambda e: len(e) % 2 == 0))
    )
    cut = [Sentence(n, *edges[2 * n : 2 * n + 2]) for n in range(len(edges) // 2)]
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    marks = data.draw(st.lists(place, max_size=4))
    made = Attribution((), (), tuple(Span(*mark) for mark in marks))
    whole = IndexedArticle(Article("a", "t", text), tuple(cut), (Statement(made, None),), NOW)

    article = html.document_fromstring(article_page(whole, "20180308", same=True)).find(
        ".//article"
    )

    steering = str.maketrans({"\u202e": "\ufffd", "\r": "\ufffd"})
    assert "".join(text.translate(steering).split()) == "".join(article.text_content().split())
    assert {node.tag for node in article.iter()} <= {"article", "p", "span", "mark"}


def test_the_headers_let_no_script_run_and_tell_nobody_the_address():
    policy = HEADERS["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert policy.endswith("; sandbox")
    assert ("no-referrer", "private, no-store") == (
        HEADERS["Referrer-Policy"],
        HEADERS["Cache-Control"],
    )
