"""What an answer owns up to: taken back later, printed before, whom a bare noun means."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest

from bot.answering.review import (
    PRINTED_BEFORE,
    corrected_behind,
    fitted,
    in_reading_order,
    page_size,
    reviewed,
    sides_reviewed,
)
from bot.messages.controls import Page
from bot.messages.statements import key_of
from bot.messages.wording import doubt_of
from index.labels import OTHER_MATTER, SAID_OTHERWISE
from index.types import Change, Comparison, Context, Party, Query, Side
from tests.bot.messages.test_blocks import briefing, quote

FRIDAY, MONDAY = datetime(2018, 3, 9, tzinfo=UTC), datetime(2018, 3, 12, tzinfo=UTC)
DENIED = quote("Nobody was hurt, the mill denied.", stance="denied", published_at=FRIDAY)
ADMITTED = quote(
    "Two were hurt, it confirmed.", article_id="a2", stance="confirmed", published_at=MONDAY
)


def engine(*changes, context=None, others=()):
    made = Mock()
    made.changes.return_value = changes
    made.party_named.return_value = Party("russia", "Russia")
    made.context.return_value = context
    made.answer_query.return_value = briefing(*others)
    made.namesakes.return_value = ()
    return made


def test_a_denial_that_was_taken_back_is_marked_and_stands_behind_what_took_it_back():
    made = engine(Change(DENIED, ADMITTED))

    first, second = corrected_behind(made, briefing(DENIED, ADMITTED)).quotes

    assert (ADMITTED, (SAID_OTHERWISE,)) == (first, second.labels)
    assert DENIED.text == second.text


def test_a_corrected_figure_is_marked_where_it_stands_behind_already():
    forty = quote("Forty trucks came.", published_at=FRIDAY)
    fourteen = quote(
        "Fourteen came.", article_id="a2", published_at=MONDAY, title="Correction: aid"
    )

    found = corrected_behind(engine(Change(forty, fourteen)), briefing(fourteen, forty)).quotes

    assert [(), (SAID_OTHERWISE,)] == [each.labels for each in found]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (DENIED, replace(ADMITTED, published_at=FRIDAY)),
        (DENIED, replace(ADMITTED, stance="")),
        (replace(DENIED, stance="promised"), ADMITTED),
    ],
)
def test_what_only_differs_is_not_called_taken_back(earlier, later):
    asked = briefing(earlier, later)

    assert asked == corrected_behind(engine(Change(earlier, later)), asked)


def test_who_asks_for_an_order_gets_it():
    asked = briefing(DENIED, ADMITTED)
    asked = replace(asked, query=replace(asked.query, order="oldest"))

    assert asked == corrected_behind(engine(Change(DENIED, ADMITTED)), asked)


def test_words_that_another_paper_printed_before_the_days_asked_for_are_not_passed_off_as_new():
    copy = quote("“We will stay”, he said.", published_at=MONDAY)
    before = replace(
        copy, text="“We will stay,” he said.", outlet="Daily Tern", published_at=FRIDAY
    )
    asked = replace(briefing(copy), query=Query("on Monday?", party="russia", since=MONDAY))

    found, _, lines = reviewed(engine(others=(before,)), asked, "Statements", first=True)

    assert ("Daily Tern of 2018-03-09",) == found.quotes[0].also_in
    assert [PRINTED_BEFORE] == lines
    new = replace(before, text="“We will leave on Tuesday.”")
    assert (asked, []) == reviewed(engine(others=(new,)), asked, "S", first=True)[::2]


def test_a_bare_group_is_shown_as_its_article_introduces_it():
    before = ("Ivan Petrenko, who leads a group of volunteer divers, spoke first.", "It rained.")
    asked = briefing(quote(speaker="The group", role=None, party=None))

    found, *_ = reviewed(engine(context=Context(before, "", ())), asked, "S", first=True)

    assert "“Ivan Petrenko, who leads a group of volunteer divers”" == found.quotes[0].role


@pytest.mark.parametrize(
    ("speaker", "before"),
    [("The group", "A groupie spoke."), ("The Grand Group", "A group spoke."), ("Ann", "A group.")],
)
def test_nobody_else_is_taken_for_the_group(speaker, before):
    asked = briefing(quote(speaker=speaker, role=None, party=None))

    found, *_ = reviewed(engine(context=Context((before,), "", ())), asked, "S", first=True)

    assert found.quotes[0].role is None


def test_what_somebody_said_in_turn_stands_in_the_order_of_the_article():
    promise = quote("He promised grain.", start=0, end=18, score=0.9)
    proverb = quote("“A barn,” he said.", start=20, end=38, score=0.95)
    far = quote("“A goat,” he said.", start=0, end=18, score=0.3)

    assert (promise, proverb) == in_reading_order(briefing(proverb, promise)).quotes
    assert (proverb, far) == in_reading_order(briefing(proverb, far)).quotes
    other = replace(promise, article_id="a2")
    assert (proverb, other) == in_reading_order(briefing(proverb, other)).quotes
    newest = replace(briefing(proverb, promise), query=Query("", order="newest"))
    assert newest == in_reading_order(newest)


def test_a_page_for_everybody_has_room_for_the_other_side():
    assert 8 == page_size(Query("", anyone=True, topic="the gate"), 5)
    assert 5 == page_size(Query("", party="turkey", topic="the gate"), 5)
    assert 5 == page_size(Query("", anyone=True, quotation="we stay"), 5)


@pytest.mark.parametrize("anyone", [False, True])
def test_where_not_all_fit_those_that_come_first_are_shown_whatever_their_order(anyone):
    long = [
        quote(f"{number} {'word ' * 500}.", start=9_000 - 3_000 * number, end=9_001, score=1.0)
        for number in range(4)
    ]
    asked = Query("who spoke?", anyone=anyone, party=None if anyone else "russia", topic="word")
    found = replace(briefing(*long, total=9), query=asked)

    message = fitted(engine(), found, "Statements", "", Page("a1", limit=4), (), ())

    shown = [key for keys in message.statements for key in keys]
    assert 1 < len(shown) < 4
    assert sorted(shown) == sorted(key_of(each) for each in long[: len(shown)])
    assert [key_of(each) for each in reversed(long[: len(shown)])] == shown
    assert "More" in str(message.blocks)


def test_what_names_the_topic_comes_first_of_a_side():
    other = quote("Engineers would work on.", start=90, end=114)
    named = quote("The line had burst.", start=0, end=19)
    asked = replace(briefing(other, named), query=Query("", topic="the burst line"))

    side = Side(Party("mill", "Mill"), asked)
    [seen] = sides_reviewed(engine(), Comparison(asked.query, (side,))).sides

    assert (named, other) == seen.briefing.quotes


def test_a_later_page_does_not_deny_what_stood_on_the_first():
    unsure = quote("It rained.", labels=(OTHER_MATTER,))
    asked = replace(briefing(unsure), query=Query("", party="russia", topic="the gate"))

    found, understood, _ = reviewed(engine(), asked, "Statements · about the gate", first=False)

    assert "Statements · about the gate" == understood
    assert "Not in so many words about “the gate”:" == doubt_of(found)
    _, first, _ = reviewed(engine(), asked, "Statements · about the gate", first=True)
    assert "Statements · perhaps about the gate" == first
