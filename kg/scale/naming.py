"""Documents over the whole input: ids that are unique in it, and which articles are reprints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from kg.read.sources import UniqueIds
from kg.scale.components import PAIRS, components
from kg.scale.frames import Row, by_key, each_part, looked_up
from kg.store.copies import are_reprints, bands

_NUMBERED = re.compile(r"(?:~\d+)+$")
_NAMES = pa.schema(
    [("document", pa.int64()), ("source", pa.string()), ("name", pa.string()), ("stem", pa.string())]
)
_IDS = pa.schema([("document", pa.int64()), ("id", pa.string())])
_BANDS = pa.schema([("band", pa.binary()), ("hash", pa.string()), ("document", pa.int64())])
_COMPARED = pa.schema(
    [("node", pa.int64()), ("root", pa.int64()), ("one", pa.binary()), ("other", pa.binary())]
)
_MEMBERS = pa.schema([("document", pa.int64()), ("root", pa.int64()), ("hash", pa.string())])
_ORIGINS = pa.schema([("document", pa.int64()), ("origin", pa.string())])


def changed_ids(documents: Any, parts: int) -> Any:
    """Return the documents that get another id than their name, since an earlier one has it."""
    named = each_part(documents, _stems, _NAMES)
    return each_part(by_key(named, "stem", parts), _claim, _IDS)


def changed_origins(documents: Any, parts: int) -> Any:
    """Return the documents whose origin is another's text: the least hash among their reprints."""
    banded = by_key(each_part(documents, _bands, _BANDS), "band", parts)
    pairs = each_part(banded, _pairs, PAIRS).drop_duplicates(split_out=parts)
    signatures = documents[["document", "signature"]]
    for node, column in (("node", "one"), ("root", "other")):
        pairs = looked_up(pairs, signatures.rename(columns={"signature": column}), node, "document")
    joined = components(each_part(pairs, _alike, PAIRS), parts)
    hashes = documents[["document", "hash"]]
    members = each_part(joined, _members, PAIRS).drop_duplicates(split_out=parts)
    hashed = each_part(looked_up(members, hashes, "node", "document"), _renamed, _MEMBERS)
    return each_part(by_key(hashed, "root", parts), _origins, _ORIGINS)


def _stems(documents: list[Row]) -> Iterator[Row]:
    """Names that could get the same id have one stem: a, a~2, a~2~2."""
    for row in documents:
        yield {
            **{key: row[key] for key in ("document", "source", "name")},
            "stem": _NUMBERED.sub("", row["name"]),
        }


def _claim(rows: list[Row]) -> Iterator[Row]:
    for _, group in groupby(sorted(rows, key=itemgetter("stem", "document")), itemgetter("stem")):
        everywhere = UniqueIds()
        within: dict[str, UniqueIds] = defaultdict(UniqueIds)
        for row in group:
            unique = everywhere.claim(within[row["source"]].claim(row["name"]))
            if unique != row["name"]:
                yield {"document": row["document"], "id": unique}


def _bands(documents: list[Row]) -> Iterator[Row]:
    for row in documents:
        for at, band in enumerate(bands(row["signature"])):
            yield {"band": bytes([at]) + band, "hash": row["hash"], "document": row["document"]}


def _pairs(rows: list[Row]) -> Iterator[Row]:
    """Yield each document but the first of a band with the first."""
    for _, group in groupby(sorted(rows, key=itemgetter("band", "hash", "document")), itemgetter("band")):
        first, *others = group
        yield from ({"node": other["document"], "root": first["document"]} for other in others)


def _alike(pairs: list[Row]) -> Iterator[Row]:
    for pair in pairs:
        if are_reprints(pair["one"], pair["other"]):
            yield {"node": pair["node"], "root": pair["root"]}


def _members(pairs: list[Row]) -> Iterator[Row]:
    for pair in pairs:
        yield pair
        yield {"node": pair["root"], "root": pair["root"]}


def _renamed(rows: list[Row]) -> Iterator[Row]:
    return ({"document": row["node"], "root": row["root"], "hash": row["hash"]} for row in rows)


def _origins(rows: list[Row]) -> Iterator[Row]:
    for _, group in groupby(sorted(rows, key=itemgetter("root", "hash", "document")), itemgetter("root")):
        members = list(group)
        for row in members:
            if row["hash"] != members[0]["hash"]:
                yield {"document": row["document"], "origin": members[0]["hash"]}
