"""Feeds that are followed: their list, what is known of each, and the look at it."""
