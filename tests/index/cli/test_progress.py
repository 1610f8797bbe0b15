"""What is seen of indexing while it goes on."""

from __future__ import annotations

from io import StringIO
from itertools import count

import pytest
from rich.console import Console

from index.cli.progress import progress_on


def shown(articles, total, *, seconds, terminal=False):
    """Three sentences an article, at a clock that moves by so many seconds a look."""
    out = StringIO()
    screen = Console(file=out, width=120, force_terminal=terminal, highlight=False)
    with progress_on(screen, total, count(0.0, seconds).__next__) as done:
        for _ in range(articles):
            done(3)
    return out.getvalue()


def test_without_a_terminal_a_line_now_and_then_tells_rate_and_time_left():
    lines = shown(12, 1_000, seconds=4).splitlines()

    assert 1 <= len(lines) <= 5
    assert lines[0].endswith("min left")
    assert "of 1,000 articles, " in lines[0]
    assert "sentences/s" in lines[0]


@pytest.mark.parametrize("total", [None, 2])
def test_without_a_total_no_time_left_is_told(total):
    lines = shown(12, total, seconds=4).splitlines()

    assert "left" not in lines[0]
    assert lines[0].endswith("sentences/s")


def test_a_short_run_says_nothing():
    assert "" == shown(12, 12, seconds=0.01)


def test_a_terminal_gets_a_bar_with_the_rate():
    out = shown(12, 12, seconds=0.01, terminal=True)

    assert "12/12" in out
    assert "sentences/s" in out
