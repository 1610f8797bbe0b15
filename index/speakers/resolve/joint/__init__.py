"""Several who say one thing: the parts of a source, its members, the pair that is meant."""
