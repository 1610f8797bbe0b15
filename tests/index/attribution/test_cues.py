from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.cues import CueReading, classify_cue
from index.types import CueClass

CLASSES = get_args(CueClass)
PARTS = {"verb", "noun", "adjective", "adverb", "prep", "mark", "light"}
FRAGMENTS = (
    "did not never refused to deny denied confirm said say call for on in a statement no "
    "comment would rule out hopes wants “ ” , : — didn’t issued denial nobody"
)
NEWSPRINT = st.text(alphabet="aAdeint.!? \n“”‘’\"'-:—é") | st.lists(
    st.sampled_from(FRAGMENTS.split())
).map(" ".join)


@pytest.mark.parametrize(
    ("cue", "cue_class", "lemma"),
    [
        ("said", "said", "say"),
        ("has said", "said", "say"),
        ("told", "said", "tell"),
        ("wrote", "said", "write"),
        ("spoke of", "said", "speak of"),
        ("swore", "said", "swear"),
        ("tweeted", "said", "tweet"),
        ("replied", "said", "reply"),
        ("noting", "said", "note"),
        ("quipped", "said", "quip"),
        ("pointed out", "said", "point out"),
        ("has made clear", "said", "make clear"),
        ("was quoted as saying", "said", "quote as saying"),
        ("was heard claiming", "said", "claim"),
        ("said in a statement", "said", "say"),
        ("According to", "said", "according to"),
        ("in the words of", "said", "in the words of"),
        (":", "said", ":"),
        ("insisted", "said", "insist"),
        ("slammed", "said", "slam"),
        ("condemned", "said", "condemn"),
        ("has denied", "denied", "deny"),
        ("rejected claims", "denied", "reject"),
        ("denied in a statement", "denied", "deny"),
        ("issued a denial", "denied", "denial"),
        ("denies lying", "denied", "deny"),
        ("sought to refute", "denied", "refute"),
        ("brushed off", "denied", "brush off"),
        ("ruled out", "denied", "rule out"),
        ("confirmed", "confirmed", "confirm"),
        ("conceded", "confirmed", "concede"),
        ("seemed to confirm", "confirmed", "confirm"),
        ("admitted to lying", "confirmed", "admit"),
        ("accuses", "accused", "accuse"),
        ("blaming", "accused", "blame"),
        ("allegations", "accused", "allegation"),
        ("declined to comment", "declined", "decline"),
        ("refused to confirm", "declined", "refuse"),
        ("declined to deny", "declined", "decline"),
        ("would not comment", "declined", "comment"),
        ("won’t say", "declined", "say"),
        ("did not respond to", "declined", "respond"),
        ("had no comment", "declined", "no comment"),
        ("called on", "demanded", "call on"),
        ("has been calling for", "demanded", "call for"),
        ("repeated its demand", "demanded", "demand"),
        ("insists on", "demanded", "insist on"),
        ("warned", "warned", "warn"),
        ("threatened to reject", "warned", "threaten"),
        ("warnings", "warned", "warn"),
        ("vowed to deny", "promised", "vow"),
        ("made a pledge", "promised", "pledge"),
    ],
)
def test_a_cue_has_the_class_of_the_word_that_decides(cue, cue_class, lemma):
    reading = classify_cue(cue)

    assert CueReading(cue_class, False, False, lemma) == reading


@pytest.mark.parametrize(
    ("cue", "lemma"),
    [
        ("believes", "believe"),
        ("thought", "thought"),
        ("hopes", "hope"),
        ("is expected to announce", "expect"),
        ("wants to call for", "want"),
        ("is convinced", "convinced"),
        ("has no doubt", "have no doubt"),
        ("in the view of", "in the view of"),
        ("feared", "fear"),
    ],
)
def test_a_belief_or_a_wish_is_a_thought(cue, lemma):
    reading = classify_cue(cue)

    assert CueReading("said", False, True, lemma) == reading


@pytest.mark.parametrize("cue", ["expressed hope", "voiced fears", "has long said", "said to hope"])
def test_a_thought_that_was_voiced_is_said(cue):
    assert not classify_cue(cue).thought


