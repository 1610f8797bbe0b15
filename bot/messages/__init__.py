"""Briefings as Slack blocks, and all the words that users read. Pure."""
