"""Why a quote is shown, in plain lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.answers.explanation import explain
from index.types import (
    Article,
    Attribution,
    Evidence,
    IndexedArticle,
    Party,
    Query,
    Sentence,
    Span,
    Speaker,
    Statement,
)
from tests.index.briefing_builders import article, said, session_of

DAY = datetime(2018, 2, 7, tzinfo=UTC)
TEXT = "He denied that the tank fired."
RUSSIA = Party("russia", "Russia")
TITLE = Evidence("Foreign Minister Ilya Gromov", "article", "a", "Harbour Post", DAY)
GROMOV = Speaker("ilya gromov", "Ilya Gromov", None, (RUSSIA,), (TITLE,), "pronoun")
MADE = Attribution((Span(0, 2),), (Span(3, 9),), (Span(10, 29),), cue_class="denied")
ASKED = Query("?", party="russia", topic="the tank")


def lines(made: Attribution = MADE, speaker: Speaker | None = GROMOV) -> tuple[str, ...]:
    stored = Article("a", "Tank", TEXT, "Harbour Post", None, DAY)
    item = IndexedArticle(
        stored, (Sentence(0, 0, len(TEXT)),), (Statement(made, speaker),), indexed_at=DAY
    )
    return explain(ASKED, ("a", 0, len(TEXT)), session_of(item))


def test_every_step_has_its_line():
    cue, who, party, topic = lines()

    assert "Cue: “denied” marks a denial (indirect)." == cue
    assert "Speaker: Ilya Gromov, inferred from the pronoun “He”." == who
    assert (
        "Speaks for: Russia, by “Foreign Minister Ilya Gromov” in this article "
        "(Harbour Post, 2018-02-07)." == party
    )
    assert topic.startswith("Topic “the tank”: shares 1 of 1 words (tank); nearness of meaning 0.")


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"cue": ()}, "Cue: none, only the quotation marks."),
        ({"negated": True}, "Cue: “denied” marks a denial, negated (indirect)."),
        ({"thought": True}, "Cue: “denied” marks a thought, not said aloud (indirect)."),
    ],
)
def test_a_cue_is_told_with_its_class(changed, line):
    assert line == lines(replace(MADE, **changed))[0]


def test_a_stance_that_its_cue_does_not_tell_is_read_from_the_whole():
    text = "“You owe them an answer,” he said."
    stored = Article("a", "Answer", text, "Harbour Post", None, DAY)
    made = Attribution((Span(26, 28),), (Span(29, 33),), (Span(0, 25),), "direct", "demanded")
    item = IndexedArticle(
        stored, (Sentence(0, 0, len(text)),), (Statement(made, GROMOV),), indexed_at=DAY
    )

    cue = explain(replace(ASKED, topic=None), ("a", 0, len(text)), session_of(item))[0]

    assert "Cue: “said” marks a statement (direct); as a whole it is read as a demand." == cue


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"found": "named"}, "Speaker: Ilya Gromov, named as “He”."),
        ({"found": "role"}, "Speaker: Ilya Gromov, meant by “He”."),
        ({"evidence": (replace(TITLE, origin="shipped"),)},
         "“Foreign Minister Ilya Gromov” in the list of office holders that comes with onrecord"),
        ({"evidence": (replace(TITLE, origin="user"),)}, "in your own list of parties"),
        ({"evidence": (replace(TITLE, origin="corpus", article_id="b"),)},
         "in another article (Harbour Post, 2018-02-07)"),
        ({"evidence": ()}, "Speaks for: Russia."),
        ({"parties": ()}, "Speaks for: nobody but themselves, as far as is known."),
        ({"via": "New York Times"}, "Via: New York Times."),
    ],
)  # fmt: skip
def test_a_speaker_is_told_with_the_evidence(changed, line):
    assert any(line in line for line in lines(speaker=replace(GROMOV, **changed)))


def test_nobody_is_told_as_nobody():
    assert "Speaker: the article does not say who: it writes “He”." == lines(speaker=None)[1]


def test_the_articles_own_words_have_no_speaker():
    item = article("a", said(None, TEXT, own_words=True))

    own, _ = explain(ASKED, ("a", 0, len(TEXT)), session_of(item))

    assert "Nobody is quoted with this sentence: the article says it itself." == own


def test_a_topic_that_stands_around_a_sentence_is_told_so():
    item = article("a", said("Ilya Gromov", "The tank came."), said("Ilya Gromov", "I deny that."))

    line = explain(ASKED, ("a", 15, 27), session_of(item))[-1]

    assert "shares 0 of 1 words" in line
    assert line.endswith("the sentences around it name the topic.")


def test_a_sentence_that_is_gone_has_no_reason():
    session = session_of(article("a", said("Ilya Gromov", TEXT)))

    assert () == explain(ASKED, ("a", 0, 5), session) == explain(ASKED, ("b", 0, 5), session)
