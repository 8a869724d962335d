"""GraphML that Gephi, Gephi Lite, Cytoscape, yEd, igraph and networkx all read with nothing lost.

Gephi takes an edge's kind from the XML attribute `label`, merges edges of one id, drops edges of weight 0,
and knows looks by the column names label, x, y, size and color.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Element
from kg.export.legal import legal
from kg.export.model import Edge, GraphData, Node
from kg.export.xmlout import attribute, empty, opening, text, xml_file

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
    root = {"xmlns": _NAMESPACE, "xmlns:xsi": _XSI, "xsi:schemaLocation": _SCHEMA}
    with xml_file(path, "graphml", root) as put:
        put(_keys("node", _NODES) + _keys("edge", _EDGES))
        put('\n<graph edgedefault="directed">')
        node_values = _values("node", _NODES)
        for node in data.nodes:
            put(f'\n<node id="{attribute(node.id)}">{node_values(node)}</node>')
        edge_values = _values("edge", _EDGES)
        for edge in data.edges:
            ends = {"id": edge.id, "source": edge.head, "target": edge.tail, "label": edge.relation}
            put(f"\n{opening('edge', ends)}{edge_values(edge)}</edge>")
        put("</graph>")


def _keys(kind: str, columns: Sequence[Column[Element]]) -> str:
    """Return the declarations of the columns of nodes or edges."""
    return "".join(
        "\n"
        + empty(
            "key",
            {
                "id": _id(kind, column),
                "for": kind,
                "attr.name": column.name,
                "attr.type": column.type,
            },
        )
        for column in columns
    )


def _values(kind: str, columns: Sequence[Column[Element]]) -> Callable[[Element], str]:
    """Return what writes the values that an element has; an empty text is no value."""
    tags = [(opening("data", {"key": _id(kind, column)}), column.read) for column in columns]

    def write(element: Element) -> str:
        read = ((tag, value(element)) for tag, value in tags)
        return "".join([f"{tag}{text(value)}</data>" for tag, value in read if value])

    return write


def _id(kind: str, column: Column[Element]) -> str:
    """Return the id of a column, which none of the other kind has."""
    return f"{kind}_{column.name}"
