"""The embedded database: one SQLite file that holds documents, entities, statements and edges."""
