"""Which attributions are statements, and which sentences of a content belong to one."""

import math
from dataclasses import replace

import pytest

from index.attribution import find_candidates, find_many
from index.attribution.statements.features import features_of
from index.attribution.statements.selection import (
    WEIGHTS,
    select_statements,
    sentences_of,
    shipped_head,
)
from index.attribution.statements.training import Example, count, fit
from index.errors import AttributionError
from index.models.logistic import Head, fit_head, read_head
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span

ALWAYS, NEVER = Head(20.0, {}), Head(-20.0, {})


def span(text, part):
    at = text.index(part)
    return Span(at, at + len(part))


def made_of(text, source, cue, *content, **more):
    parts = tuple(span(text, part) for part in content)
    return Attribution((span(text, source),), (span(text, cue),), parts, **more)


def contents(text, attributions):
    return [[text[s.start : s.end] for s in a.content] for a in attributions]


def only_where(*words):
    """Build a head to which a sentence is stated if its content begins with one of *words*."""
    return Head(-5.0, {f"begins={word}": 10.0 for word in words})


def select(text, made, head):
    return list(select_statements(text, split_sentences(text), [made], head).values())


def test_a_statement_is_kept_as_it_is():
    text = "The ferry is full, said Anna Brandt."
    made = made_of(text, "Anna Brandt", "said", "The ferry is full")

    assert [made] == select(text, made, ALWAYS)


def test_what_is_no_statement_goes():
    text = "The council moved the ferry to Oslavik."
    made = made_of(text, "The council", "moved", "the ferry")

    assert [] == select(text, made, NEVER)


def test_a_thought_is_kept_as_a_thought():
    text = "The council hopes for a new ferry."
    made = made_of(text, "The council", "hopes", "for a new ferry", thought=True)

    assert [made] == select(text, made, NEVER)


def test_a_thought_of_which_the_tagger_is_unsure_goes():
    text = "The council hopes for a new ferry."
    made = made_of(text, "The council", "hopes", "for a new ferry", thought=True, confidence=0.4)

    assert [] == select(text, made, NEVER)


def test_a_thought_that_was_voiced_is_a_statement():
    text = "The council fears a storm, it wrote."
    made = made_of(text, "The council", "fears", "a storm", thought=True)

    assert [replace(made, thought=False)] == select(text, made, ALWAYS)


def test_crumbs_of_the_next_sentence_are_no_part_of_it():
    text = "The ferry is full. It sails at nine, said Anna Brandt."
    first, second = (Span(s.start, s.end) for s in split_sentences(text))
    made = made_of(text, "Anna Brandt", "said", "l. It sails at nine")

    assert [second] == sentences_of(made, split_sentences(text), text)
    assert [first] == sentences_of(
        replace(made, content=(Span(first.end - 2, first.end),)), split_sentences(text), text
    )


@pytest.mark.parametrize(
    "content",
    [
        f"{answer} The ferry was full to its last seat on Tuesday"
        for answer in ("No.", "No!", "Ja.")
    ],
)
def test_a_short_answer_belongs_to_what_follows_it(content):
    text = f"Anna Brandt said: {content}."
    made = made_of(text, "Anna Brandt", "said", content, kind="direct")

    assert [[content]] == contents(text, select(text, made, NEVER))


@pytest.mark.parametrize("content", ["l. It sails at nine", "is full. It"])
def test_letters_of_a_cut_word_and_a_first_word_are_no_answers(content):
    text = "The ferry is full. It sails at nine, said Anna Brandt."
    made = made_of(text, "Anna Brandt", "said", content)

    assert 1 == len(sentences_of(made, split_sentences(text), text))


def test_only_the_sentences_that_are_stated_remain():
    text = "The ferry is full, said Anna Brandt.\n\nNew timetable\n\nIt sails at nine."
    made = made_of(
        text, "Anna Brandt", "said", "The ferry is full", "New timetable\n\nIt sails at nine."
    )
    wanted = split_sentences(text)[0]
    head = Head(-5.0, {"here=1": 10.0})

    (kept,) = select(text, made, head)

    assert [["The ferry is full"]] == contents(text, [kept])
    assert wanted.start <= kept.content[0].start < wanted.end


def test_a_quotation_is_said_whole():
    text = "“The ferry is full. It sails at nine. Be early,” said Anna Brandt."
    made = made_of(text, "Anna Brandt", "said", "“The ferry is full. It sails at nine. Be early,”")

    (kept,) = select(text, made, Head(-5.0, {"here=1": 10.0}))

    assert made.content == kept.content


def test_a_content_of_a_few_letters_is_no_crumb():
    text = "Anna Brandt said no."
    made = made_of(text, "Anna Brandt", "said", "no")

    assert [made] == select(text, made, ALWAYS)


def test_a_content_through_several_sentences_stays_in_one_piece():
    text = "Anna Brandt said the ferry was full. It sails at nine.\n\nIt is late. We wait."
    made = made_of(
        text, "Anna Brandt", "said", "the ferry was full. It sails at nine.\n\nIt is late. We"
    )

    kept = select(text, made, ALWAYS)
    assert [["the ferry was full. It sails at nine.\n\nIt is late."]] == contents(text, kept)


