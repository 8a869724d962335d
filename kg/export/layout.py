"""Where each node stands and which community it is in: the same for the same graph, every time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import cos, sin, sqrt

import igraph

from kg.export.model import Placement
from kg.export.packing import Point, pack

SEED = 20240514
SPACING = 100.0
"""The length that an edge has where nothing pulls or pushes, in the unit of a node's size."""

LARGE = 1_000
"""From this many nodes on, all-pairs repulsion takes too long and a start by communities takes its place."""

_WITHIN, _ACROSS = 1.0, 0.1
"""How hard an edge pulls inside a community and between two: what keeps a large graph from being one ball."""

_GOLDEN_ANGLE = 2.399963


def place(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Mapping[str, Placement]:
    """Return a placement for each of `ids`, the nodes that `pairs` join."""
    number = {id: index for index, id in enumerate(ids)}
    joined = Counter(
        (min(number[head], number[tail]), max(number[head], number[tail]))
        for head, tail in pairs
        if head != tail
    )
    graph = igraph.Graph(len(ids), list(joined), edge_attrs={"weight": list(joined.values())})
    with _seeded():
        communities = _communities(graph)
        points = _positions(graph, communities)
    return {
        id: Placement(round(x * SPACING, 2), round(y * SPACING, 2), community)
        for id, (x, y), community in zip(ids, points, communities, strict=True)
    }


@contextmanager
def _seeded() -> Iterator[None]:
    """Give igraph a generator of its own with a fixed seed, and afterwards the shared one back."""
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _communities(graph: igraph.Graph) -> list[int]:
    """Return each node's Leiden community, numbered by falling size, then by its first node.

    On a large graph Louvain finds parts of less modularity and takes ten times as long.
    """
    if not graph.ecount():
        return list(range(graph.vcount()))
    found: list[int] = graph.community_leiden("modularity", weights="weight", n_iterations=3).membership
    sizes = Counter(found)
    first = {community: node for node, community in reversed(list(enumerate(found)))}
    ranked = sorted(sizes, key=lambda community: (-sizes[community], first[community]))
    rank = {community: position for position, community in enumerate(ranked)}
    return [rank[community] for community in found]


def _positions(graph: igraph.Graph, communities: Sequence[int]) -> list[Point]:
    """Return each node's position, every connected part laid out alone and set beside the others."""
    parts: list[list[int]] = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    drawn = [_draw(graph.induced_subgraph(part), [communities[node] for node in part]) for part in parts]
    points: list[Point] = [(0.0, 0.0)] * graph.vcount()
    for part, placed in zip(parts, pack(drawn), strict=True):
        for node, point in zip(part, placed, strict=True):
            points[node] = point
    return points


def _draw(part: igraph.Graph, communities: Sequence[int]) -> list[Point]:
    """Return the layout of one connected part; neighbours are about 1 apart."""
    size = part.vcount()
    if size == 1:
        return [(0.0, 0.0)]
    if size == 2:
        return _aslant([(0.0, 0.0), (1.0, 0.0)])
    if size < LARGE:
        return _aslant(_force(part, _sunflower(size), steps=300, heat=sqrt(size) / 10))
    start = _start_by_community(part, communities)
    part.es["weight"] = [
        _WITHIN if communities[head] == communities[tail] else _ACROSS for head, tail in part.get_edgelist()
    ]
    return _force(part, start, steps=max(40, min(200, 2_000_000 // size)), heat=1.0, weights="weight")


def _aslant(points: list[Point]) -> list[Point]:
    """Return the points turned if they lie flat, as names beside nodes would then run into each other."""
    width, height = (max(along) - min(along) for along in zip(*points, strict=True))
    return points if height > width / 3 else [(0.8 * x - 0.6 * y, 0.6 * x + 0.8 * y) for x, y in points]


def _force(
    graph: igraph.Graph, start: list[Point], *, steps: int, heat: float, weights: str | None = None
) -> list[Point]:
    """Return the Fruchterman-Reingold layout reached from `start`; `heat` is how far the first step moves."""
    layout = graph.layout_fruchterman_reingold(
        seed=start, niter=steps, start_temp=heat, grid=graph.vcount() >= LARGE, weights=weights
    )
    return [(float(x), float(y)) for x, y in layout]


def _start_by_community(part: igraph.Graph, communities: Sequence[int]) -> list[Point]:
    """Return a first layout that has each community in a disc and related communities near each other."""
    members: dict[int, list[int]] = {}
    for node, community in enumerate(communities):
        members.setdefault(community, []).append(node)
    position = {community: index for index, community in enumerate(members)}
    between = part.copy()
    between.contract_vertices([position[community] for community in communities])
    between.simplify(combine_edges="sum")
    size = len(members)
    centres = _force(between, _sunflower(size), steps=300, heat=sqrt(size) / 10 + 1)
    spread = 1.2 * sqrt(part.vcount() / size)
    degree = part.degree()
    points: list[Point] = [(0.0, 0.0)] * part.vcount()
    for (x, y), nodes in zip(centres, members.values(), strict=True):
        nodes.sort(key=lambda node: (-degree[node], node))
        for node, (dx, dy) in zip(nodes, _sunflower(len(nodes)), strict=True):
            points[node] = (x * spread + dx, y * spread + dy)
    return points


def _sunflower(size: int) -> list[Point]:
    """Return points spread evenly over a disc, from its middle outwards, about 1 apart."""
    return [
        (0.6 * sqrt(k) * cos(k * _GOLDEN_ANGLE), 0.6 * sqrt(k) * sin(k * _GOLDEN_ANGLE)) for k in range(size)
    ]
