"""What is about a topic, by its own words or by its article's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.answer import answer
from index.answers.search.relevance import TopicQuery, score_topic
from index.answers.search.scoring.company import Standing
from index.answers.search.scoring.evidence import NAMES
from index.answers.search.scoring.model import load_model
from index.models.onnx_embedder import OnnxEmbedder
from index.text.words import holds_all, passage_stems
from index.types import Query
from tests.index.briefing_builders import WordEmbedder, article, said, session_of

NEWSPRINT = st.text(alphabet="aSß1é\u0301’'.-“ \n¨ﬁ")
GROMOV, WELLER = "Ilya Gromov", "Anna Weller"
RUSSIA = Query("?", party="russia", topic="the harbour bridge")
LEAD = "The harbour bridge fell at dawn."
ANSWER = "Nobody of ours went near."


def texts(query: Query, *articles) -> list[str]:
    return [quote.text for quote in answer(query, session_of(*articles)).quotes]


@pytest.mark.parametrize(
    ("text", "words", "contained"),
    [("Ukrainian jets fell", ["ukraine", "jet"], True), ("the statement", ["state"], False),
     ("Hamza bin Laden", ["ladin"], True), ("Lawrow arrived", ["lavrov"], True),
     ("the Čapek house", ["capek"], True), ("a house", ["house", "boat"], False),
     ("a house", [], False)],
)  # fmt: skip
def test_a_text_holds_a_word_in_any_form_or_spelling(text, words, contained):
    assert contained is holds_all(text, words)


@given(NEWSPRINT, NEWSPRINT)
def test_a_text_has_the_stems_of_its_parts(title, lead):
    assert passage_stems(title) | passage_stems(lead) == passage_stems(f"{title} {lead}")


@pytest.mark.parametrize(
    "reply",
    [ANSWER, "It was not us.", "This is a lie.", "They did it themselves.",
     "We will answer in due time."],
)  # fmt: skip
def test_an_article_on_the_topic_tells_what_its_quotations_are_about(reply):
    # What hashed words have in common with such a reply, nothing at all, no vector of a model has.
    stored = article("a", said(None, LEAD), said(GROMOV, reply))

    briefing = answer(RUSSIA, session_of(stored, model=OnnxEmbedder()))

    assert [reply] == [quote.text for quote in briefing.quotes]


def test_a_lead_on_something_else_puts_nothing_on_the_topic():
    stored = article("a", said(None, "Bread will not cost more."), said(GROMOV, ANSWER))

    assert [] == texts(RUSSIA, stored)


def test_an_article_on_the_topic_does_not_answer_for_those_it_does_not_quote():
    stored = article("a", said(None, LEAD), said(WELLER, ANSWER))

    assert [] == texts(RUSSIA, stored)


def test_the_rest_of_a_statement_that_names_the_topic_belongs_to_it():
    named = "The harbour bridge was sound."
    stored = article("a", said(None, LEAD), said(GROMOV, named, ANSWER))

    assert [named, ANSWER] == texts(RUSSIA, stored)


def test_a_long_lead_that_holds_the_words_is_enough():
    lead = (
        "Of eleven old stone arches over the quiet river, four carried the harbour railway and "
        "seven the narrow bridge towards the northern market town."
    )
    stored = article("a", said(None, lead), said(GROMOV, ANSWER))

    assert [ANSWER] == texts(RUSSIA, stored)


class Synonyms(WordEmbedder):
    """Knows that a crossing is a bridge."""

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return super().embed_passages([text.replace("crossing", "bridge") for text in texts])


def test_where_one_names_a_topic_of_one_word_the_others_speak_of_something_else():
    named, near = "The bridge was sound.", "A crossing needs stone, iron, timber, rope, paint."
    stored = article("a", said(None, LEAD), said(GROMOV, named), said(GROMOV, near))

    query = Query("?", party="russia", topic="bridge")
    briefing = answer(query, session_of(stored, model=Synonyms()))

    assert [named] == [quote.text for quote in briefing.quotes]


def test_a_topic_is_scored_once_for_what_was_said_and_what_was_thought(monkeypatch):
    scored = []

    def noted(topic_query, finder):
        scored.append((topic_query.named, topic_query.around))
        return score_topic(topic_query, finder)

    monkeypatch.setattr("index.answers.search.session.score_topic", noted)
    stored = session_of(article("a", said(GROMOV, ANSWER), said(WELLER, "Bread is dear.")))

    briefing = answer(RUSSIA, stored)

    assert briefing.abstained
    assert [(True, False), (True, True)] == scored  # the nearest are looked for more widely
    assert "matters" == briefing.nearest_kind


def test_what_was_only_thought_is_scored_by_itself():
    spoken = article("a", said(GROMOV, "Bread is dear."))
    thought = article("b", said(GROMOV, "The harbour bridge will fall.", thought=True))

    assert ["The harbour bridge will fall."] == texts(RUSSIA, spoken, thought)


@pytest.mark.parametrize(
    ("stance", "text", "shown"),
    [
        ("demanded", "The harbour bridge belongs to the town again by Monday.", True),
        ("denied", "The harbour bridge was not ours.", True),
        ("denied", "The harbour bridge was ours.", False),
        ("declined", "The harbour bridge was not ours.", False),
    ],
)
def test_a_stance_is_taken_without_its_verb_where_the_words_allow_it(stance, text, shown):
    stored = article("a", said(None, LEAD), said(GROMOV, text))

    briefing = answer(replace(RUSSIA, stance=stance), session_of(stored))

    assert [text] * shown == [quote.text for quote in briefing.quotes]


def test_what_is_not_so_is_no_denial_where_nobody_is_asked():
    stored = article("a", said(None, LEAD), said(GROMOV, "The harbour bridge was not ours."))
    query = Query("?", topic="the harbour bridge", stance="denied", anyone=True)

    assert answer(query, session_of(stored)).abstained


@pytest.mark.parametrize(("named", "shown"), [(True, [0.2]), (False, [0.2, 0.13])])
def test_who_asks_nobody_gets_what_is_less_probable_too(monkeypatch, named, shown):
    chances = [0.2, 0.13, 0.11]
    places = {at: Standing("a", 10 * at, None) for at in range(3)}

    class Finder:
        """Gives three sentences, of which nothing is known but their number."""

        def find(self, topic, among, **more):
            return [*places], np.zeros((3, len(NAMES)), dtype=np.float32)

        def standings(self, keys):
            return [places[key] for key in keys]

    model = load_model()
    judge = SimpleNamespace(probabilities=lambda numbers: np.array(chances))
    judged = SimpleNamespace(sentence=judge, shown=model.shown, is_answered=lambda *_: True)
    monkeypatch.setattr("index.answers.search.relevance.load_model", lambda: judged)

    found = score_topic(TopicQuery("bread", named=named), Finder())

    assert shown == [*found.scores.values()]
