"""The graph for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import output
from kg.cli.options import DB, At, Db, Relations, Rules, Since, Until

_FORMATS = "html, graphml, gexf, csv, cypher, turtle, jsonld, jsonl or parquet."


def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=_FORMATS)],
    path: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Where to write, - being standard output; beside the graph if left out.",
        ),
    ] = None,
    around: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what lies around this entity.")
    ] = None,
    depth: Annotated[
        int, typer.Option("--depth", "-d", metavar="N", min=1, help="How many edges around it.")
    ] = 1,
    relation: Relations = None,
    min_evidence: Annotated[
        int, typer.Option(metavar="N", min=1, help="Only edges with so many sentences.")
    ] = 1,
    since: Since = None,
    until: Until = None,
    at: At = None,
    rules: Rules = None,
    db: Db = DB,
) -> None:
    """Write the graph for other programs.

    html and graphml are written by every build; gexf is for Gephi with a timeline, csv and cypher for Neo4j,
    turtle and jsonld for RDF stores, jsonl and parquet for data tools.

    \b
    Examples:
      kg export gexf
      kg export html --around OpenAI --depth 2 -o openai.html
    """
    from kg import export as exporting
    from kg.dates import period
    from kg.query import known_relations
    from kg.rules.ruleset import load_ontology, shipped
    from kg.store.reading import EdgeFilter

    target = path or db.parent / exporting.find(format_).file
    if target == Path("-"):
        target = Path("/dev/stdout")
    filters = EdgeFilter(known_relations(db, relation), min_evidence, period(since, until, at))
    ontology = load_ontology(rules or shipped())
    written = exporting.export(format_, db, target, ontology, filters=filters, around=around, depth=depth)
    nodes, edges = len(written.nodes), len(written.edges)
    output.complain(f"{target}: {output.counted(nodes, 'nodes')}, {output.counted(edges, 'edges')}")
