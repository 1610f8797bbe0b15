""" "Who said '…'?": word for word, nearly so, and by those who were asked about."""

from __future__ import annotations

from dataclasses import replace

from index.answers.answer import answer
from index.speakers.gazetteer.names import name_key
from index.types import Briefing, Introduction, Party, Query, Span
from tests.index.briefing_builders import article, said, session_of

NORLAND = Party("norland", "Norland")
ANYONE = Query("?", anyone=True)
TANK = "The tank was never ours."
STRIKE = "The tank was hit by a drone."


def ask(query: Query, *articles, limit: int | None = 5) -> Briefing:
    return answer(query, session_of(*articles), limit=limit)


def texts(briefing: Briefing) -> list[str]:
    return [quote.text for quote in briefing.quotes]


def test_a_quotation_is_found_whatever_its_marks_and_case():
    stored = article("a", said("Ilya Gromov", "“We can’t — share a gate,” he said."))

    briefing = ask(replace(ANYONE, quotation="we can't share a Gate"), stored)

    assert ["Ilya Gromov"] == [quote.speaker for quote in briefing.quotes]


def test_a_quotation_that_nobody_said_says_so():
    stored = article("a", said("Ilya Gromov", TANK))

    briefing = ask(replace(ANYONE, quotation="The tank was always theirs"), stored)

    assert (True, []) == (briefing.abstained, texts(briefing))
    assert "Nobody is on record" in (briefing.reason or "")


def test_words_of_the_article_itself_are_in_nobodys_mouth():
    stored = article("a", said(None, STRIKE, own_words=True))

    (quote,) = ask(replace(ANYONE, quotation="hit by a drone"), stored).quotes

    assert (None, ("in the article's own words",)) == (quote.speaker, quote.labels)


def test_who_said_it_speaks_for_whom_other_articles_say():
    told = [article(name, said("Anna Weller", "Norland's minister Ada Quill came."), day=3,
                    outlet=name) for name in ("b", "c")]  # fmt: skip
    norland = Introduction(
        name_key("Ada Quill"), "Ada Quill", "minister", (NORLAND,), Span(0, 27), certain=True
    )
    stored = article("a", said("Ada Quill", STRIKE), said("Ada Quill", TANK), day=3)

    (quote,) = ask(replace(ANYONE, quotation="hit by a drone"), stored,
                   *(replace(each, introductions=(norland,)) for each in told)).quotes  # fmt: skip

    assert ("Ada Quill", "Norland", ["corpus"]) == (
        quote.speaker, quote.party, [each.origin for each in quote.evidence]
    )  # fmt: skip


def test_what_somebody_said_leaves_out_articles_that_tell_it_themselves():
    spoken = article("a", said("Anna Weller", STRIKE))
    stored = article("b", said(None, f"Nobody doubts it: {STRIKE}", own_words=True))

    briefing = ask(replace(ANYONE, quotation="hit by a drone"), spoken, stored)

    assert ["Anna Weller"] == [quote.speaker for quote in briefing.quotes]


def test_the_rest_of_a_speakers_sentence_is_not_in_the_speakers_mouth():
    whole = article("a", said("Anna Weller", STRIKE))
    (statement,) = whole.statements
    begun = replace(statement.attribution, content=(Span(0, len("The tank")),))
    item = replace(whole, statements=(replace(statement, attribution=begun),))

    (quote,) = ask(replace(ANYONE, quotation="hit by a drone"), item).quotes

    assert (None, ("in the article's own words",)) == (quote.speaker, quote.labels)


def test_a_quotation_asked_of_the_wrong_party_is_only_near():
    stored = article("a", said("Anna Weller", STRIKE))

    briefing = ask(Query("?", party="russia", quotation="hit by a drone"), stored)

    assert (True, [STRIKE]) == (briefing.abstained, [quote.text for quote in briefing.nearest])
