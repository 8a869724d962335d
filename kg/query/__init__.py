"""Questions to a finished graph, answered by SQLite alone so that a command starts fast.

Every function takes the path of graph.db or an open connection, and raises InputError for a file that
is missing, damaged or not ours, NotFoundError for a name that the graph does not hold.
"""

from kg.query.answers import (
    Explained,
    Explanation,
    Found,
    Neighbor,
    Neighborhood,
    Passage,
    Route,
    Shown,
    Stats,
    Timeline,
)
from kg.query.connections import neighbors, path, timeline, why
from kg.query.overview import stats
from kg.query.searching import find, search
from kg.store.reading import open_graph
from kg.store.rows import EdgeRow, EntityRow, StatementRow

__all__ = [
    "EdgeRow", "EntityRow", "Explained", "Explanation", "Found", "Neighbor", "Neighborhood", "Passage",
    "Route", "Shown", "StatementRow", "Stats", "Timeline",
    "find", "neighbors", "open_graph", "path", "search", "stats", "timeline", "why",
]  # fmt: skip
