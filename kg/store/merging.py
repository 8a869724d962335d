"""From statements to edges and from appearances to entities: all of them, or those that changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeVar

from kg.dates import AFTER
from kg.rules.corrections import Corrections
from kg.store import copies, correcting, identifying, reading, reprints, schema
from kg.store.columns import to_json
from kg.store.identifying import Deciding
from kg.store.normal import normal_form

T = TypeVar("T")

_BATCH = 5_000

_EDGES = """
INSERT INTO edges (head, relation, tail, symmetric, certainty, evidence_count, sources, weight,
    first_date, last_date)
SELECT s.head, s.relation, s.tail,
    s.relation IN (SELECT value FROM json_each((SELECT value FROM meta WHERE key = 'symmetric'))),
    CASE WHEN max(s.certainty = 'asserted') THEN 'asserted' ELSE 'hedged' END,
    count(*), count(DISTINCT d.origin), count(DISTINCT d.origin), min(s.time), max(s.time)
FROM {statements} CROSS JOIN documents d ON d.n = s.document
WHERE s.head <> s.tail OR s.head_identity = s.tail_identity
GROUP BY s.head, s.relation, s.tail
"""
# An edge ends with the last statement that closes it, unless it is said to hold after that.
_ENDS = f"""
UPDATE edges SET ended = (
    SELECT max(c.time) FROM {reading.CLOSERS} k CROSS JOIN statements c
        ON c.head = edges.head AND c.relation = k.closer AND c.tail = edges.tail
    WHERE k.closed = edges.relation AND c.certainty = 'asserted' AND c.time IS NOT NULL
        AND (edges.last_date IS NULL OR c.time || '{AFTER}' >= edges.last_date)
) WHERE relation IN (SELECT closed FROM {reading.CLOSERS})
"""
_BETWEEN_CHANGED = """AND n IN (SELECT e.n FROM changed_edges c CROSS JOIN edges e
    ON e.head = c.head AND e.tail = c.tail)"""
_SAID_TWICE = """
SELECT e.n, d.origin, q.text FROM {edges} CROSS JOIN statements s
    ON s.head = e.head AND s.relation = e.relation AND s.tail = e.tail
    JOIN documents d ON d.n = s.document JOIN quotes q ON q.n = s.quote
WHERE e.sources > 1 ORDER BY e.n
"""
_CHANGED_EDGES = """changed_edges c CROSS JOIN edges e
    ON e.head = c.head AND e.relation = c.relation AND e.tail = c.tail"""
_CHANGED_STATEMENTS = """changed_edges c CROSS JOIN statements s
    ON s.head = c.head AND s.relation = c.relation AND s.tail = c.tail"""

# A row for each form of each entity; ordered so that the display name comes first.
_FORMS = """
SELECT entity, name, sum(fullest) AS leads, count(DISTINCT document) AS documents
FROM appearances {scope} GROUP BY entity, name
ORDER BY entity, leads DESC, length(name) DESC, name
"""
_TYPES = """
SELECT entity, type, count(DISTINCT document) AS documents
FROM appearances {scope} GROUP BY entity, type ORDER BY entity, documents DESC, type
"""
_CHANGED = "(SELECT entity FROM changed_entities)"
_CHANGED_ONLY = f"WHERE entity IN {_CHANGED}"

_COUNTS = """
UPDATE entities SET
    documents = (SELECT count(DISTINCT document) FROM appearances WHERE entity = entities.n),
    degree = (SELECT count(*) FROM edges WHERE head = entities.n)
        + (SELECT count(*) FROM edges WHERE tail = entities.n AND head <> tail)
