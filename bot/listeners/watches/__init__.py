"""Watches in Slack: setting, listing and changing them; each has ``register(app, services)``."""

from bot.listeners.watches import alerts, form, listing, saving

ALL = (saving, form, listing, alerts)

__all__ = ["ALL"]
