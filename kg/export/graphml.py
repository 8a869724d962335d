"""GraphML that Gephi, Gephi Lite, Cytoscape, yEd, igraph and networkx all read with nothing lost.

Gephi takes an edge's kind from the XML attribute `label`, merges edges of one id, drops edges of weight 0,
and knows looks by the column names label, x, y, size and color.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Element
from kg.export.legal import legal
from kg.export.model import Edge, GraphData, Node
from kg.export.xmlout import Xml, empty, xml_file

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd"

_NODES: tuple[Column[Node], ...] = (
    Column("label", "string", lambda node: node.name),
    *NODE_COLUMNS,
    Column("x", "double", lambda node: repr(node.x)),
    Column("y", "double", lambda node: repr(node.y)),
    Column("size", "double", lambda node: repr(node.size)),
    Column("color", "string", lambda node: node.color),
)
_EDGES: tuple[Column[Edge], ...] = (
    Column("label", "string", lambda edge: edge.relation),
    Column("weight", "double", lambda edge: repr(edge.weight)),
    *EDGE_COLUMNS,
    Column("color", "string", lambda edge: edge.color),
)


def write(data: GraphData, path: Path) -> None:
    """Write the graph as GraphML; raises InputError where `path` cannot be written."""
    data = legal(data)
    schema = {f"{{{_XSI}}}schemaLocation": _SCHEMA}
    with xml_file(path, "graphml", schema, {None: _NAMESPACE, "xsi": _XSI}) as xml:
        node_keys = _write_keys(xml, "node", _NODES)
        edge_keys = _write_keys(xml, "edge", _EDGES)
        xml.write("\n")
        with xml.element("graph", {"edgedefault": "directed"}):
            for node in data.nodes:
                xml.write("\n")
                with xml.element("node", {"id": node.id}):
                    _write_values(xml, node, node_keys)
            for edge in data.edges:
                xml.write("\n")
                ends = {"id": edge.id, "source": edge.head, "target": edge.tail, "label": edge.relation}
                with xml.element("edge", ends):
                    _write_values(xml, edge, edge_keys)


def _write_keys(xml: Xml, kind: str, columns: Sequence[Column[Element]]) -> list[tuple[str, Column[Element]]]:
    """Declare the columns of nodes or edges; return each with its id, which no other kind has."""
    keys = [(f"{kind}_{column.name}", column) for column in columns]
    for id, column in keys:
        xml.write("\n")
        key = {"id": id, "for": kind, "attr.name": column.name, "attr.type": column.type}
        empty(xml, "key", key)
    return keys


def _write_values(xml: Xml, element: Element, keys: Sequence[tuple[str, Column[Element]]]) -> None:
    """Write what the element has; an empty text is no value."""
    for id, column in keys:
        value = column.read(element)
        if value:
            with xml.element("data", {"key": id}):
                xml.write(value)
