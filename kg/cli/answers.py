"""Answers to questions, laid out for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.cli.output import Line, Piece, counted, say
from kg.cli.tables import Span, limited, print_rows, quoted, room

if TYPE_CHECKING:
    from kg.query import (
        EdgeRow,
        EntityRow,
        Explanation,
        Found,
        Neighbor,
        Neighborhood,
        Passage,
        Route,
        Shown,
        StatementRow,
        Stats,
        Timeline,
    )

_ARROWS = {"out": ("", " →"), "in": ("← ", ""), "both": ("", "")}
_NAMES_SHOWN = 6


def show_neighbors(found: Neighborhood) -> None:
    """Print a neighbourhood, each edge with the sentence that shows it best."""
    entity, shown = found.entity, len(found.neighbors)
    some = (
        f"{shown} of {counted(entity.degree, 'edges')}" if shown < entity.degree else counted(shown, "edges")
    )
    _head(entity, some)
    far = any(neighbor.distance > 1 for neighbor in found.neighbors)
    rows = [_neighbor(neighbor, with_near=far) for neighbor in found.neighbors]
    titles = [*(["from"] if far else []), "relation", "entity", "type", "date", "sentences"]
    styles = [*(["name"] if far else []), "relation", "name"]
    notes = [[sentence(neighbor.shown.evidence)] for neighbor in found.neighbors]
    print_rows(rows, titles=titles if rows else (), styles=styles, notes=notes)


def show_path(found: Route) -> None:
    """Print the steps of a path, each with its edges and one sentence for each."""
    say([(" – ".join(entity.name for entity in found.entities), "name")])
    say([(counted(len(found.steps), "steps"), "dim")])
    for step in found.steps:
        say()
        _edges(step)


def show_why(found: Explanation) -> None:
    """Print every sentence behind the edges between two entities."""
    for number, explained in enumerate(found.edges):
        if number:
            say()
        edge = explained.edge
        say([*_triple(edge.head_name, edge.relation, edge.tail_name), _hedge(edge.certainty),
             _corrected(edge), (f"  {counted(edge.evidence_count, 'sentences')}", "dim")])  # fmt: skip
        for said in explained.statements:
            say()
            say([("  ", ""), (_where(said), "dim")])
            say([("    ", ""), *_marked(said, None)])
            details = [*(f"{key} {value}" for key, value in said.qualifiers), f"rule {said.rule}"]
            say([("    ", ""), (" · ".join(details + ["inferred"] * said.inferred), "dim")])


def show_search(found: Found, text: str) -> None:
    """Print the entities and sentences that were found."""
    if not (found.entities or found.passages):
        say("nothing found")
    rows = [[entity.name, entity.type, f"{entity.degree:,}"] for entity in found.entities]
    print_rows(rows, titles=["entity", "type", "edges"] if rows else (), styles=["name"])
    for passage in found.passages:
        say()
        say([("  ", ""), (" · ".join(filter(None, (passage.doc, passage.date, passage.title))), "dim")])
        say([("    ", ""), *_lit(passage, text)])
        for triple in passage.triples:
            say([("    → ", "dim"), *_triple(*triple)])


def show_timeline(found: Timeline) -> None:
    """Print dated statements in order of time."""
    _head(found.entity, counted(len(found.statements), "dated statements"))
    entries: list[tuple[str, str, Line]] = [
        (said.time or "", f"{said.head} {said.relation} {said.tail}", sentence(said))
        for said in found.statements
    ]
    entries += [
        (change.time or "", f"{change.old} → {change.new}", limited([(change.quote, "")], room(6)))
        for change in found.changes
    ]
    entries.sort(key=lambda entry: entry[0])
    rows = [[time, label] for time, label, _ in entries]
    print_rows(rows, styles=["relation", "name"], notes=[[words] for _, _, words in entries])


def show_stats(found: Stats) -> None:
    """Print the graph in figures."""
    figures = {
        "files": found.sources,
        "documents": found.documents,
        "characters": found.characters,
        "mentions": found.mentions,
        "entities": found.entities,
        "with an edge": found.connected,
        "statements": found.statements,
        "inferred": found.inferred,
        "edges": found.edges,
        "hedged": found.hedged,
    }
    print_rows([[name, f"{number:,}"] for name, number in figures.items()])
    if found.first_date and found.last_date:
        print_rows([["dated", f"{found.first_date} to {found.last_date}"]])
    for title, counts in (("type", found.types), ("relation", found.relations)):
        say()
        print_rows([[name, f"{number:,}"] for name, number in counts], titles=[title, "number"])
    say()
    busiest = [[entity.name, entity.type, f"{entity.degree:,}"] for entity in found.top]
    print_rows(busiest, titles=["best connected", "type", "edges"], styles=["name"])


def _head(entity: EntityRow, amount: str) -> None:
    """Print whom the answer is about and how much there is."""
    others = [name for name in entity.names if name != entity.name][:_NAMES_SHOWN]
    about = [entity.type, f"also {'、'.join(others)}" if others else "", amount]
    say(limited([(entity.name, "name"), ("  " + " · ".join(filter(None, about)), "dim")], room(0)))


def _neighbor(neighbor: Neighbor, *, with_near: bool) -> list[str]:
    edge = neighbor.shown.edge
    before, after = _ARROWS[neighbor.direction]
    notes = " hedged" * (edge.certainty == "hedged") + " added" * (edge.correction == "added")
    count = f"{edge.evidence_count}{notes}"
    entity = neighbor.entity
    row = [f"{before}{edge.relation}{after}", entity.name, entity.type, _dates(neighbor.shown), count]
    near = edge.tail_name if neighbor.entity.id == edge.head else edge.head_name
    return [near, *row] if with_near else row


def _edges(edges: Sequence[Shown]) -> None:
    for shown in edges:
        edge = shown.edge
        say([("  ", ""), *_triple(edge.head_name, edge.relation, edge.tail_name), _hedge(edge.certainty),
             _corrected(edge), (f"  {_dates(shown)}", "dim")])  # fmt: skip
        say([("      ", ""), *sentence(shown.evidence)])


def _triple(head: str, relation: str, tail: str) -> list[Piece]:
    return [(head, "name"), (f" {relation} ", "relation"), (tail, "name")]


def _hedge(certainty: str) -> Piece:
    return ("  hedged", "trigger") if certainty == "hedged" else ("", "")


def _corrected(edge: EdgeRow) -> Piece:
    """Return what a person has said of an edge."""
    told = {"added": "  added by a person", "wrong": "  marked wrong, not in the graph"}
    return (told[edge.correction], "trigger") if edge.correction else ("", "")


def _dates(shown: Shown) -> str:
    first, last = shown.edge.first_date or "", shown.edge.ended or shown.edge.last_date or ""
    return first if first == last and not shown.edge.ended else f"{first} – {last}"


def _where(said: StatementRow) -> str:
    known = [f"{said.doc}:{said.start}", said.date or "", said.title, said.url]
    return " · ".join(part for part in known if part)


def sentence(said: StatementRow, indent: int = 6) -> list[Piece]:
    """Return the sentence of a statement with its parts lit, cut to what the line holds behind an indent."""
    return _marked(said, room(indent))


def _marked(said: StatementRow, columns: int | None) -> list[Piece]:
    spans: dict[str, Span | None] = {
        "head": said.head_span,
        "trigger": said.trigger_span,
        "tail": said.tail_span,
    }
    return quoted(said.quote, said.start, spans, columns)


def _lit(passage: Passage, text: str) -> Line:
    """Return a sentence with the searched words lit."""
    words = "|".join(map(re.escape, text.split()))
    parts = re.split(f"({words})", passage.quote, flags=re.IGNORECASE)
    return [(part, "trigger" if at % 2 else "") for at, part in enumerate(parts)]
