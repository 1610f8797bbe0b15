"""The short form of the reliability run: a real indexer, killed once, everything twice."""

from __future__ import annotations

import pytest

from tests.faults.arrivals import Plan, drive


@pytest.mark.model
def test_any_order_a_kill_and_a_second_run_lead_to_the_index_of_a_clean_run(tmp_path):
    plan = Plan(articles=24, updates=12, withdrawals=6, copies=6, poison=3, seed=7)

    found = drive(plan, tmp_path)

    assert found.pop("articles") > 20
    assert {
        "different": 0,
        "changed by the second run": 0,
        "damaged": 0,
        "failed files": 6,
    } == found
