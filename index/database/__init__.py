"""SQLite files that lose nothing acknowledged; the store, the queue and the bot use them."""
