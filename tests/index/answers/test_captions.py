"""What a line beside a quote may claim."""

from __future__ import annotations

import pytest

from index.answers.captions import names_party, stance_of
from index.speakers.gazetteer.tables import load_tables
from index.types import Span


@pytest.mark.parametrize(
    ("text", "cue", "want"),
    [
        ("The port was shut, Marek said on Monday.", "said on", ""),
        ("Marek told reporters the port was shut.", "told", ""),
        ("Marek denied that the port was shut.", "denied", "denied"),
        ("Marek refuted the report.", "refuted", "denied"),
        ("Marek vowed to open the port.", "vowed", "promised"),
        ("Marek would not say when.", "would not say", "declined"),
        ("Marek did not deny the report.", "deny", "“did not deny”"),
        ("Marek did not deny the report.", "did not deny", "“did not deny”"),
        ("Marek has never confirmed it.", "confirmed", "“has never confirmed”"),
        ("Neither side confirmed it.", "confirmed", "“Neither side confirmed”"),
    ],
)
def test_a_stance_is_its_class_and_a_negated_one_the_words_of_the_article(text, cue, want):
    at = 100 + text.index(cue)

    assert want == stance_of(text, 100, Span(at, at + len(cue)))


@pytest.mark.parametrize("cue", [Span(90, 94), Span(115, 121), None])
def test_a_cue_in_another_sentence_gives_no_stance(cue):
    assert "" == stance_of("The port is open.", 100, cue)


@pytest.mark.parametrize(
    ("speaker", "role", "party", "want"),
    [
        ("the United Nations", None, "United Nations", True),
        ("Lena Ferro", "the UN aid coordinator", "United Nations", True),
        ("Gleb Arsin", "Russian Transport Minister", "Russia", True),
        ("Russia’s Transport Ministry", None, "Russia", True),
        ("Gleb Arsin", "transport minister", "Russia", False),
        ("The Kremlin", None, "Russia", False),
        ("Tom Weller", "US ambassador to Russia", "Russia", False),
        ("Gleb Arsin", "spokesman for Normandy Ferries", "Norma", False),
        ("Gleb Arsin", None, None, False),
    ],
)
def test_name_or_role_may_tell_the_party_and_no_other(speaker, role, party, want):
    assert want == names_party(speaker, role, party, load_tables())
