"""What an entity is connected with, how two are connected, and which words say so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.dates import Period, period
from kg.errors import InputError, NotFoundError
from kg.query.answers import Explained, Explanation, Neighbor, Neighborhood, Route, Shown, Timeline
from kg.store import reading
from kg.store.lookup import locate
from kg.store.reading import EVERYTHING, Db, EdgeFilter, numbers_json, period_sql
from kg.store.rows import EdgeRow
from kg.store.walking import BOTH, IN, OUT, shortest, touching

# The statement to show of an edge: said outright before hedged, in so many words before inferred.
_BEST = f"s.certainty <> 'asserted', s.inferred, {reading.TEXT_ORDER}"

_AT = " UNION ".join(f"SELECT head, relation, tail FROM edges WHERE {end} = ?" for end in ("head", "tail"))


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
        steps = [_edges_between(connection, *ends, filters) for ends in pairwise(way)]
        return Route(
            tuple(reading.entity(connection, number) for number in way),
            tuple(tuple(_show(connection, edge, filters.period) for edge in step) for step in steps),
        )


def why(db: Db, head: str, tail: str) -> Explanation:
    """Every statement behind every edge between two entities, in both directions.

    Raises NotFoundError if no edge joins them.
    """
    with reading.reading(db) as connection:
        ends = locate(connection, head), locate(connection, tail)
        edges = _edges_between(connection, *ends, EVERYTHING)
        if not edges:
            hint = "kg path finds a longer way"
            raise NotFoundError(f"nothing joins {head!r} and {tail!r} directly", hint=hint)
        return Explanation(
            reading.entity(connection, ends[0]),
            reading.entity(connection, ends[1]),
            tuple(Explained(edge, tuple(reading.evidence(connection, edge))) for edge in edges),
        )


def timeline(
    db: Db,
    name: str,
    *,
    relations: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    at: str | None = None,
) -> Timeline:
    """The dated statements about an entity in order of time."""
    asked = period(since, until, at)
    inside, values = period_sql(asked, "s.time")
    if relations:
        inside += f" AND s.relation IN ({', '.join('?' * len(relations))})"
        values += relations
    with reading.reading(db) as connection:
        number = locate(connection, name)
        dated = reading.statements(
            connection,
            f"s.time IS NOT NULL AND {inside}",
            (number, number, *values),
            of=f"({_AT})",
            order=f"s.time, {reading.TEXT_ORDER}",
        )
        return Timeline(reading.entity(connection, number), tuple(dated))


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
        yield Neighbor(distance, direction, far, _show(db, edge, asked))


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


def _edges_between(db: sqlite3.Connection, one: int, other: int, filters: EdgeFilter) -> list[EdgeRow]:
    numbers = [edge for edge, _, far in touching(db, [one], filters) if far == other]
    return list(reading.edges(db, numbers).values())


def _show(db: sqlite3.Connection, edge: EdgeRow, asked: Period) -> Shown:
    return Shown(edge, next(reading.evidence(db, edge, asked, order=f"{_BEST} LIMIT 1")))
