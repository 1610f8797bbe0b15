"""Answers with marks at what their articles no longer say; and what is kept for that."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.messages.blocks import briefing_message
from bot.messages.controls import Page
from bot.messages.elements import size
from bot.messages.marking import MAX_MARKED, marked
from bot.messages.tables import comparison_message
from bot.state.shown import LEASE, TTL, Shown, sentences_of
from bot.state.state import State
from bot.state.teams import erase
from bot.types import Mark, ShownSentence
from index.types import Briefing, Comparison, Coverage, Party, Query, Quote, Revision, Side

NOON = datetime(2018, 2, 20, 14, 10, tzinfo=UTC)
COVERAGE = Coverage(3, 30, NOON, NOON)
GONE = Mark("withdrawn", NOON, "legal <!channel>")
CHANGED = Mark("corrected", NOON)


def quote(text, *, article="a", start=0, speaker="Ivan Marek", labels=()):
    return Quote(
        article, start, start + len(text), text, speaker, None, None, "direct", labels, None, None,
        (), "Harbour Post", NOON, f"https://harbour.example/{article}", 1.0,
    )  # fmt: skip


def answer(*quotes):
    found = Briefing(Query("?"), quotes, COVERAGE, total=len(quotes))
    message = briefing_message(found, "Statements", page=Page("1"))
    return message, shown_in(found, message)


def shown_in(found, message):
    return sentences_of(found, (key for keys in message.statements for key in keys))


def struck(message):
    """The words that are struck through."""
    found = []

    def walk(part):
        if isinstance(part, list):
            for each in part:
                walk(each)
        elif isinstance(part, dict):
            if part.get("style", {}).get("strike"):
                found.append(part["text"])
            for each in part.values():
                walk(each)

    walk(message.blocks)
    return found


def test_only_the_marked_sentence_is_struck_through_and_its_line_says_since_when_and_why():
    message, sentences = answer(quote("We stay."), quote("We go.", article="b"))

    made = marked(message, sentences, {1: GONE})

    assert ["We go."] == struck(made)
    (owner,) = [block for block in made.blocks if '"strike"' in json.dumps(block)]
    note = owner["elements"][-1]["elements"]
    assert ["Withdrawn ", "2018-02-20 14:10 UTC"] == [note[0]["text"], note[1]["fallback"]]
    assert " · the article was withdrawn: legal <!channel>" == note[2]["text"]
    assert "Withdrawn" == made.blocks[0]["elements"][0]["elements"][0]["text"]
    assert "Partly withdrawn: 2 statements by Ivan Marek" == made.text


def test_the_answer_is_otherwise_as_it_was_and_nothing_of_it_is_lost():
    message, sentences = answer(quote("We stay."), quote("We go.", article="b"))
    before = json.dumps(message.blocks)

    made = marked(message, sentences, {0: CHANGED})

    assert before == json.dumps(message.blocks)
    changed = [b for b, a in zip(message.blocks, made.blocks[1:], strict=True) if a != b]
    assert ["We stay."] == struck(made)
    assert 1 == len(changed)
    assert message == marked(message, sentences, {})


def test_of_two_equal_sentences_the_one_whose_article_changed_is_struck():
    quotes = (quote("We stay."), quote("We stay.", article="b", speaker="Ana Horvat"))
    message, sentences = answer(*quotes)

    made = marked(message, sentences, {1: CHANGED})

    (owner,) = [block for block in made.blocks if '"strike"' in json.dumps(block)]
    assert ["We stay."] == struck(made)
    assert "Ana Horvat" in json.dumps(owner)


def test_the_sentences_of_one_statement_share_one_line():
    long = "We stay" + " and stay" * 400 + "."
    message, sentences = answer(
        quote(long), quote("We said so.", start=len(long) + 1, labels=("continues",))
    )

    made = marked(message, sentences, {0: CHANGED, 1: CHANGED})

    assert long + "We said so." == "".join(struck(made))
    assert 1 == json.dumps(made.blocks).count("no longer says this")


def test_a_sentence_in_a_table_is_struck_in_its_cell():
    sides = tuple(
        Side(Party(name, name), Briefing(Query("?"), (quote(text, article=name),), COVERAGE))
        for name, text in (("turkey", "We go."), ("russia", "We stay."))
    )
    found = Comparison(Query("?"), sides)
    message = comparison_message(found, "Statements", page=Page("1"))

    made = marked(message, shown_in(found, message), {1: CHANGED})

    table = next(block for block in made.blocks if block["type"] == "table")
    assert ["We stay."] == struck(made)
    assert "no longer says this" in json.dumps(table["rows"][1][1])


def test_a_sentence_that_was_only_linked_shifts_no_mark():
    long = "We stay" + " and stay" * 2_000 + "."
    message, sentences = answer(quote(long), quote("We go.", article="b"))

    made = marked(message, sentences, {0: CHANGED, 1: GONE})

    assert ["We go."] == struck(made)


def test_a_full_message_goes_without_the_lines_and_still_fits():
    quotes = [
        quote(f"We stay for {n} days. " + "x" * 60, article=f"a{n}", speaker=f"Ivan {n}")
        for n in range(20)
    ]
    message, sentences = answer(*quotes)
    reason = "because " * 20

    made = marked(
        message, sentences, dict.fromkeys(range(len(sentences)), Mark("withdrawn", NOON, reason))
    )

    assert size(made.blocks) <= MAX_MARKED
    assert len(sentences) == len(struck(made))


# What is kept


@pytest.fixture
def clock():
    return [1_000.0]


@pytest.fixture
def shown(tmp_path, clock):
    state = State(tmp_path / "bot.db")
    yield Shown(state, clock=lambda: clock[0])
    state.close()


MESSAGE, SENTENCES = answer(quote("We stay."))


def changed(number=1, article="a", what="changed"):
    return Revision(number, article, NOON, what)


def test_an_answer_is_due_once_for_each_change_of_its_articles(shown):
    shown.keep("T1", "1", MESSAGE, SENTENCES)
    shown.keep("T1", "2", MESSAGE, [ShownSentence("b", "We go.")])

    shown.note([changed(), changed(2, "c")])
    taken = shown.take()
    shown.done(taken, {0: CHANGED})
    shown.note([changed(), changed(2, "c")])

    assert ("1", SENTENCES, {"a": CHANGED}) == (taken.id, taken.sentences, taken.happened)
    assert shown.take() is None
    shown.note([changed(3, what="withdrawn")])
    again = shown.take()
    assert ({0: CHANGED}, {"a": Mark("withdrawn", NOON)}) == (again.marks, again.happened)


def test_what_is_taken_is_nobody_elses_until_the_lease_runs_out(shown, clock):
    shown.keep("T1", "1", MESSAGE, SENTENCES)
    shown.note([changed()])

    first, second = shown.take(), shown.take()
    clock[0] += LEASE

    assert ("1", None, 2) == (first.id, second, shown.take().tries)


def test_a_change_that_comes_while_an_answer_is_marked_makes_it_due_again(shown):
    shown.keep("T1", "1", MESSAGE, SENTENCES)
    shown.note([changed()])
    taken = shown.take()

    shown.note([changed(2, what="withdrawn")])
    shown.done(taken, {0: CHANGED})

    assert {"a": Mark("withdrawn", NOON)} == shown.take().happened


def test_answers_are_forgotten_after_a_month_and_with_their_team(shown, clock):
    shown.keep("T1", "1", MESSAGE, SENTENCES)
    clock[0] += TTL + 1
    shown.keep("T1", "2", MESSAGE, SENTENCES)
    shown.keep("T2", "3", MESSAGE, SENTENCES)
    erase(shown.state, "T2")

    with shown.state.reading() as db:
        rows = [db.execute(f"SELECT id FROM {t}").fetchall() for t in ("shown", "shown_articles")]
    assert [[("2",)], [("2",)]] == rows
