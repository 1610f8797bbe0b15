"""The safe HTTP client: which addresses, how often, how much."""
