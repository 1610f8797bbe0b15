"""The store in memory, the twin that tests and small scripts use."""
