"""
What can go wrong between the bot and Slack.

    OnRecordError
    ├── InboxFull             too many questions wait: Slack may deliver this one again later
    └── SlackError            Slack did not take a reply
        └── UnconfirmedPost   … or perhaps took it: sending it again might show it twice
"""

from __future__ import annotations

from index.errors import OnRecordError


class InboxFull(OnRecordError):  # noqa: N818
    """A question was not taken, as too many wait; BOT_QUEUE sets how many may."""


class SlackError(OnRecordError):
    """Slack refused a reply; ``fault`` is Slack's own word for it, as far as it gave one."""

    def __init__(self, message: str, fault: str = "") -> None:
        super().__init__(message)
        self.fault = fault


class UnconfirmedPost(SlackError):  # noqa: N818
    """Nobody knows whether a reply is shown: Slack failed, or was cut off, before it said so."""
