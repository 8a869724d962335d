"""Statements as JSON lines, and tables as Parquet."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import export_graphs
import pytest

from kg.errors import KgError
from kg.export import jsonl, parquet
from kg.export.legal import legal

EXTRACT = [
    "doc", "head", "head_type", "relation", "tail", "tail_type", "head_id", "tail_id", "certainty", "time",
    "qualifiers", "evidence", "rule", "inferred",
]  # fmt: skip


def test_lines_are_those_of_extract_in_order_of_documents(tmp_path: Path) -> None:
    data = export_graphs.data(export_graphs.small())
    jsonl.write(data, tmp_path / "graph.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "graph.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == sum(len(edge.statements) for edge in data.edges) == 6
    assert all(list(line) == EXTRACT for line in lines)
    assert [(line["doc"], line["evidence"]["start"]) for line in lines] == [
        ("a1", 0), ("a1", 0), ("a1", 0), ("a1", 0), ("a1", 90), ("a2", 40),
    ]  # fmt: skip
    assert lines[-1]["evidence"]["quote"] == "甲公司的王五说"


def test_lines_keep_even_what_utf8_cannot_hold(tmp_path: Path) -> None:
    data = export_graphs.data(export_graphs.hostile())
    jsonl.write(data, tmp_path / "graph.jsonl")
    lines = (tmp_path / "graph.jsonl").read_bytes().decode().split("\n")
    assert lines.pop() == ""
    read = {json.loads(line)["evidence"]["quote"] for line in lines}
    assert read == {said["evidence"]["quote"] for edge in data.edges for said in edge.statements}


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_parquet_holds_nodes_edges_and_evidence(name: str, tmp_path: Path) -> None:
    tables = pytest.importorskip("pyarrow.parquet", reason="pyarrow comes with the extra `parquet`")
    data = export_graphs.data(getattr(export_graphs, name)())
    parquet.write(data, tmp_path)
    nodes, edges, evidence = (tables.read_table(tmp_path / name).to_pylist() for name in parquet.FILES)
    data = legal(data)
    assert [(row["id"], row["name"], row["aliases"]) for row in nodes] == [
        (node.id, node.name, list(node.aliases)) for node in data.nodes
    ]
    assert [(row["edge_id"], row["head"], row["relation"], row["tail"]) for row in edges] == [
        (edge.id, edge.head, edge.relation, edge.tail) for edge in data.edges
    ]
    said = [(edge.id, statement) for edge in data.edges for statement in edge.statements]
    assert len(evidence) == len(said)
    for row, (edge_id, statement) in zip(evidence, said, strict=True):
        words = statement["evidence"]
        assert (row["edge_id"], row["quote"], row["rule"]) == (edge_id, words["quote"], statement["rule"])
        assert [row["head_start"], row["head_end"]] == words["head"]
        assert [row["trigger_start"], row["trigger_end"]] == (words["trigger"] or [None, None])
        assert dict(row["qualifiers"]) == statement["qualifiers"]
        assert (row["title"], row["url"], row["date"]) == tuple(
            statement[key] for key in ("title", "url", "date")
        )


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KgError, match="needs pyarrow") as caught:
        parquet.write(export_graphs.data(export_graphs.small()), tmp_path / "out")
    assert "pip install 'kg[parquet]'" in caught.value.hint
    assert not (tmp_path / "out").exists()
