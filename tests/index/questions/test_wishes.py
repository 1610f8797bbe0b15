"""How an answer is wished for, in words beside a question or alone."""

from __future__ import annotations

import pytest

from index.errors import QuestionError
from index.query import without_inherited
from index.questions.wishes import Wishes, read_wishes
from index.types import Query
from tests.index.question_builders import parse

DIRECT, OFFICIALS = Wishes(direct=True), Wishes(officials=True)


@pytest.mark.parametrize(
    ("text", "wishes", "rest"),
    [
        ("direct quotes only", DIRECT, ""),
        ("quotes only", DIRECT, ""),
        ("just the quotes", DIRECT, ""),
        ("only direct quotes please", DIRECT, ""),
        ("quotes by Gromov about Weller, direct only", DIRECT, "quotes by Gromov about Weller"),
        ("what did Russia say about the tank, verbatim quotes only", DIRECT,
         "what did Russia say about the tank"),
        ("no paraphrases please", DIRECT, ""),
        ("what did Russia say, officials only", OFFICIALS, "what did Russia say"),
        ("just the officials", OFFICIALS, ""),
        ("newest first", Wishes(order="newest"), ""),
        ("Russia on the tank, latest first", Wishes(order="newest"), "Russia on the tank"),
        ("oldest first please", Wishes(order="oldest"), ""),
        ("shorter please", Wishes(most=1), ""),
        ("make it shorter", Wishes(most=1), ""),
        ("top 3", Wishes(most=3), ""),
        ("just two quotes", Wishes(most=2), ""),
        ("only officials and only direct quotes, newest first",
         Wishes(direct=True, officials=True, order="newest"), ""),
        ("in one line please", Wishes(most=1), ""),
        ("no analysts", Wishes(without=("analysts",)), ""),
        ("without companies and officials", Wishes(without=("companies", "officials")), ""),
        ("who commented on wheat, no anonymous sources", Wishes(without=("unnamed sources",)),
         "who commented on wheat"),
        ("two quotes on bread", Wishes(most=2), "quotes on bread"),
        ("just three statements by Gromov", Wishes(most=3), "by Gromov"),
        ("a couple of quotes from Russia", Wishes(most=2), "quotes from Russia"),
        ("one line on the tank", Wishes(most=1), "on the tank"),
        ("what did they say in their own words", DIRECT, "what did they say"),
        ("his exact words", DIRECT, ""),
        ("only her own words", DIRECT, ""),
        ("verbatim", DIRECT, ""),
        ("what exactly did she say", DIRECT, ""),
        ("bread for the noon bulletin, newest first", Wishes(order="newest"), "bread"),
        ("two soldiers from Ukraine", Wishes(), "two soldiers from Ukraine"),
        ("who said it in other words", Wishes(), "who said it in other words"),
        ("all again", Wishes(any_form=True), ""),
        ("paraphrases too", Wishes(any_form=True), ""),
        ("no filters", Wishes(unfiltered=True), ""),
        ("drop the filter", Wishes(unfiltered=True), ""),
        ("without paraphrases", DIRECT, ""),
        ("got a quote", DIRECT, ""),
        ("just the latest", Wishes(order="newest", most=1), ""),
        ("only the first one", Wishes(most=1), ""),
        ("any date", Wishes(any_day=True), ""),
        ("Russia said no experts were asked", Wishes(), "Russia said no experts were asked"),
        ("all statements by Russia", Wishes(), "all statements by Russia"),
        ("what did the officials say", Wishes(), "what did the officials say"),
        ("direct talks only help Russia", Wishes(), "direct talks only help Russia"),
        ("Russia on the shorter working week", Wishes(), "Russia on the shorter working week"),
        ("the first two weeks of talks", Wishes(), "the first two weeks of talks"),
        ("who spoke first", Wishes(), "who spoke first"),
    ],
)  # fmt: skip
def test_a_wish_is_taken_off_the_question(text, wishes, rest):
    assert (wishes, rest) == read_wishes(text)


def test_a_wish_alone_asks_the_last_question_again():
    before = parse("what did Russia say about the tank since Monday?")

    query = parse("only direct quotes please", before)

    assert ("russia", "tank", before.since) == (query.party, query.topic.split()[-1], query.since)
    assert (True, "best") == (query.direct, query.order)


def test_a_wish_stays_for_follow_ups_and_goes_with_a_new_question():
    before = parse("what did Russia say about the tank, officials only, newest first")

    assert (True, "newest") == (before.officials, before.order)
    follow_up = parse("and Turkey?", before)
    assert (True, "newest") == (follow_up.officials, follow_up.order)
    new = parse("what did Turkey say about grain?", before)
    assert (False, "best", ()) == (new.officials, new.order, new.inherited)


def test_a_wish_without_any_question_is_none():
    with pytest.raises(QuestionError, match="“officials only” of what"):
        parse("officials only")


@pytest.mark.parametrize(
    ("text", "inherited"),
    [
        ("and Turkey?", ("topic", "days", "outlet")),
        ("and about grain?", ("who", "days", "outlet")),
        ("grain", ("who", "days", "outlet")),
        ("since when?", ()),
        ("what did Turkey say about grain?", ()),
        ("who said that?", ("topic",)),
    ],
)
def test_what_was_kept_of_the_last_question_is_named(text, inherited):
    before = parse("what did Russia say about the tank since Monday in the Daily Tern?")

    assert inherited == parse(text, before).inherited


def test_what_was_kept_can_be_dropped():
    before = parse("what did Russia say about the tank since Monday?")
    follow_up = parse("and Turkey?", before)

    assert parse("Turkey").party == without_inherited(follow_up).party
    assert Query(
        "and Turkey?", party="turkey", understood=follow_up.understood
    ) == without_inherited(follow_up)


@pytest.mark.parametrize("text", ["more", "say more", "tell me more", "go on", "the rest"])
def test_more_is_more_of_the_same(text):
    before = parse("what did Russia say about the tank since Monday?")

    query = parse(text, before)

    assert (before.party, before.topic, before.since) == (query.party, query.topic, query.since)


def test_since_when_asks_for_what_was_said_first():
    before = parse("what did Russia say about the tank since Monday?")

    query = parse("since when?", before)

    assert ("oldest", None, before.topic) == (query.order, query.since, query.topic)


def test_filters_go_off_in_words_as_they_went_on():
    before = parse("who commented on the tank?")
    filtered = parse("direct quotes only", parse("no analysts", before))
    assert (("analysts",), True) == (filtered.without, filtered.direct)

    query = parse("ok, all again", filtered)

    assert ((), False, "the tank") == (query.without, query.direct, query.topic)


def test_a_whole_question_for_a_stance_is_not_kept_to_direct_quotes():
    before = parse("only direct quotes", parse("what did Marlowe say?"))

    query = parse("what did she demand?", before)

    assert ("demanded", False) == (query.stance, query.direct)


@pytest.mark.parametrize(
    "end",
    ["for the noon bulletin", "for my piece", "for a story I'm writing", "asap", "before 5",
     "for the late news, please", "by noon", "for tomorrow's paper, urgently please"],
)  # fmt: skip
def test_what_an_answer_is_for_is_no_topic(end):
    assert (
        parse("who spoke about the grain?").topic == parse(f"who spoke about the grain {end}").topic
    )


def test_a_day_is_no_deadline():
    assert parse("what did Russia say before 5 February 2018?").until is not None
