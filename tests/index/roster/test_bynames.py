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
        ("Kurdish officials", "Kurdish officials"),
    ],
)
def test_a_by_name_is_replaced_by_the_body_on_record(phrase, want):
    assert want == without_bynames(phrase, ON_RECORD)
