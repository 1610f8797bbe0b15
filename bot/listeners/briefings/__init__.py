"""
Briefings that come again: set up by a command or a form, listed, changed, and posted.

Each module has ``register(app, services)``.
"""

from bot.listeners.briefings import forms, overviews, runs

ALL = (forms, overviews, runs)

__all__ = ["ALL"]
