"""Slips of the fingers, other languages' spellings, and words that are neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.speakers.gazetteer.names import name_key
from index.text.spelling import fix_frame, sounded


@pytest.mark.parametrize(
    ("foreign", "english"),
    [
        ("Lawrow", "Lavrov"),
        ("Poutine", "Putin"),
        ("Selenskyj", "Zelensky"),
        ("Gorbatschow", "Gorbachev"),
        ("Gorbatchev", "Gorbachev"),
        ("Chruschtschow", "Khrushchev"),
        ("Schoigu", "Shoigu"),
        ("Lukaschenko", "Lukashenko"),
        ("Jelzin", "Yeltsin"),
        ("Chamenei", "Khamenei"),
        ("Netanjahu", "Netanyahu"),
        ("Mueller", "Müller"),
    ],
)
def test_two_languages_spellings_of_a_name_sound_alike(foreign, english):
    assert sounded(name_key(foreign)) == sounded(name_key(english))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Clifton", "Clinton"), ("Weller", "Waller"), ("Gromov", "Groman"), ("Wang", "Vang")],
)
def test_other_names_sound_otherwise(one, other):
    assert sounded(name_key(one)) != sounded(name_key(other))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("waht did Russia sya abuot the tank", "what did Russia say about the tank"),
        ("whta has Turkey siad sicne Monday", "what has Turkey said since Monday"),
        ("who confrimed the strike", "who confirmed the strike"),
    ],
)
def test_the_words_of_a_frame_are_mended(typed, meant):
    assert meant == fix_frame(typed, ())


@pytest.mark.parametrize(
    "typed",
    ["what started the fire", "a letter form Ankara", "the sine of it", "did Sya speak", "the Teh"],
)
def test_other_words_and_names_are_left_alone(typed):
    assert typed == fix_frame(typed, ())


def test_a_name_on_record_is_no_slip():
    assert "what did sya do" == fix_frame("what did sya do", {"sya"})


@given(st.text(alphabet="abdehiostuwy '-", max_size=60))
def test_mending_twice_is_mending_once(text):
    once = fix_frame(text, ())

    assert once == fix_frame(once, ())
