"""How much a sentence is about a topic, learned from questions with known answers."""
