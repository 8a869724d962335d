"""Three Parquet files in one folder: nodes, edges and the evidence, which names its edge. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import KgError
from kg.export.atomic import atomic_write_all
from kg.export.legal import legal
from kg.export.model import Edge, GraphData, Node

if TYPE_CHECKING:
    import pyarrow

FILES = ("nodes.parquet", "edges.parquet", "evidence.parquet")
BATCH = 10_000
"""Rows held in memory at a time."""

_TEXT, _TEXTS, _INT, _FLOAT, _BOOL, _TEXT_MAP = "text", "texts", "int", "float", "bool", "text map"

_NODES = {
    "id": _TEXT, "name": _TEXT, "entity_type": _TEXT, "aliases": _TEXTS, "degree": _INT,
    "first_date": _TEXT, "last_date": _TEXT,
}  # fmt: skip
_EDGES = {
    "edge_id": _TEXT, "head": _TEXT, "relation": _TEXT, "tail": _TEXT, "certainty": _TEXT, "weight": _FLOAT,
    "evidence_count": _INT, "first_date": _TEXT, "last_date": _TEXT, "sources": _TEXTS,
}  # fmt: skip
_EVIDENCE = {
    "edge_id": _TEXT, "doc": _TEXT, "title": _TEXT, "url": _TEXT, "date": _TEXT, "head": _TEXT, "tail": _TEXT,
    "certainty": _TEXT, "time": _TEXT, "qualifiers": _TEXT_MAP, "rule": _TEXT, "inferred": _BOOL,
    "quote": _TEXT, "start": _INT, "end": _INT, "head_start": _INT, "head_end": _INT, "tail_start": _INT,
    "tail_end": _INT, "trigger_start": _INT, "trigger_end": _INT,
}  # fmt: skip


def write(data: GraphData, path: Path) -> None:
    """Write the files into the folder `path`, which is made.

    Raises KgError without pyarrow, InputError where they cannot be written.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise KgError("Parquet needs pyarrow", hint="pip install 'kg[parquet]'") from error
    data = legal(data)
    with atomic_write_all([path / name for name in FILES]) as (nodes, edges, evidence):
        _write_table(nodes, _NODES, map(_node, data.nodes))
        _write_table(edges, _EDGES, map(_edge, data.edges))
        _write_table(evidence, _EVIDENCE, _evidence(data.edges))


def _schema(columns: Mapping[str, str]) -> pyarrow.Schema:
    import pyarrow as pa

    types = {
        _TEXT: pa.string(),
        _TEXTS: pa.list_(pa.string()),
        _INT: pa.int64(),
        _FLOAT: pa.float64(),
        _BOOL: pa.bool_(),
        _TEXT_MAP: pa.map_(pa.string(), pa.string()),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def _write_table(file: BinaryIO, columns: Mapping[str, str], rows: Iterator[dict[str, Any]]) -> None:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    schema = _schema(columns)
    with ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_batch(pyarrow.RecordBatch.from_pylist(batch, schema=schema))


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "name": node.name,
        "entity_type": node.type,
        "aliases": list(node.aliases),
        "degree": node.degree,
        "first_date": node.first_date,
        "last_date": node.last_date,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "edge_id": edge.id,
        "head": edge.head,
        "relation": edge.relation,
        "tail": edge.tail,
        "certainty": edge.certainty,
        "weight": edge.weight,
        "evidence_count": edge.evidence_count,
        "first_date": edge.first_date,
        "last_date": edge.last_date,
        "sources": list(edge.sources),
    }


def _evidence(edges: Iterable[Edge]) -> Iterator[dict[str, Any]]:
    for edge in edges:
        for said in edge.statements:
            words = said["evidence"]
            row = {name: said.get(name) for name in _EVIDENCE}
            row |= {"edge_id": edge.id, "qualifiers": list(said["qualifiers"].items())}
            row |= {name: words[name] for name in ("quote", "start", "end")}
            for span in ("head", "tail", "trigger"):
                row[f"{span}_start"], row[f"{span}_end"] = words[span] or (None, None)
            yield row
