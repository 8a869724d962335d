"""What one build says that another does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.answers import sentence
from kg.cli.options import Json
from kg.cli.output import Line, counted, print_json, say

if TYPE_CHECKING:
    from kg.query import EdgeRow
    from kg.query.differences import Difference, EdgeChange, EntityChange

SHOWN = 20
_SIGNS = {"gained": ("+", "good"), "lost": ("-", "bad"), "changed": ("~", "trigger")}


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A graph.db.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another, of a later build.")],
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many of each kind.")
    ] = SHOWN,
    as_json: Json = False,
) -> None:
    """Show what a graph gained, lost and changed since another.

    Entities and edges, each with a sentence.

    \b
    Example:
      kg diff last-week/graph.db out/graph.db
    """
    from kg.query.differences import diff as compare

    found = compare(old, new, limit=None if as_json else limit)
    print_json(found.as_json()) if as_json else show_difference(found)


def show_difference(found: Difference) -> None:
    """Print what changed, each with the sentence that shows it."""
    if not found:
        say("nothing changes")
        return
    for name, counts, changes in (
        ("entities", found.entity_counts, found.entities),
        ("edges", found.edge_counts, found.edges),
    ):
        if any(counts.values()):
            say(
                [
                    (
                        ", ".join(
                            f"{counted(count, name)} {kind}" for kind, count in counts.items() if count
                        ),
                        "dim",
                    )
                ]
            )
        for change in changes:
            sign = _SIGNS[change.kind]
            say([("  ", ""), sign, (" ", ""), *_told(change)])
            say([("      ", ""), *sentence(change.shown.evidence)])


def _told(change: EdgeChange | EntityChange) -> Line:
    from kg.query.differences import EntityChange

    if isinstance(change, EntityChange):
        entity, before = change.entity, change.before
        was = f"  {'、'.join(before.names)} → {'、'.join(entity.names)}" if before else ""
        return [(entity.name, "name"), (f"  {entity.type}{was}", "dim")]
    edge = change.shown.edge
    was = "" if change.before is None else f"  {_figures(change.before)} → {_figures(edge)}"
    return [
        (edge.head_name, "name"),
        (f" {edge.relation} ", "relation"),
        (edge.tail_name, "name"),
        (was, "dim"),
    ]


def _figures(edge: EdgeRow) -> str:
    dates = " – ".join(dict.fromkeys(filter(None, (edge.first_date, edge.last_date))))
    ended = f"ended {edge.ended}" if edge.ended else ""
    counts = f"{counted(edge.evidence_count, 'sentences')} of {counted(edge.sources, 'sources')}"
    hedged = "hedged" if edge.certainty == "hedged" else ""
    return ", ".join(filter(None, (counts, dates, ended, hedged)))
