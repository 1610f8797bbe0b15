"""
What one seed decides: who acts when, what breaks, what the clocks say; and the log of it.

Nothing else may draw a number or ask for the time, or a seed would not be played again event for
event. Times are seconds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

PUT_RIGHT = (-3_600.0, -30.0, 30.0, 3_600.0)  # by how much the wall clock jumps


class Killed(BaseException):
    """A process ends here, whatever it is doing."""


@dataclass
class World:
    """What one seed decides; while it is `calm` nothing breaks, and nothing is drawn."""

    seed: int
    now: float = 1_500_000_000.0
    calm: bool = False
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.began = self.now
        self._jump = self.chance.choice((0.0, *PUT_RIGHT))
        self._jump_at = self.now + self.chance.uniform(0, 100)

    def clock(self) -> float:
        """Tell the time as Slack does, and as clocks do that are never put right."""
        return self.now

    def wall_clock(self) -> float:
        """Tell the time as the bot's machine does: its clock is put right at some moment."""
        return self.now + (self._jump if self.now >= self._jump_at else 0.0)

    def happens(self, share: float) -> bool:
        """Return whether something happens that does in *share* of the cases."""
        return not self.calm and self.chance.random() < share

    def note(self, *what: object) -> None:
        """Write down what happens."""
        self.log.append(f"{self.now - self.began:.3f} {' '.join(map(str, what))}")
