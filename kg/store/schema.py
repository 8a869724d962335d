"""The tables of graph.db and their version; docs/store.md says what each column means."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError, Place

APPLICATION_ID = 0x6B676462  # "kgdb", so that a stranger's SQLite file is told from ours
VERSION = 6

# What rows say that only the articles can tell: when it changes, a build reads them all again.
READING = 4

_SAID = """
    n INTEGER PRIMARY KEY, document INTEGER NOT NULL, quote INTEGER NOT NULL,
    head_identity INTEGER NOT NULL, head INTEGER NOT NULL, relation TEXT NOT NULL,
    tail_identity INTEGER NOT NULL, tail INTEGER NOT NULL,
    head_name TEXT NOT NULL, head_type TEXT NOT NULL, tail_name TEXT NOT NULL, tail_type TEXT NOT NULL,
    certainty TEXT NOT NULL, time TEXT, qualifiers TEXT,
    head_start INTEGER NOT NULL, head_end INTEGER NOT NULL,
    tail_start INTEGER NOT NULL, tail_end INTEGER NOT NULL,
    trigger_start INTEGER, trigger_end INTEGER,
    rule TEXT NOT NULL, inferred INTEGER NOT NULL"""
_MERGED = """
    n INTEGER PRIMARY KEY, head INTEGER NOT NULL, relation TEXT NOT NULL, tail INTEGER NOT NULL,
    symmetric INTEGER NOT NULL, certainty TEXT NOT NULL,
    evidence_count INTEGER NOT NULL, sources INTEGER NOT NULL, weight REAL NOT NULL,
    first_date TEXT, last_date TEXT, ended TEXT, correction TEXT NOT NULL DEFAULT ''"""
_WITH_EVIDENCE = """s.n, s.head, s.relation, s.tail, s.head_name, s.head_type, h.id AS head_id,
    s.tail_name, s.tail_type, t.id AS tail_id, s.certainty, s.time, s.qualifiers,
    q.start, q.end, q.text AS quote, s.head_start, s.head_end, s.tail_start, s.tail_end,
    s.trigger_start, s.trigger_end, s.rule, s.inferred,
    s.document, d.id AS doc, d.title, d.url, d.date, d.hash, d.origin
    FROM {table} s JOIN quotes q ON q.n = s.quote JOIN documents d ON d.n = s.document
    JOIN entities h ON h.n = s.head JOIN entities t ON t.n = s.tail"""

TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    n INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, id TEXT NOT NULL, position INTEGER NOT NULL,
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, hash TEXT, problems TEXT NOT NULL DEFAULT '[]');
CREATE TABLE documents (
    n INTEGER PRIMARY KEY, source INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    id TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, date TEXT,
    hash TEXT NOT NULL, fingerprint TEXT NOT NULL, characters INTEGER NOT NULL, mentions INTEGER NOT NULL,
    signature BLOB NOT NULL, origin TEXT NOT NULL);
CREATE INDEX documents_by_source ON documents (source, fingerprint);
CREATE TABLE identities (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, entity INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '', of TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '');
CREATE TABLE entities (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL DEFAULT '', names TEXT NOT NULL DEFAULT '[]',
    documents INTEGER NOT NULL DEFAULT 0, degree INTEGER NOT NULL DEFAULT 0);
CREATE TABLE appearances (
    n INTEGER PRIMARY KEY, document INTEGER NOT NULL, identity INTEGER NOT NULL, entity INTEGER NOT NULL,
    name TEXT NOT NULL, type TEXT NOT NULL, fullest INTEGER NOT NULL, of TEXT NOT NULL, why TEXT NOT NULL);
CREATE TABLE doubts (
    one TEXT NOT NULL, other TEXT NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (one, other, name)) WITHOUT ROWID;
CREATE TABLE names (
    n INTEGER PRIMARY KEY, entity INTEGER NOT NULL, name TEXT NOT NULL, norm TEXT NOT NULL,
    documents INTEGER NOT NULL);
CREATE TABLE quotes (
    n INTEGER PRIMARY KEY, document INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE statements ({_SAID});
CREATE TABLE denials ({_SAID});
CREATE TABLE renamings (
    n INTEGER PRIMARY KEY, document INTEGER NOT NULL, quote INTEGER NOT NULL,
    identity INTEGER NOT NULL, entity INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, time TEXT);
CREATE TABLE edges ({_MERGED});
CREATE TABLE rejected ({_MERGED});
CREATE TABLE corrections (
    n INTEGER PRIMARY KEY, kind TEXT NOT NULL, head TEXT NOT NULL, relation TEXT NOT NULL, tail TEXT NOT NULL,
    because TEXT NOT NULL, problem TEXT NOT NULL);
CREATE TABLE meetings (
    point TEXT NOT NULL, identity INTEGER NOT NULL, joins INTEGER NOT NULL,
    PRIMARY KEY (point, identity, joins)) WITHOUT ROWID;
CREATE TABLE bands (
    band INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (band, document)) WITHOUT ROWID;
CREATE TABLE changed_edges (
    head INTEGER, relation TEXT, tail INTEGER, PRIMARY KEY (head, relation, tail)) WITHOUT ROWID;
CREATE TABLE changed_identities (identity INTEGER PRIMARY KEY);
CREATE TABLE changed_bands (band INTEGER PRIMARY KEY);
CREATE TABLE changed_entities (entity INTEGER PRIMARY KEY);
CREATE TABLE changed_documents (document INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE quotes_fts USING fts5(
    text, content='quotes', content_rowid='n', tokenize='trigram', detail='none', columnsize=0);
INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('hashsize', 33554432);
CREATE VIRTUAL TABLE names_fts USING fts5(
    norm, content='names', content_rowid='n', tokenize='trigram', detail='none', columnsize=0);
CREATE VIEW said AS SELECT {_WITH_EVIDENCE.format(table="statements")};
CREATE VIEW denied AS SELECT {_WITH_EVIDENCE.format(table="denials")};
"""

