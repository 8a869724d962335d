"""Looking for entities by name and for sentences by what they say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError
from kg.store import reading
from kg.store.lookup import asked, containing, locate, trigrams
from kg.store.normal import normal_form
from kg.store.reading import Db
from kg.store.rows import EntityRow

# SQLite takes about four times as many conditions.
MAX_WORDS = 100


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that holds the searched words, and the (head, relation, tail) that it proves."""

    doc: str
    title: str
    url: str
    date: str | None
    start: int
    end: int
    quote: str
    triples: tuple[tuple[str, str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "doc": self.doc,
            "title": self.title,
            "url": self.url,
            "date": self.date,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "triples": [list(triple) for triple in self.triples],
        }


@dataclass(frozen=True, slots=True)
class Found:
    """Entities and sentences that hold the searched words."""

    entities: tuple[EntityRow, ...]
    passages: tuple[Passage, ...]

    def as_json(self) -> dict[str, Any]:
        """entities, passages."""
        return {
            "entities": [entity.as_json() for entity in self.entities],
            "passages": [passage.as_json() for passage in self.passages],
        }


def find(db: Db, name: str) -> EntityRow:
    """The entity that a name, an alias, an id or a unique part of a name means.

    Raises NotFoundError, whose hint lists the closest names or those that a part may mean.
    """
    with reading.reading(db) as connection:
        return reading.entity(connection, locate(connection, name))


def search(db: Db, text: str, *, limit: int = 20) -> Found:
    """At most `limit` entities and as many sentences that hold every word of `text`, letter case aside.

    Entities come with the exact name first, then the best connected; sentences in the documents' order.
    Raises InputError for an empty text, or one too long to be searched.
    """
    text = asked(text)
    words = text.split()
    if not words:
        raise InputError("there is nothing to search for", hint="give a word or a part of one")
    if len(words) > MAX_WORDS:
        raise InputError(f"{len(words)} words are too many to look for", hint=f"give at most {MAX_WORDS}")
    with reading.reading(db) as connection:
        return Found(
            tuple(_entities(connection, normal_form(text), limit)), tuple(_passages(connection, words, limit))
        )


def _entities(db: sqlite3.Connection, norm: str, limit: int) -> list[EntityRow]:
    numbers = {number for (number,) in containing(db, norm)}
    exact = {number for (number,) in db.execute("SELECT entity FROM names WHERE norm = ?", (norm,))}
    found = reading.entities(db, numbers)
    best = sorted(found, key=lambda number: (number not in exact, -found[number].degree, found[number].id))
    return [found[number] for number in best[:limit]]


def _passages(db: sqlite3.Connection, words: list[str], limit: int) -> Iterator[Passage]:
    conditions, values = [], []
    for word in words:
        if len(word) >= 3:
            conditions.append("q.n IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?)")
            values.append(trigrams(word))
        conditions.append("q.text LIKE ? ESCAPE '\\'")
        values.append(f"%{_escape(word)}%")
    found = db.execute(
        "SELECT q.n, d.id, d.title, d.url, d.date, q.start, q.end, q.text"
        " FROM quotes q JOIN documents d ON d.n = q.document"
        f" WHERE {' AND '.join(conditions)} ORDER BY d.id, q.start, q.end LIMIT ?",
        (*values, limit),
    )
    for row in found.fetchall():
        triples = db.execute(
            "SELECT DISTINCT s.head_name, s.relation, s.tail_name FROM quotes q JOIN statements s"
            " ON s.document = q.document AND s.quote = q.n WHERE q.n = ? ORDER BY 1, 2, 3",
            row[:1],
        )
        fields = (*row[1:], tuple(triples.fetchall()))
        yield Passage(*fields)


def _escape(word: str) -> str:
    for special in "\\%_":
        word = word.replace(special, f"\\{special}")
    return word
