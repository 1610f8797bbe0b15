"""Which words mean the same office, and which do not."""

from __future__ import annotations

import pytest

from index.roster.meanings import is_met, like_meanings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the prime minister", "Taoiseach"),
        ("farm minister", "Minister of Agriculture"),
        ("interior minister", "Home Secretary"),
        ("interior minister", "Secretary of Homeland Security"),
        ("top diplomat", "Secretary of State"),
        ("foreign minister", "colleague at the foreign ministry"),
        ("finance minister", "Chancellor of the Exchequer"),
        ("health minister", "secretary of state for health"),
        ("spokesman", "press secretary"),
        ("number two", "deputy"),
    ],
)
def test_two_wordings_of_one_office_mean_the_same(one, other):
    assert like_meanings(one) == like_meanings(other)


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("_police", "chief executive officer"),
        ("_police", "chief medical officer"),
        ("_foreign", "secretary-general"),
        ("minister", "press secretary"),
        ("_prime_minister", "president"),
        ("_doctor", "patient"),
    ],
)
def test_a_word_does_not_mean_another_office(asked, other):
    assert not is_met(asked, like_meanings(other))


def test_a_wider_word_takes_in_the_narrower_one_and_not_the_other_way():
    assert is_met("churchman", like_meanings("archbishop of Ellermouth"))
    assert not is_met("archbishop", like_meanings("churchman"))
