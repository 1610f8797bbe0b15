"""
One module per slash command, named as the command.

Each has NAME, USAGE, DESCRIPTION and ``register(app, services)``; the manifest follows this list.
"""

from bot.listeners.commands import brief, said

ALL = (said, brief)

__all__ = ["ALL"]
