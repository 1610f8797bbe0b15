"""The store on disk: SQLite is the truth, FAISS a projection of it."""
