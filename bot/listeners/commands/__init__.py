"""
One module per slash command, named as the command.

Each has NAME, USAGE, DESCRIPTION and ``register(app, services)``; the manifest follows this list.
"""

from bot.listeners.commands import brief, said, watch

ALL = (said, brief, watch)

__all__ = ["ALL"]
