"""What an answer to a follow-up is worth, seen from the answer above it."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import Mock

from bot.answering.going_on import seen_from
from bot.messages.statements import key_of
from bot.messages.wording import ANOTHER_EVENT
from bot.state.answers import Answer
from index.types import Context, Query
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

    seen, note = seen_from(Mock(), found, above(shown), 5)

    assert ("above", near[:1], "") == (seen.nearest_kind, seen.nearest, note)
    assert (found, "") == seen_from(Mock(), found, None, 5)


def test_a_confirmation_in_an_article_of_other_names_may_be_of_another_event():
    shown, other = quote(article_id="a"), quote(article_id="b")
    found = replace(briefing(other), query=WHO_CONFIRMED)
    apart = {"a": "The shells fell on Ostra.", "b": "The tank burned at Karim."}
    same = {"a": "The shells fell on Ostra.", "b": "The shells hit Ostra on Friday."}

    assert (found, ANOTHER_EVENT) == seen_from(engine(shown, apart), found, above(shown), 5)
    assert (found, "") == seen_from(engine(shown, same), found, above(shown), 5)
