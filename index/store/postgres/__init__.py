"""
The store in PostgreSQL with pgvector: many machines, one record.

Imported only where the settings name a server: it needs the extra ``[postgres]``.
"""
