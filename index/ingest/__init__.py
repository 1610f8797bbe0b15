"""An article goes in: sentences, attributions, speakers, vectors, store."""