@pytest.mark.parametrize(
    ("before", "cue", "cue_class"),
    [
        ("", "did not deny", "denied"),
        ("", "never confirmed", "confirmed"),
        ("", "neither confirmed nor denied", "denied"),
        ("", "refused to rule out", "denied"),
        ("", "stopped short of accusing", "accused"),
        ("", "failed to mention", "said"),
        ("", "has not yet conceded", "confirmed"),
        ("", "did not yet confirm", "confirmed"),
        ("", "has yet to concede", "confirmed"),
        ("The ministry did not ", "deny", "denied"),
        ("Kyiv hasn’t publicly ", "blamed", "accused"),
        ("Neither side ", "confirmed", "confirmed"),
        ("In Tashkent, no official has ", "promised", "promised"),
        ("Nobody ", "said", "said"),
    ],
)
def test_a_negation_in_the_cue_or_its_clause_negates(before, cue, cue_class):
    reading = classify_cue(cue, before=before)

    assert (cue_class, True) == (reading.cue_class, reading.negated)


@pytest.mark.parametrize(
    ("before", "cue"),
    [
        ("He was not there, Marić ", "said"),
        ("“We will never leave,” she ", "said"),
        ("“No”, the minister ", "said"),
        ("No. 10 ", "said"),
        ("Nobody listened to their ", "demand"),
        ("Nobody knew what the minister who ", "said"),
        ("The army did not fire. He ", "denied"),
        ("", "not only denied"),
        ("", "said no"),
        ("", "declined to comment"),
        ("", "would not comment"),
    ],
)
def test_a_negation_outside_the_cue_leaves_it_alone(before, cue):
    assert not classify_cue(cue, before=before).negated


@pytest.mark.parametrize(
    ("cue", "after", "cue_class", "lemma"),
    [
        ("called", " for talks", "demanded", "call for"),
        ("called", " on the army to leave", "demanded", "call on"),
        ("called", " the raid a crime", "said", "call"),
        ("insisted", " on a truce", "demanded", "insist on"),
        ("insisted", " that the truce held", "said", "insist"),
        ("ruled", " out a ceasefire", "denied", "rule out"),
        ("refused", " to rule out", "denied", "rule out"),
    ],
)
def test_the_words_behind_a_cue_complete_it(cue, after, cue_class, lemma):
    reading = classify_cue(cue, after=after)

    assert (cue_class, lemma) == (reading.cue_class, reading.lemma)


@pytest.mark.parametrize("cue", ["", "zzz", "…", "“"])
def test_an_unknown_cue_is_said(cue):
    assert CueReading("said", False, False, "") == classify_cue(cue)


@given(NEWSPRINT, NEWSPRINT, NEWSPRINT)
def test_any_text_has_a_reading(cue, before, after):
    reading = classify_cue(cue, before, after)

    assert reading.cue_class in CLASSES
    assert not (reading.negated and reading.cue_class == "declined")


@given(NEWSPRINT, st.sampled_from([". ", ", ", "” ", "\n"]))
def test_what_stands_before_the_clause_does_not_count(before, mark):
    assert classify_cue("denied") == classify_cue("denied", before=before + mark)


def test_every_row_of_the_lexicon_is_sound_and_unique():
    table = files("index.attribution").joinpath("data", "cues.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]

    lemmas = [row[0] for row in rows]

    assert {len(r) for r in rows} <= {4, 5}
    assert {part for r in rows for part in r[1].split("/")} == PARTS
    assert {r[2] for r in rows} == set(CLASSES)
    assert {r[3] for r in rows} == {"yes", "no"}
    assert {r[2] for r in rows if r[3] == "yes"} == {"said"}
    assert sorted(set(lemmas)) == sorted(lemmas)
    assert len(lemmas) >= 500


def test_every_lemma_of_the_lexicon_finds_itself():
    table = files("index.attribution").joinpath("data", "cues.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]

    lost = [r[0] for r in rows if " " not in r[0] and classify_cue(r[0]).lemma != r[0]]

    assert lost == []
