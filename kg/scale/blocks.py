"""The input in blocks: folders of JSONL and Parquet, on this machine or behind any fsspec URL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import fsspec
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem
from fsspec.utils import read_block

from kg.errors import InputError, KgError, Place
from kg.read import jsonl
from kg.read.formats import MAX_BYTES
from kg.read.jsonl import Row
from kg.read.sources import UniqueIds, shown, unreadable
from kg.scale.batches import rows_of

ENDINGS = (".jsonl", ".parquet")
# Of a JSONL file, what one task reads, in bytes. A document belongs to the block in which its line begins.
BLOCK_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a file for one task: bytes of JSONL from `start`, or the row group `start` of a Parquet file.

    `source` is the name of the file, unique in the input; `size` is in bytes.
    """

    url: str
    source: str
    start: int
    size: int

    @property
    def is_parquet(self) -> bool:
        """Whether it is a row group."""
        return self.url.lower().endswith(".parquet")


def blocks(paths: Sequence[str], block_bytes: int = BLOCK_BYTES) -> list[Block]:
    """Return the blocks of files and folders in the order of a build: by path within a folder, each file once.

    Raises InputError for a path that is missing, unreadable, of another format, or a folder without a file.
    """
    ids = UniqueIds()
    found: dict[str, list[Block]] = {}
    for path in paths:
        try:
            fs, root = fsspec.url_to_fs(path)
            for file in _files(fs, root, path):
                if file not in found:
                    name = shown(PurePosixPath(file).name.rpartition(".")[0])
                    url = file if isinstance(fs, LocalFileSystem) else fs.unstrip_protocol(file)
                    found[file] = list(_blocks(fs, file, url, ids.claim(name), block_bytes))
        except (OSError, ValueError, ImportError) as error:
            raise unreadable(path, error if isinstance(error, OSError) else ValueError(str(error))) from error
    return [block for parts in found.values() for block in parts]


def rows(block: Block, on_error: Callable[[KgError], None]) -> tuple[int, Iterator[Row]]:
    """Return how many lines or rows a block has, and its articles, their lines counted from its start.

    A broken line goes to `on_error`. Raises OSError where the file cannot be read.
    """
    with fsspec.open(block.url, "rb") as file:
        if block.is_parquet:
            table = pq.ParquetFile(file).read_row_group(block.start)
            return table.num_rows, rows_of(table)
        content = read_block(file, block.start, block.size, delimiter=b"\n")
    return content.count(b"\n"), jsonl.rows(BytesIO(content), block.url, MAX_BYTES, on_error)


def relocated(problem: KgError, before: int) -> KgError:
    """Return a problem whose line counts from the start of its file, of which so many are `before` the block."""
    if problem.place and problem.place.line:
        problem.place = problem.place._replace(line=problem.place.line + before)
    return problem


def _files(fs: Any, root: str, given: str) -> list[str]:
    if not fs.exists(root):
        raise InputError(
            "cannot be read: there is nothing here", place=Place(given), hint="check the spelling"
        )
    if not fs.isdir(root):
        if root.lower().endswith(ENDINGS):
            return [root]
        raise InputError(
            "a cluster does not read this format",
            place=Place(given),
            hint="write the articles as .jsonl or .parquet, or build without --cluster",
        )
    found = [file for file in fs.find(root) if _is_wanted(file, root)]
    if not found:
        hint = f"a cluster reads files that end in {' or '.join(ENDINGS)}"
        raise InputError("holds no file to read", place=Place(given), hint=hint)
    return sorted(found, key=lambda file: PurePosixPath(file).parts)


def _is_wanted(file: str, root: str) -> bool:
    inside = PurePosixPath(file).parts[len(PurePosixPath(root).parts) :]
    return file.lower().endswith(ENDINGS) and not any(part.startswith(".") for part in inside)


def _blocks(fs: Any, file: str, url: str, source: str, block_bytes: int) -> Iterator[Block]:
    if not file.lower().endswith(".parquet"):
        size = int(fs.size(file))
        for start in range(0, size, block_bytes):
            yield Block(url, source, start, min(block_bytes, size - start))
        return
    with fs.open(file, "rb") as stream:
        metadata = pq.ParquetFile(stream).metadata
    for group in range(metadata.num_row_groups):
        yield Block(url, source, group, metadata.row_group(group).total_byte_size)
