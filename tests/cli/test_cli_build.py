"""From articles to a graph on the command line: build and extract."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import networkx as nx
import pytest
from calling import ROOT, SEEDS, Kg, process

from kg.graph import load_graph


def test_a_build_sums_up_what_it_did(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built = kg("build", articles, "--out", out)
    assert built.exit_code == 0
    assert re.match(r"2 documents, \d+ mentions\n\d+ entities, \d+ statements, \d+ edges in ", built.stdout)
    assert all(str(out / name) in built.stdout for name in ("graph.db", "graph.graphml", "graph.html"))
    again = json.loads(kg("build", articles, "--out", out, "--json").stdout)
    assert (again["documents"], again["unchanged"]) == (2, 2)


def test_the_page_can_be_left_out(kg: Kg, articles: Path, tmp_path: Path) -> None:
    assert kg("build", articles, "--out", tmp_path / "out", "--no-html").exit_code == 0
    assert not (tmp_path / "out/graph.html").exists()


def test_extract_prints_one_json_object_a_statement(kg: Kg, articles: Path) -> None:
    said = [json.loads(line) for line in kg("extract", articles).stdout.splitlines()]
    first = next(each for each in said if each["relation"] == "发布")
    assert list(first) == [
        "doc", "head", "head_type", "relation", "tail", "tail_type", "head_id", "tail_id",
        "certainty", "time", "qualifiers", "evidence", "rule", "inferred",
    ]  # fmt: skip
    assert (first["doc"], first["head"], first["tail"], first["time"]) == (
        "one",
        "OpenAI",
        "GPT-4o",
        "2024-05-14",
    )
    assert list(first["evidence"])[:3] == ["start", "end", "quote"]


def test_standard_input_is_read(articles: Path) -> None:
    with process("extract", "-", stdin=subprocess.PIPE) as running:
        told, _ = running.communicate("微软收购了动视暴雪。".encode(), timeout=60)
    said = json.loads(told)
    assert (said["doc"], said["head"], said["relation"], said["tail"]) == (
        "stdin",
        "微软",
        "收购",
        "动视暴雪",
    )


def test_an_export_goes_where_it_is_told(kg: Kg, seeds_db: Path, tmp_path: Path) -> None:
    told = kg("export", "graphml", "--around", "OpenAI", "-o", tmp_path / "part.graphml", "--db", seeds_db)
    assert re.match(rf"{tmp_path}/part\.graphml: \d+ nodes, \d+ edges\n", told.stderr)
    whole = nx.read_graphml(seeds_db.with_name("graph.graphml"))
    assert set(nx.read_graphml(tmp_path / "part.graphml")) < set(whole)
    with process("export", "jsonl", "-o", "-", "--db", seeds_db) as running:
        lines, _ = running.communicate(timeout=60)
    assert all(json.loads(line)["evidence"]["quote"] for line in lines.splitlines())


def test_two_runs_give_the_same_bytes(
    seeds_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "4711")
    with process("build", SEEDS, "--out", tmp_path, "--jobs", "2") as running:
        assert running.wait(timeout=120) == 0
    for name in ("graph.graphml", "graph.html"):
        assert (tmp_path / name).read_bytes() == (seeds_out / name).read_bytes()


def test_the_seeds_give_what_they_gave_when_a_person_last_looked(kg: Kg) -> None:
    """`make golden` writes the file anew; look at the difference before committing it."""
    assert kg("extract", SEEDS).stdout == (ROOT / "tests/golden/seeds.jsonl").read_text(encoding="utf-8")


def test_the_graphml_of_a_build_reads_back_as_the_same_graph(seeds_out: Path, seeds_db: Path) -> None:
    written = nx.read_graphml(seeds_out / "graph.graphml", force_multigraph=True)
    kept = load_graph(seeds_db)
    assert set(written) == set(kept)
    assert {node: data["label"] for node, data in written.nodes(data=True)} == dict(kept.nodes(data="label"))
    edges = {(head, tail, data["relation"]): data for head, tail, data in written.edges(data=True)}
    assert len(edges) == written.number_of_edges() == kept.number_of_edges()
    for head, tail, data in kept.edges(data=True):
        there = edges[head, tail, data["relation"]]
        assert (there["edge_id"], there["label"]) == (data["edge_id"], data["relation"])
        assert (there["weight"], there["evidence_count"]) == (data["weight"], data["evidence_count"])
