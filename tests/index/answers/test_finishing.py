"""What is said of an answer as a whole: whose words they are where two sources differ."""

from __future__ import annotations

from dataclasses import replace

from index.answers.finishing import explain_origin, finished, newest_texts
from index.labels import OTHER_WORDS_THERE
from index.query import Query
from index.types import Briefing
from tests.index.briefing_builders import article, said, session_of
from tests.index.quote_builders import quote

WIRE, RIVAL = "feed https://wire.example/rss?key=s3cret", "feed https://rival.example/rss"
URL = "https://wire.example/pact"


def published(name, text, origin, url=URL, day=3):
    made = article(name, said("Ilya Gromov", text), day=day)
    return replace(made, article=replace(made.article, url=url, origin=origin))


def store_of(*items):
    return session_of(*items).store


def labels(store, *names):
    quotes = tuple(quote("x", article_id=name, url=store.get(name).article.url) for name in names)
    found = finished(Briefing(Query("?"), quotes[:1], store.coverage(), nearest=quotes[1:]), store)
    return [one.labels for one in (*found.quotes, *found.nearest)]


def test_quotes_of_two_versions_at_one_address_are_labelled():
    store = store_of(
        published("a", "It is kept.", WIRE),
        published("b", "It is torn up.", RIVAL),
        published("c", "It rains.", RIVAL, url="https://wire.example/rain"),
    )

    assert [(OTHER_WORDS_THERE,), (OTHER_WORDS_THERE,), ()] == labels(store, "a", "b", "c")


def test_a_copy_of_the_same_text_is_no_other_version():
    store = store_of(published("a", "It is kept.", WIRE), published("b", "It is kept.", RIVAL))

    assert [(), ()] == labels(store, "a", "b")
    assert ("Came from: feed wire.example.",) == explain_origin("a", store)


def test_the_explanation_names_both_sources_and_no_secret_of_an_address():
    store = store_of(
        published("a", "It is kept.", WIRE),
        published("b", "It is torn up.", RIVAL),
        published("c", "It rains.", None, url=None),
    )

    assert (
        "Came from: feed wire.example.",
        "Another source has another version: b (feed rival.example).",
    ) == explain_origin("a", store)
    assert () == explain_origin("c", store)


def test_an_article_that_two_sources_have_is_listed_once_among_the_newest():
    store = store_of(
        published("a", "It is kept.", WIRE, day=5),
        published("b", "It is kept.", RIVAL, day=5),
        published("c", "It rains.", RIVAL, day=4, url=None),
    )

    assert ["a", "c"] == [article.id for article in newest_texts(store, 2)]
