"""Whom a source that names nobody means: the candidates, what is seen of each, the choice."""
