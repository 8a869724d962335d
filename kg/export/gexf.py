"""GEXF 1.3 with looks and a timeline, as Gephi and Gephi Lite read it.

An edge's kind is its relation, so that Gephi keeps parallel edges apart. Attribute ids are plain numbers,
which no two columns share: graphology shows the title of an attribute only if its id is a number.
No date of creation is written, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import log2
from pathlib import Path

from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Element
from kg.export.dating import days_of_edge, days_of_nodes
from kg.export.legal import legal
from kg.export.model import Edge, GraphData, Node
from kg.export.xmlout import attribute, empty, opening, xml_file

_NAMESPACE = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"
_GRAPH = {
    "defaultedgetype": "directed",
    "idtype": "string",
    "mode": "dynamic",
    "timeformat": "date",
    "timerepresentation": "timestamp",
}
_NODE_IDS, _EDGE_IDS = 100, 200
_TYPES = {"int": "integer", "double": "double", "string": "string"}


def write(data: GraphData, path: Path) -> None:
    """Write the graph as GEXF; raises InputError where `path` cannot be written."""
    data = legal(data)
    days = {edge.id: days_of_edge(edge) for edge in data.edges}
    of_nodes = days_of_nodes(data.edges, days)
    with xml_file(path, "gexf", {"xmlns": _NAMESPACE, "xmlns:viz": _VIZ, "version": "1.3"}) as put:
        put(f"\n<meta><creator>kg</creator></meta>\n{opening('graph', _GRAPH)}")
        put(_columns("node", _NODE_IDS, NODE_COLUMNS) + _columns("edge", _EDGE_IDS, EDGE_COLUMNS))
        put("\n<nodes>")
        node_values = _values(_NODE_IDS, NODE_COLUMNS)
        for node in data.nodes:
            put(_node(node, node_values(node), of_nodes.get(node.id, ())))
        put("</nodes>\n<edges>")
        edge_values = _values(_EDGE_IDS, EDGE_COLUMNS)
        for edge in data.edges:
            put(_edge(edge, edge_values(edge), days[edge.id]))
        put("</edges></graph>")


def _node(node: Node, values: str, days: Sequence[str]) -> str:
    start = opening("node", {"id": node.id, "label": node.name})
    place = f'<viz:position x="{node.x!r}" y="{node.y!r}" z="0.0"></viz:position>'
    size = f'<viz:size value="{node.size!r}"></viz:size>'
    return f"\n{start}{values}{_spells(days)}{_colour(node.color)}{place}{size}</node>"


def _edge(edge: Edge, values: str, days: Sequence[str]) -> str:
    ends = {"id": edge.id, "source": edge.head, "target": edge.tail}
    said = {"label": edge.relation, "kind": edge.relation, "weight": repr(edge.weight)}
    thickness = f'<viz:thickness value="{round(1 + log2(1 + edge.weight), 2)!r}"></viz:thickness>'
    return f"\n{opening('edge', ends | said)}{values}{_spells(days)}{_colour(edge.color)}{thickness}</edge>"


def _columns(kind: str, first: int, columns: Sequence[Column[Element]]) -> str:
    """Return the declaration of the columns of nodes or edges, whose ids are numbers from `first` on."""
    declared = "".join(
        empty("attribute", {"id": str(id), "title": column.name, "type": _TYPES[column.type]})
        for id, column in enumerate(columns, first)
    )
    return f"\n{opening('attributes', {'class': kind, 'mode': 'static'})}{declared}</attributes>"


def _values(first: int, columns: Sequence[Column[Element]]) -> Callable[[Element], str]:
    """Return what writes the values that an element has; an empty text is no value."""
    tags = [(f'<attvalue for="{id}" value="', column.read) for id, column in enumerate(columns, first)]

    def write(element: Element) -> str:
        read = ((tag, value(element)) for tag, value in tags)
        values = [f'{tag}{attribute(value)}"></attvalue>' for tag, value in read if value]
        return f"<attvalues>{''.join(values)}</attvalues>"

    return write


@cache
def _colour(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"></viz:color>'


def _spells(days: Sequence[str]) -> str:
    """Return when the element exists; Gephi takes one without any day as always there."""
    spells = "".join(f'<spell timestamp="{day}"></spell>' for day in days)
    return spells and f"<spells>{spells}</spells>"
