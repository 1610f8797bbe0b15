"""What the bot listens to: commands, clicks and forms, and events."""
