"""
The Slack side of onrecord: answers questions with what the index has on record.

    from bot.server import serve
    from bot.settings import load_bot_settings
    from index.core import open_index
    from index.settings import load_index_settings

    serve(open_index(load_index_settings()), load_bot_settings())

Public: `types` (the nouns), `engine` (what is needed of an index), `settings`, `errors`,
`app` (the bot in one object), `server` (serving until a signal), `manifest` and `doctor`.
Of `index` it imports core, types, errors, settings, cli, maintenance and database.
"""
