"""Damage in a store in memory is found, and the line names what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.store.memory.store import MemoryStore
from tests.index.store.store_builders import (
    BRYN,
    DIM,
    EAST,
    NORTH,
    SOL,
    VIK,
    WEST,
    article,
    said,
    vectors,
)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ({"rows": vectors([0.5, 0.0], NORTH, WEST)}, "article 'a': vector 0 has length 0.5"),
        ({"fingerprint": "0" * 64}, "article 'a': it does not have the hash it was stored with"),
        ({"parts": [[0], [1], [0]]}, "article 'a': its statements do not lead"),
        ({"keys": (1, 2, 77)}, "word index: 2 sentences more or less than there are"),
    ],
)
def test_damage_in_memory_is_found_and_named(damage, expected):
    store = MemoryStore(DIM)
    says = [said(VIK, (0, 4)), said(SOL, (5, 9)), said(BRYN, (10, 14))]
    store.put(article("a", "aaaa", "bbbb", "cccc", says=says), vectors(EAST, NORTH, WEST))
    store._entries["a"] = replace(store._entries["a"], **damage)

    assert [expected] == [line[: len(expected)] for line in store.verify()]
