"""
The engine: news articles in, who said what out, word for word. Knows nothing of Slack.

    >>> from index import core, settings, types
    >>> text = "The mayor of Calder, Anna Weller, said on Monday that the ferry would stay in port."
    >>> index = core.open_index(settings.load_index_settings(data_dir="news"))
    >>> [outcome.status for outcome in index.add([types.Article("ferry", "Ferry stays", text)])]
    ['indexed']
    >>> [(q.speaker, q.text == text) for q in index.answer("What did Weller say?").quotes]
    [('Anna Weller', True)]

For others to import: ``core`` (the one door), ``types`` (what goes in and comes out), ``errors``,
``settings``, ``cli`` and ``maintenance``. Everything else may change from one day to the next.
"""
