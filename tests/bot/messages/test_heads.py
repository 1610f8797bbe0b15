"""The line above an answer, as what was found allows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages.heads import (
    GUESSED,
    comments_first,
    doubts,
    headline,
    of_kind_first,
    surest_first,
)
from bot.messages.wording import NO_VERDICTS
from index.labels import BY_DESCRIPTION, OTHER_MATTER
from index.types import Briefing, Coverage, Query
from tests.index.quote_builders import quote


def found(query: Query, *quotes, total: int = 0) -> Briefing:
    return Briefing(query, quotes, Coverage(1, 1, None, None), total=total or len(quotes))


WARNED = quote("Belsky warned them.", speaker="Arkady Belsky", stance="warned")
SAID = quote("“We wait,” he said.", speaker="Sindre Aasgard", start=40, end=60)


def test_statements_of_another_kind_are_not_called_warnings():
    asked = Query("who warned?", anyone=True, topic="Norway", stance="warned")

    assert "Warnings about Norway · by Arkady Belsky" == headline(
        found(asked, WARNED), "Warnings about Norway"
    )
    assert "Statements about Norway · warnings first, by Arkady Belsky" == headline(
        found(asked, SAID, WARNED), "Warnings about Norway"
    ).removesuffix(" · by Sindre Aasgard and Arkady Belsky")
    assert "Statements about Norway" in headline(found(asked, SAID), "Warnings about Norway")
    assert (WARNED, SAID) == of_kind_first(found(asked, SAID, WARNED)).quotes


@pytest.mark.parametrize(
    ("speaker", "understood", "want"),
    [
        ("mayor", "Statements by the mayor · about the port",
         "Statements by the mayor (Ana Horvat) · about the port"),
        ("embassy in Oslo", "Statements by the embassy in Oslo",
         "Statements by the embassy in Oslo (Ana Horvat)"),
        ("Ana Horvat", "Statements by Ana Horvat", "Statements by Ana Horvat"),
    ],
)  # fmt: skip
def test_whom_a_role_means_is_named(speaker, understood, want):
    assert want == headline(found(Query("", speaker=speaker), quote("Yes.")), understood)


def test_who_asks_who_reads_the_persons_first():
    asked = Query("And who spoke about the port?", anyone=True, topic="the port")
    other = quote("No.", speaker="The harbour council")

    assert "Statements about the port · by Ana Horvat and the harbour council" == headline(
        found(asked, quote("Yes."), other), "Statements about the port"
    )
    assert "Statements about the port · by Ana Horvat and others" == headline(
        found(asked, quote("Yes."), total=9), "Statements about the port"
    )


@pytest.mark.parametrize(
    ("text", "speaker", "lines"),
    [
        ("What did Peskow say?", "Dmitry Peskov", ["I read “Peskow” as Peskov."]),
        ("What did Peskov’s office say?", "Dmitry Peskov", []),
        ("What did the spokesman say?", "Dmitry Peskov", []),
        ("What did Dmitry say?", "Dmitry Peskov", []),
    ],
)
def test_another_spelling_is_told(text, speaker, lines):
    assert lines == doubts(found(Query(text, speaker=speaker), quote("Yes.")))


def test_an_answer_of_which_nothing_is_sure_says_so():
    query, unsure = Query("", topic="the tank"), quote("Yes.", labels=(OTHER_MATTER,))
    understood, sure = "Statements by Ann · about the tank", quote("No.", start=9, end=12)

    assert "Statements by Ann · perhaps about the tank" == headline(
        found(query, unsure), understood
    )
    assert understood == headline(found(query, unsure, sure), understood)
    assert (sure, unsure) == surest_first(found(query, unsure, sure)).quotes
    newest = Query("", topic="the tank", order="newest")
    assert (unsure, sure) == surest_first(found(newest, unsure, sure)).quotes


def test_a_guess_stands_out():
    guess = quote("Yes.", labels=(BY_DESCRIPTION,))

    assert [GUESSED] == doubts(found(Query("", speaker="the boss"), guess))


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("who criticised it?", True), ("and who was against it?", True), ("any critics?", True),
        ("who welcomed the step?", True), ("who backed it?", True), ("who is for it?", True),
        ("who agreed with that?", True), ("has anybody objected to it?", True),
        ("who backed it up?", False), ("who spoke about it?", False), ("who forgot it?", False),
    ],
)  # fmt: skip
def test_who_asks_for_friend_or_foe_is_told_that_nobody_judged(text, hedged):
    asked = Query(text, anyone=True, topic="the limit")

    assert hedged == (NO_VERDICTS in doubts(found(asked, SAID)))


@pytest.mark.parametrize(
    ("role", "several"),
    [("the minister", True), ("foreign minister", True), ("the ministers", False),
     ("the minister of ports", False)],
)  # fmt: skip
def test_where_a_role_may_mean_several_they_are_named(role, several):
    asked = Query(f"and {role}?", speaker=role)

    lines = doubts(found(asked, WARNED, SAID))

    want = "More than one may be meant: Arkady Belsky and Sindre Aasgard. Ask by name."
    assert ([want] if several else []) == lines
    assert [] == doubts(found(asked, WARNED))


def test_who_is_asked_to_have_commented_is_shown_with_the_comment_first():
    silent = quote("It declined to comment.", start=90, end=113)

    asked = found(Query("did Washington comment?"), SAID, silent)

    assert (silent, SAID) == comments_first(asked).quotes
    plain = found(Query("what did Washington say?"), SAID, silent)
    assert plain == comments_first(plain)


@pytest.mark.parametrize(
    ("topic", "warned"),
    [("Brennick's future", True), ("the mill’s future plans", True), ("the workers' pay", True),
     ("Brennick's weight", False), ("the wait", False), ("future", False)],
)  # fmt: skip
def test_where_nobody_speaks_of_what_was_asked_for_it_is_said(topic, warned):
    said = quote("“We waited long,” he said of the weights.")

    assert warned == bool(doubts(found(Query("", anyone=True, topic=topic), said)))


def test_confirmations_that_are_not_surely_on_the_topic_stand_there_as_from_articles_above():
    unsure = quote("Yes, it said.", stance="confirmed", labels=(OTHER_MATTER,))
    asked = found(Query("", anyone=True, topic="the strike", stance="confirmed"), unsure)

    line = headline(replace(asked, nearest_kind="above"), "Confirmations about the strike")

    assert "Confirmations · in the articles of the answer above" == line
