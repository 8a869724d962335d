"""RDF as Turtle, written subject by subject."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

from kg.export.atomic import atomic_text
from kg.export.legal import legal
from kg.export.model import GraphData
from kg.export.rdf import PREFIXES, A, Iri, Literal, describe

_BARE = ("xsd:integer", "xsd:boolean")
"""Datatypes whose values Turtle writes without quotes."""


def write(data: GraphData, path: Path) -> None:
    """Write the graph as Turtle; raises InputError where `path` cannot be written."""
    with atomic_text(path) as out:
        for prefix, space in PREFIXES.items():
            out.write(f"@prefix {prefix}: <{space}> .\n")
        for description in describe(legal(data)):
            lines = []
            for predicate, pairs in groupby(description.properties, lambda pair: pair[0].name):
                objects = ", ".join(_term(value) for _, value in pairs)
                lines.append(f"{'a' if predicate == A.name else predicate} {objects}")
            out.write(f"\n{description.subject.name} " + " ;\n    ".join(lines) + " .\n")


def _term(term: Iri | Literal) -> str:
    if isinstance(term, Iri):
        return term.name
    if term.datatype in _BARE:
        return term.text
    # JSON's escapes are all Turtle's too.
    quoted = json.dumps(term.text, ensure_ascii=False)
    return f"{quoted}^^{term.datatype}" if term.datatype else quoted
