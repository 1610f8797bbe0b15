"""One module per surface; each has ``register(app, services)``."""

from bot.listeners.events import (
    choosing,
    direct,
    failure,
    home,
    indexing,
    leaving,
    lookup,
    mention,
    unfurl,
)

ALL = (choosing, mention, direct, lookup, indexing, home, unfurl, leaving, failure)

__all__ = ["ALL"]
