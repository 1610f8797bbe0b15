"""What speaks for a sentence, counted by hand, and what is learned from it."""

from __future__ import annotations

import copy
import json
import math
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from index.answers.quotation import nearly_said
from index.answers.search.scoring.evidence import NAMES
from index.answers.search.scoring.model import (
    QUESTION_NAMES,
    load_model,
    question_numbers,
    read_model,
)
from index.answers.search.scoring.shortlist import EvidenceFinder, find_wordings, topic_stems
from index.answers.search.scoring.training import fit
from index.answers.search.scoring.wording import WORDING_NAMES, plain_words, wording_numbers
from index.attribution.stance.words import is_silence, takes_stance
from index.errors import StoreError
from tests.index.briefing_builders import WordEmbedder, article, said, session_of

GROMOV, WELLER = "Ilya Gromov", "Anna Weller"
LEAD = "The harbour bridge fell at dawn."
ANSWER = "Nobody of ours went near."
RECORD = json.loads(
    files("index.answers.search.scoring").joinpath("relevance.json").read_text("utf-8")
)


def evidence(topic: str, *articles) -> dict[int, dict[str, float]]:
    """The evidence for each sentence that carries a statement, by its name."""
    session = session_of(*articles)
    keys, numbers = EvidenceFinder(session.store, WordEmbedder()).find(topic, None, named=True)
    rows = [dict(zip(NAMES, row.tolist(), strict=True)) for row in numbers]
    return dict(zip(keys, rows, strict=True))


def test_only_sentences_that_carry_a_statement_are_judged():
    found = evidence("harbour bridge", article("a", said(None, LEAD, own_words=True),
                                               said(GROMOV, ANSWER)))  # fmt: skip

    assert 1 == len(found)


def test_the_words_of_a_topic_are_looked_for_in_the_sentence_and_around_it():
    stored = article("a", said(None, LEAD, own_words=True), said(GROMOV, ANSWER))

    (row,) = evidence("harbour bridge", stored).values()

    assert (0.0, 1.0, 1.0) == (row["words"], row["words near"], row["words of title and lead"])
    assert (2.0, 0.0) == (row["topic words"], row["unknown words"])


def test_what_else_a_speaker_says_in_the_article_counts_for_each_of_his_sentences():
    stored = article("a", said(GROMOV, "The bridge was sound."), said(WELLER, "Bread is dear."),
                   said(GROMOV, ANSWER))  # fmt: skip

    rows = evidence("bridge", stored)

    assert [1.0, 0.0, 1.0] == [row["words of speaker"] for _, row in sorted(rows.items())]


class CountingStore:
    """A store that notes which articles are read from it."""

    def __init__(self, store) -> None:
        self._store = store
        self.read: list[str] = []

    def __getattr__(self, name):
        return getattr(self._store, name)

    def get_many(self, names):
        self.read += names
        return self._store.get_many(names)


def test_an_article_is_read_once_for_all_that_one_answer_asks_of_it():
    stored = (article("a", said(GROMOV, "The bridge was sound."), said(WELLER, "Bread is dear.")),
              article("b", said(None, "No bridge stood here.", own_words=True)))  # fmt: skip
    store = CountingStore(session_of(*stored).store)
    finder = EvidenceFinder(store, WordEmbedder())

    keys, numbers = finder.find("bridge", None, named=False)
    others, again = finder.find("bridge", np.array(keys[:1]), named=True, stance="denied")
    finder.find("bread", None, named=False)

    # What holds no statement is not read at all, though it counts as near the topic.
    assert ["a"] == store.read
    assert (keys[:1], 2, 1) == (others, len(numbers), len(again))
    of = NAMES.index
    assert [math.log1p(2), math.log1p(1)] == pytest.approx(
        [numbers[0, of("articles")], again[0, of("articles")]]
    )
    assert [0.0, 1.0] == [numbers[0, of("asked")], again[0, of("asked")]]
    assert [0.0, 1.0] == [numbers[0, of("stance asked")], again[0, of("stance asked")]]


@pytest.mark.parametrize(
    ("stance", "plain", "fits"),
    [("demanded", 0.0, 1.0), ("warned", 1.0, 0.0), (None, 0.0, 0.0)],
)
def test_a_stance_read_from_the_whole_leaves_room_for_another(stance, plain, fits):
    stored = article("a", said(GROMOV, "The bridge was sound."))
    (own,) = stored.statements
    # The verb is "said".
    whole = replace(own, attribution=replace(own.attribution, cue_class="demanded"))
    finder = EvidenceFinder(session_of(replace(stored, statements=(whole,))).store, WordEmbedder())

    _, ((*row,),) = finder.find("bridge", None, named=False, stance=stance)

    of = NAMES.index
    assert (plain, fits) == (row[of("plain")], row[of("stance fits")])


