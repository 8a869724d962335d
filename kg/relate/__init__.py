"""Mentions + rules -> statements: encoding, noun phrases, clauses, frames, tone and time."""
