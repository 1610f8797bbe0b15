"""
Find the statements that answer a query, best first.

In the order of the steps: ``session`` (what one answer reads from), ``selection`` (whose
statements), ``scoring`` (the evidence, and the model that judges it), ``relevance`` (which are
about the topic), ``candidates`` (their order, and how many there are), ``retrieval`` (the steps
together), ``duplicates`` (one of each).
"""
