"""The page that shows an article which has no address of its own, and the links to it."""
