"""How two entities are connected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.dates import period
from kg.errors import InputError, NotFoundError
from kg.query.showing import Shown, edges_between, show
from kg.store import reading
from kg.store.lookup import locate
from kg.store.reading import Db, EdgeFilter
from kg.store.rows import EntityRow
from kg.store.walking import shortest


@dataclass(frozen=True, slots=True)
class Route:
    """A shortest way: `steps[i]` holds all edges between `entities[i]` and `entities[i + 1]`."""

    entities: tuple[EntityRow, ...]
    steps: tuple[tuple[Shown, ...], ...]

    def as_json(self) -> dict[str, Any]:
        """length, entities, steps."""
        return {
            "length": len(self.steps),
            "entities": [entity.as_json() for entity in self.entities],
            "steps": [[shown.as_json() for shown in step] for step in self.steps],
        }


def path(
    db: Db,
    a: str,
    b: str,
    *,
    relations: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    at: str | None = None,
) -> Route:
    """A shortest way between two entities, whatever the direction of its edges, with all edges of each step.

    Raises NotFoundError if they are not connected, InputError if they are one.
    """
    filters = EdgeFilter(tuple(relations), period=period(since, until, at))
    with reading.reading(db) as connection:
        start, goal = locate(connection, a), locate(connection, b)
        if start == goal:
            raise InputError(
                f"{a!r} and {b!r} are the same entity", hint="kg neighbors shows what is near it"
            )
        way = shortest(connection, start, goal, filters)
        if not way:
            raise NotFoundError(f"no path leads from {a!r} to {b!r}", hint="they lie in separate parts")
        steps = [edges_between(connection, *ends, filters) for ends in pairwise(way)]
        return Route(
            tuple(reading.entity(connection, number) for number in way),
            tuple(tuple(show(connection, edge, filters.period) for edge in step) for step in steps),
        )
