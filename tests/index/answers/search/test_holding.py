"""Which sentences hold the words of a topic: whole words, in any form or spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.search.scoring.holding import FoldedSentences, held_by
from tests.index.briefing_builders import article, said

WORDS = (
    "bridges",
    "Bridge’s",
    "bridge-head",
    "presdent",
    "President",
    "Lawrow",
    "Lavrov's",
    "T-72",
    "center",
    "Okumuş",
    "1tax",
    "taxes",
    "armies",
    "army",
    "don’t",
    "it",
    "№5",
    ".",
)
WANTED = ("bridge", "president", "lavrov", "t-72", "centre", "okumu", "tax", "military", "it", "5")


def holding(wanted: tuple[str, ...], *sentences: str) -> dict[str, list[int]]:
    """The numbers of the sentences that hold each of some stems."""
    each = FoldedSentences(article("a", said("Ilya Gromov", *sentences)))
    found = each.holding(wanted)
    each.prepare()
    assert found == each.holding(wanted)
    return {word: sorted(places) for word, places in found.items()}


def test_each_stem_is_found_in_the_sentences_that_hold_it():
    found = holding(("bridge", "bread", "tax"), "Bread and a bridge.", "The bridges.", "No tax.")

    assert {"bridge": [0, 1], "bread": [0], "tax": [2]} == found


@pytest.mark.parametrize(
    ("stem", "text", "held"),
    [
        ("ukraine", "A Ukrainian fell.", True),
        ("bridge", "THE BRIDGE'S END", True),
        ("bridge", "Footbridge and drawbridge.", False),
        ("bridge", "A foot-bridge.", False),
        ("nuclear", "An anti-nuclear vote.", False),
        ("t-72", "A T-72 burned.", True),
        ("okumu", "Okumuş came.", True),
        ("lavrov", "Lawrow came.", True),
        ("president", "The presdent came.", True),
        ("tax", "Tex came.", False),
        ("tax", "1tax", False),
    ],
)
def test_a_stem_is_held_by_forms_and_spellings_of_a_whole_word(stem, text, held):
    assert {stem: [0] if held else []} == holding((stem,), text)
    assert held is bool(held_by(text, (stem,)))


def test_words_of_different_initials_are_looked_for_in_each_others_spellings():
    wanted = ("centre", "kentre", "bread")

    assert {"centre": [0], "kentre": [], "bread": [1]} == holding(wanted, "The center.", "Bread.")


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.lists(st.sampled_from(WANTED), max_size=4, unique=True),
)
def test_a_prepared_article_holds_what_it_held_before(written, wanted):
    holding(tuple(wanted), " ".join(written), " ".join(reversed(written)))


def test_a_separator_within_an_article_parts_no_sentence():
    assert {"bridge": [1]} == holding(("bridge",), "Bread\0 is dear.", "The bridge.")


def test_no_words_are_held_by_nothing():
    assert {} == holding((), "Bread is dear.")
    assert frozenset() == held_by("Bread is dear.", ())
