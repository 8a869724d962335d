"""The second stage of a build on a cluster, from the parts of the first to the tables that are left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import fsspec
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kg.scale import identity, merging, naming, output, parts, tables
from kg.scale.frames import Row, each_part, kept, looked_up, pandas_of, table_from
from kg.scale.merging import Relations
from kg.scale.parts import Part
from kg.scale.reading import path_of


def write_tables(read: Sequence[Part], place: str, rules: str, relations: Relations, partitions: int) -> None:
    """Write all tables of a build below `place`, by the rules that the workers have under that name."""
    left = output.unfinished(place)
    documents = parts.documents(read, left)
    changed = _changed(documents, partitions)
    _write(
        each_part(looked_up(documents, changed, "document", "document"), _named, tables.DOCUMENTS),
        place,
        "documents",
    )
    met = parts.appearances(read, left)
    who = identity.identify(met, rules, partitions)
    _write(who.all, place, "identities")
    _write(who.doubts, place, "doubts")
    _write(merging.owned(met, who.moved, tables.APPEARANCES, partitions), place, "appearances")
    renamed = parts.renamings(read, left)
    _write(merging.owned(renamed, who.moved, tables.RENAMINGS, partitions), place, "renamings")
    for table in ("statements", "denials"):
        said = parts.statements(read, left, table)
        _write(merging.statements(said, changed, who.moved, relations, partitions), place, table)
    _write(merging.edges(_written(place, "statements", partitions), relations), place, "edges")
    edges = _written(place, "edges", partitions)
    _write(merging.entities(_written(place, "appearances", partitions), edges, partitions), place, "entities")


def _changed(documents: Any, partitions: int) -> Any:
    """Return the documents with a `new_id` or a `new_origin`."""
    ids = naming.changed_ids(documents, partitions).rename(columns={"id": "new_id"})
    origins = naming.changed_origins(documents, partitions).rename(columns={"origin": "new_origin"})
    return kept(ids.merge(origins, on="document", how="outer"))


def _named(rows: list[Row]) -> Iterator[Row]:
    for row in sorted(rows, key=itemgetter("document")):
        yield {**row, "id": row["new_id"] or row["id"], "origin": row["new_origin"] or row["origin"]}


def _write(frame: Any, place: str, table: str) -> None:
    frame.to_parquet(
        f"{place}/{table}",
        schema=tables.WRITTEN[table],
        write_index=False,
        compression="zstd",
        name_function=lambda number: path_of("", "", number).lstrip("/"),
    )


def _written(place: str, table: str, partitions: int) -> Any:
    """Return a table that has been written, in the partitions it was written in."""
    return table_from(_read_part, range(partitions), tables.WRITTEN[table], place, table)


def _read_part(number: int, place: str, table: str) -> pd.DataFrame:
    with fsspec.open(path_of(place, table, number), "rb") as file:
        found: pa.Table = pq.read_table(file, schema=tables.WRITTEN[table])
    return pandas_of(found)
