"""
From a query to a briefing; every sentence of it stands in an article.

``answer`` leads the way: ``search/`` (the statements, best first) → ``quotes`` (verbatim) →
``pages``. ``digest``, ``comparison``, ``changes``, ``quotation`` and ``quoted_in`` are other kinds
of answer made of the same steps; ``context``, ``captions`` and ``explanation`` say more of one
quote.
"""
