"""A graph as values: in one order, with looks, places and communities that stay the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import export_graphs
import networkx as nx
import pytest

from kg.errors import RuleError
from kg.export.layout import place
from kg.export.model import GREY, Colours, from_parts
from kg.export.packing import pack


def test_the_order_of_the_graph_does_not_matter() -> None:
    graph = export_graphs.small()
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert export_graphs.data(turned) == export_graphs.data(graph)


def test_nodes_have_names_dates_sizes_and_colours() -> None:
    data = export_graphs.data(export_graphs.small())
    nodes = {node.name: node for node in data.nodes}
    assert list(nodes) == ["乙公司", "北京", "星火", "王五", "甲公司"]
    assert nodes["甲公司"].aliases == ("甲", "Jia Inc.")
    assert (nodes["甲公司"].first_date, nodes["甲公司"].last_date) == ("2023", "2024-05")
    assert nodes["北京"].first_date is None
    assert nodes["甲公司"].degree == 4
    assert nodes["甲公司"].size > nodes["北京"].size
    assert nodes["星火"].color == "#55aa44"


def test_edges_keep_what_was_said() -> None:
    data = export_graphs.data(export_graphs.small())
    edge = next(edge for edge in data.edges if edge.relation == "任职")
    assert (edge.head, edge.tail) == ("e:王五", "e:甲公司")
    assert (edge.certainty, edge.evidence_count, edge.weight) == ("asserted", 2, 2.0)
    assert edge.sources == ("a1", "a2")
    assert [statement["doc"] for statement in edge.statements] == ["a1", "a2"]
    assert edge.color == "#4e79a7"


def test_what_the_ontology_does_not_know_is_grey() -> None:
    data = from_parts(export_graphs.parts(export_graphs.small()), Colours())
    assert {node.color for node in data.nodes} | {edge.color for edge in data.edges} == {GREY}


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(RuleError, match="'green' is not #rrggbb"):
        from_parts(export_graphs.parts(export_graphs.small()), Colours({"人物": "green"}))


def test_a_weight_of_nothing_would_make_gephi_drop_the_edge() -> None:
    graph = export_graphs.small()
    for weight, (_, _, edge) in zip([0, -1, float("nan"), 0.5, 1], graph.edges(data=True), strict=True):
        edge["weight"] = weight
    weights = sorted(edge.weight for edge in export_graphs.data(graph).edges)
    assert weights == [0.01, 0.01, 0.01, 0.5, 1.0]


def test_layout_is_left_out_where_it_is_not_wanted() -> None:
    data = from_parts(export_graphs.parts(export_graphs.small()), export_graphs.COLOURS, layout=False)
    assert {(node.x, node.y, node.community) for node in data.nodes} == {(0.0, 0.0, 0)}


def test_an_empty_graph_is_a_graph() -> None:
    data = export_graphs.data(nx.MultiDiGraph())
    assert (list(data.nodes), list(data.edges)) == ([], [])


@pytest.mark.parametrize("size", [40, 1_200], ids=["all pairs", "by community"])
def test_another_process_finds_the_same_places(size: int) -> None:
    """Also with another order of hashing, and after other uses of chance."""
    script = (
        "import random, export_graphs; random.seed(); "
        f"data = export_graphs.data(export_graphs.large({size}, {size * 2})); "
        "print([(node.x, node.y, node.community) for node in data.nodes])"
    )
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path[:0] = {paths!r}; {script}"],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_neighbours_are_near_and_parts_do_not_overlap() -> None:
    triangle = [("a", "b"), ("b", "c"), ("c", "a")]
    places = place(list("abcdefgh"), [*triangle, ("d", "e"), ("f", "g")])

    def distance(one: str, other: str) -> float:
        return abs(complex(places[one].x - places[other].x, places[one].y - places[other].y))

    apart = [distance(one, other) for one in "abc" for other in "defgh"] + [
        distance("d", "f"),
        distance("g", "h"),
    ]
    assert min(apart) >= 90
    assert all(0 < distance(*pair) < 200 for pair in triangle)


def test_names_of_neighbours_have_lines_of_their_own() -> None:
    places = place(list("abcde"), [("a", "b"), ("c", "d"), ("d", "e")])
    assert all(abs(places[one].y - places[other].y) > 40 for one, other in ("ab", "cd", "de"))


def test_communities_are_numbered_by_size() -> None:
    ring = [f"r{n}" for n in range(6)]
    pairs = [(one, other) for one in ring for other in ring if one < other] + [("x", "y")]
    places = place(sorted({*ring, "x", "y", "z"}), pairs)
    assert {places[name].community for name in ring} == {0}
    assert places["x"].community == places["y"].community == 1
    assert places["z"].community == 2


def test_drawings_are_packed_apart_on_a_sheet_that_is_not_a_strip() -> None:
    drawings = [[(0.0, 0.0), (10.0, 10.0)]] + [[(5.0, 5.0), (6.0, 5.0)]] * 100
    packed = pack(drawings)
    boxes = [
        (min(x for x, _ in part), min(y for _, y in part), max(x for x, _ in part), max(y for _, y in part))
        for part in packed
    ]
    for index, (left, top, right, bottom) in enumerate(boxes):
        for x0, y0, x1, y1 in boxes[index + 1 :]:
            assert right < x0 or x1 < left or bottom < y0 or y1 < top
    width, height = max(box[2] for box in boxes), max(box[3] for box in boxes)
    assert 0.4 < width / height < 2.5
