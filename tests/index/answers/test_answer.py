"""Answers over a few sentences, where everybody can see who said what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.answer import answer
from index.answers.digest import digest
from index.answers.duplicates import Match, UniqueMatch
from index.answers.quotes import checked, clipped, make_quotes
from index.errors import StoreError
from index.questions.description import describe
from index.types import Briefing, IndexedArticle, Query, Sentence, Span
from tests.index.briefing_builders import TABLES, article, said, session_of

RUSSIA = Query("?", party="russia")
ANYONE = Query("?", anyone=True)
TANK = "The tank was never ours."
DENIAL = "We deny that the tank fired."
STRIKE = "The tank was hit by a drone."
BREAD = "Bread will not cost more."


def ask(query: Query, *articles, limit: int | None = 5) -> Briefing:
    return answer(query, session_of(*articles), limit=limit)


def replace_title(item: IndexedArticle, title: str) -> IndexedArticle:
    return replace(item, article=replace(item.article, title=title))


def texts(briefing: Briefing) -> list[str]:
    return [quote.text for quote in briefing.quotes]


def test_a_party_is_quoted_with_speaker_cue_and_place():
    told = article("a", said("Ilya Gromov", TANK), said("Anna Weller", STRIKE), day=7)

    (quote,) = ask(RUSSIA, told).quotes

    assert TANK == quote.text == told.article.text[quote.start : quote.end]
    assert ("Ilya Gromov", "Russia", "Harbour Post") == (quote.speaker, quote.party, quote.outlet)
    assert ("T", (0, 1)) == (quote.cue_text, quote.cue)


def test_said_about_is_not_said_by():
    told = article("a", said("Anna Weller", "Russia fired the tank."))

    briefing = ask(replace(RUSSIA, topic="the tank"), told)

    assert briefing.abstained
    assert ["Russia fired the tank."] == [quote.text for quote in briefing.nearest]


def test_a_topic_keeps_what_is_about_it():
    told = article("a", said("Ilya Gromov", BREAD), said("Pavel Sorin", TANK))

    assert [TANK] == texts(ask(replace(RUSSIA, topic="the tank"), told))


def test_an_abstention_says_where_was_looked_and_how_fresh_that_is():
    told = article("a", said("Anna Weller", STRIKE), day=7)

    briefing = ask(Query("?", party="iran", topic="the tank"), told)

    assert "No statement by Iran on the tank in 1 article (newest 7 Feb 2018)" == briefing.reason
    assert ([STRIKE], []) == ([quote.text for quote in briefing.nearest], texts(briefing))


def test_nothing_is_near_an_unknown_person_without_a_topic():
    briefing = ask(Query("?", speaker="Henri Duclos"), article("a", said("Ilya Gromov", TANK)))

    assert (True, ()) == (briefing.abstained, briefing.nearest)


def test_a_person_is_never_another_of_that_surname():
    told = article("a", said("Anna Weller", STRIKE), said("Melda Weller", BREAD))

    assert [BREAD] == texts(ask(Query("?", speaker="Melda Weller"), told))


def test_a_bare_surname_on_record_goes_to_the_most_heard_bearer():
    told = article(
        "a",
        said("Anna Weller", STRIKE), said("Anna Weller", TANK), said("Weller", DENIAL),
        said("Melda Weller", BREAD),
    )  # fmt: skip

    assert [STRIKE, TANK, DENIAL] == texts(ask(Query("?", speaker="Anna Weller"), told))
    assert [BREAD] == texts(ask(Query("?", speaker="Melda Weller"), told))


def test_a_role_is_found_within_its_party_and_not_at_its_deputy():
    told = article(
        "a",
        said("Ilya Gromov", TANK, role="Russian Foreign Minister"),
        said("Pavel Sorin", BREAD, role="deputy foreign minister"),
    )

    found = ask(Query("?", party="russia", speaker="Russian foreign minister"), told)

    assert [TANK] == texts(found)


def test_without_a_topic_the_newest_comes_first_then_reading_order():
    old = article("a", said("Ilya Gromov", TANK), said("Ilya Gromov", DENIAL), day=5)
    new = article("b", said("Ilya Gromov", BREAD), day=9)
    undated = article("c", said("Ilya Gromov", STRIKE))

    assert [BREAD, TANK, DENIAL, STRIKE] == texts(ask(RUSSIA, old, new, undated))


def test_one_speaker_does_not_fill_the_answer():
    told = article(
        "a",
        *[said("Ilya Gromov", f"Bread {word} tomorrow.") for word in ("rises", "falls", "stays")],
        said("Pavel Sorin", TANK),
    )

    assert TANK in texts(ask(RUSSIA, told, limit=3))


@pytest.mark.parametrize("limit", [1, None])
def test_the_total_counts_copies_once(limit):
    first = article("a", said("Ilya Gromov", TANK), day=7)
    second = article("b", said("Ilya Gromov", TANK), day=8, outlet="Daily Tern")

    briefing = ask(RUSSIA, first, second, limit=limit)

    assert (1, 1) == (len(briefing.quotes), briefing.total)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_the_total_counts_what_is_not_shown(limit):
    told = article("a", *[said("Ilya Gromov", f"Town {name} is ours.") for name in "ABCD"])

    briefing = ask(RUSSIA, told, limit=limit)

    assert (limit, 4) == (len(briefing.quotes), briefing.total)


def test_a_long_quotation_comes_sentence_by_sentence_and_says_so():
    told = article("a", said("Ilya Gromov", "“One.", "Two.", "Three.”"))

    quotes = ask(RUSSIA, told).quotes

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
    told = article(
        "a", said("Ilya Gromov", TANK, thought=True), said("Pavel Sorin", DENIAL, thought=thought)
    )

    wanted = [TANK, DENIAL] if thought else [DENIAL]
    assert wanted == texts(ask(RUSSIA, told))


def test_orphan_quotations_answer_for_anyone_but_never_for_a_party():
    told = article("a", said(None, TANK, labels=("unattributed in source",)))

    (quote,) = ask(replace(ANYONE, topic="the tank"), told).quotes

    assert (None, ("unattributed in source",)) == (quote.speaker, quote.labels)
    assert ask(replace(RUSSIA, topic="the tank"), told).abstained


def test_a_stance_is_the_cues_and_its_negation_is_another():
    told = article(
        "a",
        said("Ilya Gromov", DENIAL, cue_class="denied"),
        said("Pavel Sorin", TANK, cue_class="denied", negated=True),
        said("Pavel Sorin", BREAD),
    )

    denial = ask(replace(RUSSIA, stance="denied"), told)
    no_denial = ask(replace(RUSSIA, stance="denied", negated=True), told)

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


def test_a_quotation_is_found_whatever_its_marks_and_case():
    told = article("a", said("Ilya Gromov", "“We can’t — share a gate,” he said."))

    briefing = ask(replace(ANYONE, quotation="we can't share a Gate"), told)

    assert ["Ilya Gromov"] == [quote.speaker for quote in briefing.quotes]


def test_a_quotation_that_nobody_said_says_so():
    told = article("a", said("Ilya Gromov", TANK))

    briefing = ask(replace(ANYONE, quotation="The tank was always theirs"), told)

    assert (True, []) == (briefing.abstained, texts(briefing))
    assert "Nobody is on record" in (briefing.reason or "")


def test_words_of_the_article_itself_are_in_nobodys_mouth():
    told = article("a", said(None, STRIKE, own_words=True))

    (quote,) = ask(replace(ANYONE, quotation="hit by a drone"), told).quotes

    assert (None, ("in the article's own words",)) == (quote.speaker, quote.labels)


def test_what_somebody_said_leaves_out_articles_that_tell_it_themselves():
    spoken = article("a", said("Anna Weller", STRIKE))
    told = article("b", said(None, f"Nobody doubts it: {STRIKE}", own_words=True))

    briefing = ask(replace(ANYONE, quotation="hit by a drone"), spoken, told)

    assert ["Anna Weller"] == [quote.speaker for quote in briefing.quotes]


def test_the_rest_of_a_speakers_sentence_is_not_in_the_speakers_mouth():
    whole = article("a", said("Anna Weller", STRIKE))
    (statement,) = whole.statements
    begun = replace(statement.attribution, content=(Span(0, len("The tank")),))
    item = replace(whole, statements=(replace(statement, attribution=begun),))

    (quote,) = ask(replace(ANYONE, quotation="hit by a drone"), item).quotes

    assert (None, ("in the article's own words",)) == (quote.speaker, quote.labels)


def test_a_quotation_asked_of_the_wrong_party_is_only_near():
    told = article("a", said("Anna Weller", STRIKE))

    briefing = ask(Query("?", party="russia", quotation="hit by a drone"), told)

    assert (True, [STRIKE]) == (briefing.abstained, [quote.text for quote in briefing.nearest])


def test_a_digest_keeps_a_partys_voices_together():
    told = article(
        "a",
        said("Ilya Gromov", TANK), said("Anna Weller", STRIKE),
        said("Pavel Sorin", "A tank is a tank."), said(None, "Another tank came."),
    )  # fmt: skip

    briefing = digest("the tank", session_of(told), now=datetime(2018, 2, 9, tzinfo=UTC))

    parties = [quote.party for quote in briefing.quotes]
    assert sorted(parties, key=parties.index) == parties
    assert {"Russia": 2, "United States": 1} == {p: parties.count(p) for p in parties}
    assert {"russia": "Russia", "united states": "United States"} == briefing.headings


def test_a_digest_hears_the_party_that_answers_without_naming_the_topic():
    told = replace_title(
        article("a", said("Ilya Gromov", "Nobody of ours did that."), said("Anna Weller", STRIKE)),
        "Tank hit in the desert",
    )

    briefing = digest("the tank", session_of(told), now=datetime(2018, 2, 9, tzinfo=UTC))

    assert ["United States", "Russia"] == [quote.party for quote in briefing.quotes]


def test_a_damaged_sentence_is_never_shown():
    told = article("a", said("Ilya Gromov", TANK))
    (quote,) = make_quotes(UniqueMatch(Match(told, 0, (0,), 1.0)))

    with pytest.raises(StoreError, match="no such sentence"):
        checked(replace(quote, text="The tank was ours."), told)


def test_a_sentence_beyond_its_article_is_no_quote():
    told = article("a", said("Ilya Gromov", TANK))
    beyond = Sentence(0, 0, len(told.article.text) + 1)

    with pytest.raises(StoreError, match="no such sentence"):
        make_quotes(UniqueMatch(Match(replace(told, sentences=(beyond,)), 0, (0,), 1.0)))


def test_spans_are_clipped_to_the_sentence_and_those_outside_left_out():
    spans = [Span(0, 5), Span(8, 12), Span(15, 18), Span(19, 30), Span(40, 50)]

    assert (Span(10, 12), Span(15, 18), Span(19, 20)) == clipped(spans, Sentence(1, 10, 20))


@pytest.mark.parametrize(
    ("query", "want"),
    [
        (Query("", party="russia", topic="drone strike",
               since=datetime(2018, 2, 12, tzinfo=UTC)),
         "Statements by Russia · about drone strike · since Mon 12 Feb 2018"),
        (Query("", party="russia", other_parties=("turkey",), stance="denied"),
         "Denials by Russia and Turkey"),
        (Query("", anyone=True, topic="T-72", outlet="Daily Tern",
               since=datetime(2018, 2, 7, tzinfo=UTC), until=datetime(2018, 2, 8, tzinfo=UTC)),
         "Statements about T-72 · on Wed 7 Feb 2018 · in Daily Tern"),
        (Query("", party="united nations", other_parties=("nato",)),
         "Statements by the United Nations and NATO"),
        (Query("", party="united nations", speaker="UN aid coordinator"),
         "Statements by the UN aid coordinator"),
        (Query("", speaker="Ilya Gromov", until=datetime(2018, 2, 10, tzinfo=UTC)),
         "Statements by Ilya Gromov · until Fri 9 Feb 2018"),
        (Query("", anyone=True, quotation="beyond doubt"), "Who said “beyond doubt”"),
    ],
)  # fmt: skip
def test_a_query_is_worded_for_people(query, want):
    assert want == describe(query, TABLES)


@given(st.text(alphabet="the tank AND OR NOT NEAR( *\"'“”-:;%\0🚢", max_size=60))
def test_any_topic_or_quotation_gets_an_answer_or_an_abstention(text):
    told = article("a", said("Ilya Gromov", TANK), said(None, STRIKE))

    for query in (replace(RUSSIA, topic=text), replace(ANYONE, quotation=text)):
        briefing = ask(query, told)

        assert briefing.abstained == (not briefing.quotes)


def test_a_digest_counts_only_what_it_can_tell():
    told = article("a", said("Ilya Gromov", "The tank is ours."), said(None, "The tank is old."))

    briefing = digest("the tank", session_of(told), now=datetime(2018, 2, 9, tzinfo=UTC))

    assert (["The tank is ours."], 1) == (texts(briefing), briefing.total)
