"""Two CSV files, nodes.csv and edges.csv in one folder, with the headers of `neo4j-admin database import`.

They need no option there: lists are parted by semicolons, no cell has a line end. No cell can act as a
formula in a spreadsheet: text that begins like one gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from kg.export.atomic import as_text, atomic_write_all
from kg.export.columns import evidence_lines
from kg.export.legal import legal
from kg.export.model import Edge, GraphData, Node

NODES, EDGES = "nodes.csv", "edges.csv"

_NODE_HEADER = (
    "id:ID", ":LABEL", "name", "aliases:string[]", "degree:int", "first_date", "last_date"
)  # fmt: skip
_EDGE_HEADER = (
    ":START_ID", ":END_ID", ":TYPE", "edge_id", "weight:double", "certainty", "evidence_count:int",
    "evidence:string[]", "first_date", "last_date", "sources:string[]",
)  # fmt: skip

_LINE_END = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]\s*")
_FORMULA = re.compile(r"'*[=+\-@\t＝＋－＠]")
"""What a spreadsheet runs, full-width forms included, and what has been made harmless before."""


def write(data: GraphData, path: Path) -> None:
    """Write the two files into the folder `path`, which is made; raises InputError where they cannot be."""
    data = legal(data)
    with atomic_write_all([path / NODES, path / EDGES]) as (nodes, edges):
        with as_text(nodes) as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(_NODE_HEADER)
            out.writerows(map(_node, data.nodes))
        with as_text(edges) as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(_EDGE_HEADER)
            out.writerows(map(_edge, data.edges))


def _node(node: Node) -> tuple[object, ...]:
    return (
        _cell(node.id),
        _cell(node.type),
        _cell(node.name),
        _list(node.aliases),
        node.degree,
        node.first_date,
        node.last_date,
    )


def _edge(edge: Edge) -> tuple[object, ...]:
    return (
        _cell(edge.head),
        _cell(edge.tail),
        _cell(edge.relation),
        _cell(edge.id),
        edge.weight,
        _cell(edge.certainty),
        edge.evidence_count,
        _list(evidence_lines(edge.statements)),
        edge.first_date,
        edge.last_date,
        _list(edge.sources),
    )


def _list(texts: Iterable[str]) -> str:
    return _cell(";".join(text.replace(";", "；") for text in texts))


def _cell(text: str) -> str:
    line = _LINE_END.sub(" ", text)
    return "'" + line if _FORMULA.match(line) else line
