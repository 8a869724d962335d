"""Sentences that say that an entity gave up one name for another."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

_CHANGES = """
SELECT r.old, r.new, r.time, d.id, q.start, q.end, q.text, d.title, d.url, d.date
FROM renamings r JOIN quotes q ON q.n = r.quote JOIN documents d ON d.n = r.document
WHERE r.entity = ? ORDER BY r.time IS NULL, r.time, d.id, q.start, r.old, r.new
"""


@dataclass(frozen=True, slots=True)
class NameChange:
    """One sentence that closes the name `old`: from `time` on, partial ISO or None, the entity is called `new`."""

    old: str
    new: str
    time: str | None
    doc: str
    start: int
    end: int
    quote: str
    title: str
    url: str
    date: str | None

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "old": self.old,
            "new": self.new,
            "time": self.time,
            "doc": self.doc,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "title": self.title,
            "url": self.url,
            "date": self.date,
        }


def name_changes(db: sqlite3.Connection, number: int) -> tuple[NameChange, ...]:
    """The changes of name of the entity in a row, the dated ones first and in order of time."""
    return tuple(NameChange(*row) for row in db.execute(_CHANGES, (number,)))
