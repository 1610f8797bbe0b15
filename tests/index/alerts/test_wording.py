"""Watches as people word them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.alerts.wording import as_question, looks_for_the_same, may_be_a_name, read_watch
from index.errors import QuestionError
from index.types import Query
from tests.index.alerts.conftest import STAYS, article


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("notify me if anyone mentions Tartus", "who mentions Tartus"),
        ("please alert me whenever the harbour says something", "the harbour says something"),
        ("Can you let me know when Ana Horvat speaks?", "Ana Horvat speaks?"),
        ("keep us posted on the ferry", "the ferry"),
        ("Keep an eye on the ferry.", "the ferry"),
        ("anything new from the mayor", "statements by the mayor"),
        ("any news from Ana Horvat on the ferry", "statements by Ana Horvat on the ferry"),
        ("anyone denying the strike", "who denying the strike"),
        ("alert level at the harbour", "alert level at the harbour"),
        ("track and field", "track and field"),
        ("calls for a ceasefire", "calls for a ceasefire"),
    ],
)
def test_the_request_around_a_watch_is_taken_off(text, asked):
    assert asked == as_question(text)


@pytest.mark.parametrize(
    ("text", "stance"), [("denials", "denied"), ("Accusations", "accused"), ("threats", "warned")]
)
def test_a_stance_alone_is_anybodys(engine, text, stance):
    query = read_watch(text, engine.parse)

    assert (stance, None, True) == (query.stance, query.topic, query.anyone)


@pytest.mark.parametrize(
    "text",
    [
        "not Ana Horvat",
        "the ferry but not Ana Horvat",
        "the ferry, except for Ana Horvat",
        "the harbour (excluding Ana Horvat)",
    ],
)
def test_somebody_left_out_by_name_is_never_looked_for(engine, add, text):
    add(article("one"))

    with pytest.raises(QuestionError, match="cannot leave out “Ana Horvat” by name"):
        read_watch(text, engine.parse)


@pytest.mark.parametrize("text", ["Ana Horvat on not sailing", "the ferry, no analysts"])
def test_a_not_within_a_topic_and_a_group_left_out_are_watched(engine, add, text):
    add(article("one"))

    assert read_watch(text, engine.parse)


@pytest.mark.parametrize("text", ["everything", "anything", "the of"])
def test_what_is_offered_in_place_of_a_refused_watch_can_be_watched(engine, add, text):
    add(article("one"))

    with pytest.raises(QuestionError, match="try “Russia on exports”, “Lavrov” or “anyone deny"):
        read_watch(text, engine.parse)
    for offered in ("Russia on exports", "Lavrov", "anyone denying the strike"):
        assert read_watch(offered, engine.parse)


def test_capitals_and_spaces_make_no_second_watch(watch):
    kept = watch("the Ferry")

    assert looks_for_the_same(kept, replace(kept.query, text="THE FERRY", topic="the  ferry"))
    assert not looks_for_the_same(kept, replace(kept.query, topic="the harbour"))


@pytest.mark.parametrize(
    ("topic", "name"),
    [("Horvat", "Horvat"), ("Ana Horvat", "Ana Horvat"), ("the ferry", None), ("ferry", None)],
)
def test_a_name_that_nobody_bears_is_told_from_a_matter(topic, name):
    assert name == may_be_a_name(Query(text=topic, topic=topic, anyone=True, understood=False))


def test_what_names_somebody_is_no_unknown_name(engine, add):
    add(article("one", STAYS))

    assert may_be_a_name(read_watch("Ana Horvat", engine.parse)) is None
    assert may_be_a_name(read_watch("Ana Horvat on Ferries", engine.parse)) is None
