"""Below an answer: what goes on with its question, and what of it a message changes."""
