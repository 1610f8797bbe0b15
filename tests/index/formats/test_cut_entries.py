"""Entries of feeds that hold but the beginning of an article are refused, whatever says so."""

from __future__ import annotations

import pytest

from index.errors import ArticleError
from index.formats import parse
from index.types import Article

FIRST = "The ferry stays in port, said Captain Rosa Lind."
SECOND = "Its owner, Ines Brandt, told reporters that the engine"


def entry(body: str) -> Article | ArticleError:
    data = (
        '<rss version="2.0"><channel><title>Harbour Post</title><item><title>Ferry stays</title>'
        f"<link>https://post.example/a</link><description><![CDATA[{body}]]></description></item>"
        "</channel></rss>"
    )
    (item,) = parse(data.encode(), "a.rss")
    assert isinstance(item, Article | ArticleError)
    return item


@pytest.mark.parametrize(
    "end",
    [
        "</p><p>Continue reading</p>",
        "</p><p><a href=/a>Continue reading “Ferry stays”</a></p>",
        " <a href=/a>Continue reading...</a></p>",
        "</p><p><a href=/a>Read more</a></p>",
        "</p><p>Read more at Harbour Post</p>",
        "</p><p><a href=/a>Read the full story here</a></p>",
        "</p><p>View full article</p>",
        "</p><p>[Read more...]</p>",
        "</p><p>Keep reading this for more.</p>",
        " […]</p>",
        " [&#8230;]</p>",
        " [...]</p>",
        " (more...)</p>",
        " [more]</p>",
        " …</p><p>The post <a href=/a>Ferry stays</a> appeared first on Harbour Post.</p>",
        " […]</p><p>Share this:</p>",
        "</p><p>Continue reading</p><p>The post Ferry stays appeared first on Harbour Post.</p>",
    ],
)
@pytest.mark.parametrize("last", [SECOND, f"{SECOND} was old."])
def test_an_entry_that_breaks_off_is_refused(last, end):
    item = entry(f"<p>{FIRST}</p><p>{last}{end}")

    assert isinstance(item, ArticleError), item
    assert "holds only the beginning of the article; add its page" in str(item)


@pytest.mark.parametrize(
    "end",
    [
        "</p><p>READ MORE: Minister says no</p>",
        "</p><p>The post <a href=/a>Ferry stays</a> appeared first on Harbour Post.</p>",
        " She told children to read more.</p>",
        "</p><p>Share this</p>",
        "</p>",
    ],
)
def test_an_entry_that_is_whole_is_taken(end):
    item = entry(f"<p>{FIRST}</p><p>{SECOND} was old.{end}")

    assert isinstance(item, Article), item
    assert FIRST in item.text
    assert "post" not in item.text.lower()
