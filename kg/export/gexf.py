"""GEXF 1.3 with looks and a timeline, as Gephi and Gephi Lite read it.

An edge's kind is its relation, so that Gephi keeps parallel edges apart. Attribute ids are plain numbers,
which no two columns share: graphology shows the title of an attribute only if its id is a number.
No date of creation is written, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from pathlib import Path

from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Element
from kg.export.dating import days_of_edge, days_of_nodes
from kg.export.legal import legal
from kg.export.model import Edge, GraphData, Node
from kg.export.xmlout import Xml, empty, xml_file

_NAMESPACE = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"
_GRAPH = {
    "defaultedgetype": "directed",
    "idtype": "string",
    "mode": "dynamic",
    "timeformat": "date",
    "timerepresentation": "timestamp",
}
_TYPES = {"int": "integer", "double": "double", "string": "string"}

_Keys = list[tuple[str, Column[Element]]]


def write(data: GraphData, path: Path) -> None:
    """Write the graph as GEXF; raises InputError where `path` cannot be written."""
    data = legal(data)
    days = days_of_nodes(data)
    with xml_file(path, "gexf", {"version": "1.3"}, {None: _NAMESPACE, "viz": _VIZ}) as xml:
        xml.write("\n")
        with xml.element("meta"), xml.element("creator"):
            xml.write("kg")
        xml.write("\n")
        with xml.element("graph", _GRAPH):
            node_keys = _write_columns(xml, "node", 100, NODE_COLUMNS)
            edge_keys = _write_columns(xml, "edge", 200, EDGE_COLUMNS)
            xml.write("\n")
            with xml.element("nodes"):
                for node in data.nodes:
                    _write_node(xml, node, node_keys, days.get(node.id, ()))
            xml.write("\n")
            with xml.element("edges"):
                for edge in data.edges:
                    _write_edge(xml, edge, edge_keys)


def _write_node(xml: Xml, node: Node, keys: _Keys[Node], days: Sequence[str]) -> None:
    xml.write("\n")
    with xml.element("node", {"id": node.id, "label": node.name}):
        _write_values(xml, node, keys)
        _write_days(xml, days)
        _write_colour(xml, node.color)
        empty(xml, f"{{{_VIZ}}}position", {"x": repr(node.x), "y": repr(node.y), "z": "0.0"})
        empty(xml, f"{{{_VIZ}}}size", {"value": repr(node.size)})


def _write_edge(xml: Xml, edge: Edge, keys: _Keys[Edge]) -> None:
    xml.write("\n")
    said = {"label": edge.relation, "kind": edge.relation, "weight": repr(edge.weight)}
    with xml.element("edge", {"id": edge.id, "source": edge.head, "target": edge.tail, **said}):
        _write_values(xml, edge, keys)
        _write_days(xml, days_of_edge(edge))
        _write_colour(xml, edge.color)
        thickness = round(1 + log2(1 + edge.weight), 2)
        empty(xml, f"{{{_VIZ}}}thickness", {"value": repr(thickness)})


def _write_columns(xml: Xml, kind: str, first: int, columns: Sequence[Column[Element]]) -> _Keys[Element]:
    """Declare the columns of nodes or edges; return each with its id, numbers from `first` on."""
    keys = [(str(id), column) for id, column in enumerate(columns, first)]
    xml.write("\n")
    with xml.element("attributes", {"class": kind, "mode": "static"}):
        for id, column in keys:
            empty(xml, "attribute", {"id": id, "title": column.name, "type": _TYPES[column.type]})
    return keys


def _write_values(xml: Xml, element: Element, keys: _Keys[Element]) -> None:
    with xml.element("attvalues"):
        for id, column in keys:
            value = column.read(element)
            if value:
                empty(xml, "attvalue", {"for": id, "value": value})


def _write_days(xml: Xml, days: Sequence[str]) -> None:
    """Write when the element exists; Gephi takes one without any day as always there."""
    if not days:
        return
    with xml.element("spells"):
        for day in days:
            empty(xml, "spell", {"timestamp": day})


def _write_colour(xml: Xml, colour: str) -> None:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    empty(xml, f"{{{_VIZ}}}color", {"r": str(red), "g": str(green), "b": str(blue)})
