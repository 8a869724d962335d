"""GraphML as Gephi needs it, and as networkx and igraph read it back."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path
from typing import Any

import export_graphs
import igraph
import networkx as nx
import pytest
from lxml import etree

from kg.export import graphml
from kg.export.legal import clean, legal
from kg.export.model import GraphData

SPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}
NODE_COLUMNS = {
    "label", "entity_type", "aliases", "degree", "community", "first_date", "last_date", "x", "y", "size",
    "color",
}  # fmt: skip
EDGE_COLUMNS = {
    "label", "weight", "edge_id", "relation", "certainty", "evidence_count", "evidence", "first_date",
    "last_date", "sources", "correction", "color",
}  # fmt: skip


@pytest.fixture(params=["small", "hostile"])
def data(request: pytest.FixtureRequest) -> GraphData:
    """A graph to write."""
    return export_graphs.data(getattr(export_graphs, request.param)())


def written(data: GraphData, folder: Path) -> Path:
    path = folder / "graph.graphml"
    graphml.write(data, path)
    return path


def expected_node(node: Any) -> dict[str, Any]:
    values = {
        "label": node.name,
        "entity_type": node.type,
        "aliases": " | ".join(node.aliases),
        "degree": node.degree,
        "community": node.community,
        "first_date": node.first_date,
        "last_date": node.last_date,
        "x": node.x,
        "y": node.y,
        "size": node.size,
        "color": node.color,
    }
    return {key: value for key, value in values.items() if value not in ("", None)}


def test_networkx_reads_the_same_graph_back(data: GraphData, tmp_path: Path) -> None:
    read = nx.read_graphml(written(data, tmp_path), force_multigraph=True)
    data = legal(data)
    assert isinstance(read, nx.MultiDiGraph)
    assert dict(read.nodes(data=True)) == {node.id: expected_node(node) for node in data.nodes}
    edges = {
        attributes["edge_id"]: (head, tail, attributes) for head, tail, attributes in read.edges(data=True)
    }
    assert len(edges) == read.number_of_edges() == len(data.edges)
    for edge in data.edges:
        head, tail, attributes = edges[edge.id]
        assert (head, tail) == (edge.head, edge.tail)
        assert attributes["label"] == attributes["relation"] == edge.relation
        assert attributes["weight"] == edge.weight
        assert attributes["certainty"] == edge.certainty
        assert attributes["evidence_count"] == edge.evidence_count
        assert attributes["sources"] == " | ".join(edge.sources)
        assert attributes["color"] == edge.color
        assert (attributes.get("first_date"), attributes.get("last_date")) == (
            edge.first_date,
            edge.last_date,
        )


def test_igraph_reads_the_same_graph_back(data: GraphData, tmp_path: Path) -> None:
    read = igraph.Graph.Read_GraphML(str(written(data, tmp_path)))
    data = legal(data)
    assert read.is_directed()
    assert set(read.vs.attributes()) == NODE_COLUMNS | {"id"}
    assert set(read.es.attributes()) == EDGE_COLUMNS | {"id"}
    # igraph shows the ampersand of an XML attribute as it is written there; it does so in both places.
    ids = [id.replace("&#38;", "&") for id in read.vs["id"]]
    assert ids == [node.id for node in data.nodes]
    assert read.vs["label"] == [node.name for node in data.nodes]
    assert read.es["edge_id"] == [edge.id for edge in data.edges]
    assert read.es["relation"] == [edge.relation for edge in data.edges]
    ends = [(ids[edge.source], ids[edge.target]) for edge in read.es]
    assert ends == [(edge.head, edge.tail) for edge in data.edges]


def test_gephi_keeps_every_edge_apart(data: GraphData, tmp_path: Path) -> None:
    tree = etree.parse(written(data, tmp_path))
    edges = tree.findall(".//g:edge", SPACE)
    assert len(edges) == len(data.edges)
    assert max(Counter(edge.get("id") for edge in edges).values()) == 1
    kinds = Counter((edge.get("source"), edge.get("target"), edge.get("label")) for edge in edges)
    assert max(kinds.values()) == 1
    assert all(edge.get("label") for edge in edges)
    weights = [edge.findtext("g:data[@key='edge_weight']", namespaces=SPACE) for edge in edges]
    assert all(float(weight) > 0 for weight in weights)


def test_gephi_knows_every_column_by_one_name_and_type(tmp_path: Path) -> None:
    tree = etree.parse(written(export_graphs.data(export_graphs.small()), tmp_path))
    keys = tree.findall("g:key", SPACE)
    ids = [key.get("id") for key in keys]
    assert len(set(ids)) == len(ids)
    for kind, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        names = [key.get("attr.name") for key in keys if key.get("for") == kind]
        assert sorted(names) == sorted(columns)
    assert {key.get("attr.type") for key in keys} <= {"boolean", "int", "long", "float", "double", "string"}
    assert tree.find("g:key[@id='edge_weight']", SPACE).get("attr.type") == "double"
    used = {element.get("key") for element in tree.iter("{*}data")}
    assert used <= set(ids)


def test_evidence_can_be_read_as_it_stands(tmp_path: Path) -> None:
    read = nx.read_graphml(
        written(export_graphs.data(export_graphs.small()), tmp_path), force_multigraph=True
    )
    evidence = {edge["relation"]: edge["evidence"] for _, _, edge in read.edges(data=True)}
    assert evidence["任职"] == "王五任甲公司首席执行官。 [文章a1]\n甲公司的王五说 [文章a2, 2024-05-14]"


def test_what_xml_cannot_hold_is_left_out_and_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = export_graphs.data(export_graphs.hostile())
    read = nx.read_graphml(written(data, tmp_path), force_multigraph=True)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "left out" in caplog.text
    names = {attributes["label"] for _, attributes in read.nodes(data=True)}
    assert "control [31m characters" in names
    assert "half a pair  of surrogates" in names
    assert "no characters  at all" in names


def test_what_xml_can_hold_is_not_remarked_upon(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = export_graphs.data(export_graphs.small())
    assert legal(data) is data
    written(data, tmp_path)
    assert not caplog.records


def test_ids_that_differ_in_what_is_left_out_stay_two() -> None:
    graph = nx.MultiDiGraph()
    for name in ("甲", "甲\x00", "甲\x01"):
        export_graphs.add(graph, "任职", [export_graphs.said(name, "任职", "乙", "…")])
    data = legal(export_graphs.data(graph))
    assert sorted(node.id for node in data.nodes) == ["e:乙", "e:甲", "e:甲_", "e:甲__"]
    assert {edge.head for edge in data.edges} == {"e:甲", "e:甲_", "e:甲__"}
    assert len({edge.id for edge in data.edges}) == 3


def test_only_what_is_forbidden_goes() -> None:
    kept = "tab\t line\n return\r next\x85 delete\x7f 字 👩‍🚀"
    assert clean(kept) is kept
    assert clean({"a": ["x\x00", ("y\ud800",)], "b": 1}) == {"a": ["x", ("y",)], "b": 1}


def test_two_runs_give_the_same_bytes(data: GraphData, tmp_path: Path) -> None:
    first = written(data, tmp_path).read_bytes()
    assert written(data, tmp_path).read_bytes() == first


def test_a_graph_without_anything_is_a_file_all_the_same(tmp_path: Path) -> None:
    assert nx.read_graphml(written(GraphData([], []), tmp_path)).number_of_nodes() == 0
