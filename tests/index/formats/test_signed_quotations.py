"""Quotations that a page sets apart are whose name stands below them."""

from __future__ import annotations

import pytest

from index.attribution.cited import with_cited
from index.formats import parse
from index.speakers import read_speakers
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Mark, Span

WORDS = "The quay stays open, whatever the council says of it."
MORE = "I will not close it before the last ferry has sailed."
BEFORE = "The port was shut on Tuesday after the storm, and the ferries stayed in the harbour."
AFTER = "Nobody at the port authority commented on the letter when it was asked on Wednesday."
NAME = "Ada Holm, mayor of Oslavik"


def page(quote: str) -> Article:
    body = f"<article><h1>Port shut</h1><p>{BEFORE}</p>{quote}<p>{AFTER}</p></article>"
    data = f"<html lang=en><head><title>Port shut</title></head><body>{body}</body></html>"
    (article,) = parse(data.encode(), "a.html")
    assert isinstance(article, Article)
    return article


def markdown(quote: str) -> Article:
    (article,) = parse(f"# Port shut\n\n{BEFORE}\n\n{quote}\n\n{AFTER}\n".encode(), "a.md")
    assert isinstance(article, Article)
    return article


def said(article: Article) -> list[tuple[str | None, str]]:
    made = with_cited([], article.marks)
    statements, _ = read_speakers(article, split_sentences(article.text), made)
    return [
        (
            one.speaker.name if one.speaker else None,
            " ".join(" ".join(article.text[slice(*s)] for s in one.attribution.content).split()),
        )
        for one in statements
    ]


@pytest.mark.parametrize(
    "quote",
    [
        f"<blockquote><p>{WORDS}</p><footer>— <cite>{NAME}</cite></footer></blockquote>",
        f"<blockquote><p>{WORDS}</p><cite>{NAME}</cite></blockquote>",
        f"<blockquote>{WORDS} <cite>{NAME}</cite></blockquote>",
        f"<blockquote>{WORDS}<br>— {NAME}</blockquote>",
        f"<figure><blockquote><p>{WORDS}</p></blockquote><figcaption>{NAME}</figcaption></figure>",
        f'<blockquote class="twitter-tweet"><p>{WORDS}</p>&mdash; Ada Holm (@adaholm) '
        '<a href="https://social.example/1">February 13, 2018</a></blockquote>',
    ],
)
def test_a_quotation_of_a_page_is_whose_name_stands_below_it(quote):
    article = page(quote)

    assert [("Ada Holm", WORDS)] == said(article)
    assert BEFORE in article.text
    assert AFTER in article.text


def test_a_quotation_may_have_several_paragraphs():
    quote = f"<blockquote><p>{WORDS}</p><p>{MORE}</p><cite>{NAME}</cite></blockquote>"

    assert [("Ada Holm", f"{WORDS} {MORE}")] == said(page(quote))


def test_a_quotation_in_markdown_is_whose_name_stands_below_it():
    assert [("Ada Holm", WORDS)] == said(markdown(f"> {WORDS}\n>\n> — {NAME}"))


@pytest.mark.parametrize(
    "below", ["The Oslavik Herald", "Oslavik Daily News", "Letter of 3 May", "mayor of Oslavik"]
)
def test_a_paper_or_a_book_below_a_quotation_has_said_nothing(below):
    article = page(f"<blockquote><p>{WORDS}</p><cite>{below}</cite></blockquote>")

    assert [] == said(article)
    assert WORDS in article.text


def test_what_was_found_in_a_signed_quotation_gives_way_to_it():
    bare = Attribution((), (), (Span(10, 40),), "direct")
    other = Attribution((Span(60, 70),), (Span(71, 75),), (Span(76, 90),))
    marks = [Mark(10, 40, "quote"), Mark(44, 52, "cite")]

    signed = Attribution((Span(44, 52),), (), (Span(10, 40),), "direct")
    assert [signed, other] == with_cited([bare, other], marks)
    assert [bare, other] == with_cited([bare, other], marks[:1])
