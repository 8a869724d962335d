"""The data columns that a graph program shows for a node and an edge, in GraphML and GEXF alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kg.export.model import Edge, Node

Element = TypeVar("Element", Node, Edge)

SEPARATOR = " | "
"""Between the parts of a list, since Gephi reads plain strings only."""

_LINE_END = re.compile(r"\s*[\r\n]+\s*")


@dataclass(frozen=True, slots=True)
class Column(Generic[Element]):
    """A column: its XML type (string, int or double) and how an element's value is read, "" for none."""

    name: str
    type: str
    read: Callable[[Element], str]


def evidence_lines(statements: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return a line for each sentence, once: its words, then in brackets title and date of its document."""
    lines: dict[str, None] = {}
    for statement in statements:
        quote = _LINE_END.sub(" ", statement["evidence"]["quote"])
        document = (statement.get("title") or statement["doc"], statement.get("date"))
        lines[f"{quote} [{', '.join(part for part in document if part)}]"] = None
    return list(lines)


NODE_COLUMNS: tuple[Column[Node], ...] = (
    Column("entity_type", "string", lambda node: node.type),
    Column("aliases", "string", lambda node: SEPARATOR.join(node.aliases)),
    Column("degree", "int", lambda node: str(node.degree)),
    Column("community", "int", lambda node: str(node.community)),
    Column("first_date", "string", lambda node: node.first_date or ""),
    Column("last_date", "string", lambda node: node.last_date or ""),
)

EDGE_COLUMNS: tuple[Column[Edge], ...] = (
    Column("edge_id", "string", lambda edge: edge.id),
    Column("relation", "string", lambda edge: edge.relation),
    Column("certainty", "string", lambda edge: edge.certainty),
    Column("evidence_count", "int", lambda edge: str(edge.evidence_count)),
    Column("evidence", "string", lambda edge: "\n".join(evidence_lines(edge.statements))),
    Column("first_date", "string", lambda edge: edge.first_date or ""),
    Column("last_date", "string", lambda edge: edge.last_date or ""),
    Column("sources", "string", lambda edge: SEPARATOR.join(edge.sources)),
    Column("correction", "string", lambda edge: edge.correction),
)