def test_one_topic_of_several_is_looked_for_in_its_share_of_the_sentences():
    lines = [f"The bridge had {number} arches." for number in range(80)]
    stored = [article(str(n), said(GROMOV, line)) for n, line in enumerate(lines)]
    finder = EvidenceFinder(session_of(*stored).store, WordEmbedder())

    found = [len(finder.find("bridge", None, named=False, share=share)[0]) for share in (1, 3)]

    assert found[0] > 2 * found[1] > 20


def test_nothing_is_found_in_no_articles():
    keys, numbers = EvidenceFinder(session_of().store, WordEmbedder()).find(
        "bridge", None, named=False
    )

    assert ([], (0, len(NAMES))) == (keys, numbers.shape)


def test_a_topic_has_stems_each_once():
    assert ["bridge", "harbour"] == topic_stems("the bridges of the harbour bridge")


@pytest.mark.parametrize(
    ("text", "stance", "takes"),
    [("You must leave the harbour.", "demanded", True), ("We’ll be there.", "promised", True),
     ("It wasn't us.", "denied", True), ("Bread is dear.", "demanded", False),
     ("You must leave.", None, False), ("The mustard is dear.", "demanded", False)],
)  # fmt: skip
def test_a_stance_is_taken_by_other_words_than_a_verb_of_saying(text, stance, takes):
    assert takes is takes_stance(text, stance)


@pytest.mark.parametrize(
    ("text", "silent"),
    [("The ministry did not respond to a request.", True), ("He has not yet commented.", True),
     ("She could not be reached.", True), ("She declined to comment.", False),
     ("The pumps did not return.", True), ("They will not sell.", False)],
)  # fmt: skip
def test_a_sentence_that_says_somebody_said_nothing(text, silent):
    assert silent is is_silence(text)


def test_the_words_of_a_quotation_count_in_any_form_and_in_their_order():
    rows = wording_numbers(
        "nobody can close the old harbour",
        ["“Nobody can shut the old harbour,” he said.", "Bread is dear."],
        [0.5, 0.0],
    )

    assert (2, len(WORDING_NAMES)) == rows.shape
    assert pytest.approx(5 / 6) == rows[0, WORDING_NAMES.index("order")]
    assert pytest.approx(0.75) == rows[0, WORDING_NAMES.index("content")]
    assert rows[0, 0] > 0.8 > rows[1, 0]


def test_short_forms_are_the_words_they_stand_for():
    assert ["it", "is", "not", "here"] == plain_words("It isn’t here")


def test_a_quotation_a_little_off_is_found_and_another_is_not():
    stored = article("a", said(GROMOV, "Nobody can shut the old harbour."),
                   said(WELLER, "Bread is dear."))  # fmt: skip
    session = session_of(stored)

    places, _, numbers = find_wordings("nobody can close the old harbour", session.store,
                                       WordEmbedder())  # fmt: skip

    chances = dict(zip([each.sentence for each in places],
                       load_model().wording.probabilities(numbers), strict=True))  # fmt: skip
    assert chances[0] >= load_model().quoted > chances[1]
    assert [] == nearly_said([], "harbour")


def test_the_nearer_and_the_more_words_the_surer():
    model, plain = load_model(), load_model().sentence.means
    better = plain.copy()
    for name in ("sentence", "statement", "words", "words near"):
        better[NAMES.index(name)] += 0.3

    low, high = model.sentence.probabilities(np.stack([plain, better]))

    assert low < high


def test_a_question_is_summed_up_by_its_best_sentences():
    numbers = np.zeros((2, len(NAMES)), dtype=np.float32)
    numbers[1, NAMES.index("words")] = 1.0

    row = question_numbers(numbers, np.array([0.5, 0.9]))[0]

    named = dict(zip(QUESTION_NAMES, row.tolist(), strict=True))
    assert pytest.approx(np.log(9), rel=1e-4) == named["first"]
    assert (pytest.approx(0.0), -4.0, 1.0) == (named["second"], named["third"], named["words"])


def test_a_question_to_nobody_is_judged_apart_from_one_to_somebody():
    model = load_model()
    numbers = np.stack([model.sentence.means, model.sentence.means]).astype(np.float32)
    chances = np.array([0.5, 0.5])
    sure, never = replace(model, answered=0.0), replace(model, answered=1.0)

    answers = []
    for asked in (1.0, 0.0):
        numbers[:, NAMES.index("asked")] = asked
        answers.append([m.is_answered(numbers, chances) for m in (sure, never)])

    assert answers[0] == [True, False]
    assert answers[1][0] == answers[1][1]


def test_a_damaged_model_is_refused():
    damaged = copy.deepcopy(RECORD)
    damaged["model"]["answered"] = 0.0

    with pytest.raises(StoreError, match="SHA-256"):
        read_model(damaged)


def test_a_regression_learns_what_parts_right_from_wrong():
    numbers = np.array([[0.0, 1.0], [0.1, 0.0], [0.9, 1.0], [1.0, 0.0]], dtype=np.float32)

    made = fit(numbers, np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4), decay=0.1)

    found = made.probabilities(numbers)
    assert max(found[:2]) < 0.3
    assert min(found[2:]) > 0.7
    assert abs(made.weights[1]) < made.weights[0] / 10
