"""The days on which things were said or so, for programs with a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kg.dates import check_date
from kg.errors import InputError
from kg.export.model import Edge


def days_of_edge(edge: Edge) -> list[str]:
    """Return the days, in order, that the statements name or, where they name none, their articles bear."""
    said = [statement.get("time") or statement.get("date") for statement in edge.statements]
    if not any(said):
        said = [edge.first_date, edge.last_date]
    return sorted({day for day in map(first_day, said) if day})


def days_of_nodes(edges: Iterable[Edge], days: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return, by node id, the days of all edges of each node, in order; `days` has those of each edge by its id."""
    found: dict[str, set[str]] = {}
    for edge in edges:
        for end in (edge.head, edge.tail) if days[edge.id] else ():
            found.setdefault(end, set()).update(days[edge.id])
    return {id: sorted(own) for id, own in found.items()}


@lru_cache(maxsize=10_000)
def first_day(partial: str | None) -> str | None:
    """Return the first day of a year, month or day as YYYY-MM-DD; None for what is no such date."""
    try:
        given = check_date(partial or "")
    except InputError:
        return None
    return given + "-01-01"[len(given) - 4 :]