# Made after a bulk load, when sorting once is cheaper than keeping every insert in order.
INDEXES = """
CREATE INDEX IF NOT EXISTS appearances_by_document ON appearances (document);
CREATE INDEX IF NOT EXISTS appearances_by_entity ON appearances (entity, document);
CREATE INDEX IF NOT EXISTS appearances_by_identity ON appearances (identity, document);
CREATE INDEX IF NOT EXISTS documents_by_name ON documents (name);
CREATE INDEX IF NOT EXISTS quotes_by_document ON quotes (document);
CREATE INDEX IF NOT EXISTS statements_by_document ON statements (document);
CREATE INDEX IF NOT EXISTS statements_by_edge ON statements (head, relation, tail);
CREATE INDEX IF NOT EXISTS denials_by_document ON denials (document);
CREATE INDEX IF NOT EXISTS renamings_by_document ON renamings (document);
CREATE INDEX IF NOT EXISTS renamings_by_entity ON renamings (entity);
CREATE INDEX IF NOT EXISTS meetings_by_identity ON meetings (identity);
CREATE INDEX IF NOT EXISTS names_by_norm ON names (norm);
CREATE INDEX IF NOT EXISTS names_by_entity ON names (entity);
CREATE UNIQUE INDEX IF NOT EXISTS edges_by_head ON edges (head, relation, tail);
CREATE INDEX IF NOT EXISTS edges_by_tail ON edges (tail, relation, head);
"""


def _add_identities(db: sqlite3.Connection) -> None:
    """Version 1 knew no identities: each entity becomes one, and why its names are one is not known."""
    wanted = ("identities", "appearances", "doubts", "statements", "changed_documents")
    made = {name: text for text in TABLES.split(";") for name in wanted if f"CREATE TABLE {name} (" in text}
    db.execute("DROP VIEW said")
    for name in ("appearances", "statements"):
        db.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    for text in made.values():
        db.execute(text)
    db.execute(next(text for text in TABLES.split(";") if "CREATE VIEW said" in text))
    db.execute("INSERT INTO identities (n, id, entity) SELECT n, id, n FROM entities")
    db.execute(
        "INSERT INTO appearances"
        " SELECT n, document, entity, entity, name, type, fullest, '', '' FROM old_appearances"
    )
    rest = [row[1] for row in db.execute("PRAGMA table_info(old_statements)")][6:]
    db.execute(
        "INSERT INTO statements SELECT n, document, quote, head, head, relation, tail, tail,"
        f" {', '.join(rest)} FROM old_statements"
    )
    for name in ("appearances", "statements"):
        db.execute(f"DROP TABLE old_{name}")


def _add_ends(db: sqlite3.Connection) -> None:
    """Version 2 knew no ends; its rules closed nothing, or the next build would read everything again."""
    db.execute("ALTER TABLE edges ADD COLUMN ended TEXT")
    db.execute("INSERT OR IGNORE INTO meta VALUES ('closes', '[]')")


def _add_origins(db: sqlite3.Connection) -> None:
    """Version 3 knew copies by the hash of their text only."""
    db.execute("DROP VIEW said")
    db.execute("ALTER TABLE documents ADD COLUMN signature BLOB NOT NULL DEFAULT x''")
    db.execute("ALTER TABLE documents ADD COLUMN origin TEXT NOT NULL DEFAULT ''")
    db.execute("UPDATE documents SET origin = hash")
    db.execute(next(text for text in TABLES.split(";") if "CREATE VIEW said" in text))


def _add_denials(db: sqlite3.Connection) -> None:
    """Version 4 knew neither denials nor corrections; only the articles can tell the former."""
    wanted = ("denials", "renamings", "rejected", "corrections")
    for text in TABLES.split(";"):
        if any(f"CREATE TABLE {name} (" in text for name in wanted) or "CREATE VIEW denied" in text:
            db.execute(text)
    db.execute("ALTER TABLE edges ADD COLUMN correction TEXT NOT NULL DEFAULT ''")


def _add_meetings(db: sqlite3.Connection) -> None:
    """Version 5 did not keep what things and articles could be one by; the next merge looks at all of them."""
    wanted = ("meetings", "bands", "changed_identities", "changed_bands")
    for text in TABLES.split(";"):
        if any(f"CREATE TABLE {name} (" in text for name in wanted):
            db.execute(text)
    db.execute("INSERT OR IGNORE INTO meta VALUES ('met', '0')")


# The step at k lifts a file from version k to k + 1, inside one transaction.
MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {
    1: _add_identities,
    2: _add_ends,
    3: _add_origins,
    4: _add_denials,
    5: _add_meetings,
}


def create(db: sqlite3.Connection) -> None:
    """Lays down the empty tables of the present version."""
    db.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; {TABLES}")


def check(db: sqlite3.Connection, path: Path) -> int:
    """The schema version of one of our files; raises InputError for a stranger's or a newer one."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise InputError("this is not a graph database of kg", place=Place(path), hint="run kg build first")
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise InputError(
            f"this graph has schema version {version}, newer than the {VERSION} that this kg reads",
            place=Place(path),
            hint="upgrade kg, or build the graph again",
        )
    return version


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Lifts an open database from `version` to the present one in one transaction."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        for step in range(version, VERSION):
            MIGRATIONS[step](db)
        db.execute(f"PRAGMA user_version = {VERSION}")
