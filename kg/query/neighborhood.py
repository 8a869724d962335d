"""What lies around an entity."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kg.dates import Period, period
from kg.errors import InputError
from kg.query.showing import Shown, show
from kg.store import reading
from kg.store.lookup import locate
from kg.store.reading import Db, EdgeFilter, numbers_json
from kg.store.rows import EntityRow
from kg.store.walking import BOTH, IN, OUT, touching


class Neighbor(NamedTuple):
    """An edge met on the walk, and the entity at its far end.

    `distance` counts edges from the centre; `direction` is out when the near end is the head, in when it
    is the tail, both for a symmetric relation.
    """

    distance: int
    direction: str
    entity: EntityRow
    shown: Shown

    def as_json(self) -> dict[str, Any]:
        """distance, direction, entity, edge."""
        return {
            "distance": self.distance,
            "direction": self.direction,
            "entity": self.entity.as_json(),
            "edge": self.shown.as_json(),
        }


class Neighborhood(NamedTuple):
    """What lies around an entity, the nearest and best supported first."""

    entity: EntityRow
    neighbors: tuple[Neighbor, ...]

    def as_json(self) -> dict[str, Any]:
        """entity, neighbors."""
        return {
            "entity": self.entity.as_json(),
            "neighbors": [neighbor.as_json() for neighbor in self.neighbors],
        }


def neighbors(
    db: Db,
    name: str,
    depth: int = 1,
    relations: Sequence[str] = (),
    direction: str = BOTH,
    *,
    since: str | None = None,
    until: str | None = None,
    at: str | None = None,
    limit: int | None = None,
) -> Neighborhood:
    """What lies within `depth` edges of an entity; each edge comes once, at the distance where it is met.

    The dates, partial ISO, ask for edges with a statement dated from `since` to `until`, or up to `at`.
    `limit` keeps the first so many neighbours. Raises InputError for a bad direction, depth or date.
    """
    if direction not in (BOTH, OUT, IN):
        raise InputError(f"{direction!r} is no direction", hint="write in, out or both")
    if depth < 1:
        raise InputError(f"depth {depth} reaches nothing", hint="give 1 or more")
    filters = EdgeFilter(tuple(relations), period=period(since, until, at))
    with reading.reading(db) as connection:
        center = locate(connection, name)
        met = _walk(connection, center, depth, direction, filters)
        found = _neighbors(connection, met, filters.period, limit)
        return Neighborhood(reading.entity(connection, center), tuple(found))


def _walk(
    db: sqlite3.Connection, center: int, depth: int, direction: str, filters: EdgeFilter
) -> dict[int, tuple[int, int, int]]:
    """For each edge met: its distance, its near and its far end."""
    met: dict[int, tuple[int, int, int]] = {}
    seen, frontier = {center}, {center}
    for distance in range(1, depth + 1):
        reached = set()
        for edge, near, far in touching(db, frontier, filters, direction):
            met.setdefault(edge, (distance, near, far))
            reached.add(far)
        frontier = reached - seen
        seen |= frontier
        if not frontier:
            break
    return met


def _neighbors(
    db: sqlite3.Connection, met: dict[int, tuple[int, int, int]], asked: Period, limit: int | None
) -> Iterator[Neighbor]:
    nearest = _nearest_first(db, met)[:limit]
    edges = reading.edges(db, nearest)
    far_ends = reading.entities(db, {met[number][2] for number in nearest})
    for number in nearest:
        distance, _, far_number = met[number]
        edge, far = edges[number], far_ends[far_number]
        direction = BOTH if edge.symmetric else OUT if edge.tail == far.id else IN
        yield Neighbor(distance, direction, far, show(db, edge, asked))


def _nearest_first(db: sqlite3.Connection, met: dict[int, tuple[int, int, int]]) -> list[int]:
    """The edges by distance, then by support, then by what they say, so that row numbers do not show."""
    ids = dict(
        db.execute(
            "SELECT n, id FROM entities WHERE n IN (SELECT value FROM json_each(?))",
            (numbers_json({end for _, *ends in met.values() for end in ends}),),
        )
    )
    keys = []
    for number, head, relation, sources, count in db.execute(
        "SELECT n, head, relation, sources, evidence_count FROM edges"
        " WHERE n IN (SELECT value FROM json_each(?))",
        (numbers_json(met),),
    ):
        distance, near, far = met[number]
        keys.append((distance, -sources, -count, relation, ids[far], ids[near], head == far, number))
    return [key[-1] for key in sorted(keys)]
