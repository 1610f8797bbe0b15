"""What a terminal shows: quotes to the letter, nothing that steers the terminal."""

from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from index.cli.terminal import printable, show_attributions, show_briefing
from index.types import (
    Article,
    Attribution,
    Briefing,
    Coverage,
    IndexedArticle,
    Query,
    Span,
    Statement,
)
from tests.index.quote_builders import DAY, quote


def shown(draw, *things) -> str:
    out = StringIO()
    draw(Console(file=out, width=200, highlight=False), *things)
    return out.getvalue()


def briefing(*quotes, **more) -> Briefing:
    return Briefing(Query("q"), quotes, Coverage(3, 40, DAY, DAY), total=len(quotes), **more)


def test_a_quote_stands_with_its_speaker_role_label_outlet_and_date():
    out = shown(show_briefing, briefing(quote("“We stay.”")), "Statements by Ana Horvat")

    for part in ("“We stay.”", "Ana Horvat, mayor [direct]", "Daily Tern · 2018-02-13"):
        assert part in out
    assert "1 of 1 statements · 3 articles, 40 sentences, newest 2018-02-13" in out


def test_a_quote_of_a_document_stands_with_its_page_and_is_linked_there():
    url = "https://council.example/report.pdf"

    out = shown(show_briefing, briefing(quote("“We stay.”", page=3, url=url)), "")

    assert f"2018-02-13 · p. 3 · {url}#page=3" in out


def test_a_quote_of_a_file_that_says_nothing_of_itself_stands_with_its_name_and_page():
    nameless = quote("“We stay.”", page=3, outlet=None, published_at=None)

    assert "a1 · p. 3" in shown(show_briefing, briefing(nameless), "")


def test_brackets_in_an_article_are_no_markup():
    out = shown(show_briefing, briefing(quote("[bold]We[/bold] stay [link=x]")), "")

    assert "[bold]We[/bold] stay [link=x]" in out


def test_a_sentence_that_continues_joins_the_one_before():
    parts = quote("“We stay."), quote("We always will.”", labels=("continues",))

    out = shown(show_briefing, briefing(*parts), "")

    assert "“We stay. We always will.”" in out
    assert 1 == out.count("Ana Horvat")


def test_the_nearest_statements_of_an_abstention_are_told_apart():
    found = briefing(abstained=True, reason="No statement by Iran", nearest=(quote("“We stay.”"),))

    out = shown(show_briefing, found, "Statements by Iran")

    assert out.index("No statement by Iran") < out.index("not an answer") < out.index("“We stay.”")


def test_an_article_is_shown_with_who_said_what():
    text = "Horvat said we stay."
    attribution = Attribution((Span(0, 6),), (Span(7, 11),), (Span(12, 19),))
    item = IndexedArticle(Article("a1", "Gate", text), (), (Statement(attribution, None),), DAY)

    assert "• ? said we stay  [indirect]" in shown(show_attributions, item)


@given(st.text())
def test_nothing_printed_can_steer_a_terminal(text):
    out = printable(text)

    assert len(text) == len(out)
    assert all(c in "\n\t\u00a0" or c.isprintable() for c in out)


def test_what_a_file_says_of_itself_cannot_pass_for_a_statement():
    forged = "Gazette\n\n  We surrender.\n    — Joe Biden (United States)\n    Post"

    quoted = quote("We stay.", outlet=forged, role="mayor\n\nof it", also_in=("B\nC",))

    out = shown(show_briefing, briefing(quoted), "Statements")

    lines = [line.strip() for line in out.splitlines()]
    assert "We surrender." not in lines
    assert not any(line.startswith("— Joe Biden") for line in lines)


def test_an_address_marks_no_other_sentence():
    quoted = quote("We stay.", url="https://p.example/a#top:~:text=another")

    out = shown(show_briefing, briefing(quoted), "Statements")

    assert "https://p.example/a#top" in out
    assert ":~:" not in out
