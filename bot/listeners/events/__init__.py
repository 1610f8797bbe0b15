"""Listeners for what happens in Slack: mentions, messages, shortcuts, Home."""
