"""A Cypher script that lays the graph into Neo4j: constraints first, then nodes, then edges.

Everything is merged by id, so that running it twice changes nothing. Types and relations keep their Chinese
names, in back-quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import TextIO

from kg.export.atomic import atomic_text
from kg.export.columns import evidence_lines
from kg.export.legal import legal
from kg.export.model import Edge, GraphData, Node

BATCH = 500
"""Rows in one statement: few enough for a small server's memory, enough to be quick."""

_Value = str | int | float | None | Sequence[str]

_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def write(data: GraphData, path: Path) -> None:
    """Write the script; raises InputError where `path` cannot be written."""
    data = legal(data)
    types = {node.id: node.type for node in data.nodes}
    with atomic_text(path) as out:
        out.write(f"// {len(data.nodes)} nodes, {len(data.edges)} edges; run it with: cypher-shell -f FILE\n")
        for label in sorted({quoted_name(type) for type in types.values()}):
            out.write(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n")
        for type, nodes in groupby(sorted(data.nodes, key=lambda node: node.type), lambda node: node.type):
            merge = f"MERGE (n:{quoted_name(type)} {{id: row.id}})\nSET n += row.properties"
            _write_batches(out, map(_node, nodes), merge)
        for kind, edges in groupby(sorted(data.edges, key=_kind(types)), _kind(types)):
            head, relation, tail = map(quoted_name, kind)
            merge = (
                f"MATCH (h:{head} {{id: row.head}})\nMATCH (t:{tail} {{id: row.tail}})\n"
                f"MERGE (h)-[r:{relation} {{edge_id: row.edge_id}}]->(t)\nSET r += row.properties"
            )
            _write_batches(out, map(_edge, edges), merge)


def quoted_name(name: str) -> str:
    """Return a label or relation in back-quotes; a backslash, which versions read unlike, becomes /."""
    return "`" + (name or "_").replace("\\", "/").replace("`", "``") + "`"


def quoted(value: _Value) -> str:
    """Return the Cypher literal of a text, a number, a list of texts or nothing."""
    if value is None:
        return "null"
    if isinstance(value, str):
        text = value.translate(_ESCAPES)
        # Neo4j before 5 reads \\u0027 as an apostrophe wherever it stands, so no u may follow a backslash.
        return "'" + text.replace("\\\\u", "\\\\' + 'u") + "'"
    if isinstance(value, int | float):
        return repr(value)
    return "[" + ", ".join(map(quoted, value)) + "]"


def _kind(types: Mapping[str, str]) -> Callable[[Edge], tuple[str, str, str]]:
    """Return a key function: the type of the head, the relation, the type of the tail."""
    return lambda edge: (types[edge.head], edge.relation, types[edge.tail])


def _node(node: Node) -> str:
    properties: dict[str, _Value] = {
        "name": node.name,
        "aliases": node.aliases,
        "degree": node.degree,
        "first_date": node.first_date,
        "last_date": node.last_date,
    }
    return f"{{id: {quoted(node.id)}, properties: {_map(properties)}}}"


def _edge(edge: Edge) -> str:
    properties: dict[str, _Value] = {
        "weight": edge.weight,
        "certainty": edge.certainty,
        "evidence_count": edge.evidence_count,
        "evidence": evidence_lines(edge.statements),
        "first_date": edge.first_date,
        "last_date": edge.last_date,
        "sources": edge.sources,
    }
    ends = f"edge_id: {quoted(edge.id)}, head: {quoted(edge.head)}, tail: {quoted(edge.tail)}"
    return f"{{{ends}, properties: {_map(properties)}}}"


def _map(properties: Mapping[str, _Value]) -> str:
    return "{" + ", ".join(f"{key}: {quoted(value)}" for key, value in properties.items()) + "}"


def _write_batches(out: TextIO, rows: Iterator[str], merge: str) -> None:
    while batch := list(islice(rows, BATCH)):
        out.write("UNWIND [\n  " + ",\n  ".join(batch) + f"\n] AS row\n{merge};\n")
