from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentences import split_sentences

ROWS = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))["row"]
NEWSPRINT = st.text(alphabet="aA.!?…“”‘’\"' \n")
MARKS = list("“”‘’\"'?!.…—()🚢")
WORDS = ["Mr.", "U.S.", "No.", "5", "The", "he said", "...", "p.m.", "a", "1.", "www.a.example"]
BLANKS = [" ", "  ", "\n", "\r\n", "\u2028", "\x0b", "\x85", "\xa0", "\0", "\u200f"]
PIECES = st.lists(st.sampled_from(MARKS + WORDS + BLANKS)).map("".join)
LONG_LINES = {
    "letters": "a" * 200_000,
    "dots": "." * 200_000,
    "spaced dots": ". " * 100_000,
    "opening marks": "“" * 200_000,
    "straight marks": '."' * 100_000,
    "abbreviations": "U.S. " * 40_000,
    "questions and names": "x?” Ab Cd " * 20_000,
    "blanks": "a." + " " * 200_000 + "b",
    "omissions": "a. " + "… " * 100_000,
}


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split_sentences(text)]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_a_text_has_these_sentences(row):
    assert row["want"] == sentences(row["text"])


@given(st.one_of(NEWSPRINT, PIECES, st.text()))
def test_sentences_are_trimmed_slices_in_reading_order_within_one_line(text):
    found = split_sentences(text)

    assert list(range(len(found))) == [one.index for one in found]
    assert all(one.end <= following.start for one, following in pairwise(found))
    for one in found:
        piece = text[one.start : one.end]
        assert piece == piece.strip()
        assert [piece] == piece.splitlines()


@given(st.one_of(NEWSPRINT, PIECES, st.text()))
def test_every_character_but_blanks_lies_in_exactly_one_sentence(text):
    covered = [place for one in split_sentences(text) for place in range(one.start, one.end)]

    assert len(set(covered)) == len(covered)
    assert {place for place, sign in enumerate(text) if not sign.isspace()} <= set(covered)


@given(PIECES, PIECES)
def test_a_paragraph_is_cut_alike_whatever_stands_in_the_next(first, second):
    together = sentences(first + "\n" + second)

    assert sentences(first) + sentences(second) == together


@pytest.mark.timeout(20)
@pytest.mark.parametrize("line", LONG_LINES.values(), ids=list(LONG_LINES))
def test_a_hostile_line_is_cut_without_losing_a_character(line):
    assert "".join(line.split()) == "".join("".join(sentences(line)).split())
