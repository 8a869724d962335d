"""The graph of a database as a networkx MultiDiGraph, for what needs one: exports and algorithms."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING, Any

from kg.store import reading
from kg.store.copies import independent
from kg.store.lookup import locate
from kg.store.reading import EVERYTHING, Db, EdgeFilter
from kg.store.rows import EdgeRow, StatementRow
from kg.store.walking import ball

if TYPE_CHECKING:
    import networkx as nx


def load_graph(
    db: Db,
    *,
    filters: EdgeFilter = EVERYTHING,
    around: str | None = None,
    depth: int = 1,
    rejected: bool = False,
) -> nx.MultiDiGraph[str]:
    """The edges that pass, their ends as nodes, in an order that depends on nothing but the content.

    Nodes are entity ids with `label`, `type`, `names`, `documents` and `degree` (within this graph). There is
    one edge for each (head, relation, tail), its key the relation, with `edge_id`, `relation`, `label`,
    `weight`, `symmetric`, `certainty`, `evidence_count`, `sources` (a document of each independent source),
    `first_date`, `last_date`, `correction` (empty, or added) and `evidence`, a list as `StatementRow.as_json`
    gives it. `around` keeps what lies within `depth` edges of an entity. With `rejected`, the edges that a person
    marked wrong come, too: `correction` is wrong, `certainty` rejected, `weight` 0, and no degree counts them.
    Everything is held in memory.
    Raises InputError for a file that is no graph, NotFoundError for an unknown name.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    with reading.reading(db) as connection:
        among = _among(connection, filters, around, depth)
        numbers = reading.ends(connection, filters, among)
        for entity in reading.entities(connection, numbers).values():
            node = {"label": entity.name, "type": entity.type, "names": list(entity.names)}
            graph.add_node(entity.id, **node, documents=entity.documents)
        for edge, statements in reading.edges_with_evidence(connection, filters, among):
            graph.add_edge(edge.head, edge.tail, key=edge.relation, **_attributes(edge, statements))
        for entity_id, degree in graph.degree():
            graph.nodes[entity_id]["degree"] = degree
        if rejected:
            _add_rejected(graph, connection, filters, among)
    return graph


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


def _add_rejected(
    graph: nx.MultiDiGraph[str], db: sqlite3.Connection, filters: EdgeFilter, among: set[int] | None
) -> None:
    condition, values = reading.passing(filters, among)
    edges = list(reading.rejected(db, condition, values))
    ids = sorted({end for edge in edges for end in (edge.head, edge.tail)} - set(graph))
    rows = reading.entities(db, [locate(db, each) for each in ids]).values()
    for entity in rows:
        node = {"label": entity.name, "type": entity.type, "names": list(entity.names)}
        graph.add_node(entity.id, **node, documents=entity.documents, degree=0)
    for edge in edges:
        attributes = _attributes(edge, list(reading.evidence(db, edge, filters.period)))
        attributes |= {"certainty": "rejected", "weight": 0.0}
        graph.add_edge(edge.head, edge.tail, key=edge.relation, **attributes)


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
