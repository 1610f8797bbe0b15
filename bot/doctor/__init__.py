"""What stands between the bot and Slack: settings, tokens, scopes, and every kind of message."""

from bot.doctor.slack import examine_slack

__all__ = ["examine_slack"]
