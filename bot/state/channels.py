"""
What a channel has chosen for itself: whom and which outlets its questions are about, and how
answers come.

A question that names a party or an outlet wins over the channel's choice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from bot.state.state import State
from bot.types import ChannelDefaults

_DEFAULTS = TypeAdapter(ChannelDefaults)


@dataclass(frozen=True, slots=True)
class Channels:
    """The choices of the channels of all teams."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def channel_defaults(self, team: str, channel: str) -> ChannelDefaults:
        """Fetch what a channel has chosen; the ordinary way where it has not."""
        with self.state.reading() as db:
            row = db.execute(
                "SELECT defaults FROM channels WHERE (team, channel) = (?, ?)", (team, channel)
            ).fetchone()
        try:
            return _DEFAULTS.validate_json(row[0]) if row else ChannelDefaults()
        except ValidationError:  # written by another version: the ordinary way is safe
            return ChannelDefaults()

    def choose(self, team: str, channel: str, defaults: ChannelDefaults) -> None:
        """Keep what a channel has chosen, instead of what it chose before."""
        row = (team, channel, _DEFAULTS.dump_json(defaults).decode(), self.clock())
        with self.state.transaction() as db:
            db.execute("REPLACE INTO channels VALUES (?, ?, ?, ?)", row)
