"""RDF as JSON-LD: the same triples as Turtle, one subject a line, with the prefixes as context."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.export.atomic import atomic_text
from kg.export.legal import legal
from kg.export.model import GraphData
from kg.export.rdf import PREFIXES, A, Description, Iri, Literal, describe


def write(data: GraphData, path: Path) -> None:
    """Write the graph as JSON-LD; raises InputError where `path` cannot be written."""
    with atomic_text(path) as out:
        out.write(f'{{"@context": {json.dumps(PREFIXES)},\n"@graph": [')
        separator = "\n"
        for description in describe(legal(data)):
            out.write(separator + json.dumps(_node(description), ensure_ascii=False))
            separator = ",\n"
        out.write("\n]}\n")


def _node(description: Description) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": description.subject.name}
    for predicate, pairs in groupby(description.properties, lambda pair: pair[0].name):
        if predicate == A.name:
            node["@type"] = [value.name for _, value in pairs if isinstance(value, Iri)]
        else:
            values = [_value(value) for _, value in pairs]
            node[predicate] = values if len(values) > 1 else values[0]
    return node


def _value(term: Iri | Literal) -> Any:
    if isinstance(term, Iri):
        return {"@id": term.name}
    if term.datatype in ("xsd:integer", "xsd:boolean"):
        return json.loads(term.text)
    return {"@value": term.text, "@type": term.datatype} if term.datatype else term.text
