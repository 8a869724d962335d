"""The networkx graph of a database: what exports and algorithms are given."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from graph_fakes import build, document

from kg.dates import Period
from kg.errors import InputError, NotFoundError
from kg.graph import edge_id, load_graph
from kg.store.reading import EdgeFilter

NEWS = {
    "a": "甲 投资 乙 2023\n甲 收购 乙 ?\n乙 发布 丁/产品 2024-05\n",
    "b": "甲 投资 乙 2021-03 ¥3亿\n丙 合作 甲\n甲 合作 丙\n",
    "c": "戊 投资 戊\n甲 投资 乙 2021-03 ¥3亿\n丙 合作 甲\n甲 合作 丙\n",
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.db"
    return build(
        path, [document(doc, text, title=f"题{doc}", url="https://e.cn/") for doc, text in NEWS.items()]
    )


def test_nodes_are_entities_and_edges_are_keyed_by_relation(db: Path) -> None:
    graph = load_graph(db)
    assert sorted(graph) == ["e:丁", "e:丙", "e:乙", "e:戊", "e:甲"]
    assert graph.nodes["e:丁"] == {
        "label": "丁",
        "type": "产品",
        "names": ["丁"],
        "documents": 1,
        "degree": 1,
    }
    assert set(graph.edges(keys=True)) == {
        ("e:甲", "e:乙", "投资"),
        ("e:甲", "e:乙", "收购"),
        ("e:乙", "e:丁", "发布"),
        ("e:丙", "e:甲", "合作"),
        ("e:戊", "e:戊", "投资"),
    }


def test_an_edge_says_how_well_it_is_supported_and_by_which_words(db: Path) -> None:
    edge = load_graph(db).edges["e:甲", "e:乙", "投资"]
    evidence = edge.pop("evidence")
    assert edge == {
        "edge_id": edge_id("e:甲", "投资", "e:乙"),
        "relation": "投资",
        "label": "投资",
        "weight": 3.0,
        "symmetric": False,
        "certainty": "asserted",
        "evidence_count": 3,
        "sources": ["a", "b", "c"],
        "first_date": "2021-03",
        "last_date": "2023",
        "correction": "",
    }
    assert [(said["doc"], said["title"], said["qualifiers"]) for said in evidence] == [
        ("a", "题a", {}),
        ("b", "题b", {"金额": "3亿"}),
        ("c", "题c", {"金额": "3亿"}),
    ]
    for said in evidence:
        start, end = said["evidence"]["start"], said["evidence"]["end"]
        assert NEWS[said["doc"]][start:end] == said["evidence"]["quote"]


def test_the_order_of_building_does_not_show(db: Path, tmp_path: Path) -> None:
    known = {doc: document(doc, text, title=f"题{doc}", url="https://e.cn/") for doc, text in NEWS.items()}
    other = load_graph(build(tmp_path / "graph.db", [known[doc] for doc in "cab"]))
    graph = load_graph(db)
    assert list(graph.nodes(data=True)) == list(other.nodes(data=True))
    assert list(graph.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


@pytest.mark.parametrize(
    ("filters", "relations"),
    [
        (EdgeFilter(relations=("投资", "发布")), {"投资", "发布"}),
        (EdgeFilter(min_evidence=3), {"投资", "合作"}),
        (EdgeFilter(period=Period(since="2024")), {"发布"}),
        (EdgeFilter(relations=("没有",)), set()),
    ],
)
def test_filters_keep_what_passes_and_its_ends(db: Path, filters: EdgeFilter, relations: set[str]) -> None:
    graph = load_graph(db, filters=filters)
    assert {key for *_, key in graph.edges(keys=True)} == relations
    assert not list(nx.isolates(graph))


def test_a_period_keeps_only_its_own_evidence(db: Path) -> None:
    edge = load_graph(db, filters=EdgeFilter(period=Period(since="2022"))).edges["e:甲", "e:乙", "投资"]
    assert [said["time"] for said in edge["evidence"]] == ["2023"]


def test_around_keeps_a_neighbourhood_and_the_edges_inside_it(db: Path) -> None:
    assert sorted(load_graph(db, around="丁")) == ["e:丁", "e:乙"]
    assert sorted(load_graph(db, around="丁", depth=2)) == ["e:丁", "e:乙", "e:甲"]
    with pytest.raises(NotFoundError):
        load_graph(db, around="庚")


def test_a_missing_database_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_graph(tmp_path / "graph.db")
