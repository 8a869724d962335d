"""The graph as the page carries it: columns instead of records, and every string once.

A record spells its keys each time; 40,000 edges with their sentences would not fit a page that way.
The sentences are a block of their own, which the page parses when the first one is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.conflicts import Conflict
from kg.export.model import GREY, Colours, GraphData
from kg.export.page.names import folds, readings
from kg.export.page.opening import opening
from kg.model import ASSERTED, HEDGED

Column = list[Any]

# Of one side of a conflict the page has no more.
_SENTENCES = 10


@dataclass(slots=True)
class Strings:
    """A table of strings in the order they were first met."""

    index: dict[str, int] = field(default_factory=dict)

    def add(self, text: str) -> int:
        """Return the place of `text` in the table."""
        return self.index.setdefault(text, len(self.index))

    def all(self) -> list[str]:
        """Return the table."""
        return list(self.index)


def pack(
    data: GraphData, *, title: str, colours: Colours, symmetric: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the page's two blocks: the graph, and the evidence of its statements in the same order."""
    types = _kinds((node.type for node in data.nodes), colours.types)
    relations = _kinds((edge.relation for edge in data.edges), colours.relations)
    statements = [statement for edge in data.edges for statement in edge.statements]
    certainties = list(dict.fromkeys([ASSERTED, HEDGED, *sorted({each["certainty"] for each in statements})]))
    documents = {each["doc"]: each for each in statements}
    when = [_date(each) for each in statements]
    dates = sorted({*when, ""})
    names = [name for node in data.nodes for name in (node.name, *node.names)]
    folded = folds(names)
    network = opening(data)
    graph = {
        "title": title,
        "types": [[name, colour] for name, colour in types.items()],
        "relations": [[name, colour, int(name in symmetric)] for name, colour in relations.items()],
        "certainties": certainties,
        "dates": dates,
        "nodes": _nodes(data, list(types)),
        "edges": _edges(data, list(relations), certainties),
        "documents": _documents(documents),
        "statements": {
            "document": _places((each["doc"] for each in statements), sorted(documents)),
            "date": _places(when, dates),
            "certainty": _places((each["certainty"] for each in statements), certainties),
        },
        "conflicts": [_conflict(each) for each in data.conflicts],
        "folds": folded,
        "readings": readings(names, folded),
        "opening": {
            "options": network.options,
            "nodes": [{"id": node["id"], "x": node["x"], "y": node["y"]} for node in network.nodes],
        },
    }
    return graph, _evidence(statements)


def _conflict(conflict: Conflict) -> list[Any]:
    """Return a conflict as nested lists: kind, relation, about, and of each side its dates, sources and sentences."""
    sides = []
    for side in conflict.sides:
        sentences = dict.fromkeys(
            (said.quote, said.title or said.doc, said.url, said.date or "") for said in side.statements
        )
        sources = len({said.hash for said in side.statements})
        dates = (side.first_date or "", side.last_date or "", side.ended or "")
        sides.append([side.label, *dates, sources, [list(each) for each in list(sentences)[:_SENTENCES]]])
    return [conflict.kind, conflict.relation, conflict.about, sides]


def as_script_text(value: object) -> str:
    """Return `value` as JSON that cannot end the script block it stands in, nor a line of JavaScript."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _date(statement: Mapping[str, Any]) -> str:
    """Return when it happened if the sentence says so, otherwise when it was reported, or nothing."""
    return statement.get("time") or statement.get("date") or ""


def _kinds(met: Iterable[str], colours: Mapping[str, str]) -> dict[str, str]:
    """Return the colour of each name that was met, in the ontology's order, those it does not know last."""
    found = set(met)
    known = {name: colour for name, colour in colours.items() if name in found}
    return known | dict.fromkeys(sorted(found - known.keys()), GREY)


def _places(values: Iterable[str], table: list[str]) -> list[int]:
    number = {text: index for index, text in enumerate(table)}
    return [number[value] for value in values]


def _nodes(data: GraphData, types: list[str]) -> dict[str, Column]:
    nodes = data.nodes
    return {
        "id": [node.id for node in nodes],
        "label": [node.name for node in nodes],
        "type": _places((node.type for node in nodes), types),
        "names": [list(node.aliases) or 0 for node in nodes],
        "degree": [node.degree for node in nodes],
        "community": [node.community for node in nodes],
        "x": [round(node.x) for node in nodes],
        "y": [round(node.y) for node in nodes],
    }


def _edges(data: GraphData, relations: list[str], certainties: list[str]) -> dict[str, Column]:
    number = {node.id: index for index, node in enumerate(data.nodes)}
    edges = data.edges
    return {
        "id": [edge.id for edge in edges],
        "from": [number[edge.head] for edge in edges],
        "to": [number[edge.tail] for edge in edges],
        "relation": _places((edge.relation for edge in edges), relations),
        "certainty": [certainties.index(edge.certainty) for edge in edges],
        "count": [len(edge.statements) for edge in edges],
    }


def _documents(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Column]:
    ordered = [documents[id] for id in sorted(documents)]
    return {
        "id": sorted(documents),
        "title": [each.get("title") or "" for each in ordered],
        "url": [each.get("url") or "" for each in ordered],
        "date": [each.get("date") or "" for each in ordered],
    }


def _evidence(statements: list[dict[str, Any]]) -> dict[str, Column]:
    quotes, rules, times, qualifiers = Strings(), Strings(), Strings(), Strings()
    spans: list[int] = []
    for statement in statements:
        spans += _spans(statement["evidence"])
    columns = {
        "quote": [quotes.add(each["evidence"]["quote"]) for each in statements],
        "start": [each["evidence"]["start"] for each in statements],
        "end": [each["evidence"]["end"] for each in statements],
        "spans": spans,
        "rule": [rules.add(each["rule"]) for each in statements],
        "time": [times.add(each.get("time") or "") for each in statements],
        "qualifier": [qualifiers.add(json.dumps(list(each["qualifiers"].items()))) for each in statements],
        "inferred": [int(each["inferred"]) for each in statements],
    }
    tables = {
        "quotes": quotes.all(),
        "rules": rules.all(),
        "times": times.all(),
        "qualifiers": [json.loads(each) for each in qualifiers.all()],
    }
    return {**columns, **tables}


def _spans(evidence: Mapping[str, Any]) -> list[int]:
    """Return head, tail and trigger as six offsets into the quote, -1 twice for one that is not in it."""
    offsets = []
    for name in ("head", "tail", "trigger"):
        start, end = evidence.get(name) or (-1, -1)
        start, end = start - evidence["start"], end - evidence["start"]
        inside = 0 <= start < end <= len(evidence["quote"])
        offsets += [start, end] if inside else [-1, -1]
    return offsets
