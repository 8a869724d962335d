"""Which identities are one entity, decided where those that could be meet, never all in one place."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import pyarrow as pa

from kg.resolve import reasons
from kg.resolve.decisions import Decisions
from kg.resolve.identities import Bearer, doubts_about_parts, identify_some, meeting_points
from kg.scale import tables
from kg.scale.components import PAIRS, components
from kg.scale.frames import Row, by_key, each_part, kept, looked_up
from kg.scale.rules import rules_dir
from kg.store.columns import to_json
from kg.store.identifying import FormRow

_FORMS = pa.schema(
    [
        *((name, pa.string()) for name in ("identity", "name", "of", "why")),
        *((name, pa.int64()) for name in ("node", "documents", "leads")),
    ]
)
_MEETINGS = pa.schema([("point", pa.string()), ("node", pa.int64())])
# What was decided in a partition: an identity's entity, a doubt, or a bearer of a name, as JSON.
_DECIDED = pa.schema([("kind", pa.string()), ("key", pa.string()), ("value", pa.string())])
_ENTITY, _DOUBT, _BEARER = "entity", "doubt", "bearer"
_ROW_KEY = itemgetter("identity", "name", "of", "why")


@dataclass(frozen=True, slots=True)
class Identities:
    """Dask frames of `tables.IDENTITIES` and `tables.DOUBTS`; `moved` has those that are another's entity."""

    all: Any
    moved: Any
    doubts: Any


def identify(appearances: Any, rules: str, parts: int) -> Identities:
    """Return which identities of a Dask frame of appearances are one by the rules that the workers have."""
    forms = each_part(appearances, _count_forms, _FORMS)
    forms = each_part(by_key(forms, "identity", parts), _sum_forms, _FORMS).persist()
    meetings = by_key(each_part(forms, _meetings, _MEETINGS, rules), "point", parts)
    joined = kept(components(each_part(meetings, _pairs, PAIRS), parts))
    together = each_part(looked_up(forms, joined, "node", "node"), _rooted, _FORMS)
    decided = each_part(by_key(together, "node", parts), _decide, _DECIDED, rules).persist()
    everyone = each_part(decided, _identities, tables.IDENTITIES)
    moved = kept(each_part(decided, _moved, tables.IDENTITIES)[["id", "entity"]])
    bearers = by_key(each_part(decided, _of_kind, _DECIDED, _BEARER), "key", parts)
    doubts = dd.concat(
        [each_part(decided, _of_kind, _DECIDED, _DOUBT), each_part(bearers, _doubt_parts, _DECIDED, rules)]
    )
    return Identities(everyone, moved, each_part(by_key(doubts, "key", parts), _doubts, tables.DOUBTS))


def _node(identity: str) -> int:
    """A number for an identity; that two share one only makes them be looked at together."""
    return int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=8).digest(), "big", signed=True)


def _count_forms(appearances: list[Row]) -> Iterator[Row]:
    """Count documents, each of which is in one partition only."""
    documents: dict[tuple[str, ...], set[int]] = defaultdict(set)
    leads: dict[tuple[str, ...], int] = defaultdict(int)
    for row in appearances:
        documents[_ROW_KEY(row)].add(row["document"])
        leads[_ROW_KEY(row)] += row["fullest"]
    for key, met in documents.items():
        identity, name, of, why = key
        counts = {"node": _node(identity), "documents": len(met), "leads": leads[key]}
        yield {"identity": identity, "name": name, "of": of, "why": why, **counts}


def _sum_forms(rows: list[Row]) -> Iterator[Row]:
    for _, group in groupby(sorted(rows, key=_ROW_KEY), _ROW_KEY):
        first, *others = group
        for count in ("documents", "leads"):
            first[count] += sum(other[count] for other in others)
        yield first


def _form_rows(rows: list[Row]) -> tuple[list[str], list[FormRow]]:
    """Ids of identities and their forms, each with its identity's position among the ids."""
    rows = sorted(rows, key=_ROW_KEY)
    ids = list(dict.fromkeys(row["identity"] for row in rows))
    at = {identity: number for number, identity in enumerate(ids)}
    columns = itemgetter("identity", "name", "of", "why", "documents", "leads")
    return ids, [FormRow(at[row["identity"]], *columns(row)) for row in rows]


def _meetings(rows: list[Row], rules: str) -> Iterator[Row]:
    ids, forms = _form_rows(rows)
    for number, point in meeting_points(forms, _decisions(rules_dir(rules))):
        yield {"point": point, "node": _node(ids[number])}


def _pairs(rows: list[Row]) -> Iterator[Row]:
    least: dict[str, int] = {}
    for row in rows:
        least[row["point"]] = min(row["node"], least.get(row["point"], row["node"]))
    for row in rows:
        if row["node"] != least[row["point"]]:
            yield {"node": row["node"], "root": least[row["point"]]}


def _rooted(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        root = row.pop("root")
        yield row if root is None else {**row, "node": root}


def _decide(rows: list[Row], rules: str) -> Iterator[Row]:
    ids, forms = _form_rows(rows)
    found, bearers = identify_some(forms, _decisions(rules_dir(rules)))
    merged = {each.identity: (ids[each.entity], each.name, each.of, each.why) for each in found.merged}
    for number, identity in enumerate(ids):
        yield _decided(_ENTITY, identity, merged.get(number, (identity, "", "", "")))
    for doubt in found.doubts:
        yield _decided(_DOUBT, doubt.one, (doubt.one, doubt.other, doubt.name, doubt.why))
    for each in bearers:
        yield _decided(_BEARER, each.form, asdict(each))


def _decided(kind: str, key: str, value: object) -> Row:
    return {"kind": kind, "key": key, "value": to_json(value)}


def _of_kind(rows: list[Row], kind: str) -> Iterator[Row]:
    return (row for row in rows if row["kind"] == kind)


def _identities(rows: list[Row]) -> Iterator[Row]:
    for row in sorted(_of_kind(rows, _ENTITY), key=itemgetter("key")):
        entity, name, of, why = json.loads(row["value"])
        yield {"id": row["key"], "entity": entity, "name": name, "of": of, "why": why}


def _moved(rows: list[Row]) -> Iterator[Row]:
    return (row for row in _identities(rows) if row["id"] != row["entity"])


def _doubt_parts(rows: list[Row], rules: str) -> Iterator[Row]:
    for _, group in groupby(sorted(rows, key=itemgetter("key")), itemgetter("key")):
        bearers = [Bearer(**json.loads(row["value"])) for row in group]
        for doubt in doubts_about_parts(bearers, _decisions(rules_dir(rules))):
            yield _decided(_DOUBT, doubt.one, (doubt.one, doubt.other, doubt.name, doubt.why))


def _doubts(rows: list[Row]) -> Iterator[Row]:
    """Each doubt once; that a part of a name is shared is the least of reasons."""
    found: dict[tuple[str, str, str], str] = {}
    for one, other, name, why in sorted(json.loads(row["value"]) for row in rows):
        key = (one, other, name)
        if key not in found or why != reasons.PART_ELSEWHERE:
            found[key] = why
    for (one, other, name), why in found.items():
        yield {"one": one, "other": other, "name": name, "why": why}


@cache
def _decisions(folder: Path) -> Decisions:
    return Decisions.load(folder)
