"""What an answer to a follow-up is worth, seen from the answer above it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest

from bot.answering.abstaining import of_the_kind, spoken_for
from bot.answering.going_on import last_speaker, seen_from
from bot.messages.heads import headline
from bot.messages.statements import key_of
from bot.messages.wording import ANOTHER_EVENT, NONE_ABOVE, NOT_LATER, doubt_of
from bot.state.answers import Answer
from index.labels import OTHER_MATTER
from index.types import Context, Introduced, Query
from tests.bot.messages.test_blocks import briefing, quote

WHO_CONFIRMED = Query(
    "who confirmed it?", topic="the strike", stance="confirmed", anyone=True, inherited=("topic",)
)


def above(shown):
    query = Query("did Russia deny the strike?", party="russia", topic="the strike")
    return Answer("1", "T", "C", "1.1", "U", query, statements=((key_of(shown),),))


def engine(shown, around):
    found = Mock()
    found.answer_query.return_value = briefing(shown)
    found.context.side_effect = lambda article, *_: Context((around[article],), "", ())
    found.party_named.return_value = None
    return found


def test_what_those_asked_say_in_the_articles_above_comes_first_of_what_is_near():
    shown = quote(article_id="gas")
    near = (quote(article_id="gas"), quote(article_id="cod"))
    query = Query("and the police?", speaker="police", topic="the line", inherited=("topic",))
    found = replace(
        briefing(abstained=True, reason="No.", nearest=near), query=query, nearest_kind="matters"
    )

    made = Mock()
    made.describe.return_value = "Statements by the police"

    seen, note = seen_from(made, found, above(shown), 5)

    assert ("above", near[:1], "") == (seen.nearest_kind, seen.nearest, note)
    assert "Statements by the police · in the articles of the answer above" == seen.reason
    assert (found, "") == seen_from(Mock(), found, None, 5)


def test_a_confirmation_in_an_article_of_other_names_may_be_of_another_event():
    shown, other = quote(article_id="a"), quote(article_id="b")
    found = replace(briefing(other), query=WHO_CONFIRMED)
    apart = {"a": "The shells fell on Ostra.", "b": "The tank burned at Karim."}
    same = {"a": "The shells fell on Ostra.", "b": "The shells hit Ostra on Friday."}

    assert (found, ANOTHER_EVENT) == seen_from(engine(shown, apart), found, above(shown), 5)
    assert (found, "") == seen_from(engine(shown, same), found, above(shown), 5)


def test_no_confirmation_of_another_event_is_passed_off_as_one_of_this():
    shown, other = quote(article_id="a"), quote("Confirmed.", article_id="b", stance="confirmed")
    here = quote("Three houses burned.", article_id="a", start=50, end=70)
    silent = quote("No comment.", article_id="a", start=80, end=91, stance="declined")
    found = replace(briefing(other), query=WHO_CONFIRMED)
    apart = {"a": "The shells fell on Ostra.", "b": "The tank burned at Karim."}
    made = engine(shown, apart)
    made.answer_query.side_effect = [briefing(shown), briefing(silent, other, shown, here)]

    seen, note = seen_from(made, found, above(shown), 5)

    assert (True, NONE_ABOVE["confirmed"], "event") == (
        seen.abstained,
        seen.reason,
        seen.nearest_kind,
    )
    assert ((here, other), "") == (seen.nearest, note)


@pytest.mark.parametrize(
    ("text", "days", "noted"),
    [
        ("what did Ankara say to that?", 0, True),
        ("Ankara's reply?", -1, True),
        ("how did Ankara react?", 0, True),
        ("did Ankara respond?", 0, True),
        ("Ankara's answer to that?", 0, True),
        ("what did Ankara say to that?", 1, False),
        ("what did Ankara say?", 0, False),
    ],
)
def test_what_was_not_said_later_is_no_reply(text, days, noted):
    shown = quote(article_id="a")
    said = replace(quote(article_id="b"), published_at=shown.published_at + timedelta(days=days))
    found = replace(briefing(said), query=Query(text, party="turkey", topic="the gate"))
    made = Mock()
    made.answer_query.return_value = briefing(shown)

    assert (found, NOT_LATER if noted else "") == seen_from(made, found, above(shown), 5)


def test_denials_stand_beside_the_abstention_that_there_is_none_on_a_matter():
    denied = quote("It denied that it had hired crews from abroad.", stance="denied")
    asked = Query(
        "did it deny foreign crews?", party="mill", topic="foreign crews", stance="denied"
    )
    found = replace(briefing(abstained=True, reason="No."), query=asked, nearest_kind="matters")
    made = Mock()
    made.answer_query.return_value = briefing(denied)

    seen = of_the_kind(made, found)

    assert ((denied,), "kind") == (seen.nearest, seen.nearest_kind)
    assert made.answer_query.call_args[0][0] == replace(asked, topic=None)
    made.answer_query.return_value = briefing(abstained=True)
    assert found == of_the_kind(made, found)
    for other in (replace(asked, stance=None), replace(asked, anyone=True, party=None)):
        assert replace(found, query=other) == of_the_kind(made, replace(found, query=other))


def test_what_is_not_surely_on_the_topic_stands_there_as_from_the_articles_above():
    shown, near = quote(article_id="gas"), quote(article_id="gas", labels=(OTHER_MATTER,))
    query = Query("and the mayor?", speaker="mayor", topic="the line", inherited=("topic",))
    found = replace(briefing(near), query=query)

    seen, _ = seen_from(Mock(), found, above(shown), 5)

    assert "above" == seen.nearest_kind
    understood = headline(seen, "Statements by the mayor Ivan Marek · about the line")
    assert "Statements by the mayor Ivan Marek · in the articles of the answer above" == understood
    assert "Not in so many words about “the line”:" == doubt_of(seen)
    for other in (quote(article_id="gas"), replace(near, article_id="cod")):
        apart = replace(found, quotes=(near, other))
        assert (apart, "") == seen_from(Mock(), apart, above(shown), 5)


def test_who_is_not_on_record_is_shown_by_those_who_speak_for_him():
    asked = Query("what did Putin say?", speaker="Putin")
    found = replace(briefing(abstained=True, reason="No.", names=("Ann Bee",)), query=asked)
    made = Mock()
    made.introduce.return_value = Introduced(
        "for", "Putin", ("Dmitry Peskov, Putin’s spokesman",), ("Dmitry Peskov",)
    )

    seen, line = spoken_for(made, found)

    assert ((), True) == (seen.names, "Dmitry Peskov, Putin’s spokesman" in line)
    made.introduce.return_value = None
    assert (found, "") == spoken_for(made, found)


@pytest.mark.parametrize(("speaker", "shown"), [("company", 0), ("the union", 0), ("mayor", 1)])
def test_the_company_of_another_article_is_not_shown_for_this_one(speaker, shown):
    query = Query("and the company?", speaker=speaker, topic="the fine", inherited=("topic",))
    found = replace(
        briefing(abstained=True, reason="No.", nearest=(quote(article_id="gas"),)),
        query=query,
        nearest_kind="matters",
    )

    seen, _ = seen_from(Mock(), found, above(quote(article_id="cod")), 5)

    assert shown == len(seen.nearest)


def test_what_those_asked_say_in_the_articles_above_outdoes_another_event():
    shown, here = quote(article_id="a"), quote("It was not us.", article_id="a", start=40, end=54)
    elsewhere = quote(article_id="b", labels=(OTHER_MATTER,))
    query = Query("and Moscow?", party="russia", topic="the strike", inherited=("topic",))
    found = replace(briefing(elsewhere), query=query)
    made = Mock()
    made.answer_query.return_value = briefing(quote(article_id="c"), here)

    seen, _ = seen_from(made, found, above(shown), 5)

    assert (here.text, "above") == (seen.quotes[0].text, seen.nearest_kind)
    assert [True] == [OTHER_MATTER in each.labels for each in seen.quotes]
    assert made.answer_query.call_args_list[0][0][0] == replace(query, topic=None)
    below_none = [briefing(quote(article_id="c"), here), briefing(abstained=True, reason="No.")]
    made.answer_query.side_effect = below_none
    assert found == seen_from(made, found, above(shown), 5)[0]
    made.answer_query.side_effect = None
    made.answer_query.return_value = briefing(quote(article_id="c"))
    assert found == seen_from(made, found, above(shown), 5)[0]
    apart = {"a": "The shells fell on Ostra.", "b": "The tank burned at Karim."}
    sure = replace(found, quotes=(quote(article_id="b"),))
    made = engine(shown, apart)
    made.answer_query.side_effect = [briefing(shown), briefing(here), briefing(shown)]
    assert here.text == seen_from(made, sure, above(shown), 5)[0].quotes[0].text
    near = engine(shown, {**apart, "b": "The shells hit Ostra on Friday."})
    assert sure == seen_from(near, sure, above(shown), 5)[0]


def test_a_denial_in_the_articles_above_is_not_said_to_be_none():
    shown = quote(article_id="a")
    denied = quote("She denied it.", article_id="a", stance="denied")
    query = replace(WHO_CONFIRMED, stance="denied")
    found = replace(briefing(abstained=True, reason="No denial."), query=query)
    others = (replace(denied, article_id="b"), quote(article_id="a"))
    made = Mock()
    made.answer_query.side_effect = [briefing(denied, *others), briefing(shown)]

    seen, _ = seen_from(made, found, above(shown), 5)

    assert (False, ["She denied it."]) == (seen.abstained, [each.text for each in seen.quotes])
    assert "above" == seen.nearest_kind
    made.answer_query.side_effect = [briefing(*others)]
    assert seen_from(made, found, above(shown), 5)[0].abstained


@pytest.mark.parametrize(("others", "meant"), [((), "Ivan Marek"), (("Ann Bee",), "")])
def test_of_several_ministers_he_is_none(others, meant):
    shown = (quote(), *(quote(speaker=name, start=90, end=99) for name in others))
    asked = Query("and the minister?", speaker="minister")
    answer = Answer("1", "T", "C", "1.1", "U", asked, statements=tuple((key_of(q),) for q in shown))
    made = Mock()
    made.answer_query.return_value = briefing(*shown)
    made.person_meant.return_value = "Ivan Marek"

    assert meant == last_speaker(made, "what did he say?", answer, 5)
