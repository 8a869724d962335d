"""The graph of a database in memory: as parts for exports, as a networkx MultiDiGraph for algorithms."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.store import reading
from kg.store.copies import independent
from kg.store.lookup import locate
from kg.store.reading import EVERYTHING, Db, EdgeFilter
from kg.store.rows import EdgeRow, StatementRow
from kg.store.walking import ball

if TYPE_CHECKING:
    import networkx as nx


class Parts(NamedTuple):
    """The attributes of each node by its id, and of each edge with its head and tail."""

    nodes: dict[str, dict[str, Any]]
    edges: list[tuple[str, str, dict[str, Any]]]


def load_graph(
    db: Db,
    *,
    filters: EdgeFilter = EVERYTHING,
    around: str | None = None,
    depth: int = 1,
    rejected: bool = False,
) -> nx.MultiDiGraph[str]:
    """The graph of `load_parts` as networkx has it; an edge's key is its relation. Raises as that does."""
    import networkx as nx

    parts = load_parts(db, filters=filters, around=around, depth=depth, rejected=rejected)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(parts.nodes.items())
    for head, tail, given in parts.edges:
        graph.add_edge(head, tail, key=given["relation"], **given)
    return graph


def load_parts(
    db: Db,
    *,
    filters: EdgeFilter = EVERYTHING,
    around: str | None = None,
    depth: int = 1,
    rejected: bool = False,
) -> Parts:
    """The edges that pass, their ends as nodes, in an order that depends on nothing but the content.

    Nodes are entity ids with `label`, `type`, `names`, `documents` and `degree` (within this graph). There is
    one edge for each (head, relation, tail), with `edge_id`, `relation`, `label`,
    `weight`, `symmetric`, `certainty`, `evidence_count`, `sources` (a document of each independent source),
    `first_date`, `last_date`, `correction` (empty, or added) and `evidence`, a list as `StatementRow.as_json`
    gives it. `around` keeps what lies within `depth` edges of an entity. With `rejected`, the edges that a person
    marked wrong come, too: `correction` is wrong, `certainty` rejected, `weight` 0, and no degree counts them.
    Everything is held in memory.
    Raises InputError for a file that is no graph, NotFoundError for an unknown name.
    """
    with reading.reading(db) as connection:
        among = _among(connection, filters, around, depth)
        parts = Parts(_nodes(connection, reading.ends(connection, filters, among)), [])
        for edge, statements in reading.edges_with_evidence(connection, filters, among):
            parts.edges.append((edge.head, edge.tail, _attributes(edge, statements)))
            parts.nodes[edge.head]["degree"] += 1
            parts.nodes[edge.tail]["degree"] += 1
        if rejected:
            _add_rejected(parts, connection, filters, among)
    return parts


def count_edges(
    db: Db, *, filters: EdgeFilter = EVERYTHING, around: str | None = None, depth: int = 1
) -> int:
    """How many edges `load_graph` would load, those that are marked wrong apart. Raises as it does."""
    with reading.reading(db) as connection:
        condition, values = reading.passing(filters, _among(connection, filters, around, depth))
        query = f"SELECT count(*) FROM edges e WHERE {condition}"
        return int(connection.execute(query, values).fetchone()[0])


def _among(db: sqlite3.Connection, filters: EdgeFilter, around: str | None, depth: int) -> set[int] | None:
    return ball(db, locate(db, around), depth, filters) if around else None


def _nodes(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[str, dict[str, Any]]:
    return {
        entity.id: {
            "label": entity.name,
            "type": entity.type,
            "names": list(entity.names),
            "documents": entity.documents,
            "degree": 0,
        }
        for entity in reading.entities(db, numbers).values()
    }


def _add_rejected(parts: Parts, db: sqlite3.Connection, filters: EdgeFilter, among: set[int] | None) -> None:
    condition, values = reading.passing(filters, among)
    edges = list(reading.rejected(db, condition, values))
    ids = sorted({end for edge in edges for end in (edge.head, edge.tail)} - parts.nodes.keys())
    parts.nodes.update(_nodes(db, [locate(db, each) for each in ids]))
    for edge in edges:
        attributes = _attributes(edge, list(reading.evidence(db, edge, filters.period)))
        attributes |= {"certainty": "rejected", "weight": 0.0}
        parts.edges.append((edge.head, edge.tail, attributes))


def edge_id(head: str, relation: str, tail: str) -> str:
    """16 hexadecimal digits that name an edge alike in every build."""
    key = "\x1f".join((head, relation, tail))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _attributes(edge: EdgeRow, statements: list[StatementRow]) -> dict[str, Any]:
    of = independent([(said.hash, said.quote) for said in statements])
    sources = {source: said.doc for source, said in zip(reversed(of), reversed(statements), strict=True)}
    return {
        "edge_id": edge_id(edge.head, edge.relation, edge.tail),
        "relation": edge.relation,
        "label": edge.relation,
        "weight": edge.weight,
        "symmetric": edge.symmetric,
        "certainty": edge.certainty,
        "evidence_count": edge.evidence_count,
        "sources": sorted(sources.values()),
        "first_date": edge.first_date,
        "last_date": edge.last_date,
        "correction": edge.correction,
        "evidence": [said.as_json() for said in statements],
    }
