"""Walks over edges in the database: what lies around an entity, and the shortest way between two."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from kg.store.reading import EdgeFilter, numbers_json

BOTH, OUT, IN = "both", "out", "in"


def touching(
    db: sqlite3.Connection, around: Collection[int], filters: EdgeFilter, direction: str = BOTH
) -> list[tuple[int, int, int]]:
    """(edge, near, far) for every edge with an end in `around`; a symmetric edge leaves both its ends.

    An edge with both ends in `around` comes twice where the direction allows it.
    """
    condition, values = filters.sql()
    rows: list[tuple[int, int, int]] = []
    for near, far, wrong in (("head", "tail", IN), ("tail", "head", OUT)):
        either_way = " AND e.symmetric" if direction == wrong else ""
        rows += db.execute(
            f"SELECT e.n, e.{near}, e.{far} FROM edges e"
            f" WHERE e.{near} IN (SELECT value FROM json_each(?)) AND {condition}{either_way}",
            (numbers_json(around), *values),
        )
    return rows


def ball(db: sqlite3.Connection, center: int, depth: int, filters: EdgeFilter) -> set[int]:
    """The entities at most `depth` edges away, in any direction, with the centre itself."""
    seen, frontier = {center}, {center}
    for _ in range(depth):
        frontier = {far for _, _, far in touching(db, frontier, filters)} - seen
        seen |= frontier
    return seen


def shortest(db: sqlite3.Connection, start: int, goal: int, filters: EdgeFilter) -> list[int]:
    """The entities along a shortest way, both ends included; empty if there is none.

    Searches from both ends at once. Of equally short ways it takes the one that entity ids put first,
    so row numbers do not show.
    """
    sides = [_Side(start), _Side(goal)]
    while all(side.frontier for side in sides):
        near, other = sorted(sides, key=lambda side: len(side.frontier))
        near.advance(db, filters)
        meeting = [number for number in near.frontier if number in other.parents]
        if meeting:
            middle = _first(db, meeting)
            forth, back = (side.trail(db, middle) for side in sides)
            return [*reversed(forth), middle, *back]
    return []


class _Side:
    """A search from one end: for each entity reached, those of the level before that lead to it."""

    def __init__(self, origin: int) -> None:
        self.parents: dict[int, list[int]] = {origin: []}
        self.frontier: Collection[int] = (origin,)

    def advance(self, db: sqlite3.Connection, filters: EdgeFilter) -> None:
        reached: dict[int, list[int]] = {}
        for _, near, far in touching(db, self.frontier, filters):
            if far not in self.parents:
                reached.setdefault(far, []).append(near)
        self.parents |= reached
        self.frontier = reached

    def trail(self, db: sqlite3.Connection, number: int) -> list[int]:
        """From the entity before `number` back to the origin."""
        steps: list[int] = []
        while self.parents[number]:
            number = _first(db, self.parents[number])
            steps.append(number)
        return steps


def _first(db: sqlite3.Connection, numbers: Iterable[int]) -> int:
    query = "SELECT n FROM entities WHERE n IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 1"
    return int(db.execute(query, (numbers_json(numbers),)).fetchone()[0])
