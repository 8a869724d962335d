"""Graphs of any names and sentences, written in every format and read back by the format's own reader."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import export_graphs
import networkx as nx
import pyarrow.parquet
from lxml import etree
from rdflib import RDF, Graph

from kg.export import FORMATS
from kg.export.legal import legal
from kg.export.model import GraphData
from kg.ontology import Ontology

ONTOLOGY = Ontology({}, {})


def _graphml(data: GraphData, path: Path) -> None:
    assert nx.read_graphml(path, force_multigraph=True).number_of_edges() == len(data.edges)


def _gexf(data: GraphData, path: Path) -> None:
    assert len(etree.parse(path).findall(".//{*}edge")) == len(data.edges)


def _csv(data: GraphData, path: Path) -> None:
    for name, count in (("nodes.csv", len(data.nodes)), ("edges.csv", len(data.edges))):
        with (path / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert len(rows) == count + 1
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def _turtle(data: GraphData, path: Path) -> None:
    assert len(list(Graph().parse(path, format="turtle").subjects(RDF.type, RDF.Statement))) == len(
        data.edges
    )


def _json(data: GraphData, path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8"))


def _jsonl(data: GraphData, path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    assert len([json.loads(line) for line in lines]) == sum(len(edge.statements) for edge in data.edges)


def _cypher(data: GraphData, path: Path) -> None:
    from test_cypher import Neo4j

    server = Neo4j()
    server.run(path.read_bytes().decode())
    assert len(server.edges) == len(data.edges)


def _parquet(data: GraphData, path: Path) -> None:
    statements = sum(len(edge.statements) for edge in data.edges)
    for name, count in (("nodes", len(data.nodes)), ("edges", len(data.edges)), ("evidence", statements)):
        assert pyarrow.parquet.read_table(path / f"{name}.parquet").num_rows == count


def _html(data: GraphData, path: Path) -> None:
    page = path.read_bytes()
    plain = path.with_suffix(".plain")
    FORMATS["html"].write(export_graphs.ring(["甲", "乙"]), plain, ONTOLOGY)
    for sign in (b"<script", b"</script", b"<iframe", b"<img", b"javascript:"):
        assert page.count(sign) == plain.read_bytes().count(sign)


READERS: dict[str, Callable[[GraphData, Path], None]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
    "cypher": _cypher,
    "turtle": _turtle,
    "jsonld": _json,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "html": _html,
}


def exporting(folder: Path, texts: Sequence[str], formats: Sequence[str] = tuple(READERS)) -> None:
    """Whatever the names are, every format's own reader finds all of the graph."""
    data = export_graphs.ring(texts)
    for name in formats:
        path = folder / FORMATS[name].file
        FORMATS[name].write(data, path, ONTOLOGY)
        READERS[name](legal(data), path)
