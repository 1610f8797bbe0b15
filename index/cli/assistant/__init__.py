"""
The record as tools for an assistant, over the Model Context Protocol; read-only.

``results`` are what the tools give, ``readable`` their wording; ``tools`` asks the index, and
``server`` offers them. Needs the extra ``[mcp]``.
"""
