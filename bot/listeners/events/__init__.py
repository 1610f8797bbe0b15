"""
Listeners for what happens in Slack: mentions, messages, shortcuts, Home.

Each module has ``register(app, services)``.
"""

from bot.listeners.events import (
    channel_settings,
    check_draft,
    failure,
    home,
    index_link,
    lookup,
    mention,
    messages,
    steps,
    stop,
    unfurl,
    uninstall,
)

ALL = (
    channel_settings,
    mention,
    messages,
    lookup,
    check_draft,
    index_link,
    home,
    steps,
    stop,
    unfurl,
    uninstall,
    failure,
)

__all__ = ["ALL"]
