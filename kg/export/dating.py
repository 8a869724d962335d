"""The days on which things were said or so, for programs with a timeline."""

from __future__ import annotations

from kg.dates import check_date
from kg.errors import InputError
from kg.export.model import Edge, GraphData


def days_of_edge(edge: Edge) -> list[str]:
    """Return the days, in order, that the statements name or, where they name none, their articles bear."""
    said = [statement.get("time") or statement.get("date") for statement in edge.statements]
    if not any(said):
        said = [edge.first_date, edge.last_date]
    return sorted({day for day in map(first_day, said) if day})


def days_of_nodes(data: GraphData) -> dict[str, list[str]]:
    """Return, by node id, the days of all edges of each node, in order."""
    days: dict[str, set[str]] = {}
    for edge in data.edges:
        of_edge = days_of_edge(edge)
        for end in (edge.head, edge.tail):
            days.setdefault(end, set()).update(of_edge)
    return {id: sorted(found) for id, found in days.items()}


def first_day(partial: str | None) -> str | None:
    """Return the first day of a year, month or day as YYYY-MM-DD; None for what is no such date."""
    try:
        given = check_date(partial or "")
    except InputError:
        return None
    return given + "-01-01"[len(given) - 4 :]
