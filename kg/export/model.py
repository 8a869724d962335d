"""What every exporter is given: the graph as plain values, in one order, with looks already decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING, Any

from kg.errors import RuleError

if TYPE_CHECKING:
    from kg.conflicts import Conflict
    from kg.graph import Parts

WRONG = "wrong"
GREY = "#999999"
LEAST_WEIGHT = 0.01
"""Gephi drops an edge of weight 0; the order of the comparison makes this of what is no number, too."""
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Placement:
    """A node's position, in the unit of its size, and the number of its community, the largest being 0."""

    x: float = 0.0
    y: float = 0.0
    community: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `names` holds every form met, `name` first; `x` and `y` are in the unit of `size`.

    `community` counts from 0, the largest first. Dates are ISO 8601, possibly partial, those of the
    entity's edges.
    """

    id: str
    name: str
    type: str
    names: tuple[str, ...] = ()
    degree: int = 0
    community: int = 0
    x: float = 0.0
    y: float = 0.0
    size: float = 8.0
    color: str = GREY
    first_date: str | None = None
    last_date: str | None = None

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every form met but the name itself."""
        return tuple(name for name in self.names if name != self.name)


@dataclass(frozen=True, slots=True)
class Edge:
    """One (head, relation, tail) with all that was said of it; `head` and `tail` are node ids.

    `sources` are document ids. Each of `statements` is as `Statement.as_json` gives it, and has beside
    that `title`, `url` and `date` of its document; they stand as in the documents. `correction` is added if a
    person added it, wrong if one took it out of the graph, else empty.
    """

    id: str
    head: str
    relation: str
    tail: str
    certainty: str
    evidence_count: int
    sources: tuple[str, ...] = ()
    first_date: str | None = None
    last_date: str | None = None
    weight: float = 1.0
    color: str = GREY
    statements: tuple[dict[str, Any], ...] = ()
    correction: str = ""


@dataclass(frozen=True, slots=True)
class GraphData:
    """All that is exported: nodes in order of id, edges in order of head, relation, tail.

    `conflicts` are what cannot all hold, for the formats that show them.
    """

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    conflicts: Sequence[Conflict] = ()


def standing(data: GraphData) -> GraphData:
    """Return the graph without the edges that a person marked wrong, and without what they alone brought in."""
    wrong = [edge for edge in data.edges if edge.correction == WRONG]
    if not wrong:
        return data
    edges = [edge for edge in data.edges if edge.correction != WRONG]
    loose = {end for edge in wrong for end in (edge.head, edge.tail)}
    loose -= {end for edge in edges for end in (edge.head, edge.tail)}
    return replace(data, nodes=[node for node in data.nodes if node.id not in loose], edges=edges)


@dataclass(frozen=True, slots=True)
class Colours:
    """The ontology's display colours, `#rrggbb`, by entity type and by relation."""

    types: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)


def from_parts(parts: Parts, colours: Colours, *, layout: bool = True) -> GraphData:
    """Return the graph as values, in an order that depends on nothing but its content.

    `layout` says whether positions and communities are wanted; without them, all are 0.
    Raises RuleError for a colour that is no `#rrggbb`.
    """
    types = {name: _hex(value) for name, value in colours.types.items()}
    relations = {name: _hex(value) for name, value in colours.relations.items()}
    edges = sorted(
        (_edge(head, tail, attributes, relations) for head, tail, attributes in parts.edges),
        key=lambda edge: (edge.head, edge.relation, edge.tail, edge.id),
    )
    ids = sorted(parts.nodes)
    where = _places(ids, edges) if layout else {}
    dates = _dates_of_nodes(edges)
    nodes = [_node(id, parts.nodes[id], types, where.get(id, Placement()), dates.get(id, [])) for id in ids]
    return GraphData(nodes, edges)


def _places(ids: Sequence[str], edges: Iterable[Edge]) -> Mapping[str, Placement]:
    from kg.export.layout import place  # igraph is heavy, and many formats have no use for it

    return place(ids, [(edge.head, edge.tail) for edge in edges if edge.correction != WRONG])


def _node(
    id: str,
    given: Mapping[str, Any],
    colours: Mapping[str, str],
    at: Placement,
    dates: list[str],
) -> Node:
    name = given.get("label") or id
    return Node(
        id=id,
        name=name,
        type=given.get("type") or "",
        names=tuple(given.get("names") or (name,)),
        degree=given["degree"],
        community=at.community,
        x=at.x,
        y=at.y,
        size=round(min(100.0, 8 + 7 * sqrt(given["degree"])), 2),
        color=colours.get(given.get("type") or "", GREY),
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
    )


def _edge(head: str, tail: str, given: Mapping[str, Any], colours: Mapping[str, str]) -> Edge:
    return Edge(
        id=given["edge_id"],
        head=head,
        relation=given["relation"],
        tail=tail,
        certainty=given["certainty"],
        evidence_count=given["evidence_count"],
        sources=tuple(given.get("sources") or ()),
        first_date=given.get("first_date") or None,
        last_date=given.get("last_date") or None,
        weight=max(LEAST_WEIGHT, float(given["weight"])),
        color=colours.get(given["relation"], GREY),
        statements=tuple(given.get("evidence") or ()),
        correction=given.get("correction") or "",
    )


def _dates_of_nodes(edges: Iterable[Edge]) -> dict[str, list[str]]:
    dates: dict[str, list[str]] = {}
    for edge in edges:
        for end in (edge.head, edge.tail) if edge.correction != WRONG else ():
            if edge.first_date or edge.last_date:
                dates.setdefault(end, []).extend(filter(None, (edge.first_date, edge.last_date)))
    return dates


def _hex(colour: str) -> str:
    if not _HEX.fullmatch(colour):
        raise RuleError(f"the colour {colour!r} is not #rrggbb", hint="write it as in '#4e79a7', quoted")
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
