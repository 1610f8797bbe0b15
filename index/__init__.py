"""The engine: news articles in, who said what out. Knows nothing of Slack."""
