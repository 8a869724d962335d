"""Text that any format can hold: what XML 1.0 and UTF-8 forbid is left out, and that is said once."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any, TypeVar

from kg.export.model import Edge, GraphData, Node

_log = logging.getLogger(__name__)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_Value = TypeVar("_Value")
_Element = TypeVar("_Element", Node, Edge)


def legal(data: GraphData) -> GraphData:
    """Return the graph without control characters and lone surrogates, ids still distinct.

    It is the very same graph if it had none; if it had, a warning tells how many nodes and edges.
    """
    nodes = [_legal(node) for node in data.nodes]
    edges = [_legal(edge) for edge in data.edges]
    mended = sum(new is not old for new, old in zip(nodes, data.nodes, strict=True))
    mended += sum(new is not old for new, old in zip(edges, data.edges, strict=True))
    if not mended:
        return data
    _log.warning(
        "%d nodes and edges hold control characters or halves of characters, which this format cannot hold; "
        "they are left out",
        mended,
    )
    return _with_distinct_ids(data, nodes, edges)


def _legal(element: _Element) -> _Element:
    """Return the node or edge with legal text; the very same one if nothing was to be mended."""
    if not _FORBIDDEN.search("".join(_texts(element))):
        return element
    changes = {}
    for name in element.__slots__:
        old = getattr(element, name)
        new = clean(old)
        if new is not old:
            changes[name] = new
    return replace(element, **changes)


def _texts(element: Node | Edge) -> list[str]:
    """Return every text in a node or edge: to look through them at once is much faster than one by one."""
    if isinstance(element, Node):
        return [element.id, element.name, element.type, *element.names]
    texts = [element.id, element.head, element.relation, element.tail, element.certainty, *element.sources]
    for said in element.statements:
        texts += [value for value in said.values() if isinstance(value, str)]
        texts.append(said["evidence"]["quote"])
        for qualifier in said["qualifiers"].items():
            texts += qualifier
    return texts


def clean(value: _Value) -> _Value:
    """Return a text, or texts in tuples, lists and mappings, less what is forbidden; itself if nothing is."""
    kept: Any = value
    if isinstance(value, str):
        if _FORBIDDEN.search(value):
            kept = _FORBIDDEN.sub("", value)
    elif isinstance(value, dict):
        new = {key: clean(item) for key, item in value.items()}
        if any(new[key] is not value[key] for key in value):
            kept = new
    elif isinstance(value, tuple | list):
        items = [clean(item) for item in value]
        if any(item is not old for item, old in zip(items, value, strict=True)):
            kept = type(value)(items)
    return kept  # type: ignore[no-any-return]  # each branch keeps the type of the value


def _with_distinct_ids(data: GraphData, nodes: list[Node], edges: list[Edge]) -> GraphData:
    """Return the mended elements, edges pointing to the mended ids of nodes, no id twice."""
    node_ids = _distinct([node.id for node in data.nodes])
    edge_ids = _distinct([edge.id for edge in data.edges])
    return GraphData(
        [replace(node, id=node_ids[old.id]) for node, old in zip(nodes, data.nodes, strict=True)],
        [
            replace(edge, id=edge_ids[old.id], head=node_ids[old.head], tail=node_ids[old.tail])
            for edge, old in zip(edges, data.edges, strict=True)
        ],
    )


def _distinct(ids: list[str]) -> dict[str, str]:
    """Return a legal id for each, distinct if they were; an id that was legal stays."""
    taken = {id for id in ids if not _FORBIDDEN.search(id)}
    given = {id: id for id in taken}
    for id in ids:
        if id not in given:
            new = clean(id)
            while not new or new in taken:
                new += "_"
            taken.add(new)
            given[id] = new
    return given