@pytest.mark.parametrize(
    "heading",
    [
        "New timetable",
        "A winter without ferries",
        "Ferries: what we know",
        "More on this story",
        "What passengers say",
        "Two piers, one harbour",
    ],
)
def test_a_heading_is_nobodys_words(heading):
    text = f"It sails at nine, said Anna Brandt. The ferry is full.\n\n{heading}\n\nIt is late."
    made = made_of(
        text, "Anna Brandt", "said", "It sails at nine", f"The ferry is full.\n\n{heading}"
    )

    kept = select(text, made, ALWAYS)

    assert [["It sails at nine", "The ferry is full."]] == contents(text, kept)


def test_each_sentence_of_a_long_text_is_looked_at_once():
    sentence = "The ferry is full, said Anna Brandt. "
    text = sentence * 3000
    sentences = split_sentences(text)
    made = [
        Attribution((), (Span(at + 19, at + 23),), (Span(at, at + 17),))
        for at in range(0, len(text), len(sentence))
    ]

    kept = select_statements(text, sentences, made, only_where("the"))

    assert len(made) == len(kept)


def test_a_feature_names_what_is_there():
    text = "Harbour master Ole Lund did not say whether the ferry was full."
    made = made_of(text, "Harbour master Ole Lund", "did not say", "whether the ferry was full")

    seen = features_of(text, made, Span(0, len(text)))

    wanted = {"lemma,not=say,1", "source=name", "head=lund", "opens=whether,1", "here=1", "stop=1"}
    assert wanted <= seen
    assert not {"question", "yet", "source=pronoun"} & seen


def test_fitting_finds_what_tells_right_from_wrong():
    said, moved = frozenset({"said", "x"}), frozenset({"moved", "x"})

    head = fit_head([said, moved] * 20, [True, False] * 20, decay=1.0, least=2)

    assert head.probability(said) > 0.8
    assert head.probability(moved) < 0.2
    assert {"said", "moved"} <= set(head.weights)
    slope = 20 * (1 - head.probability(said))
    assert math.isclose(head.weights["said"], slope, abs_tol=0.001)


def test_fitting_leaves_out_what_is_rare():
    rows = [frozenset({"said"}), frozenset({"said", "once"}), frozenset({"moved"})]

    assert "once" not in fit_head(rows * 3, [True, True, False] * 3, decay=1.0, least=4).weights


def test_training_counts_statements_and_sentences_without_one():
    said, moved = frozenset({"said"}), frozenset({"moved"})
    examples = [
        Example("a", (said,), 2, True),
        Example("a", (), 1, True),
        Example("a", (moved, said), 0, False),
        Example("a", (moved,), 0, False),
        Example("a", (said,), 0, None),
    ]

    counted = count(examples, Head(-5.0, {"said": 10.0}))

    assert (3, 2, 2, 1) == (
        counted["statements"],
        counted["found"],
        counted["sentences without"],
        counted["taken for one"],
    )
    assert fit(examples * 4).probability(said) > fit(examples * 4).probability(moved)


def test_the_shipped_head_is_used_only_as_it_was_written(tmp_path):
    file = tmp_path / "statements.json"
    file.write_text(WEIGHTS.read_text("utf-8").replace('"lemma=say": 0', '"lemma=say": 9'), "utf-8")

    assert shipped_head().weights
    with pytest.raises(AttributionError, match="reinstall onrecord"):
        read_head(file)


SAID = [
    "The ferry will not sail before Tuesday, harbour master Ole Lund said.",
    "Ole Lund denied that the ferry had been overloaded.",
    "According to the harbour office, 40 passengers were taken off.",
    "The shipping line announced that tickets would be paid back.",
    "The mayor of Oslavik demanded an inquiry into the accident.",
    "Ole Lund declined to comment on the accident.",
    "Police wrote on Friday that nobody had been arrested.",
    "“We are very sorry,” the captain told passengers.",
]
NOT_SAID = [
    "Passengers wait at the harbour of Oslavik after the ferry was stopped on Monday.",
    "The shipping line is expected to order two new ferries next year.",
    "The harbour is known as the gateway to the islands.",
    "Two new piers are planned in Oslavik.",
    "It is not clear how many passengers were on board.",
    "A photo shows the ferry on its side.",
    "The shipping line wants to build a second pier.",
]


@pytest.mark.model
@pytest.mark.parametrize("text", SAID)
def test_a_statement_is_known_as_one(text):
    (found,) = find_candidates([Article("x", "", text)])

    kept = select_statements(text, split_sentences(text), found)

    assert [False] == [made.thought for made in kept.values()]


@pytest.mark.model
@pytest.mark.parametrize("text", NOT_SAID)
def test_what_was_thought_or_done_is_no_statement(text):
    (found,) = find_candidates([Article("x", "", text)])

    kept = select_statements(text, split_sentences(text), found)

    assert [] == [made for made in kept.values() if not made.thought]


@pytest.mark.model
def test_an_unsure_find_counts_as_a_statement_only():
    texts = [*SAID, *NOT_SAID]
    articles = [Article(str(at), "", text) for at, text in enumerate(texts)]

    every = find_candidates(articles)

    sure = [[made for made in found if made.confidence >= 0.5] for found in every]
    assert sure == find_many(articles)
