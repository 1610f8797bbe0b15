"""The words beside a quote: each is a claim about it."""

from __future__ import annotations

import pytest

from bot.messages.wording import capitalised, is_corrected, notes_on, party_to_tell, stance_note
from index.types import Quote, Span


def quote(text="“We will stay.”", cued=None, **fields):
    at = text.find(cued) if cued else -1
    given = {
        "article_id": "a1",
        "start": 100,
        "end": 100 + len(text),
        "speaker": "Ivan Marek",
        "role": None,
        "party": None,
        "kind": "indirect",
        "labels": (),
        "source": None,
        "cue": Span(100 + at, 100 + at + len(cued)) if cued else None,
        "content": (),
        "outlet": None,
        "published_at": None,
        "url": None,
        "score": 1.0,
    }
    return Quote(text=text, **{**given, **fields})


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
def test_a_stance_is_told_by_its_class_and_a_negated_one_by_the_article(text, cue, want):
    assert want == stance_note([quote(text, cue)])


def test_a_cue_in_a_sentence_that_is_not_shown_tells_no_stance():
    elsewhere = quote("The port is open.", None, cue=Span(90, 94), cue_text="deny")

    assert "" == stance_note([elsewhere])


@pytest.mark.parametrize(
    ("speaker", "role", "party", "want"),
    [
        ("the United Nations", None, "United Nations", ""),
        ("Lena Ferro", "the UN aid coordinator", "United Nations", ""),
        ("Gleb Arsin", "Russian Transport Minister", "Russia", ""),
        ("Russia’s Transport Ministry", None, "Russia", ""),
        ("Gleb Arsin", "transport minister", "Russia", "Russia"),
        ("The Kremlin", None, "Russia", "Russia"),
        ("Tom Weller", "US ambassador to Russia", "Russia", "Russia"),
        ("Gleb Arsin", "spokesman for Normandy Ferries", "Norma", "Norma"),
        ("Gleb Arsin", None, None, ""),
    ],
)
def test_a_party_is_told_where_name_and_role_do_not_tell_it(speaker, role, party, want):
    assert want == party_to_tell(quote(speaker=speaker, role=role, party=party))


@pytest.mark.parametrize(
    ("fields", "want"),
    [
        ({}, ["in the outlet’s words"]),
        ({"kind": "direct"}, ["in quotation marks"]),
        ({"kind": "mixed"}, ["partly in quotation marks"]),
        (
            {"labels": ("continues", "via spokesperson")},
            ["in the outlet’s words", "via spokesperson"],
        ),
        (
            {"kind": "direct", "labels": ("in the article's own words",)},
            ["in the article's own words"],
        ),
        (
            {"kind": "direct", "speaker": None, "labels": ("unattributed in source",)},
            ["in quotation marks"],
        ),
    ],
)
def test_the_notes_tell_in_whose_words_and_with_what_doubt(fields, want):
    assert want == notes_on([quote(**fields)])


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("the Norwegian Defence Ministry", "The Norwegian Defence Ministry"),
        ("al-Sadik", "al-Sadik"),
        ("Ana Kovač", "Ana Kovač"),
        ("", ""),
    ],
)
def test_a_line_begins_with_a_capital_unless_the_name_has_its_own(text, want):
    assert want == capitalised(text)


@pytest.mark.parametrize(
    ("title", "want"),
    [
        ("Correction: the convoy", True),
        ("correction to a report", True),
        ("The convoy (Corrected)", True),
        ("The convoy needs a correction", False),
    ],
)
def test_a_corrected_article_is_known_by_its_title(title, want):
    assert want == is_corrected(title)
