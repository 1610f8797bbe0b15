"""From the source of a statement to the speaker it means, within one article."""
