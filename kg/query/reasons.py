"""The words behind what joins two entities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.errors import NotFoundError
from kg.query.showing import edges_between
from kg.store import reading
from kg.store.lookup import locate
from kg.store.reading import EVERYTHING, Db
from kg.store.rows import EdgeRow, EntityRow, StatementRow


@dataclass(frozen=True, slots=True)
class Explained:
    """An edge with every statement behind it."""

    edge: EdgeRow
    statements: tuple[StatementRow, ...]

    def as_json(self) -> dict[str, Any]:
        """The edge's fields and `statements`."""
        return {**self.edge.as_json(), "statements": [said.as_json() for said in self.statements]}


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was said between two entities, in both directions."""

    head: EntityRow
    tail: EntityRow
    edges: tuple[Explained, ...]

    def as_json(self) -> dict[str, Any]:
        """head, tail, edges."""
        return {
            "head": self.head.as_json(),
            "tail": self.tail.as_json(),
            "edges": [edge.as_json() for edge in self.edges],
        }


def why(db: Db, head: str, tail: str) -> Explanation:
    """Every statement behind every edge between two entities, in both directions; those marked wrong come last.

    Raises NotFoundError if no edge joins them.
    """
    with reading.reading(db) as connection:
        ends = locate(connection, head), locate(connection, tail)
        edges = edges_between(connection, *ends, EVERYTHING)
        either_way = "(e.head = ?1 AND e.tail = ?2) OR (e.head = ?2 AND e.tail = ?1)"
        edges += reading.rejected(connection, either_way, ends)
        if not edges:
            hint = "kg path finds a longer way"
            raise NotFoundError(f"nothing joins {head!r} and {tail!r} directly", hint=hint)
        return Explanation(
            reading.entity(connection, ends[0]),
            reading.entity(connection, ends[1]),
            tuple(Explained(edge, tuple(reading.evidence(connection, edge))) for edge in edges),
        )
