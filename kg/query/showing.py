"""An edge with the statement that shows it best."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from kg.dates import Period
from kg.store import reading
from kg.store.reading import EdgeFilter
from kg.store.rows import EdgeRow, StatementRow
from kg.store.walking import touching

# The statement to show of an edge: said outright before hedged, in so many words before inferred.
_BEST = f"s.certainty <> 'asserted', s.inferred, {reading.TEXT_ORDER}"


class Shown(NamedTuple):
    """An edge with the one statement that shows it best."""

    edge: EdgeRow
    evidence: StatementRow

    def as_json(self) -> dict[str, Any]:
        """The edge's fields and `evidence`."""
        return {**self.edge.as_json(), "evidence": self.evidence.as_json()}


def show(db: sqlite3.Connection, edge: EdgeRow, asked: Period) -> Shown:
    """The edge with its best statement in a period."""
    return Shown(edge, next(reading.evidence(db, edge, asked, order=f"{_BEST} LIMIT 1")))


def edges_between(db: sqlite3.Connection, one: int, other: int, filters: EdgeFilter) -> list[EdgeRow]:
    """The edges that join two entities, in both directions, by head, relation and tail."""
    numbers = [edge for edge, _, far in touching(db, [one], filters) if far == other]
    return list(reading.edges(db, numbers).values())
