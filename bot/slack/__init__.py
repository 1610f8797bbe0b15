"""What talks to Slack: the client, delivery, corrections."""
