"""Pages of an answer: every quote once, whatever the size of a page."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.answers.answer import answer
from index.answers.pages import page_of
from index.types import Query
from tests.index.briefing_builders import article, said, session_of
from tests.index.quote_builders import quote

RUSSIA = Query("?", party="russia")


def statement(name: str, sentences: int) -> list:
    """A statement whose sentences are called a0, a1, …; all but the first continue it."""
    return [
        quote(f"{name}{n}", start=n, labels=("continues",) if n else ()) for n in range(sentences)
    ]


def texts(quotes) -> list[str]:
    return [quote.text for quote in quotes]


def test_a_long_quotation_gives_way_and_goes_on_on_the_next_page():
    each = [statement("a", 5), statement("b", 1), statement("c", 1)]

    first, second = page_of(each, 5), page_of(each, 5, offset=5)

    assert ["a0", "a1", "a2", "b0", "c0"] == texts(first)
    assert [("a3", ()), ("a4", ("continues",))] == [(q.text, q.labels) for q in second]


def test_without_a_limit_every_statement_is_whole():
    each = [statement("a", 5), statement("b", 1)]

    assert ["a0", "a1", "a2", "a3", "a4", "b0"] == texts(page_of(each, None))


@given(st.lists(st.integers(1, 8), max_size=12), st.integers(1, 7))
def test_all_pages_together_hold_every_quote_once(lengths, size):
    each = [statement(f"{number}.", length) for number, length in enumerate(lengths)]

    pages = [page_of(each, size, offset) for offset in range(0, sum(lengths) + 1, size)]

    assert sorted(texts(page_of(each, None))) == sorted(t for page in pages for t in texts(page))
    assert all(len(page) == size for page in pages[:-2])


def test_a_long_answer_begins_like_a_short_one():
    """Whoever speaks first on the hundredth place must not come to the second page."""
    session = session_of(
        *[article(f"n{n}", said("Ilya Gromov", f"Town {n} is ours."), day=9) for n in range(90)],
        *[article(f"o{n}", said("Pavel Sorin", f"Bridge {n} is open."), day=5) for n in range(9)],
    )

    whole = answer(RUSSIA, session, limit=None).quotes
    pages = [answer(RUSSIA, session, limit=7, offset=at).quotes for at in range(0, 99, 7)]

    assert list(whole) == [quote for page in pages for quote in page]


SPEAKERS = st.sampled_from(["Ilya Gromov", "Pavel Sorin"])
WORDS = st.sampled_from(["tank", "bread", "gate", "river", "grain"])


@settings(deadline=None)  # ninety articles and as many answers, on whatever machine
@given(st.lists(st.tuples(SPEAKERS, WORDS, st.integers(1, 9)), min_size=1, max_size=90))
def test_more_never_repeats_and_never_skips(lines):
    """Beyond one block of statements too, with copies among them."""
    stored = [
        article(str(n), said(who, f"The {word} is number {n % 70}."), day=day)
        for n, (who, word, day) in enumerate(lines)
    ]
    session = session_of(*stored)

    whole = answer(RUSSIA, session, limit=None)
    pages = [answer(RUSSIA, session, limit=7, offset=at) for at in range(0, len(whole.quotes), 7)]

    assert whole.quotes == tuple(quote for page in pages for quote in page.quotes)
    assert not answer(RUSSIA, session, limit=7, offset=len(whole.quotes)).abstained
