"""
What can go wrong between the bot and Slack.

    OnRecordError
    └── SlackError            Slack did not take a reply
        └── UnconfirmedPost   … or perhaps took it: sending it again might show it twice
"""

from __future__ import annotations

from index.errors import OnRecordError


class SlackError(OnRecordError):
    """Slack refused a reply; the message holds Slack's own word for it."""


class UnconfirmedPost(SlackError):  # noqa: N818
    """The connection broke before Slack confirmed a reply; nobody knows whether it is shown."""
