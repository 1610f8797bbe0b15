"""Vectors in memory: exact search, its snapshot on disk, cosines."""
