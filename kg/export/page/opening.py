"""What the page opens on: the whole of a small graph, the best-connected part of a large one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.export.layout import place
from kg.export.model import GraphData
from kg.export.page.bundle import part

if TYPE_CHECKING:
    from pyvis.network import Network

WHOLE = 200
"""Up to this many nodes the page opens on the whole graph."""

HUBS = 8
MOST_NODES = 110
MOST_LINKS = 240


def opening(data: GraphData) -> Network:
    """Return pyvis's model of the opening picture: its nodes where they stand, and the network's options.

    A node's id is its index in `data.nodes`.
    """
    from pyvis.network import Network  # imports IPython, half a second that only this format pays

    network = Network(directed=True)
    network.set_options(part("options.json"))
    links = _links(data)
    chosen = choose(len(data.nodes), links, [node.degree for node in data.nodes])
    among = [(a, b) for a, b in links if a in chosen and b in chosen]
    places = place([str(index) for index in chosen], [(str(a), str(b)) for a, b in among])
    for index in chosen:
        at = places[str(index)]
        network.add_node(index, x=at.x, y=at.y)
    for a, b in among:
        network.add_edge(a, b)
    return network


def choose(count: int, links: Mapping[tuple[int, int], int], degree: Sequence[int]) -> dict[int, None]:
    """Return the nodes to open on, in order of choice.

    Beginning with the hubs, the node with most links to those chosen comes next, so that what is
    shown hangs together, until the picture is full.
    """
    ranked = sorted(range(count), key=lambda node: (-degree[node], node))
    if count <= WHOLE:
        return dict.fromkeys(ranked)
    around: dict[int, set[int]] = {}
    for a, b in links:
        around.setdefault(a, set()).add(b)
        around.setdefault(b, set()).add(a)
    chosen: dict[int, None] = {}
    waiting: Counter[int] = Counter()
    drawn = 0
    hubs = ranked[:HUBS]
    while len(chosen) < MOST_NODES and drawn < MOST_LINKS:
        if hubs:
            node = hubs.pop(0)
        elif waiting:
            node = min(waiting, key=lambda each: (-waiting[each], -degree[each], each))
        else:
            break
        drawn += waiting.pop(node, 0)
        chosen[node] = None
        waiting.update(other for other in around.get(node, ()) if other not in chosen)
    return chosen


def _links(data: GraphData) -> dict[tuple[int, int], int]:
    """Return the pairs of nodes that some edge joins, with the number of edges."""
    number = {node.id: index for index, node in enumerate(data.nodes)}
    pairs = ((number[edge.head], number[edge.tail]) for edge in data.edges if edge.head != edge.tail)
    return dict(Counter((min(pair), max(pair)) for pair in pairs))
