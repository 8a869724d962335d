"""The second stage: statements to edges, appearances to entities, each where all that concerns it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from kg.dates import AFTER
from kg.model import ASSERTED, HEDGED
from kg.scale import tables
from kg.scale.frames import Row, by_key, each_part, looked_up
from kg.store.columns import to_json
from kg.store.copies import independent

_EDGE_KEY = itemgetter("head_id", "relation", "tail_id")
_ENDS = pa.schema([("entity", pa.string()), ("edges", pa.int64())])


@dataclass(frozen=True, slots=True)
class Relations:
    """Those without direction, and which closes which."""

    symmetric: frozenset[str]
    closes: tuple[tuple[str, str], ...]


def statements(said: Any, changed: Any, moved: Any, relations: Relations, parts: int) -> Any:
    """Return statements with entities at their ends, those of two entities in one partition.

    `changed` has the `new_id` and `new_origin` of documents that have others than their own, `moved` the
    identities that are another's entity.
    """
    turned = each_part(said, _turn_all, tables.SAID, relations)
    found = looked_up(turned, changed, "document", "document")
    for end in ("head", "tail"):
        own = moved.rename(columns={"id": "moved", "entity": f"{end}_entity"})
        found = looked_up(found, own, f"{end}_identity", "moved")
    resolved = each_part(found, _resolve, tables.SAID, relations)
    return each_part(by_key(resolved, ["head_id", "tail_id"], parts), _sorted, tables.SAID)


def edges(said: Any, relations: Relations) -> Any:
    """Return the edges of statements that stand together by their ends."""
    return each_part(said, _edges, tables.EDGES, relations)


def owned(met: Any, moved: Any, schema: pa.Schema, parts: int) -> Any:
    """Return appearances or renamings, of that schema, with their entity, those of one in one partition."""
    found = looked_up(met, moved.rename(columns={"id": "moved", "entity": "new_entity"}), "identity", "moved")
    resolved = each_part(found, _own_entity, schema)
    return each_part(by_key(resolved, "entity", parts), _sorted, schema)


def entities(met: Any, edges: Any, parts: int) -> Any:
    """Return the entities of appearances that stand together, with their degrees by the edges."""
    degrees = by_key(each_part(edges, _ends, _ENDS), "entity", parts)
    degrees = each_part(degrees, _sum, _ENDS)
    named = looked_up(each_part(met, _entities, tables.ENTITIES), degrees, "id", "entity")
    return each_part(named, _with_degree, tables.ENTITIES)


def _sorted(rows: list[Row]) -> list[Row]:
    """The rows in one order, by all that they hold."""
    return sorted(rows, key=lambda row: [(value is not None, value) for value in row.values()])


def _turn_all(rows: list[Row], relations: Relations) -> Iterator[Row]:
    for row in rows:
        wrong = row["relation"] in relations.symmetric and row["head_identity"] > row["tail_identity"]
        yield _turned(row) if wrong else row


def _resolve(rows: list[Row], relations: Relations) -> Iterator[Row]:
    """Put the ids that were decided in the place of a statement's own."""
    for row in rows:
        row["doc"] = row.pop("new_id") or row["doc"]
        row["origin"] = row.pop("new_origin") or row["origin"]
        for end in ("head", "tail"):
            row[f"{end}_id"] = row.pop(f"{end}_entity") or row[f"{end}_identity"]
        wrong = row["relation"] in relations.symmetric and row["head_id"] > row["tail_id"]
        yield _turned(row) if wrong else row


def _turned(row: Row) -> Row:
    """A statement the other way round."""
    swapped = {"head": "tail", "tail": "head"}
    ends = [(name, name.partition("_")) for name in row if name.partition("_")[0] in swapped]
    return row | {name: row[swapped[end] + line + rest] for name, (end, line, rest) in ends}


def _edges(rows: list[Row], relations: Relations) -> Iterator[Row]:
    said = [
        row
        for row in rows
        if row["head_id"] != row["tail_id"] or row["head_identity"] == row["tail_identity"]
    ]
    told: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row["certainty"] == ASSERTED and row["time"] is not None:
            told[_EDGE_KEY(row)].add(row["time"])
    said.sort(key=itemgetter("head_id", "relation", "tail_id", "document", "place"))
    for (head, relation, tail), group in groupby(said, _EDGE_KEY):
        closers = [closer for closer, closed in relations.closes if closed == relation]
        ends = {time for closer in closers for time in told.get((head, closer, tail), ())}
        yield _edge(list(group), relation in relations.symmetric, ends)


def _edge(said: list[Row], symmetric: bool, ends: Collection[str]) -> Row:
    """The edge of some statements; `ends` are the times at which others closed it."""
    times = [row["time"] for row in said if row["time"] is not None]
    last = max(times, default=None)
    sources = len(set(independent([(row["origin"], row["quote"]) for row in said])))
    return {
        "head": said[0]["head_id"],
        "relation": said[0]["relation"],
        "tail": said[0]["tail_id"],
        "symmetric": symmetric,
        "certainty": ASSERTED if any(row["certainty"] == ASSERTED for row in said) else HEDGED,
        "evidence_count": len(said),
        "sources": sources,
        "weight": float(sources),
        "first_date": min(times, default=None),
        "last_date": last,
        "ended": max((end for end in ends if last is None or end + AFTER >= last), default=None),
    }


def _own_entity(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        yield {**row, "entity": row["new_entity"] or row["identity"]}


def _ends(rows: list[Row]) -> Iterator[Row]:
    degrees = Counter(entity for row in rows for entity in {row["head"], row["tail"]})
    return ({"entity": entity, "edges": degree} for entity, degree in degrees.items())


def _sum(rows: list[Row]) -> Iterator[Row]:
    degrees = Counter[str]()
    for row in rows:
        degrees[row["entity"]] += row["edges"]
    return ({"entity": entity, "edges": degree} for entity, degree in degrees.items())


def _entities(rows: list[Row]) -> Iterator[Row]:
    for entity, group in groupby(sorted(rows, key=itemgetter("entity")), itemgetter("entity")):
        met = list(group)
        names = _names(met)
        yield {
            "id": entity,
            "name": names[0],
            "type": _type(met),
            "names": to_json(names),
            "documents": len({row["document"] for row in met}),
            "degree": 0,
        }


def _names(met: Collection[Row]) -> list[str]:
    """Return the forms of one entity, the name to show first."""
    leads: Counter[str] = Counter()
    for row in met:
        leads[row["name"]] += row["fullest"]
    return sorted(leads, key=lambda name: (-leads[name], -len(name), name))


def _type(met: Collection[Row]) -> str:
    documents: dict[str, set[int]] = defaultdict(set)
    for row in met:
        documents[row["type"]].add(row["document"])
    return min(documents, key=lambda kind: (-len(documents[kind]), kind))


def _with_degree(rows: list[Row]) -> Iterator[Row]:
    for row in sorted(rows, key=itemgetter("id")):
        yield {**row, "degree": row.pop("edges") or 0}
