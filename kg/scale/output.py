"""The folder that a build on a cluster leaves: what is in it, whether it is whole, and how Neo4j reads it."""

from __future__ import annotations

import json
from typing import Any

import fsspec
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

from kg import __version__
from kg.errors import InputError, Place
from kg.scale.merging import Relations
from kg.scale.tables import WRITTEN

MANIFEST = "kg.json"
_UNFINISHED = "unfinished"

# For neo4j-admin: a name and type for each column in the first row, the column in the second.
_NEO4J = {
    "neo4j-entities.csv": (
        ("id:ID", "name", ":LABEL", "names", "documents:long", "degree:long"),
        ("id", "name", "type", "names", "documents", "degree"),
    ),
    "neo4j-edges.csv": (
        (":START_ID", ":TYPE", ":END_ID", "certainty", "evidence_count:long", "sources:long", "weight:double")
        + ("first_date", "last_date", "ended"),
        ("head", "relation", "tail", "certainty", "evidence_count", "sources", "weight")
        + ("first_date", "last_date", "ended"),
    ),
}


def prepare(folder: str) -> str:
    """Return the folder's address for every machine, empty but for a manifest that says it is not finished.

    Raises InputError where it cannot be written or holds tables that are not ours.
    """
    try:
        fs, root = fsspec.url_to_fs(folder)
        taken = [table for table in WRITTEN if fs.exists(f"{root}/{table}")]
        if taken and not fs.exists(f"{root}/{MANIFEST}"):
            hint = "choose another folder with --out"
            raise InputError(f"holds a {taken[0]} that no build has made", place=Place(folder), hint=hint)
        fs.makedirs(root, exist_ok=True)
        _write(fs, f"{root}/{MANIFEST}", json.dumps({"kg": __version__, "finished": False}))
        for table in (*WRITTEN, _UNFINISHED):
            if fs.exists(f"{root}/{table}"):
                fs.rm(f"{root}/{table}", recursive=True)
    except (OSError, ValueError, ImportError) as error:
        raise InputError(f"cannot be written: {error}", place=Place(folder), hint="check --out") from error
    return root if isinstance(fs, LocalFileSystem) else str(fs.unstrip_protocol(root))


def unfinished(place: str) -> str:
    """Return where the first stage leaves what the second reads."""
    return f"{place}/{_UNFINISHED}"


def finish(place: str, relations: Relations) -> None:
    """Say that the tables are whole, and take away what only the build needed."""
    fs, root = fsspec.url_to_fs(place)
    for name, rows in _NEO4J.items():
        _write(fs, f"{root}/{name}", "".join(f"{','.join(row)}\n" for row in rows))
    fs.rm(f"{root}/{_UNFINISHED}", recursive=True)
    manifest = {
        "kg": __version__,
        "finished": True,
        "symmetric": sorted(relations.symmetric),
        "closes": relations.closes,
    }
    _write(fs, f"{root}/{MANIFEST}", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def relations(folder: str) -> Relations:
    """Return what the manifest of a finished build says. Raises InputError where there is none."""
    place = Place(folder)
    try:
        fs, root = fsspec.url_to_fs(folder)
        manifest: dict[str, Any] = json.loads(fs.cat_file(f"{root}/{MANIFEST}"))
    except (OSError, ValueError, ImportError) as error:
        hint = "name the folder that kg build --cluster wrote"
        raise InputError("holds no graph of a cluster", place=place, hint=hint) from error
    if not manifest.get("finished"):
        raise InputError("the build of this graph did not end", place=place, hint="build it again")
    closes = tuple((closer, closed) for closer, closed in manifest["closes"])
    return Relations(frozenset(manifest["symmetric"]), closes)


def part_files(folder: str, table: str) -> tuple[Any, list[str]]:
    """Return the file system and the paths of a table's parts, in order."""
    fs, root = fsspec.url_to_fs(folder)
    return fs, sorted(path for path in fs.ls(f"{root}/{table}", detail=False) if path.endswith(".parquet"))


def count(folder: str, table: str) -> int:
    """Return the number of rows of a table."""
    fs, paths = part_files(folder, table)
    total = 0
    for path in paths:
        with fs.open(path, "rb") as file:
            total += pq.ParquetFile(file).metadata.num_rows
    return total


def _write(fs: Any, path: str, text: str) -> None:
    with fs.open(path, "wb") as file:
        file.write(text.encode())
