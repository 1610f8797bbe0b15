"""
Listeners for what happens in Slack: mentions, messages, shortcuts, Home.

Each module has ``register(app, services)``.
"""

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
