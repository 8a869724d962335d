"""The graph in figures."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.dates import period
from kg.store import reading
from kg.store.reading import Db, EdgeFilter, period_sql
from kg.store.rows import EntityRow

_TOP = 10

_TOTALS = """
SELECT count(DISTINCT source), count(*), coalesce(sum(characters), 0),
    coalesce(sum(mentions), 0), (SELECT count(*) FROM entities) FROM documents WHERE source > 0
"""
_EDGES = "SELECT count(*), count(*) FILTER (WHERE certainty = 'hedged') FROM kept"
_STATEMENTS = "SELECT count(*), count(*) FILTER (WHERE inferred), min(time), max(time) FROM statements"
_RELATIONS = "SELECT relation, count(*) FROM kept"
_TYPES = """
SELECT type, count(*) FROM entities WHERE n IN (SELECT head FROM kept UNION SELECT tail FROM kept)
"""
# The same without a period, from the degrees that the build counted.
_ALL_TYPES = "SELECT type, count(*) FROM entities WHERE degree"
_ALL_BUSIEST = "SELECT n, degree FROM entities WHERE degree ORDER BY degree DESC, id LIMIT ?"
_BUSIEST = """
SELECT n, count(*) FROM (SELECT head FROM kept UNION ALL SELECT tail FROM kept WHERE tail <> head) ends
    JOIN entities ON n = ends.head GROUP BY n ORDER BY 2 DESC, id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Stats:
    """The graph in figures: `sources` are files, `connected` counts the entities with an edge.

    `types` counts the connected entities, `relations` the edges, the most frequent first; dates are those
    of the statements.
    """

    sources: int
    documents: int
    characters: int
    mentions: int
    entities: int
    connected: int
    statements: int
    inferred: int
    edges: int
    hedged: int
    types: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]
    top: tuple[EntityRow, ...]
    first_date: str | None
    last_date: str | None

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "sources": self.sources,
            "documents": self.documents,
            "characters": self.characters,
            "mentions": self.mentions,
            "entities": self.entities,
            "connected": self.connected,
            "statements": self.statements,
            "inferred": self.inferred,
            "edges": self.edges,
            "hedged": self.hedged,
            "types": dict(self.types),
            "relations": dict(self.relations),
            "top": [entity.as_json() for entity in self.top],
            "first_date": self.first_date,
            "last_date": self.last_date,
        }


def stats(db: Db, *, since: str | None = None, until: str | None = None, at: str | None = None) -> Stats:
    """Counts of everything; with dates, what follows `entities` in the answer is of the period only."""
    asked = period(since, until, at)
    passes, values = EdgeFilter(period=asked).sql()
    kept = f"WITH kept AS (SELECT e.* FROM edges e WHERE {passes})"
    inside, dates = period_sql(asked, "time")
    with reading.reading(db) as connection:
        types = _counts(connection, f"{kept} {_TYPES}" if asked else _ALL_TYPES, values)
        statements, inferred, first_date, last_date = connection.execute(
            f"{_STATEMENTS} WHERE {inside}", dates
        ).fetchone()
        edges, hedged = connection.execute(f"{kept} {_EDGES}", values).fetchone()
        busiest = f"{kept} {_BUSIEST}" if asked else _ALL_BUSIEST
        top = [number for number, _ in connection.execute(busiest, (*values, _TOP))]
        entities = reading.entities(connection, top)
        sources, documents, characters, mentions, all_entities = connection.execute(_TOTALS).fetchone()
        return Stats(
            sources, documents, characters, mentions, all_entities,
            sum(count for _, count in types), statements, inferred, edges, hedged,
            types, _counts(connection, f"{kept} {_RELATIONS}", values),
            tuple(entities[number] for number in top), first_date, last_date,
        )  # fmt: skip


def _counts(db: sqlite3.Connection, query: str, values: Sequence[str | int]) -> tuple[tuple[str, int], ...]:
    return tuple(db.execute(f"{query} GROUP BY 1 ORDER BY 2 DESC, 1", values).fetchall())
