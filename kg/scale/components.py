"""Which nodes of a graph hang together, by two shuffles a step: alternately large and small stars.

After Kiveris et al., Connected Components in MapReduce and Beyond (2014).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import pyarrow as pa

from kg.scale.frames import Row, by_key, each_part

PAIRS = pa.schema([("node", pa.int64()), ("root", pa.int64())])


def components(pairs: Any, parts: int) -> Any:
    """Return for each node of some pairs, but the least of its component, that least node as its `root`.

    `pairs` is a Dask frame of `PAIRS`, in any order and direction.
    """
    before: tuple[int, int] | None = None
    while True:
        both_ways = by_key(each_part(pairs, _both_ways, PAIRS), "node", parts)
        downwards = by_key(each_part(both_ways, _large_stars, PAIRS), "node", parts)
        pairs = each_part(downwards, _small_stars, PAIRS).persist()
        now = _fingerprint(pairs)
        if now == before:
            return pairs
        before = now


def _both_ways(pairs: list[Row]) -> Iterator[Row]:
    for pair in pairs:
        if pair["node"] != pair["root"]:
            yield pair
            yield {"node": pair["root"], "root": pair["node"]}


def _large_stars(pairs: list[Row]) -> Iterator[Row]:
    """Have all larger neighbours of a node point to the least."""
    for node, near in _neighbours(pairs):
        least = min(node, *near)
        yield from ({"node": other, "root": least} for other in sorted(near) if other > node)


def _small_stars(pairs: list[Row]) -> Iterator[Row]:
    """Have a node and its lesser neighbours, which it points to, point to the least."""
    for node, near in _neighbours(pairs):
        least = min(near)
        yield from ({"node": other, "root": least} for other in sorted({node, *near}) if other != least)


def _neighbours(pairs: Iterable[Row]) -> Iterator[tuple[int, set[int]]]:
    found: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        found[pair["node"]].add(pair["root"])
    yield from sorted(found.items())


def _fingerprint(pairs: Any) -> tuple[int, int]:
    """How many pairs there are and the sum of their hashes, whatever their order."""
    sums = pairs.map_partitions(_hashed, meta=pd.Series([], dtype=object)).compute()
    return len(pairs), sum(sums) % 2**64


def _hashed(pairs: pd.DataFrame) -> pd.Series:
    return pd.Series([int(pd.util.hash_pandas_object(pairs, index=False).sum())], dtype=object)
