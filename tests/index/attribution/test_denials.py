"""Contents that deny without the word, and those that only look so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.cues import CueReading
from index.attribution.denials import denies, denies_in_substance, is_unsaid
from index.attribution.linking import _denies
from index.types import Attribution, Span

NEWSPRINT = st.text(alphabet="aAIt. ,“”’'n") | st.lists(
    st.sampled_from("it had nothing to do with no part not involved reports were false if".split())
).map(" ".join)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        ("it had nothing to do with the flood", "The ministry"),
        ("that its boats played no part in the raid", "Sudland"),
        ("that no Sudlandic boats were involved in the raid", "Sudlandic officials"),
        ("Sudland took no part in the raid", "A Sudland envoy"),
        ("“We weren’t involved,”", "the envoy"),
        ("“I had no role in it,”", "Sorin"),
        ("the reports of a raid were completely untrue", "the envoy"),
        ("these accusations are baseless", "the envoy"),
        ("“That is a lie,”", "the envoy"),
    ],
)
def test_a_deed_of_ones_own_or_a_report_is_denied(content, source):
    assert denies(content, source)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        ("Sudland had nothing to do with the flood", "Norland's minister"),
        ("no Norlandic boats were involved", "Sudlandic officials"),
        ("Sudland played no part in the raid", "The mayor"),
        ("whether it had nothing to do with the flood", "the envoy"),
        ("the reports would be false if the gate had held", "the envoy"),
        ("it was a false alarm", "police"),
        ("nobody was hurt", "the envoy"),
        ("he did not go to the harbour", "Sorin"),
        ("it played a part in the rescue", "the navy"),
    ],
)
def test_what_is_said_of_others_or_left_open_is_no_denial(content, source):
    assert not denies(content, source)


@given(NEWSPRINT, NEWSPRINT)
def test_any_content_is_read(content, source):
    assert denies(content, source) in (True, False)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (CueReading("said", False, False, "say"), True),
        (CueReading("said", True, False, "say"), False),
        (CueReading("said", False, True, "believe"), False),
        (CueReading("confirmed", False, False, "confirm"), False),
    ],
)
def test_only_what_was_plainly_said_becomes_a_denial(reading, expected):
    text = "The navy said it had nothing to do with the flood."

    assert expected == _denies(text, [Span(0, 8)], [Span(14, 49)], reading)


@pytest.mark.parametrize(
    ("text", "cue", "cue_class", "expected"),
    [
        ("The navy said it had nothing to do with it.", Span(9, 13), "denied", True),
        ("The navy denied it had anything to do with it.", Span(9, 15), "denied", False),
        ("The navy said it was calm.", Span(9, 13), "said", False),
    ],
)
def test_a_denial_without_the_word_is_told_from_one_with_it(text, cue, cue_class, expected):
    made = Attribution((Span(0, 8),), (cue,), (Span(cue.end + 1, len(text)),), cue_class=cue_class)

    assert expected == denies_in_substance(text, made)


@pytest.mark.parametrize(
    ("text", "cue", "cue_class", "negated", "unsaid"),
    [
        ("It is untrue that Sorin said we lost.", "said", "said", False, True),
        ("It isn't true that Sorin said we lost.", "said", "said", False, True),
        ("It is not the case that Sorin said so.", "said", "said", False, True),
        ("It is true that Sorin said we lost.", "said", "said", False, False),
        ("It is untrue that Sorin never said so.", "said", "said", True, False),
        ("Rumours that Sorin said “we lost” are false.", "said", "said", False, True),
        ("Rumours that Sorin said “we lost” are rife.", "said", "said", False, False),
        ("False reports that Sorin said no went round.", "said", "said", False, True),
        ("Sorin refused to say that it would pay.", "refused to say", "declined", False, True),
        ("Sorin declined to say whether it would pay.", "declined", "declined", False, False),
        ("Sorin declined to say more about it today.", "declined", "declined", False, False),
    ],
)
def test_what_is_called_untrue_or_refused_was_not_said(text, cue, cue_class, negated, unsaid):
    source, at = text.index("Sorin"), text.index(f" {cue} ") + 1
    end = at + len(cue)
    made = Attribution(
        (Span(source, source + 5),),
        (Span(at, end),),
        (Span(end + 1, len(text) - 1),),
        cue_class=cue_class,
        negated=negated,
    )

    assert is_unsaid(text, made) == unsaid
