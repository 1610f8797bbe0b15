"""
Both stores against plain dicts, for long: the machine of the tests with more examples.

``python -m tests.faults.against_a_dict [--examples 2000 --seed 7]``. A falsifying
example is printed by hypothesis, and ends the run.
"""

from __future__ import annotations

import argparse
import sys

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.made import report
from tests.index.store.test_against_a_dict import SqliteAgainstDict, StoreAgainstDict


def main() -> int:
    """Run, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    chosen = settings(
        max_examples=given.examples,
        stateful_step_count=20,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    code = 0
    for machine in (StoreAgainstDict, SqliteAgainstDict):
        run_state_machine_as_test(seed(given.seed)(machine), settings=chosen)
        code |= report(f"{machine.__name__}, examples", given.examples, given.examples, given.seed)
    return code


if __name__ == "__main__":
    sys.exit(main())
