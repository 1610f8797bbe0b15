"""Fusion and folding, with numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.answers.search.duplicates import Match, fold_copies, fuse
from index.store import Scored
from index.types import Span
from tests.index.briefing_builders import article, said

LONG = "Our engineers began to build a wall of concrete along the river"


def found(name: str, text: str, speaker: str | None = "Ilya Gromov", day: int = 7) -> Match:
    return Match(article(name, said(speaker, text), day=day, outlet=name), 0, (0,), 1.0)


def shown(*each: Match) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.shown.item.article.id, f.also_in) for f in fold_copies(each)]


def test_first_in_both_rankings_scores_one_and_first_in_one_a_half():
    both = fuse([Scored(1, 0.9), Scored(2, 0.1)], [Scored(1, 7.0)])

    assert {1: 1.0, 2: pytest.approx(61 / 62 / 2)} == both


def test_copies_fold_into_the_earliest():
    a = found("a", f"{LONG}, he said on Monday.", day=9)
    b = found("b", f"{LONG}, he said on Tuesday.", day=7)

    assert [("b", ("a",))] == shown(a, b)


def test_a_much_fuller_copy_is_shown_though_it_is_later():
    short = found("a", f"{LONG}.", day=7)
    full = found("b", f"{LONG} and will finish the work before the summer, he said.", day=9)

    assert [("b", ("a",))] == shown(short, full)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{LONG}.", f"{LONG}: that is false."),
        (f"{LONG} in 14 days.", f"{LONG} in 40 days."),
        (f"{LONG} in two days.", f"{LONG} in nine days."),
        (f"{LONG}.", f"It isn't so that {LONG}."),
        ("Bread is dear.", "Bread is dear this winter in all towns."),
        (f"{LONG}.", "The price of grain fell for the third week in a row."),
    ],
)
def test_a_number_or_a_not_makes_another_statement(one, other):
    assert [("a", ()), ("b", ())] == shown(found("a", one), found("b", other))


def test_the_same_words_out_of_another_mouth_stay_apart():
    assert [("a", ()), ("b", ())] == shown(found("a", LONG), found("b", LONG, "Anna Weller"))


def test_a_copy_with_a_speaker_is_shown_before_one_without():
    assert [("b", ("a",))] == shown(found("a", LONG, None, day=5), found("b", LONG, day=9))


def test_what_was_denied_is_no_copy_of_what_was_said():
    denial = Match(article("b", said("Ilya Gromov", LONG, cue_class="denied")), 0, (0,), 1.0)

    assert [("a", ()), ("b", ())] == shown(found("a", LONG), denial)


def headlined(title: str, text: str) -> list[Match]:
    """The statements of an article: its title, and one sentence."""
    made = article("a", *(said("Brennick Energy", line) for line in (title, text)), day=7)
    made = replace(made, article=replace(made.article, title=title))
    return [Match(made, 0, (0,), 1.0), Match(made, 1, (1,), 1.0)]


def test_a_headline_folds_into_the_sentence_that_it_sums_up():
    title = "Brennick admits two workers were hurt"
    one = "Brennick Energy confirmed that two workers suffered burns when a line burst."
    other = "Brennick Energy admits that three workers were hurt when a line burst."

    [only] = fold_copies(headlined(title, one))
    assert [one] == only.shown.texts
    assert 2 == len(fold_copies(headlined(title, other)))
    assert 2 == len(fold_copies(headlined(title, "Brennick Energy confirmed the two fines.")))


def test_the_same_quotation_in_another_frame_is_a_copy():
    frames = (
        "“{}”, said Gromov, a spokesman for the fishermen of the coast.",
        "“{}”, Gromov said.",
    )
    made = []
    for name, frame in zip("ab", frames, strict=True):
        text = frame.format("Nobody has fired a shot here since autumn")
        each = article(name, said("Ilya Gromov", text, kind="direct"), day=7, outlet=name)
        statement = each.statements[0]
        content = (Span(0, text.index("”") + 1),)
        attribution = replace(statement.attribution, content=content)
        each = replace(each, statements=(replace(statement, attribution=attribution),))
        made.append(Match(each, 0, (0,), 1.0))

    assert [("a", ("b",))] == shown(*made)
