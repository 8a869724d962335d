"""GEXF with looks and a timeline."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import export_graphs
import networkx as nx
import pytest
from lxml import etree

from kg.export import gexf
from kg.export.dating import first_day
from kg.export.legal import legal
from kg.export.model import GraphData

SPACE = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


def written(data: GraphData, folder: Path) -> Path:
    path = folder / "graph.gexf"
    gexf.write(data, path)
    return path


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_networkx_reads_the_same_graph_back(name: str, tmp_path: Path) -> None:
    data = export_graphs.data(getattr(export_graphs, name)())
    read = nx.MultiDiGraph(nx.read_gexf(written(data, tmp_path)))
    data = legal(data)
    assert read.number_of_nodes() == len(data.nodes)
    assert read.number_of_edges() == len(data.edges)
    for node in data.nodes:
        attributes = read.nodes[node.id]
        assert attributes["label"] == node.name
        assert attributes["entity_type"] == node.type
        assert attributes["viz"]["position"] == {"x": node.x, "y": node.y, "z": 0.0}
        assert attributes["viz"]["size"] == node.size
    found = {
        attributes["edge_id"]: (head, tail, attributes) for head, tail, attributes in read.edges(data=True)
    }
    for edge in data.edges:
        head, tail, attributes = found[edge.id]
        assert (head, tail, attributes["relation"]) == (edge.head, edge.tail, edge.relation)
        assert (attributes["label"], attributes["weight"]) == (edge.relation, edge.weight)
        assert attributes["evidence_count"] == edge.evidence_count
        assert attributes["sources"] == " | ".join(edge.sources)
        assert attributes["evidence"]


@pytest.fixture
def tree(tmp_path: Path) -> etree._ElementTree:
    """The small graph, as XML."""
    return etree.parse(written(export_graphs.data(export_graphs.small()), tmp_path))


def edge(tree: etree._ElementTree, relation: str) -> etree._Element:
    return tree.find(f".//g:edge[@kind='{relation}']", SPACE)


def node(tree: etree._ElementTree, name: str) -> etree._Element:
    return tree.find(f".//g:node[@label='{name}']", SPACE)


def days(element: etree._Element) -> list[str]:
    return [spell.get("timestamp") for spell in element.findall("g:spells/g:spell", SPACE)]


def test_gephi_tells_relations_apart_by_their_kind(tree: etree._ElementTree) -> None:
    edges = tree.findall(".//g:edge", SPACE)
    kinds = Counter((edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges)
    assert len(kinds) == len(edges) == 5
    assert len({edge.get("id") for edge in edges}) == 5
    assert all(float(edge.get("weight")) > 0 for edge in edges)


def test_the_timeline_has_the_days_of_statements_or_of_their_articles(tree: etree._ElementTree) -> None:
    graph = tree.find("g:graph", SPACE)
    assert graph.get("mode") == "dynamic"
    assert graph.get("timerepresentation") == "timestamp"
    assert graph.get("timeformat") == "date"
    assert days(edge(tree, "任职")) == ["2023-01-01", "2024-05-14"]
    assert days(edge(tree, "离职")) == ["2024-05-01"]
    assert days(edge(tree, "位于")) == []
    assert days(node(tree, "王五")) == ["2023-01-01", "2024-05-01", "2024-05-14"]
    assert days(node(tree, "北京")) == []


@pytest.mark.parametrize(
    ("partial", "day"),
    [
        ("2024", "2024-01-01"), ("2024-05", "2024-05-01"), ("2024-05-14", "2024-05-14"),
        ("2024-13", None), ("soon", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_partial_dates_count_from_their_first_day(partial: str | None, day: str | None) -> None:
    assert first_day(partial) == day


def test_looks_are_all_there(tree: etree._ElementTree) -> None:
    one = node(tree, "王五")
    assert dict(one.find("viz:color", SPACE).attrib) == {"r": "78", "g": "121", "b": "167"}
    assert set(one.find("viz:position", SPACE).attrib) == {"x", "y", "z"}
    assert float(one.find("viz:size", SPACE).get("value")) > 0
    thick, thin = (edge(tree, name).find("viz:thickness", SPACE).get("value") for name in ("任职", "离职"))
    assert float(thick) > float(thin) > 0
    assert edge(tree, "离职").find("viz:color", SPACE).get("r") == "160"


def test_columns_have_one_type_and_an_id_of_their_own(tree: etree._ElementTree) -> None:
    declared = tree.findall(".//g:attribute", SPACE)
    ids = [attribute.get("id") for attribute in declared]
    assert len(set(ids)) == len(ids)
    assert {attribute.get("type") for attribute in declared} <= {"string", "integer", "double"}
    titles = {attribute.get("title") for attribute in declared}
    assert titles >= {
        "entity_type", "aliases", "edge_id", "relation", "certainty", "evidence_count", "evidence",
        "first_date", "last_date", "sources", "correction",
    }  # fmt: skip
    assert {value.get("for") for value in tree.iter("{*}attvalue")} <= set(ids)


def test_no_run_leaves_its_date(tmp_path: Path) -> None:
    data = export_graphs.data(export_graphs.hostile())
    first = written(data, tmp_path).read_bytes()
    assert written(data, tmp_path).read_bytes() == first
    assert b"lastmodified" not in first
