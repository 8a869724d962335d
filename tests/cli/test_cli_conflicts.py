"""kg conflicts: what cannot all hold is shown with both sides; ends of edges and --at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Kg
from graph_fakes import SYMMETRIC, document, extract

from kg import query
from kg.conflicts import conflicts
from kg.ontology import Conflicts, Ontology, RelationType
from kg.store import packing, writing

TEXTS = {
    "a": "甲/人物 任职 公司 2015\n甲/人物 离职 公司 2023-11-17\n",
    "b": "甲/人物 任职 公司 2023-11-21\n",
    "c": "乙/人物 任职 公司 2020\n乙/人物 离职 公司 2022\n",
    "d": "微软 收购 诺基亚 2013\n谷歌 收购 诺基亚 2013-09 ?\n脸书 收购 照片 2012\n雅虎 收购 照片 2016\n",
    "e": "丙/人物 创办 新公司\n丁/人物 创办 新公司\n",
    "f": "丙/人物 创办 新公司\n戊/人物 创办 新公司\n",
    "g": "丙/人物 创办 新公司\n",
    "h": "甲/人物 创办 旧公司\n",
    "i": "乙/人物 创办 旧公司\n",
    "j": "苹果 投资 工厂 2021\n",
    "k": "苹果 投资 工厂 2022 -\n苹果 投资 农场 2022 -\n",
}


def relation(name: str, closes: tuple[str, ...] = (), **conflict: object) -> RelationType:
    made = Conflicts(**conflict)  # type: ignore[arg-type]
    return RelationType(name, frozenset(), frozenset(), False, "#000000", closes=closes, conflicts=made)


ONTOLOGY = Ontology(
    {},
    {
        each.name: each
        for each in (
            relation("任职"),
            relation("离职", ("任职",), against=("任职",)),
            relation("收购", one="head"),
            relation("创办", lists="head"),
            relation("投资", denials=True),
        )
    },
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.db"
    for texts in (dict(list(TEXTS.items())[:1]), TEXTS):  # at first without what reopens and adds
        db = writing.prepare(path, path, "toy", SYMMETRIC, ONTOLOGY.closes)
        writer = writing.Writer(db)
        for doc, text in texts.items():
            writer.open_source(f"{doc}.txt", doc)
            writer.add(packing.pack(extract(document(doc, text))))
            writer.close_source(0, 0, "", ())
        writer.finish()
    return path


def test_each_kind_of_conflict_shows_its_sides(graph: Path) -> None:
    found = {
        (each.kind, each.about): [side.label for side in each.sides] for each in conflicts(graph, ONTOLOGY)
    }
    assert found == {
        ("against", "甲 公司"): ["甲 离职 公司", "甲 任职 公司"],
        ("one", "诺基亚"): ["微软 收购 诺基亚", "谷歌 收购 诺基亚"],
        ("lists", "新公司"): ["丙、丁", "丙、戊"],
        ("denied", "苹果 工厂"): ["苹果 投资 工厂", "否认 苹果 投资 工厂"],
    }
    assert [each.about for each in conflicts(graph, ONTOLOGY, "谷歌")] == ["诺基亚"]
    assert conflicts(graph, ONTOLOGY, relations=("任职",)) == ()


@pytest.mark.parametrize(
    ("at", "who"),
    [
        ("2014", set()),
        ("2016", {"甲"}),
        ("2021", {"甲", "乙"}),
        ("2023", {"甲"}),
        ("2023-11-18", set()),
        ("2024", {"甲"}),
    ],
)
def test_an_edge_holds_until_something_closes_it(graph: Path, at: str, who: set[str]) -> None:
    found = query.neighbors(graph, "公司", relations=("任职",), at=at).neighbors
    assert {each.entity.name for each in found} == who


def test_an_edge_ends_unless_it_is_said_to_hold_later(graph: Path) -> None:
    ended = {
        each.entity.name: each.shown.edge.ended
        for each in query.neighbors(graph, "公司", relations=("任职",)).neighbors
    }
    assert ended == {"甲": None, "乙": "2022"}


def test_the_command_prints_both_sides(kg: Kg, graph: Path) -> None:
    told = kg("conflicts", "诺基亚", "--db", graph).stdout
    assert "微软 收购 诺基亚" in told and "谷歌 收购 诺基亚" in told and "more than one at a time" in told
    (one,) = json.loads(kg("conflicts", "诺基亚", "--db", graph, "--json").stdout)
    assert [len(side["statements"]) for side in one["sides"]] == [1, 1]
    assert kg("conflicts", "公司", "-r", "收购", "--db", graph).stdout == "no conflicts\n"
    assert kg("conflicts", "没有", "--db", graph).exit_code == 2
