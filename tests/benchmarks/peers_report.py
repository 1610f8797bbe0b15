"""
What `peers` has measured, as a table, ratios and a picture. Pure, but for the picture's file.

A measurement is a number for a system and a round. Figures are medians over the rounds; a ratio is
the median of the rounds' ratios, so that a slow minute of the machine counts for both sides.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# Round -> system -> measure -> value.
Round = Mapping[str, Mapping[str, float]]

BASE = "plain"
OURS = "onrecord"


class Line(NamedTuple):
    """A line of the table: a measure, how it is called and written, with its ratio or without."""

    measure: str
    label: str
    form: str
    compared: bool = True


class Goal(NamedTuple):
    """A ratio of ours to another's that must hold: at least *bound*, or at most."""

    label: str
    measure: str
    other: str
    bound: float
    at_least: bool = False
    other_measure: str | None = None


LINES = (
    Line("rate", "indexing, sentences a second", "{:.0f}"),
    Line("cpu_rate", "indexing, sentences a CPU second", "{:.0f}"),
    Line("p50", "a warm question, p50, ms", "{:.1f}"),
    Line("p95", "a warm question, p95, ms", "{:.1f}", compared=False),
    Line("p99", "a warm question, p99, ms", "{:.1f}", compared=False),
    Line("question_cpu", "a warm question, p50, CPU ms", "{:.1f}"),
    Line("cold", "cold start to the first answer, s", "{:.1f}"),
    Line("fresh", "added to found, same process, ms", "{:.0f}"),
    Line("fresh_elsewhere", "added to found, another process, ms", "{:.0f}", compared=False),
    Line("resident", "memory, loaded, MiB", "{:.0f}"),
    Line("ask_peak", "memory, asking, peak, MiB", "{:.0f}", compared=False),
    Line("index_peak", "memory, indexing, peak, MiB", "{:.0f}", compared=False),
    Line("memory", "memory, bytes a sentence", "{:.0f}", compared=False),
    Line("disk", "on disk, bytes a sentence", "{:.0f}", compared=False),
    Line("ndcg", "questions: nDCG@10", "{:.1f}", compared=False),
    Line("precision", "questions: P@5", "{:.1f}", compared=False),
    Line("wrong", "said by somebody else, of the first 10, %", "{:.1f}", compared=False),
    Line("abstention", "balanced abstention", "{:.1f}", compared=False),
)

GOALS = (
    Goal("indexing, beside plain", "rate", BASE, 0.65, at_least=True),
    Goal("a warm question, beside plain", "p50", BASE, 0.8),
    Goal("a warm question, beside txtai", "p50", "txtai", 0.4),
    Goal("`onrecord ask`, beside import and load", "command", BASE, 1.5, other_measure="loading"),
)


def median_of(rounds: Sequence[Round], system: str, measure: str) -> float | None:
    """Take the median over the rounds; None if none has it."""
    values = [each[system][measure] for each in rounds if measure in each.get(system, {})]
    return statistics.median(values) if values else None


def ratio_of(
    rounds: Sequence[Round], ours: tuple[str, str], other: tuple[str, str]
) -> float | None:
    """
    Take the median of the rounds' ratios.

    Args:
        ours: a system and its measure.
        other: what it is divided by.
    """
    ratios = [
        each[ours[0]][ours[1]] / each[other[0]][other[1]]
        for each in rounds
        if ours[1] in each.get(ours[0], {}) and other[1] in each.get(other[0], {})
    ]
    return statistics.median(ratios) if ratios else None


def table(rounds: Sequence[Round], systems: Sequence[str]) -> str:
    """Lay the figures out as a Markdown table; in brackets the ratio to plain."""
    rows = [["", *systems]]
    for line in LINES:
        cells = [_cell(rounds, system, line) for system in systems]
        if any(cell != "–" for cell in cells):
            rows.append([line.label, *cells])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    padded = [[cell.ljust(w) for cell, w in zip(row, widths, strict=True)] for row in rows]
    padded.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(row)} |" for row in padded)


def _cell(rounds: Sequence[Round], system: str, line: Line) -> str:
    value = median_of(rounds, system, line.measure)
    if value is None:
        return "–"
    ratio = ratio_of(rounds, (system, line.measure), (BASE, line.measure))
    figure = line.form.format(value)
    return f"{figure} ({ratio:.2f})" if line.compared and ratio and system != BASE else figure


def goals(rounds: Sequence[Round]) -> list[str]:
    """Say of each goal how far it holds."""
    lines = []
    for goal in GOALS:
        other = goal.other_measure or goal.measure
        ratio = ratio_of(rounds, (OURS, goal.measure), (goal.other, other))
        if ratio is None:
            continue
        is_met = ratio >= goal.bound if goal.at_least else ratio <= goal.bound
        bound = f"{'at least' if goal.at_least else 'at most'} {goal.bound}"
        lines.append(f"{goal.label}: {ratio:.2f} ({'held' if is_met else 'MISSED'}, {bound})")
    return lines


def plot(rounds: Sequence[Round], systems: Sequence[str], file: Path) -> None:
    """Draw speed beside quality: a panel a measure, a bar a system."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    panels = [
        line
        for line in LINES
        if line.measure in ("rate", "p50", "precision", "wrong")
        and median_of(rounds, OURS, line.measure) is not None
    ]
    figure, axes = plt.subplots(1, len(panels), figsize=(2.6 * len(panels), 2.4), squeeze=False)
    for axis, line in zip(axes[0], panels, strict=True):
        values = [median_of(rounds, system, line.measure) or 0.0 for system in systems]
        colours = ["#1f6feb" if system == OURS else "#b7bec8" for system in systems]
        bars = axis.bar(systems, values, color=colours)
        axis.bar_label(bars, labels=[line.form.format(v) for v in values], fontsize=8)
        axis.set_title(line.label, fontsize=8)
        axis.tick_params(axis="x", labelsize=8, labelrotation=30)
        axis.tick_params(axis="y", left=False, labelleft=False)
        axis.spines[["top", "right", "left"]].set_visible(False)
        axis.margins(y=0.15)
    figure.tight_layout()
    figure.savefig(file, dpi=150)
    plt.close(figure)
