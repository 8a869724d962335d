"""What a large graph costs: a question, the same of networkx, the exports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.databases import write_database
from benchmarks.measure import Row, cpu, medians, python

EXPORTED_EDGES = 100_000
_FORMATS = ("html", "graphml", "gexf")
_IN_NETWORKX = (
    "import sys, networkx; graph = networkx.read_graphml(sys.argv[1]); "
    "print(len(list(graph.neighbors(next(iter(graph.nodes))))))"
)


def rows(folder: Path, edges: int, rounds: int) -> Iterator[Row]:
    """Yield the rows on a graph of so many edges; what is exported has `EXPORTED_EDGES`."""
    exported = folder / "exported.db"
    write_database(exported, EXPORTED_EDGES)
    asked = exported
    if edges != EXPORTED_EDGES:
        asked = folder / "graph.db"
        write_database(asked, edges)
    yield _question(asked, edges, rounds)
    for name in _FORMATS:
        yield _export(name, exported, folder / f"graph.{name}")
    yield _in_networkx(exported, folder / "graph.graphml")


def _question(database: Path, edges: int, rounds: int) -> Row:
    works = [partial(cpu, *_neighbors(database)), partial(cpu, "-c", "import typer")]
    asked, floor = medians(works, max(rounds, 9))
    measured = f"{asked / floor:.2f} x ({asked * 1000:.0f} ms)"
    what = f"neighbors, {edges:,} edges/import typer"
    return Row(what, "<= 1.4 x", measured, asked / floor <= 1.4)


def _export(name: str, database: Path, path: Path) -> Row:
    run = python("-m", "kg", "export", name, "--db", str(database), "-o", str(path))
    what = f"kg export {name}, {EXPORTED_EDGES:,} edges"
    return Row(what, "<= 10 s", f"{run.cpu:.1f} s, {run.megabytes:.0f} MB", run.cpu <= 10)


def _in_networkx(database: Path, graphml: Path) -> Row:
    works = [partial(cpu, *_neighbors(database)), partial(cpu, "-c", _IN_NETWORKX, str(graphml))]
    asked, slow = medians(works, 1)
    measured = f"{slow / asked:.0f} x ({slow:.1f} s)"
    return Row("networkx on that GraphML/neighbors", ">= 40 x", measured, slow / asked >= 40)


def _neighbors(database: Path) -> tuple[str, ...]:
    return ("-m", "kg", "neighbors", "公司1", "--db", str(database), "--limit", "5")
