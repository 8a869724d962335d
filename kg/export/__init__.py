"""The graph as files for other programs: one format a module, each loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from kg.conflicts import Conflict, conflicts
from kg.errors import InputError
from kg.export.model import Colours, GraphData, from_parts, standing
from kg.garbage import uncollected
from kg.graph import count_edges, load_parts
from kg.ontology import Ontology
from kg.store.reading import EVERYTHING, EdgeFilter

MOST_EDGES = 200_000
"""Of how many edges a drawing is made: the graph, its layout and the file are held in memory, 6 KB an edge."""

Write = Callable[[GraphData, Path, Ontology], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: what it is for, the name of its file or folder in the output folder, and how to write it.

    `layout` says whether it shows positions and communities, which take time on a large graph.
    """

    purpose: str
    file: str
    write: Write
    layout: bool = False


def _module(name: str, *, marks: bool = True) -> Write:
    """Return the writer of a module of this package, which is imported when it is first called.

    `marks` says whether the format can mark an edge as rejected; where not, such edges stay out.
    """

    def write(data: GraphData, path: Path, ontology: Ontology) -> None:
        import_module(f"kg.export.{name}").write(data if marks else standing(data), path)

    return write


def _page(data: GraphData, path: Path, ontology: Ontology) -> None:
    from kg.export import html

    html.write(standing(data), path, colours=colours_of(ontology), symmetric=ontology.symmetric)


FORMATS: dict[str, Exporter] = {
    "html": Exporter("a page to look at, search and question", "graph.html", _page, layout=True),
    "graphml": Exporter(
        "Gephi, Cytoscape, yEd, igraph, networkx", "graph.graphml", _module("graphml"), layout=True
    ),
    "gexf": Exporter("Gephi, with a timeline", "graph.gexf", _module("gexf"), layout=True),
    "csv": Exporter("neo4j-admin database import, spreadsheets", "graph-csv", _module("csv")),
    "cypher": Exporter("a script for a running Neo4j", "graph.cypher", _module("cypher")),
    "turtle": Exporter("RDF stores", "graph.ttl", _module("turtle", marks=False)),
    "jsonld": Exporter("RDF as JSON", "graph.jsonld", _module("jsonld", marks=False)),
    "jsonl": Exporter(
        "statements with evidence, as `kg extract` prints them", "graph.jsonl", _module("jsonl", marks=False)
    ),
    "parquet": Exporter("pandas, DuckDB, Spark", "graph-parquet", _module("parquet")),
}


def export(
    name: str,
    db: Path,
    path: Path,
    ontology: Ontology,
    *,
    filters: EdgeFilter = EVERYTHING,
    around: str | None = None,
    depth: int = 1,
) -> GraphData:
    """Write the graph of a database to `path` in the format `name`; return what was written.

    `around` keeps what lies within `depth` edges of an entity. Raises InputError for an unknown format, a
    file that is no graph, a graph too large for the format or a place that cannot be written, NotFoundError
    for an unknown entity, KgError where a format needs a package that is missing.
    """
    exporter = find(name)
    refuse_large(name, db, filters, around, depth)
    with uncollected():
        parts = load_parts(db, filters=filters, around=around, depth=depth, rejected=True)
        data = replace(
            from_parts(parts, colours_of(ontology), layout=exporter.layout),
            conflicts=conflicts_for([name], db, ontology, around),
        )
        exporter.write(data, path, ontology)
    return data


def refuse_large(
    name: str, db: Path, filters: EdgeFilter = EVERYTHING, around: str | None = None, depth: int = 1
) -> None:
    """Raise InputError where more than MOST_EDGES edges pass and the format draws them."""
    if not FORMATS[name].layout:
        return
    edges = count_edges(db, filters=filters, around=around, depth=depth)
    if edges > MOST_EDGES:
        raise InputError(
            f"{FORMATS[name].file} would hold {edges:,} edges, more than the {MOST_EDGES:,} that can be drawn",
            hint=f"write a part: kg export {name} --min-evidence 2, --relation 任职 or --around NAME",
        )


def conflicts_for(
    formats: Sequence[str], db: Path, ontology: Ontology, around: str | None = None
) -> tuple[Conflict, ...]:
    """Return what cannot all hold, of an entity or of all, if one of the formats shows it."""
    return conflicts(db, ontology, around) if "html" in formats else ()


def find(name: str) -> Exporter:
    """Return the exporter of a format; raises InputError for an unknown one."""
    if name not in FORMATS:
        near = get_close_matches(name.lower(), FORMATS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(FORMATS)}"
        raise InputError(f"unknown format {name!r}", hint=hint)
    return FORMATS[name]


def colours_of(ontology: Ontology) -> Colours:
    """Return the display colours that an ontology gives its types and relations."""
    return Colours(
        {name: type.color for name, type in ontology.types.items()},
        {name: relation.color for name, relation in ontology.relations.items()},
    )
