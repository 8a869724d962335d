"""Mentions and raw statements -> entities and statements: names, identities, dates."""
