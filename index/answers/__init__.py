"""
From a query to a briefing; every sentence of it stands in an article.

``answer`` leads the way: ``selection`` (whose statements) → ``retrieval`` (which of them, by
``relevance`` to a topic or by date, in the order of ``candidates``) → ``duplicates`` (each once)
→ ``quotes`` (verbatim) → ``pages``. ``session`` is what all of them read. ``digest``,
``comparison``, ``changes``, ``quotation`` and ``quoted_in`` are other kinds of answer made of the
same steps; ``context`` and ``explanation`` say more of one quote.
"""
