"""The words beside a quote: each is a claim about it."""

from __future__ import annotations

import pytest

from bot.messages.wording import capitalised, is_corrected, notes_on, party_to_show, stance_note
from index.types import Quote, Span


def quote(text="“We will stay.”", **fields):
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
        "cue": None,
        "content": (),
        "outlet": None,
        "published_at": None,
        "url": None,
        "score": 1.0,
    }
    return Quote(text=text, **{**given, **fields})


def test_the_stance_of_a_statement_is_that_of_the_sentence_with_its_cue():
    cue = Span(90, 96)
    opening, denial = quote(cue=cue), quote(cue=cue, stance="denied")

    assert ["", "denied"] == [stance_note([opening]), stance_note([opening, denial])]


@pytest.mark.parametrize(("named", "want"), [(False, "Russia"), (True, "")])
def test_a_party_is_shown_unless_name_or_role_tell_it(named, want):
    assert want == party_to_show(quote(party="Russia", names_party=named))


@pytest.mark.parametrize(
    ("fields", "want"),
    [
        ({}, ["paraphrased by the outlet"]),
        ({"kind": "direct"}, ["direct quote"]),
        ({"kind": "mixed"}, ["partly quoted"]),
        (
            {"labels": ("continues", "via spokesperson")},
            ["paraphrased by the outlet", "via spokesperson"],
        ),
        (
            {"kind": "direct", "labels": ("in the article's own words",)},
            ["in the article's own words"],
        ),
        (
            {"kind": "direct", "speaker": None, "labels": ("unattributed in source",)},
            ["direct quote"],
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


@pytest.mark.parametrize(
    ("role", "party", "want"),
    [
        ("Russian Foreign Ministry spokeswoman", "Russia", ""),
        ("Russia’s ambassador to the United Nations", "Russia", ""),
        ("the US ambassador to Russia", "United States", ""),
        ("Brennick’s chief executive", "Brennick Energy", ""),
        ("the chief executive", "Brennick Energy", "Brennick Energy"),
        ("a former Russian minister", "Russia", "Russia"),
        ("the US ambassador to Russia", "Russia", "Russia"),
        ("US-backed commander", "United States", "United States"),
        ("Putin’s spokesman", "Russia", "Russia"),
        (None, "Mali", "Mali"),
    ],
)
def test_a_party_with_which_a_role_begins_is_not_said_twice(role, party, want):
    assert want == party_to_show(quote(role=role, party=party))


@pytest.mark.parametrize(
    ("cue", "want"),
    [("rejected", "rejected"), ("rejects", "rejected"), ("dismissed", "dismissed"),
     ("denied", "denied"), ("rebuffed", "rebuffed"), (None, "denied")],
)  # fmt: skip
def test_who_rejects_a_demand_denies_nothing(cue, want):
    assert want == stance_note([quote(cue=Span(1, 9), stance="denied", cue_text=cue)])
