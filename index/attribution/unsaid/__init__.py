"""What an article words like a report though nobody said it, by kind."""
