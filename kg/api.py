"""The questions of the command line as methods of an open graph, for programs: see docs/api.md."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg import query
from kg.store.reading import EdgeFilter

if TYPE_CHECKING:
    import networkx as nx

    from kg.conflicts import Conflict
    from kg.query import EntityRow, Explanation, Found, Neighborhood, Route, Stats, Timeline
    from kg.query.differences import Difference
    from kg.query.identity import Identity


def open_graph(path: str | PathLike[str] = "out/graph.db") -> Graph:
    """Return the graph that `kg build` wrote, open for reading; as a context manager it closes itself.

    Raises InputError for a file that is missing, damaged or no graph.
    """
    return Graph(Path(path))


class Graph:
    """An open graph, read-only. Names are what a person would type: a name, an alias, an id, a unique part of one.

    Every answer is a frozen dataclass with `as_json()`, the same that the command prints with --json. Every
    method raises NotFoundError for an unknown name, InputError for a date that is none; both are KgError. Dates are
    partial ISO (2024, 2024-05, 2024-05-14): `since` and `until` ask for what is dated between, `at` for what held.
    """

    def __init__(self, path: Path) -> None:
        self._db = query.open_graph(path)

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def entity(self, name: str) -> EntityRow:
        """Return the entity that a name means."""
        return query.find(self._db, name)

    def identity(self, name: str) -> Identity:
        """Return the entity with each of its names, where it was seen, and which decision joined it."""
        from kg.query.identity import identity

        return identity(self._db, name)

    def search(self, text: str, *, limit: int = 20) -> Found:
        """Return at most `limit` entities and as many sentences that hold every word of a text."""
        return query.search(self._db, text, limit=limit)

    def neighbors(
        self,
        name: str,
        depth: int = 1,
        *,
        relations: Sequence[str] = (),
        direction: str = "both",
        since: str | None = None,
        until: str | None = None,
        at: str | None = None,
        limit: int | None = None,
    ) -> Neighborhood:
        """Return what lies within `depth` edges, each edge with the sentence that shows it best.

        `direction` is in, out or both.
        """
        return query.neighbors(
            self._db, name, depth, relations, direction, since=since, until=until, at=at, limit=limit
        )

    def path(
        self,
        a: str,
        b: str,
        *,
        relations: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        at: str | None = None,
    ) -> Route:
        """Return a shortest way between two entities, each step with its edges and a sentence for each.

        Raises NotFoundError where there is none.
        """
        return query.path(self._db, a, b, relations=relations, since=since, until=until, at=at)

    def why(self, head: str, tail: str) -> Explanation:
        """Return every sentence behind every edge between two entities, in both directions.

        Raises NotFoundError where no edge joins them.
        """
        return query.why(self._db, head, tail)

    def timeline(
        self,
        name: str,
        *,
        relations: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        at: str | None = None,
    ) -> Timeline:
        """Return the dated statements about an entity in order of time."""
        return query.timeline(self._db, name, relations=relations, since=since, until=until, at=at)

    def conflicts(
        self, name: str | None = None, *, rules: str | PathLike[str] | None = None
    ) -> tuple[Conflict, ...]:
        """Return what cannot all hold, of an entity or of all, as the ontology of a rule folder has it."""
        from kg.conflicts import conflicts
        from kg.rules.ruleset import load_ontology, shipped

        return conflicts(self._db, load_ontology(Path(rules) if rules else shipped()), name)

    def stats(self, *, since: str | None = None, until: str | None = None, at: str | None = None) -> Stats:
        """Return the graph in figures."""
        return query.stats(self._db, since=since, until=until, at=at)

    def diff(self, newer: Graph, *, limit: int | None = None) -> Difference:
        """Return what another graph says that this one does not, and the other way round."""
        from kg.query.differences import diff

        return diff(self._db, newer._db, limit=limit)

    def to_networkx(
        self,
        *,
        relations: Sequence[str] = (),
        min_evidence: int = 1,
        since: str | None = None,
        until: str | None = None,
        at: str | None = None,
        around: str | None = None,
        depth: int = 1,
    ) -> nx.MultiDiGraph[str]:
        """Return the edges that pass as a networkx graph, all in memory; `kg.graph.load_graph` says what is in it."""
        from kg.dates import period
        from kg.graph import load_graph

        filters = EdgeFilter(tuple(relations), min_evidence, period(since, until, at))
        return load_graph(self._db, filters=filters, around=around, depth=depth)
