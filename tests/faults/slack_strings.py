"""
Ten thousand strings that an article, a name or a question might hold, through every message.

    python -m tests.faults.slack_strings [--strings 10000] [--seed 7]

Four strings at a time, as a sentence, a title, a name and a question, go into every message:
mentions, links, mrkdwn, right-to-left and zero-width characters, 1 to 100,000 characters long.
Nothing may come alive, break a limit of Slack, or read other than it is stored.
"""

from __future__ import annotations

import argparse

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.bot.messages.slack_strings import check, messages


def main() -> None:
    """Run, and print how many held, of how many, with the seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    tried = held = 0

    @seed(asked.seed)
    @settings(
        max_examples=asked.strings // 4,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(messages())
    def hold(strings: tuple[str, str, str, str]) -> None:
        nonlocal tried, held
        tried += 4
        check(*strings)
        held += 4

    try:
        hold()
    finally:
        print(f"{held}/{tried} strings held (seed {asked.seed})")


if __name__ == "__main__":
    main()
