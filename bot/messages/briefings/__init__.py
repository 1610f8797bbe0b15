"""Briefings that come again, as Slack messages: a run, and the list of schedules. Pure."""
