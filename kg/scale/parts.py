"""The parts that the first stage left, as partitions of the second, their documents numbered through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import fsspec
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kg.scale import tables
from kg.scale.blocks import Block
from kg.scale.frames import Row, frame_of, table_from
from kg.scale.reading import Read, path_of


@dataclass(frozen=True, slots=True)
class Part:
    """A block that has been read: so many `documents` of the input and `lines` of its file stand before it."""

    block: Block
    number: int
    documents: int
    lines: int


def parts_of(blocks: Sequence[Block], read: Sequence[Read]) -> list[Part]:
    """Return the blocks with what stands before them."""
    parts: list[Part] = []
    documents = lines = 0
    for number, (block, found) in enumerate(zip(blocks, read, strict=True)):
        if parts and parts[-1].block.url != block.url:
            lines = 0
        parts.append(Part(block, number, documents, lines))
        documents += found.documents
        lines += found.lines
    return parts


def documents(parts: Sequence[Part], folder: str) -> Any:
    """Return the documents, each the origin of itself and by its own name."""
    return table_from(_documents, parts, tables.DOCUMENTS, folder)


def appearances(parts: Sequence[Part], folder: str) -> Any:
    """Return the appearances, whose entities are not known yet."""
    return table_from(_met, parts, tables.APPEARANCES, folder, "appearances")


def renamings(parts: Sequence[Part], folder: str) -> Any:
    """Return the renamings, whose entities are not known yet."""
    return table_from(_met, parts, tables.RENAMINGS, folder, "renamings")


def statements(parts: Sequence[Part], folder: str, table: str) -> Any:
    """Return the statements or the denials as their documents have them."""
    return table_from(_statements, parts, tables.SAID, folder, table)


def _documents(part: Part, folder: str) -> pd.DataFrame:
    return frame_of(_document_rows(part, folder), tables.DOCUMENTS)


def _met(part: Part, folder: str, table: str) -> pd.DataFrame:
    met = _read(part, folder, table)
    rows = ({**row, "document": part.documents + row["ordinal"], "entity": None} for row in met)
    return frame_of(rows, tables.WRITTEN[table])


def _statements(part: Part, folder: str, table: str) -> pd.DataFrame:
    documents = _document_rows(part, folder)
    rows = []
    for said in _read(part, folder, table):
        document = documents[said["ordinal"]]
        own = {"document": document["document"], "doc": document["name"], "origin": document["origin"]}
        rows.append({**said, **own, "head_identity": said["head_id"], "tail_identity": said["tail_id"]})
    return frame_of(rows, tables.SAID)


def _document_rows(part: Part, folder: str) -> list[Row]:
    """A document without a name is named by its file and line."""
    rows = []
    for row in _read(part, folder, "documents"):
        name = row["name"] or f"{part.block.source}:{part.lines + row['line']}"
        number = part.documents + row["ordinal"]
        own = {
            "document": number,
            "id": name,
            "name": name,
            "source": part.block.source,
            "origin": row["hash"],
        }
        rows.append({**row, **own})
    return rows


def _read(part: Part, folder: str, table: str) -> list[Row]:
    with fsspec.open(path_of(folder, table, part.number), "rb") as file:
        found: pa.Table = pq.read_table(file)
    rows: list[Row] = found.to_pylist()
    return rows
