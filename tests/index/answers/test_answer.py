"""Answers over a few sentences, where everybody can see who said what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.answer import answer
from index.types import Briefing, IndexedArticle, Query
from tests.index.briefing_builders import article, said, session_of

RUSSIA = Query("?", party="russia")
ANYONE = Query("?", anyone=True)
TANK = "The tank was never ours."
DENIAL = "We deny that the tank fired."
STRIKE = "The tank was hit by a drone."
BREAD = "Bread will not cost more."
GRAIN = "Ships wait for eleven days."


def ask(query: Query, *articles, limit: int | None = 5) -> Briefing:
    return answer(query, session_of(*articles), limit=limit)


def replace_title(item: IndexedArticle, title: str) -> IndexedArticle:
    return replace(item, article=replace(item.article, title=title))


def texts(briefing: Briefing) -> list[str]:
    return [quote.text for quote in briefing.quotes]


def test_a_party_is_quoted_with_speaker_cue_and_place():
    stored = article("a", said("Ilya Gromov", TANK), said("Anna Weller", STRIKE), day=7)

    (quote,) = ask(RUSSIA, stored).quotes

    assert TANK == quote.text == stored.article.text[quote.start : quote.end]
    assert ("Ilya Gromov", "Russia", "Harbour Post") == (quote.speaker, quote.party, quote.outlet)
    assert ("T", (0, 1)) == (quote.cue_text, quote.cue)


def test_said_about_is_not_said_by():
    stored = article("a", said("Anna Weller", "Russia fired the tank."))

    briefing = ask(replace(RUSSIA, topic="the tank"), stored)

    assert briefing.abstained
    assert ["Russia fired the tank."] == [quote.text for quote in briefing.nearest]


def test_a_topic_keeps_what_is_about_it():
    stored = article("a", said("Ilya Gromov", BREAD), said("Pavel Sorin", TANK))

    assert [TANK] == texts(ask(replace(RUSSIA, topic="the tank"), stored))


def test_an_abstention_says_where_was_looked_and_how_fresh_that_is():
    stored = article("a", said("Anna Weller", STRIKE), day=7)

    briefing = ask(Query("?", party="iran", topic="the tank"), stored)

    assert "No statement by Iran on the tank in 1 article (newest 2018-02-07)" == briefing.reason
    assert ([STRIKE], []) == ([quote.text for quote in briefing.nearest], texts(briefing))


def test_nothing_is_near_an_unknown_person_without_a_topic():
    briefing = ask(Query("?", speaker="Henri Duclos"), article("a", said("Ilya Gromov", TANK)))

    assert (True, ()) == (briefing.abstained, briefing.nearest)


def test_a_person_is_never_another_of_that_surname():
    stored = article("a", said("Anna Weller", STRIKE), said("Melda Weller", BREAD))

    assert [BREAD] == texts(ask(Query("?", speaker="Melda Weller"), stored))


def test_a_bare_surname_on_record_goes_to_the_most_heard_bearer():
    stored = article(
        "a",
        said("Anna Weller", STRIKE), said("Anna Weller", TANK), said("Weller", DENIAL),
        said("Melda Weller", BREAD),
    )  # fmt: skip

    assert [STRIKE, TANK, DENIAL] == texts(ask(Query("?", speaker="Anna Weller"), stored))
    assert [BREAD] == texts(ask(Query("?", speaker="Melda Weller"), stored))


def test_a_role_is_found_within_its_party_and_not_at_its_deputy():
    stored = article(
        "a",
        said("Ilya Gromov", TANK, role="Russian Foreign Minister"),
        said("Pavel Sorin", BREAD, role="deputy foreign minister"),
    )

    found = ask(Query("?", party="russia", speaker="Russian foreign minister"), stored)

    assert [TANK] == texts(found)


def test_without_a_topic_the_newest_comes_first_then_reading_order():
    old = article("a", said("Ilya Gromov", TANK), said("Ilya Gromov", DENIAL), day=5)
    new = article("b", said("Ilya Gromov", BREAD), day=9)
    undated = article("c", said("Ilya Gromov", STRIKE))

    assert [BREAD, TANK, DENIAL, STRIKE] == texts(ask(RUSSIA, old, new, undated))


def test_one_speaker_does_not_fill_the_answer():
    stored = article(
        "a",
        *[said("Ilya Gromov", f"Bread {word} tomorrow.") for word in ("rises", "falls", "stays")],
        said("Pavel Sorin", TANK),
    )

    assert TANK in texts(ask(RUSSIA, stored, limit=3))


@pytest.mark.parametrize("limit", [1, None])
def test_the_total_counts_copies_once(limit):
    first = article("a", said("Ilya Gromov", TANK), day=7)
    second = article("b", said("Ilya Gromov", TANK), day=8, outlet="Daily Tern")

    briefing = ask(RUSSIA, first, second, limit=limit)

    assert (1, 1) == (len(briefing.quotes), briefing.total)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_the_total_counts_what_is_not_shown(limit):
    stored = article("a", *[said("Ilya Gromov", f"Town {name} is ours.") for name in "ABCD"])

    briefing = ask(RUSSIA, stored, limit=limit)

    assert (limit, 4) == (len(briefing.quotes), briefing.total)


def test_a_long_quotation_comes_sentence_by_sentence_and_says_so():
    stored = article("a", said("Ilya Gromov", "“One.", "Two.", "Three.”"))

    quotes = ask(RUSSIA, stored).quotes

    assert [("“One.", ()), ("Two.", ("continues",)), ("Three.”", ("continues",))] == [
        (quote.text, quote.labels) for quote in quotes
    ]


def test_wire_copy_is_shown_once_by_the_earliest_paper():
    copies = [
        article("a", said("Ilya Gromov", TANK), day=8, outlet="Daily Tern"),
        article("b", said("Ilya Gromov", TANK), day=7, outlet="Harbour Post"),
        article("c", said("Ilya Gromov", TANK), day=9, outlet="Lantern Weekly"),
    ]

    (quote,) = ask(RUSSIA, *copies).quotes

    assert ("Harbour Post", {"Daily Tern", "Lantern Weekly"}) == (quote.outlet, {*quote.also_in})


@pytest.mark.parametrize("thought", [True, False])
def test_thoughts_come_only_where_nothing_was_said(thought):
    stored = article(
        "a", said("Ilya Gromov", TANK, thought=True), said("Pavel Sorin", DENIAL, thought=thought)
    )

    wanted = [TANK, DENIAL] if thought else [DENIAL]
    assert wanted == texts(ask(RUSSIA, stored))


def test_orphan_quotations_answer_for_anyone_but_never_for_a_party():
    stored = article("a", said(None, TANK, labels=("unattributed in source",)))

    (quote,) = ask(replace(ANYONE, topic="the tank"), stored).quotes

    assert (None, ("unattributed in source",)) == (quote.speaker, quote.labels)
    assert ask(replace(RUSSIA, topic="the tank"), stored).abstained


def test_a_stance_is_the_cues_and_its_negation_is_another():
    stored = article(
        "a",
        said("Ilya Gromov", DENIAL, cue_class="denied"),
        said("Pavel Sorin", TANK, cue_class="denied", negated=True),
        said("Pavel Sorin", BREAD),
    )

    denial = ask(replace(RUSSIA, stance="denied"), stored)
    no_denial = ask(replace(RUSSIA, stance="denied", negated=True), stored)

    assert ([DENIAL], 1) == (texts(denial), denial.total)
    assert [TANK] == texts(no_denial)


def test_no_denial_is_an_abstention_with_what_was_said_kept_apart():
    briefing = ask(replace(RUSSIA, stance="denied"), article("a", said("Ilya Gromov", TANK)))

    assert "No denial by Russia in 1 article" == briefing.reason
    assert [TANK] == [quote.text for quote in briefing.nearest]


def test_dates_and_outlet_restrict():
    early = article("a", said("Ilya Gromov", TANK), day=5)
    late = article("b", said("Ilya Gromov", BREAD), day=9, outlet="Daily Tern")
    since = datetime(2018, 2, 7, tzinfo=UTC)

    assert [BREAD] == texts(ask(replace(RUSSIA, since=since), early, late))
    assert [TANK] == texts(ask(replace(RUSSIA, until=since), early, late))
    assert [BREAD] == texts(ask(replace(RUSSIA, outlet="daily tern"), early, late))


@given(st.text(alphabet="the tank AND OR NOT NEAR( *\"'“”-:;%\0🚢", max_size=60))
def test_any_topic_or_quotation_gets_an_answer_or_an_abstention(text):
    stored = article("a", said("Ilya Gromov", TANK), said(None, STRIKE))

    for query in (replace(RUSSIA, topic=text), replace(ANYONE, quotation=text)):
        briefing = ask(query, stored)

        assert briefing.abstained == (not briefing.quotes)


def test_only_direct_quotes_are_those_in_the_speakers_own_words():
    stored = article("a", said("Ilya Gromov", TANK, kind="direct"), said("Pavel Sorin", BREAD))

    briefing = ask(replace(RUSSIA, direct=True), stored)

    assert ([TANK], 1, False) == (texts(briefing), briefing.total, briefing.estimated)


def test_where_nothing_is_quoted_directly_the_paraphrases_are_no_answer():
    briefing = ask(replace(RUSSIA, direct=True), article("a", said("Ilya Gromov", TANK)))

    assert (True, "filters") == (briefing.abstained, briefing.nearest_kind)
    assert "No direct quote by Russia" in briefing.reason


def test_officials_are_those_who_speak_for_a_country_or_a_body():
    stored = article("a", said("Ilya Gromov", TANK), said("Tom Jordan", STRIKE))

    assert [TANK] == texts(ask(replace(ANYONE, officials=True), stored))


@pytest.mark.parametrize("topic", [None, "the tank"])
def test_an_answer_comes_in_the_order_that_is_wished_for(topic):
    days = {3: TANK, 9: "That tank is not ours.", 6: "A tank was hit by us."}
    stored = [article(f"a{day}", said("Ilya Gromov", text), day=day) for day, text in days.items()]
    stored.append(article("undated", said("Ilya Gromov", "What tank is meant?")))

    def asked(order):
        briefing = ask(replace(RUSSIA, topic=topic, order=order), *stored)
        return [quote.published_at and quote.published_at.day for quote in briefing.quotes]

    assert [9, 6, 3, None] == asked("newest")
    assert [3, 6, 9, None] == asked("oldest")


def test_a_shorter_answer_has_no_more_than_was_wished_for_and_counts_all():
    stored = article("a", said("Ilya Gromov", TANK), said("Pavel Sorin", BREAD),
                     said("Ilya Gromov", STRIKE))  # fmt: skip

    briefing = ask(replace(RUSSIA, most=2), stored)

    assert (2, 3) == (len(briefing.quotes), briefing.total)


@pytest.mark.parametrize(
    ("query", "kind", "nearest"),
    [
        (Query("?", speaker="Ilya Gromov", topic="the tank"), "matters", [BREAD]),
        (Query("?", party="russia", topic="the tank"), "matters", [BREAD, GRAIN]),
        (Query("?", speaker="Nigel Duclos", topic="the tank"), "others", [STRIKE]),
        (Query("?", party="russia", until=datetime(2018, 2, 1, tzinfo=UTC)), "filters",
         [BREAD, GRAIN]),
    ],
)  # fmt: skip
def test_an_abstention_shows_first_what_those_asked_said_on_other_matters(query, kind, nearest):
    lines = {"Ilya Gromov": BREAD, "Pavel Sorin": GRAIN, "Anna Weller": STRIKE}
    stored = [article(who[0].lower(), said(who, line), day=7) for who, line in lines.items()]

    briefing = ask(query, *stored)

    assert (True, kind) == (briefing.abstained, briefing.nearest_kind)
    assert sorted(nearest) == sorted(quote.text for quote in briefing.nearest)


@pytest.mark.parametrize(
    ("asked", "offered"),
    [("Waller", "Anna Weller"), ("Gromyko", "Ilya Gromov"), ("Duclos", "Anna Weller")],
)
def test_whom_nobody_knows_gets_names_on_record_offered(asked, offered):
    stored = article("a", said("Anna Weller", STRIKE), said("Ilya Gromov", TANK))

    briefing = ask(Query("?", speaker=asked, topic="the tank"), stored)

    assert offered in briefing.names
    assert () == ask(Query("?", speaker="Anna Weller", topic="bread"), stored).names
