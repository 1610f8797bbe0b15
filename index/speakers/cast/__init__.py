"""Who and what an article names: people, organisations, and the words that describe them."""
