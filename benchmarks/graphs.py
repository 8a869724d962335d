"""What a large graph costs: a question, the same of networkx, the exports, a rebuild."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.measure import Row, medians, python
from benchmarks.reading import write_corpus
from kg import export
from kg.export.model import from_graph
from kg.graph import load_graph
from kg.model import Document, Entity, Evidence, Extraction, Region, Statement
from kg.rules import ruleset
from kg.store import packing, writing

_AN_ARTICLE = 50
_EXPORTED = ("html", "graphml", "gexf")
_IN_NETWORKX = (
    "import sys, networkx; graph = networkx.read_graphml(sys.argv[1]); "
    "print(len(list(graph.neighbors(next(iter(graph.nodes))))))"
)


def rows(folder: Path, edges: int, articles_size: int, rounds: int) -> Iterator[Row]:
    """Yield the rows on a graph of so many edges, and on a build of so many bytes of articles."""
    database = folder / "graph.db"
    write_database(database, edges)
    ask = partial(python, "-m", "kg", "neighbors", "公司1", "--db", str(database), "--limit", "5")
    question, floor = medians([ask, partial(python, "-c", "import typer")], rounds)
    ratio = question / floor
    what = f"`kg neighbors` of {edges:,} edges against `import typer`"
    yield Row(what, "≤ 1.4 ×", f"{ratio:.2f} × ({question * 1000:.0f} ms)", ratio <= 1.4)
    exported = folder / "exported.db"
    write_database(exported, min(edges, 100_000))
    yield from _exports(folder, exported, min(edges, 100_000))
    asked, slow = medians([ask, partial(python, "-c", _IN_NETWORKX, str(folder / "graph.graphml"))], 1)
    what = f"the same question of the GraphML ({min(edges, 100_000):,} edges) with networkx"
    yield Row(what, "≥ 40 × slower", f"{slow / asked:.0f} ×", slow / asked >= 40)
    yield _rebuild(folder, articles_size)


def write_database(path: Path, edges: int) -> None:
    """Write a database with so many edges between a fifth as many companies."""
    chance = random.Random(3)
    companies = max(2, edges // 5)
    symmetric = ruleset.load_ontology(ruleset.shipped()).symmetric
    with closing(writing.prepare(path, path, "benchmark", symmetric)) as db:
        writer = writing.Writer(db)
        for number in range(edges // _AN_ARTICLE):
            pairs = [(chance.randrange(companies), chance.randrange(companies)) for _ in range(_AN_ARTICLE)]
            writer.open_source(f"{number}.txt", str(number))
            writer.add(packing.pack(_article(str(number), pairs)))
            writer.close_source(0, 0, "", ())
        writer.finish()


def _article(name: str, pairs: list[tuple[int, int]]) -> Extraction:
    text = "".join(f"公司{a}投资公司{b}。" for a, b in pairs)
    statements: list[Statement] = []
    start = 0
    for a, b in pairs:
        quote, head, tail = f"公司{a}投资公司{b}。", f"公司{a}", f"公司{b}"
        evidence = Evidence(
            name, start, start + len(quote), quote,
            (start, start + len(head)), (start + len(head) + 2, start + len(quote) - 1),
        )  # fmt: skip
        statements.append(
            Statement(
                name,
                head,
                "机构",
                f"机构:{head}",
                "投资",
                tail,
                "机构",
                f"机构:{tail}",
                evidence,
                "投资/及物",
            )
        )
        start += len(quote)
    found = {said.head_id: said.head for said in statements} | {
        said.tail_id: said.tail for said in statements
    }
    entities = tuple(Entity(key, own, "机构", (own,)) for key, own in found.items())
    return Extraction(
        Document(name, text, (Region(0, len(text)),)), tuple(statements), entities, 2 * len(pairs)
    )


def _exports(folder: Path, database: Path, edges: int) -> Iterator[Row]:
    ontology = ruleset.load_ontology(ruleset.shipped())
    data = from_graph(load_graph(database), export.colours_of(ontology))
    for name in _EXPORTED:
        start = time.perf_counter()
        export.FORMATS[name].write(data, folder / export.FORMATS[name].file, ontology)
        seconds = time.perf_counter() - start
        yield Row(f"{name} of {edges:,} edges", "≤ 10 s", f"{seconds:.1f} s", seconds <= 10)


def _rebuild(folder: Path, size: int) -> Row:
    paths = write_corpus(folder / "articles", size)
    build = ("-m", "kg", "build", "--jobs", "1", str(folder / "articles"), "--out", str(folder / "out"))
    full = python(*build).seconds
    unchanged = python(*build).seconds
    shutil.copyfile(paths[1], paths[0])
    changed = python(*build).seconds
    share = (changed - unchanged) / full
    what = f"rebuild after one of {len(paths):,} documents changed, start-up apart"
    return Row(
        what, "≤ 1% of the full build", f"{share:.1%} ({changed:.1f} s of {full:.1f} s)", share <= 0.01
    )
