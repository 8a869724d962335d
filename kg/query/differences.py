"""What one graph says that another does not: entities and edges gained, lost and changed, each with a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.dates import ALWAYS
from kg.query.showing import Shown, show
from kg.store import reading
from kg.store.reading import Db
from kg.store.rows import EdgeRow, EntityRow

GAINED, LOST, CHANGED = "gained", "lost", "changed"

_EDGES = """
SELECT h.id, e.relation, t.id, e.certainty, e.evidence_count, e.sources, e.first_date, e.last_date, e.ended, e.n
FROM edges e JOIN entities h ON h.n = e.head JOIN entities t ON t.n = e.tail
ORDER BY h.id, e.relation, t.id
"""
_ENTITIES = "SELECT id, type, names, n FROM entities WHERE degree ORDER BY id"
_EDGE_KEY, _ENTITY_KEY = 3, 1
# Of the edges of an entity the one whose sentence stands for it.
_BEST_EDGE = (
    "SELECT n FROM edges WHERE head = ?1 OR tail = ?1 ORDER BY sources DESC, evidence_count DESC, relation"
)


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """An edge that came, went or is now another: `before` is what it was, `shown` what it is, or was if it went."""

    kind: str
    shown: Shown
    before: EdgeRow | None = None

    def as_json(self) -> dict[str, Any]:
        """kind, the edge's fields, evidence, and before."""
        before = self.before.as_json() if self.before else None
        return {"kind": self.kind, **self.shown.as_json(), "before": before}


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity with edges that came, went, or has other names or another type, with a sentence that names it."""

    kind: str
    entity: EntityRow
    shown: Shown
    before: EntityRow | None = None

    def as_json(self) -> dict[str, Any]:
        """kind, entity, evidence, before."""
        before = self.before.as_json() if self.before else None
        evidence = self.shown.evidence.as_json()
        return {"kind": self.kind, "entity": self.entity.as_json(), "evidence": evidence, "before": before}


@dataclass(slots=True)
class Difference:
    """How many entities and edges were gained, lost and changed, and the first of each kind."""

    entity_counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((GAINED, LOST, CHANGED), 0))
    edge_counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((GAINED, LOST, CHANGED), 0))
    entities: list[EntityChange] = field(default_factory=list)
    edges: list[EdgeChange] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(self.entity_counts.values()) or any(self.edge_counts.values())

    def as_json(self) -> dict[str, Any]:
        """entities and edges, each with its counts and its changes."""
        return {
            "entities": {**self.entity_counts, "changes": [each.as_json() for each in self.entities]},
            "edges": {**self.edge_counts, "changes": [each.as_json() for each in self.edges]},
        }


def diff(old: Db, new: Db, *, limit: int | None = None) -> Difference:
    """What `new` says that `old` does not, and the other way round; at most `limit` changes of each kind.

    An edge is changed if its certainty, its numbers of sentences or sources, or its dates are others.
    """
    found = Difference()
    with reading.reading(old) as before, reading.reading(new) as after:
        for kind, was, now in _compare(before, after, _ENTITIES, _ENTITY_KEY):
            found.entity_counts[kind] += 1
            if limit is None or found.entity_counts[kind] <= limit:
                found.entities.append(_entity_change(before, after, kind, was, now))
        for kind, was, now in _compare(before, after, _EDGES, _EDGE_KEY):
            found.edge_counts[kind] += 1
            if limit is None or found.edge_counts[kind] <= limit:
                found.edges.append(_edge_change(before, after, kind, was, now))
    order = (GAINED, LOST, CHANGED).index
    found.entities.sort(key=lambda each: order(each.kind))
    found.edges.sort(key=lambda each: order(each.kind))
    return found


def _compare(
    before: sqlite3.Connection, after: sqlite3.Connection, query: str, key: int
) -> Iterator[tuple[str, int, int]]:
    """(kind, row number before, row number after) of what differs; both sides stream in the order of their keys."""
    left, right = before.execute(query), after.execute(query)
    was, now = next(left, None), next(right, None)
    while was or now:
        if was is None or (now is not None and now[:key] < was[:key]):
            assert now is not None
            yield GAINED, 0, now[-1]
            now = next(right, None)
        elif now is None or was[:key] < now[:key]:
            yield LOST, was[-1], 0
            was = next(left, None)
        else:
            if was[:-1] != now[:-1]:
                yield CHANGED, was[-1], now[-1]
            was, now = next(left, None), next(right, None)


def _edge_change(
    before: sqlite3.Connection, after: sqlite3.Connection, kind: str, was: int, now: int
) -> EdgeChange:
    here, number = (before, was) if kind == LOST else (after, now)
    edge = reading.edges(here, [number])[number]
    earlier = reading.edges(before, [was])[was] if kind == CHANGED else None
    return EdgeChange(kind, show(here, edge, ALWAYS), earlier)


def _entity_change(
    before: sqlite3.Connection, after: sqlite3.Connection, kind: str, was: int, now: int
) -> EntityChange:
    here, number = (before, was) if kind == LOST else (after, now)
    (best,) = here.execute(f"{_BEST_EDGE} LIMIT 1", (number,)).fetchone()
    shown = show(here, reading.edges(here, [best])[best], ALWAYS)
    earlier = reading.entity(before, was) if kind == CHANGED else None
    return EntityChange(kind, reading.entity(here, number), shown, earlier)
