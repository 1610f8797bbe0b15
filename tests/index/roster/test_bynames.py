"""A by-name stands for a body that is on record, and for nothing else."""

from __future__ import annotations

import pytest

from index.roster.bynames import without_bynames
from index.types import Party

ON_RECORD = {
    name.casefold(): Party(name.casefold(), name)
    for name in ("Syrian Democratic Forces", "IAEA", "Hezbollah", "OPEC", "Wagner Group")
}


@pytest.mark.parametrize(
    ("phrase", "want"),
    [
        ("the Kurdish-led forces", "Syrian Democratic Forces"),
        ("Syrian Kurdish fighters", "Syrian Democratic Forces"),
        ("the head of the nuclear watchdog", "the head of IAEA"),
        ("the Shiite movement", "Hezbollah"),
        ("the oil cartel's secretary", "OPEC's secretary"),
        ("the Russian mercenary group", "Wagner Group"),
        ("the iPhone maker", "the iPhone maker"),
        ("the forces", "the forces"),
        ("Portugal's nuclear watchdog", "Portugal's nuclear watchdog"),
        ("the US nuclear watchdog", "the US nuclear watchdog"),
        ("Kurdish officials", "Kurdish officials"),
    ],
)
def test_a_by_name_is_replaced_by_the_body_on_record(phrase, want):
    assert want == without_bynames(phrase, ON_RECORD)


def test_a_by_name_of_several_bodies_means_all_of_them_that_are_on_record():
    more = {**ON_RECORD, "ypg": Party("ypg", "YPG")}

    assert "Syrian Democratic Forces and YPG" == without_bynames("the Kurdish fighters", more)
