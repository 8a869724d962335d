"""Two CSV files that neo4j-admin imports, SQLite loads and no spreadsheet runs."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import export_graphs
import networkx as nx
import pytest

from kg.export import csv as exporter
from kg.export.model import GraphData

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.fixture(params=["small", "hostile"])
def data(request: pytest.FixtureRequest) -> GraphData:
    """A graph to write."""
    return export_graphs.data(getattr(export_graphs, request.param)())


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def test_the_headers_are_those_of_neo4j(tmp_path: Path) -> None:
    exporter.write(export_graphs.data(export_graphs.small()), tmp_path / "out")
    nodes, edges = (
        (tmp_path / "out" / name).read_text("utf-8").splitlines() for name in ("nodes.csv", "edges.csv")
    )
    assert nodes[0] == "id:ID,:LABEL,name,aliases:string[],degree:int,first_date,last_date"
    assert nodes[-1] == "e:甲公司,机构,甲公司,甲;Jia Inc.,4,2023,2024-05"
    assert edges[0] == (
        ":START_ID,:END_ID,:TYPE,edge_id,weight:double,certainty,evidence_count:int,evidence:string[],"
        "first_date,last_date,sources:string[]"
    )
    assert edges[2] == (
        "e:王五,e:甲公司,任职,cd4824a45eb75280,2.0,asserted,2,"
        '"王五任甲公司首席执行官。 [文章a1];甲公司的王五说 [文章a2, 2024-05-14]",2023,2023,a1;a2'
    )


def test_sqlite_loads_it_with_its_keys_intact(data: GraphData, tmp_path: Path) -> None:
    exporter.write(data, tmp_path)
    with sqlite3.connect(":memory:") as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("CREATE TABLE nodes (id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL)")
        db.execute(
            "CREATE TABLE edges (id TEXT PRIMARY KEY, head TEXT NOT NULL REFERENCES nodes,"
            " relation TEXT NOT NULL, tail TEXT NOT NULL REFERENCES nodes)"
        )
        nodes = [(row["id:ID"], row[":LABEL"], row["name"]) for row in rows(tmp_path / "nodes.csv")]
        db.executemany("INSERT INTO nodes VALUES (?, ?, ?)", nodes)
        edges = [
            (row["edge_id"], row[":START_ID"], row[":TYPE"], row[":END_ID"])
            for row in rows(tmp_path / "edges.csv")
        ]
        db.executemany("INSERT INTO edges VALUES (?, ?, ?, ?)", edges)
        counts = db.execute("SELECT (SELECT count(*) FROM nodes), (SELECT count(*) FROM edges)").fetchone()
    db.close()
    assert counts == (len(data.nodes), len(data.edges))
    assert {kind for _, kind, _ in nodes} <= {"人物", "机构", "产品", "地点"}


def test_no_cell_is_a_formula_and_none_has_a_line_end(tmp_path: Path) -> None:
    exporter.write(export_graphs.data(export_graphs.hostile()), tmp_path)
    for name in ("nodes.csv", "edges.csv"):
        for row in rows(tmp_path / name):
            for cell in row.values():
                assert not cell.startswith(RUN_BY_SPREADSHEETS)
                assert len(cell.splitlines()) <= 1
                assert "\x00" not in cell


def test_made_harmless_does_not_mean_made_alike(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    for id in ("=1", "'=1", "''=1", "1"):
        graph.add_node(id, label=id, type="机构", names=[id])
    exporter.write(export_graphs.data(graph), tmp_path)
    assert {row["name"] for row in rows(tmp_path / "nodes.csv")} == {"'=1", "''=1", "'''=1", "1"}


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    exporter.write(export_graphs.data(export_graphs.small()), tmp_path)
    assert [float(row["weight:double"]) for row in rows(tmp_path / "edges.csv")] == [1.0, 2.0, 1.0, 1.0, 1.0]


def test_list_separators_inside_become_full_width(tmp_path: Path) -> None:
    exporter.write(export_graphs.data(export_graphs.hostile()), tmp_path)
    aliases = [row["aliases:string[]"].split(";") for row in rows(tmp_path / "nodes.csv")]
    assert {len(parts) for parts in aliases} == {2}


def test_two_runs_give_the_same_bytes(data: GraphData, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        exporter.write(data, tmp_path / folder)
    for name in ("nodes.csv", "edges.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
