"""Questions to a finished graph, answered by SQLite alone so that a command starts fast.

Every function takes the path of graph.db or an open connection, and raises InputError for a file that
is missing, damaged or not ours, NotFoundError for a name that the graph does not hold.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.query.chronicle import Timeline, timeline
    from kg.query.neighborhood import Neighbor, Neighborhood, neighbors
    from kg.query.overview import Stats, stats
    from kg.query.reasons import Explained, Explanation, why
    from kg.query.relations import known_relations
    from kg.query.routes import Route, path
    from kg.query.searching import Found, Passage, find, search
    from kg.query.showing import Shown
    from kg.store.reading import open_graph
    from kg.store.rows import EdgeRow, EntityRow, StatementRow

_HOMES = {
    "kg.query.chronicle": ("Timeline", "timeline"),
    "kg.query.neighborhood": ("Neighbor", "Neighborhood", "neighbors"),
    "kg.query.overview": ("Stats", "stats"),
    "kg.query.reasons": ("Explained", "Explanation", "why"),
    "kg.query.relations": ("known_relations",),
    "kg.query.routes": ("Route", "path"),
    "kg.query.searching": ("Found", "Passage", "find", "search"),
    "kg.query.showing": ("Shown",),
    "kg.store.reading": ("open_graph",),
    "kg.store.rows": ("EdgeRow", "EntityRow", "StatementRow"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "EdgeRow", "EntityRow", "Explained", "Explanation", "Found", "Neighbor", "Neighborhood", "Passage",
    "Route", "Shown", "StatementRow", "Stats", "Timeline",
    "find", "known_relations", "neighbors", "open_graph", "path", "search", "stats", "timeline", "why",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a question's module when it is first asked: a command pays for its own answer only."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