"""


def note_document(db: sqlite3.Connection, document: int, *, gone: bool = False) -> None:
    """Marks what a document, that came or is to go, can change, for the next merge."""
    note_changes(db, document)
    db.execute(
        "INSERT OR IGNORE INTO changed_identities SELECT identity FROM appearances WHERE document = ?",
        (document,),
    )
    reprints.note(db, document, gone=gone)


def note_changes(db: sqlite3.Connection, document: int) -> None:
    """Marks the edges and entities of a document for the next merge."""
    db.execute("INSERT OR IGNORE INTO changed_documents VALUES (?)", (document,))
    db.execute(
        "INSERT OR IGNORE INTO changed_edges SELECT head, relation, tail FROM statements WHERE document = ?",
        (document,),
    )
    db.execute(
        "INSERT OR IGNORE INTO changed_entities SELECT entity FROM appearances WHERE document = ?",
        (document,),
    )


def drop_document(db: sqlite3.Connection, document: int, *, noting: bool) -> None:
    """Removes a document and every row that came from it."""
    for statement in schema.INDEXES.split(";"):
        db.execute(statement)
    if noting:
        note_document(db, document, gone=True)
    db.execute(
        "INSERT INTO quotes_fts (quotes_fts, rowid, text) SELECT 'delete', n, text FROM quotes"
        " WHERE document = ? AND n <= (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'indexed')",
        (document,),
    )
    for table in ("quotes", "statements", "denials", "renamings", "appearances"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
    db.execute("DELETE FROM documents WHERE n = ?", (document,))


def merge(db: sqlite3.Connection, deciding: Deciding, corrections: Corrections, *, whole: bool) -> None:
    """Brings edges, entities, names and the search index up to date with the statements, and corrects the edges.

    `deciding` says which identities are one entity.
    """
    for statement in schema.INDEXES.split(";"):
        db.execute(statement)
    for document in correcting.take_back(db, noting=not whole):
        drop_document(db, document, noting=not whole)
    met = db.execute("SELECT 1 FROM meta WHERE key = 'met' AND value = '1'").fetchone() is not None
    identifying.identify(db, deciding, whole=not met)
    reprinted = reprints.find(db, whole=not met)
    if not whole:
        for document in reprinted:
            note_changes(db, document)
    _refresh(db, whole=whole)
    correct(db, corrections)
    db.execute("UPDATE meta SET value = '1' WHERE key = 'merged'")


def _refresh(db: sqlite3.Connection, *, whole: bool) -> None:
    """Makes edges, entities, names and the search index of the statements: all of them, or those marked as changed."""
    if whole:
        db.execute(_EDGES.format(statements="statements s"))
    else:
        _note_neighbours(db)
        db.execute(f"DELETE FROM edges WHERE n IN (SELECT e.n FROM {_CHANGED_EDGES})")
        db.execute(_EDGES.format(statements=_CHANGED_STATEMENTS))
    _count_sources(db, whole=whole)
    db.execute(_ENDS if whole else _ENDS + _BETWEEN_CHANGED)
    _merge_entities(db, whole=whole)
    _index_quotes(db, whole=whole)
    for table in ("edges", "entities", "documents"):
        db.execute(f"DELETE FROM changed_{table}")


def correct(db: sqlite3.Connection, corrections: Corrections) -> None:
    """Adds and takes out edges as a person says, and notes what became of each correction."""
    problems = correcting.add(db, corrections.items)
    _refresh(db, whole=False)
    correcting.mark_added(db)
    problems |= correcting.reject(db, corrections.items)
    db.execute(f"{_COUNTS} WHERE n IN {_CHANGED}")
    db.execute("DELETE FROM changed_entities")
    correcting.note(db, corrections.items, problems)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('corrections', ?)", (corrections.hash,))


def index_names(db: sqlite3.Connection) -> None:
    """Fills the tables that searches use, where everything else is there and right."""
    _write_names(db, "")
    _index_quotes(db, whole=True)
    db.execute("UPDATE meta SET value = '1' WHERE key = 'merged'")


def _count_sources(db: sqlite3.Connection, *, whole: bool) -> None:
    """Takes sentences that several articles have in nearly the same words for one source."""
    said = db.execute(_SAID_TWICE.format(edges="edges e" if whole else _CHANGED_EDGES))
    rows = ((edge, list(group)) for edge, group in groupby(said, itemgetter(0)))
    for batch in _batches(rows):
        counts = [(len(set(copies.independent([row[1:] for row in group]))), edge) for edge, group in batch]
        db.executemany("UPDATE edges SET sources = ?1, weight = ?1 WHERE n = ?2", counts)


def _note_neighbours(db: sqlite3.Connection) -> None:
    """The ends of a changed edge change their degree, whichever document named them."""
    for end in ("head", "tail"):
        db.execute(f"INSERT OR IGNORE INTO changed_entities SELECT {end} FROM changed_edges")


def _merge_entities(db: sqlite3.Connection, *, whole: bool) -> None:
    scope = "" if whole else _CHANGED_ONLY
    if not whole:
        db.execute(
            "INSERT INTO names_fts (names_fts, rowid, norm)"
            f" SELECT 'delete', n, norm FROM names {_CHANGED_ONLY}"
        )
        db.execute(f"DELETE FROM names {_CHANGED_ONLY}")
    db.execute(
        "DELETE FROM entities WHERE NOT EXISTS (SELECT 1 FROM appearances WHERE entity = entities.n)"
        + ("" if whole else f" AND n IN {_CHANGED}")
    )
    _write_names(db, scope)
    types = db.execute(_TYPES.format(scope=scope))
    for rows in _batches(next(group) for _, group in groupby(types, itemgetter(0))):
        db.executemany("UPDATE entities SET type = ?2 WHERE n = ?1", [row[:2] for row in rows])
    db.execute(_COUNTS if whole else f"{_COUNTS} WHERE n IN {_CHANGED}")


def _write_names(db: sqlite3.Connection, scope: str) -> None:
    first = db.execute("SELECT coalesce(max(n), 0) FROM names").fetchone()[0]
    forms = db.execute(_FORMS.format(scope=scope))
    for groups in _batches(list(group) for _, group in groupby(forms, itemgetter(0))):
        db.executemany(
            "UPDATE entities SET name = ?, names = ? WHERE n = ?",
            [(group[0][1], to_json([form[1] for form in group]), group[0][0]) for group in groups],
        )
        db.executemany(
            "INSERT INTO names (entity, name, norm, documents) VALUES (?, ?, ?, ?)",
            [(form[0], form[1], normal_form(form[1]), form[3]) for group in groups for form in group],
        )
    db.execute("INSERT INTO names_fts (rowid, norm) SELECT n, norm FROM names WHERE n > ?", (first,))


def _index_quotes(db: sqlite3.Connection, *, whole: bool) -> None:
    if whole:
        db.execute("INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild')")
    else:
        db.execute(
            "INSERT INTO quotes_fts (rowid, text) SELECT n, text FROM quotes"
            " WHERE n > (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'indexed')"
        )
    db.execute("UPDATE meta SET value = (SELECT coalesce(max(n), 0) FROM quotes) WHERE key = 'indexed'")


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch
