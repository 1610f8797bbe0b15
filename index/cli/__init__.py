"""The command line without Slack."""
