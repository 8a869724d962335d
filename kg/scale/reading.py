"""The first stage of a build on a cluster: each block's statements as files, and how much it held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from kg.errors import KgError
from kg.read.sources import unreadable
from kg.scale import tables
from kg.scale.batches import appearance_rows, reader, renaming_rows, statement_rows
from kg.scale.blocks import Block, rows

# Rows held as values before they are written.
_WAITING = 10_000

_LEFT: Mapping[str, pa.Schema] = {
    "documents": tables.READ_DOCUMENTS,
    "appearances": tables.READ_APPEARANCES,
    "statements": tables.READ_STATEMENTS,
    "denials": tables.READ_STATEMENTS,
    "renamings": tables.READ_RENAMINGS,
}


@dataclass(frozen=True, slots=True)
class Read:
    """What a block held: documents read, lines or rows in all, problems with lines counted from its start."""

    documents: int
    lines: int
    problems: tuple[KgError, ...]


def path_of(folder: str, table: str, number: int) -> str:
    """Return where a part of a table is."""
    return f"{folder}/{table}/part-{number:06d}.parquet"


def read_block(block: Block, number: int, folder: str, rules_dir: Path) -> Read:
    """Write what the block with this number gives below `folder`; whoever does it again writes the same.

    Raises KgError where the rules are broken, OSError where nothing can be written.
    """
    problems: list[KgError] = []
    ordinal = lines = 0
    with BlockFiles(folder, number) as files:
        try:
            lines, articles = rows(block, problems.append)
            for row, packed in reader(rules_dir).read(articles, block.url, problems.append):
                files.add("documents", [{**packed._asdict(), "line": row.line, "name": packed.id}], ordinal)
                files.add("appearances", appearance_rows(packed), ordinal)
                files.add("statements", statement_rows(packed, packed.statements), ordinal)
                files.add("denials", statement_rows(packed, packed.denials), ordinal)
                files.add("renamings", renaming_rows(packed), ordinal)
                ordinal += 1
        except OSError as error:
            problems.append(unreadable(block.url, error))
    return Read(ordinal, lines, tuple(problems))


class BlockFiles:
    """The files of a block, one for each table."""

    def __init__(self, folder: str, number: int) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _LEFT}
        self._open = {
            table: fsspec.open(path_of(folder, table, number), "wb", auto_mkdir=True) for table in _LEFT
        }
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> BlockFiles:
        for table, schema in _LEFT.items():
            self._writers[table] = pq.ParquetWriter(self._open[table].open(), schema, compression="zstd")
        return self

    def add(self, table: str, rows: Iterable[dict[str, Any]], ordinal: int) -> None:
        """Take what a table is to hold of a document, in order."""
        waiting = self._rows[table]
        waiting += ({**row, "ordinal": ordinal, "place": place} for place, row in enumerate(rows))
        if len(waiting) >= _WAITING:
            self._flush(table)

    def __exit__(self, *_: object) -> None:
        for table, writer in self._writers.items():
            self._flush(table)
            writer.close()
            self._open[table].close()

    def _flush(self, table: str) -> None:
        batch = pa.RecordBatch.from_pylist(self._rows[table], schema=_LEFT[table])
        self._writers[table].write_batch(batch)
        self._rows[table].clear()
