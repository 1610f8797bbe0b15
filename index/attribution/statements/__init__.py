"""Which of what the tagger finds are statements: thoughts, actions and captions are none."""
