"""From a database to a file of any format, and what it costs for a large graph."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import export_graphs
import graph_fakes
import pytest

import kg.export
from kg.errors import InputError, NotFoundError
from kg.export import FORMATS, csv, export, find, gexf, graphml
from kg.export.model import GraphData
from kg.ontology import Ontology
from kg.store.reading import EdgeFilter

SLACK = 2.0
"""For a machine that does other work at the same time."""

ONTOLOGY = Ontology({}, {})
NEWS = {
    "a1": "谷歌 发布 Gemini/产品 2023-12\n谷歌 合作 微软\n",
    "a2": "谷歌 发布 Gemini/产品\n微软 投资 星火/产品 ?\n",
}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database of two articles."""
    return graph_fakes.build(tmp_path / "graph.db", NEWS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_from_the_database(name: str, db: Path, tmp_path: Path) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow comes with the extra `parquet`")
    path = tmp_path / "out" / FORMATS[name].file
    written = export(name, db, path, ONTOLOGY)
    assert (len(written.nodes), len(written.edges)) == (4, 3)
    files = [path] if path.is_file() else sorted(path.iterdir())
    assert files
    assert all(file.stat().st_size for file in files)
    first = [file.read_bytes() for file in files]
    export(name, db, path, ONTOLOGY)
    assert [file.read_bytes() for file in files] == first


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("part", "nodes", "edges"),
    [
        ({"around": "Gemini"}, 2, 1),
        ({"filters": EdgeFilter(min_evidence=2)}, 2, 1),
        ({"filters": EdgeFilter(relations=("发布", "合作"))}, 3, 2),
    ],
    ids=["around", "min-evidence", "relation"],
)
def test_every_format_takes_a_part(
    name: str, part: dict[str, Any], nodes: int, edges: int, db: Path, tmp_path: Path
) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow comes with the extra `parquet`")
    path = tmp_path / FORMATS[name].file
    written = export(name, db, path, ONTOLOGY, **part)
    assert (len(written.nodes), len(written.edges)) == (nodes, edges)
    said = b"".join(file.read_bytes() for file in ([path] if path.is_file() else sorted(path.iterdir())))
    assert b"Gemini" in said and "星火".encode() not in said


@pytest.mark.parametrize("name", ["html", "graphml", "gexf"])
def test_a_graph_too_large_to_draw_is_refused_but_for_a_part(
    name: str, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.export, "MOST_EDGES", 2)
    path = tmp_path / "drawing"
    with pytest.raises(InputError, match="3 edges, more than the 2") as caught:
        export(name, db, path, ONTOLOGY)
    assert all(option in caught.value.hint for option in ("--min-evidence", "--relation", "--around"))
    assert not path.exists()
    assert len(export(name, db, path, ONTOLOGY, filters=EdgeFilter(relations=("发布", "合作"))).edges) == 2
    assert len(export("csv", db, tmp_path / "csv", ONTOLOGY).edges) == 3


def test_a_part_of_the_graph_can_be_written(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "part.jsonl"
    around = export("jsonl", db, path, ONTOLOGY, around="Gemini", depth=1)
    assert {node.name for node in around.nodes} == {"Gemini", "谷歌"}
    twice = export("jsonl", db, path, ONTOLOGY, filters=EdgeFilter(min_evidence=2))
    assert [(edge.relation, edge.evidence_count) for edge in twice.edges] == [("发布", 2)]
    with pytest.raises(NotFoundError):
        export("jsonl", db, path, ONTOLOGY, around="无此公司")


def test_an_unknown_format_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="unknown format") as caught:
        find("GraphML ")
    assert "graphml" in caught.value.hint
    with pytest.raises(InputError) as caught:
        find("?")
    assert "turtle" in caught.value.hint


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    heavy = ("igraph", "lxml", "networkx", "pyarrow", "pydantic", "pyvis", "rdflib")
    code = f"import kg.export, sys; print([name for name in {heavy!r} if name in sys.modules])"
    root = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def large() -> GraphData:
    """A graph of 20,000 edges with its looks."""
    return export_graphs.data(export_graphs.large(10_000, 20_000))


@pytest.mark.parametrize("writer", [graphml, gexf, csv], ids=["graphml", "gexf", "csv"])
def test_a_hundred_thousand_edges_would_take_ten_seconds_at_most(
    writer: type, large: GraphData, tmp_path: Path
) -> None:
    """A fifth of them here, in processor time, since other tests run beside this one."""
    began = time.process_time()
    writer.write(large, tmp_path / "out")
    assert time.process_time() - began < 2.0 * SLACK


@pytest.mark.parametrize("writer", [graphml, gexf, csv], ids=["graphml", "gexf", "csv"])
def test_what_is_written_is_not_held(writer: type, tmp_path: Path) -> None:
    """Ten times the edges must not take ten times the memory beside the graph itself."""
    peaks = []
    for edges in (300, 3_000):
        data = export_graphs.data(export_graphs.large(200, edges))
        tracemalloc.start()
        writer.write(data, tmp_path / "out")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 400_000
