"""The bot's own file: what was asked, answered, shown and set."""
