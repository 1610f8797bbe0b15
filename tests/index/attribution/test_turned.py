"""Whom words are addressed to, or what was done to somebody, is no source."""

import pytest

from index.attribution.tagger import CueFrame
from index.attribution.told.turned import (
    clause_before,
    turned,
    without_addressee,
    without_governed,
)
from index.types import Span


def _frame(text: str, sources: list[str], cue: str, content: str) -> CueFrame:
    at = {part: text.index(part) for part in (*sources, cue)}
    start = text.index(content, at[cue])
    return CueFrame(
        tuple(Span(at[s], at[s] + len(s)) for s in sources),
        (Span(at[cue], at[cue] + len(cue)),),
        (Span(start, start + len(content)),),
        1.0,
    )


def _read(text: str, frame: CueFrame) -> tuple[list[str], list[str]]:
    return [text[slice(*s)] for s in frame.source], [text[slice(*s)] for s in frame.content]


def test_whom_a_post_is_directed_at_is_no_source() -> None:
    text = "The group's post, directed at Mayor Ida Berg, said the gate was shut."
    frame = _frame(text, ["The group", "Mayor Ida Berg"], "said", "the gate was shut")
    assert _read(text, without_addressee(text, frame))[0] == ["The group"]


def test_who_says_it_behind_the_clause_is_its_source() -> None:
    text = "Berg, 45, was hurt, too, said Holm, but he could walk."
    frame = _frame(text, ["Berg, 45"], "said", "Holm, but he could walk")
    assert _read(text, turned(text, frame)) == (["Holm"], ["Berg, 45, was hurt, too"])


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Berg, the mayor, said Holm, his deputy, was ill.", "Holm, his deputy, was ill"),
        ("Berg, who was there, said Holm, and nobody else, spoke.", "Holm, and nobody else, spoke"),
        ("Berg said Holm, but not his wife, was ill.", "Holm, but not his wife, was ill"),
    ],
)
def test_a_subject_of_what_is_said_does_not_say_it(text: str, content: str) -> None:
    frame = _frame(text, ["Berg"], "said", content)
    assert turned(text, frame) == frame


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ida Holm said the bill was like one signed by Gov. Berg in May, saying it was fair.", []),
        ("The bill was turned down by Gov. Berg in May, saying it was unfair.", ["Berg"]),
        ("Ida Holm said it was late, and Gov. Berg left in May, saying it was fair.", ["Berg"]),
    ],
)
def test_who_is_only_mentioned_before_saying_is_no_source(text: str, kept: list[str]) -> None:
    frame = _frame(text, ["Berg"], "saying", "it was")
    assert _read(text, without_governed(text, frame))[0] == kept


@pytest.mark.parametrize(
    ("text", "cue", "who"),
    [
        ("He was poisoned, his friends had alleged before a court there sat.", "had alleged",
         "his friends"),
        ("Ida Holm fell ill. She was robbed, her family had claimed.", "had claimed", "her family"),
        ("The dam was sold, its owners said before a court sat.", "said", "its owners"),
    ],
)  # fmt: skip
def test_a_clause_before_its_speaker_is_what_is_said(text: str, cue: str, who: str) -> None:
    at, end = text.index(cue), text.index(f", {who}")
    start = text.rindex(". ", 0, end) + 2 if ". " in text[:end] else 0
    frame = CueFrame((), (Span(at, at + len(cue)),), (Span(start, start + 2),), 1.0)
    assert ([who], [text[start:end]]) == _read(text, clause_before(text, frame))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("At noon, his friends said the gate was shut.", "said"),
        ("He was ill, his friends laughed and the gate was shut.", "laughed"),
        ("He was ill, Ida Holm said.", "said"),
    ],
)
def test_what_is_no_clause_before_a_speaker_stays(text: str, cue: str) -> None:
    at = text.index(cue)
    frame = CueFrame((), (Span(at, at + len(cue)),), (Span(0, 2),), 1.0)
    assert frame == clause_before(text, frame)
