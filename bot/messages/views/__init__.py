"""What Slack opens in a window or a tab: the forms, and the Home tab. Pure."""
