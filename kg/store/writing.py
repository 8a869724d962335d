"""Filling a graph database document by document, and closing it into one file."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError, Place
from kg.rules.corrections import NONE, Corrections
from kg.store import merging, schema
from kg.store.columns import to_json
from kg.store.documents import DocumentRows
from kg.store.identifying import LEAVE_APART, Deciding
from kg.store.packing import PackedDocument

# Steps of SQLite's machine between two looks at the keyboard, a few milliseconds.
_INTERRUPTIBLE = 200_000

_NAMESAKES = """
SELECT EXISTS (SELECT 1 FROM documents WHERE id <> name)
    OR EXISTS (SELECT 1 FROM documents GROUP BY name HAVING count(*) > 1)
"""
_IN_ORDER = """
SELECT d.n, d.id, d.name FROM documents d JOIN sources s ON s.n = d.source ORDER BY s.position, d.ordinal
"""

_SIDE_FILES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the database knows of a file: `mtime` in nanoseconds; without `hash` it is to be read again."""

    id: str
    position: int
    size: int
    mtime: int
    hash: str | None
    problems: tuple[KgError, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a graph was made of: its files by path, the hash of its corrections, and its up-to-date exports."""

    sources: Mapping[str, SourceState] = field(default_factory=dict)
    corrections: str = ""
    exports: frozenset[str] = frozenset()


def prepare(
    staging: Path,
    current: Path,
    key: str,
    symmetric: frozenset[str],
    closes: tuple[tuple[str, str], ...] = (),
) -> sqlite3.Connection:
    """An open database at `staging` to build in, made by the rules that `key` names.

    It goes on from an interrupted build, else from a copy of the current graph, else from nothing.
    The `symmetric` relations are those whose edges have no direction; `closes` pairs a relation with one that
    it ends.
    Raises InputError when the current file is a stranger's or a newer kg's.
    """
    version = _version(staging, key)
    if version is None:
        discard(staging)
        version = _version(current, key)
        if version is not None:
            shutil.copyfile(current, staging)
    db = _open(staging)
    if version is None:
        schema.create(db)
        meta = {
            "key": key,
            "symmetric": to_json(sorted(symmetric)),
            "closes": to_json(closes),
            "merged": "0",
            "met": "0",
            "indexed": "0",
        }
        with db:
            db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    elif version < schema.VERSION:
        schema.migrate(db, version)
    return db


def discard(staging: Path) -> None:
    """Removes an unfinished database and its side files."""
    for suffix in _SIDE_FILES:
        staging.with_name(staging.name + suffix).unlink(missing_ok=True)


def source_states(db: sqlite3.Connection) -> dict[str, SourceState]:
    """Every file that the database knows, by path."""
    return {
        path: SourceState(source_id, position, size, mtime, file_hash, _problems(problems))
        for path, source_id, position, size, mtime, file_hash, problems in db.execute(
            "SELECT path, id, position, size, mtime, hash, problems FROM sources"
        )
    }


def known(path: Path, key: str) -> Known:
    """What a finished graph knows of its making; nothing if it was made by other rules than `key` names.

    Raises InputError if the file is a stranger's or a newer kg's.
    """
    if _version(path, key) is None:
        return Known()
    with closing(sqlite3.connect(path)) as db:
        return Known(source_states(db), get_meta(db, "corrections"), _exports(db))


def fingerprints(db: sqlite3.Connection, path: str) -> frozenset[str]:
    """Those of the documents that the database has of a file."""
    query = "SELECT d.fingerprint FROM documents d JOIN sources s ON s.n = d.source WHERE s.path = ?"
    return frozenset(fingerprint for (fingerprint,) in db.execute(query, (path,)))


def get_meta(db: sqlite3.Connection, key: str) -> str:
    """The value that the database keeps under `key`, or an empty string."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def note_exports(path: Path, formats: Iterable[str], *, anew: bool) -> None:
    """Notes which formats a finished graph is exported in, beside those noted before unless it came `anew`."""
    with closing(sqlite3.connect(path)) as db, db:
        known = frozenset() if anew else _exports(db)
        written = to_json(sorted(known.union(formats)))
        db.execute("INSERT OR REPLACE INTO meta VALUES ('exports', ?)", (written,))


def exports(path: Path) -> frozenset[str]:
    """The formats in which a finished graph is exported as it stands."""
    with closing(sqlite3.connect(path)) as db:
        return _exports(db)


def _exports(db: sqlite3.Connection) -> frozenset[str]:
    return frozenset(json.loads(get_meta(db, "exports") or "[]"))


class Writer:
    """Adds, keeps and drops documents in a prepared database; `finish` merges them into edges.

    `changed` tells whether any document came or went.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows = DocumentRows(db)
        self._merged = get_meta(db, "merged") == "1"
        self._source = 0
        self._reopened = False
        self._ordinal = 0
        self.changed = False

    def open_source(self, path: str, source_id: str) -> None:
        """Begins a file: what it held before is dropped at `close_source` unless it is met again."""
        db = self._db
        self._ordinal = 0
        row = db.execute("SELECT n FROM sources WHERE path = ?", (path,)).fetchone()
        self._reopened = row is not None
        if row is None:
            insert = "INSERT INTO sources (path, id, position, size, mtime) VALUES (?, ?, -1, -1, -1)"
            self._source = db.execute(insert, (path, source_id)).lastrowid or 0
            return
        self._source = row[0]
        db.execute("UPDATE sources SET hash = NULL, id = ? WHERE n = ?", (source_id, row[0]))
        db.execute("UPDATE documents SET ordinal = -1 - ordinal WHERE source = ? AND ordinal >= 0", row)

    def keep(self, fingerprint: str) -> None:
        """Keeps an unchanged document of the open file; raises LookupError if it has none like it left."""
        if not self._keep(fingerprint):
            raise LookupError(fingerprint)

    def _keep(self, fingerprint: str) -> bool:
        done = self._db.execute(
            "UPDATE documents SET ordinal = ? WHERE n = ("
            "SELECT min(n) FROM documents WHERE source = ? AND fingerprint = ? AND ordinal < 0)",
            (self._ordinal, self._source, fingerprint),
        )
        self._ordinal += done.rowcount
        return done.rowcount == 1

    def add(self, packed: PackedDocument) -> None:
        """Stores one document of the open file, unless it stands there already."""
        if self._reopened and self._keep(packed.fingerprint):
            return
        document = self._rows.add(self._source, self._ordinal, packed)
        if self._merged:
            self._rows.flush()
            merging.note_document(self._db, document)
        self._ordinal += 1
        self.changed = True

    def close_source(self, size: int, mtime: int, file_hash: str | None, problems: Iterable[KgError]) -> None:
        """Ends the open file: drops what it no longer holds and notes its state for the next build."""
        if self._reopened:
            self._drop_unmet()
        written = to_json([_written(problem) for problem in problems])
        self._db.execute(
            "UPDATE sources SET size = ?, mtime = ?, hash = ?, problems = ? WHERE n = ?",
            (size, mtime, file_hash, written, self._source),
        )

    def touch(self, path: str, size: int, mtime: int) -> None:
        """Notes that a file was rewritten with the same content."""
        self._db.execute("UPDATE sources SET size = ?, mtime = ? WHERE path = ?", (size, mtime, path))

    def remove_source(self, path: str) -> None:
        """Drops a file and everything that came from it."""
        self.open_source(path, "")
        self.close_source(-1, -1, None, ())
        self._db.execute("DELETE FROM sources WHERE n = ?", (self._source,))

    def arrange(self, paths: Iterable[str], claim: Callable[[str], str]) -> None:
        """Puts the files in the order given, and has `claim` make the documents' ids unique in that order."""
        db = self._db
        self._rows.flush()
        db.executemany(
            "UPDATE sources SET position = ?1 WHERE path = ?2 AND position <> ?1", enumerate(paths)
        )
        db.execute("CREATE INDEX IF NOT EXISTS documents_by_name ON documents (name)")
        if not db.execute(_NAMESAKES).fetchone()[0]:
            return
        renamed = [
            (new, number) for number, old, name in db.execute(_IN_ORDER) if (new := claim(name)) != old
        ]
        db.executemany("UPDATE documents SET id = ? WHERE n = ?", renamed)
        self.changed |= bool(renamed)

    def commit(self) -> None:
        """Makes what was written so far outlast a crash."""
        self._rows.flush()
        self._db.commit()

    def finish(self, deciding: Deciding = LEAVE_APART, corrections: Corrections = NONE) -> None:
        """Merges statements into edges and names into entities, and closes everything into one file.

        `deciding` says which things that documents name are one, `corrections` which edges a person knows better.
        """
        self._rows.flush()
        merging.merge(self._db, deciding, corrections, whole=not self._merged)
        self.close()

    def close(self) -> None:
        """Folds the write-ahead log into the file and lets go of it."""
        self.commit()
        self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()

    def _drop_unmet(self) -> None:
        gone = "SELECT n FROM documents WHERE source = ? AND ordinal < 0"
        for (document,) in self._db.execute(gone, (self._source,)).fetchall():
            merging.drop_document(self._db, document, noting=self._merged)
            self.changed = True


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA wal_autocheckpoint = 8000")
    db.execute("PRAGMA cache_size = -64000")
    # A long statement returns to Python now and then, so that Ctrl-C can end it.
    db.set_progress_handler(lambda: None, _INTERRUPTIBLE)
    return db


def _version(path: Path, key: str) -> int | None:
    """The schema version of a file to go on from; None if it is missing, damaged or of other rules.

    Raises InputError if the file is a stranger's or a newer kg's, which a build must not overwrite.
    """
    if not path.exists() or not path.stat().st_size:
        return None
    db = sqlite3.connect(path)
    try:
        version = schema.check(db, path)
        return version if get_meta(db, "key") == key else None
    except sqlite3.DatabaseError:
        return None
    finally:
        db.close()


def _written(problem: KgError) -> dict[str, object]:
    place = problem.place
    where = [str(place.path), place.line, place.column] if place else None
    return {"message": problem.message, "place": where, "hint": problem.hint}


def _problems(written: str) -> tuple[KgError, ...]:
    return () if written == "[]" else tuple(map(_problem, json.loads(written)))


def _problem(written: dict[str, object]) -> KgError:
    where = written["place"]
    place = Place(str(where[0]), int(where[1]), int(where[2])) if isinstance(where, list) else None
    return KgError(str(written["message"]), place=place, hint=str(written["hint"]))
