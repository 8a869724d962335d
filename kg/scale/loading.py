"""The tables of a cluster's build into one graph database, a batch at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kg.rules.corrections import NONE, Corrections
from kg.scale import output
from kg.scale.tables import WRITTEN
from kg.store import merging, schema, writing

# A database that Parquet tables made is not one that a build of articles goes on from.
_KEY = "parquet"
_BATCH = 20_000

# Ids stand in the tables as they come (`come`), numbers in the graph's own.
_STEPS = """
CREATE INDEX come.identities_by_id ON identities (id);
INSERT INTO sources (path, id, position, size, mtime)
    SELECT source, source, row_number() OVER (ORDER BY min(document)) - 1, -1, -1
    FROM come.documents GROUP BY source;
INSERT INTO documents
    SELECT document + 1, s.n, document, d.id, d.name, title, url, date, d.hash, '', characters, mentions,
        signature, origin
    FROM come.documents d JOIN sources s ON s.id = d.source ORDER BY document;
INSERT INTO identities (id, entity, name, of, why)
    SELECT id, 0, name, of, why FROM come.identities ORDER BY id;
UPDATE identities SET entity = (
    SELECT o.n FROM come.identities c JOIN main.identities o ON o.id = c.entity WHERE c.id = identities.id);
INSERT INTO entities
    SELECT i.n, e.id, e.name, e.type, e.names, e.documents, e.degree
    FROM come.entities e JOIN main.identities i ON i.id = e.id ORDER BY i.n;
INSERT INTO appearances (document, identity, entity, name, type, fullest, of, why)
    SELECT a.document + 1, i.n, i.entity, a.name, a.type, a.fullest, a.of, a.why
    FROM come.appearances a JOIN main.identities i ON i.id = a.identity ORDER BY a.document;
INSERT INTO doubts SELECT one, other, name, why FROM come.doubts;
INSERT INTO quotes (document, start, end, text)
    SELECT document + 1, start, end, quote FROM (
        SELECT document, start, end, quote, 0 AS kind, place FROM come.statements
        UNION ALL SELECT document, start, end, quote, 1, place FROM come.denials
        UNION ALL SELECT document, start, end, quote, 2, place FROM come.renamings)
    GROUP BY document, start, end, quote ORDER BY document, min(kind * 1000000 + place);
CREATE INDEX IF NOT EXISTS main.quotes_by_document ON quotes (document);
INSERT INTO renamings (document, quote, identity, entity, old, new, time)
    SELECT q.document, q.n, i.n, i.entity, r.old, r.new, r.time
    FROM come.renamings r JOIN main.identities i ON i.id = r.identity
    JOIN main.quotes q ON q.document = r.document + 1 AND q.start = r.start AND q.end = r.end AND q.text = r.quote
    ORDER BY r.document, r.place;
INSERT INTO edges (head, relation, tail, symmetric, certainty, evidence_count, sources, weight,
        first_date, last_date, ended)
    SELECT h.n, relation, t.n, symmetric, certainty, evidence_count, sources, weight, first_date, last_date, ended
    FROM come.edges e JOIN main.identities h ON h.id = e.head JOIN main.identities t ON t.id = e.tail
    ORDER BY e.head, e.relation, e.tail;
"""


# Statements and denials alike.
_SAID = """
INSERT INTO {table} (document, quote, head_identity, head, relation, tail_identity, tail, head_name,
        head_type, tail_name, tail_type, certainty, time, qualifiers, head_start, head_end, tail_start, tail_end,
        trigger_start, trigger_end, rule, inferred)
    SELECT q.document, q.n, h.n, h.entity, s.relation, t.n, t.entity, s.head,
        s.head_type, s.tail, s.tail_type, s.certainty, s.time, s.qualifiers, s.head_start, s.head_end,
        s.tail_start, s.tail_end, s.trigger_start, s.trigger_end, s.rule, s.inferred
    FROM come.{table} s
    JOIN main.identities h ON h.id = s.head_identity JOIN main.identities t ON t.id = s.tail_identity
    JOIN main.quotes q ON q.document = s.document + 1 AND q.start = s.start AND q.end = s.end AND q.text = s.quote
    ORDER BY s.document, s.place
"""


def load(folder: str, path: Path, progress: Callable[[str], None], corrections: Corrections = NONE) -> None:
    """Write a database at `path` from the Parquet tables in a folder or behind a URL.

    `progress` is told which table is read; the `corrections` are applied as by a build. Raises InputError
    where the folder holds no finished build.
    """
    relations = output.relations(folder)
    beside = path.with_name(path.name + "-come")
    try:
        with closing(writing.prepare(path, path, _KEY, relations.symmetric, relations.closes)) as db:
            db.execute("PRAGMA journal_mode = OFF")  # what is half loaded is thrown away
            db.execute("ATTACH ? AS come", (str(beside),))
            for table, columns in WRITTEN.items():
                progress(table)
                _copy(db, folder, table, columns)
            progress("index")
            said = (_SAID.format(table=table) for table in ("statements", "denials"))
            for step in (*_STEPS.split(";"), *said):
                db.execute(step)
            db.commit()
            db.execute("DETACH come")
            for step in schema.INDEXES.split(";"):
                db.execute(step)
            merging.index_names(db)
            merging.correct(db, corrections)
            db.commit()
    finally:
        beside.unlink(missing_ok=True)


def _copy(db: sqlite3.Connection, folder: str, table: str, columns: pa.Schema) -> None:
    db.execute(f"CREATE TABLE come.{table} ({', '.join(columns.names)})")
    insert = f"INSERT INTO come.{table} VALUES ({', '.join('?' * len(columns.names))})"
    fs, files = output.part_files(folder, table)
    for file in files:
        with fs.open(file, "rb") as stream:
            for batch in pq.ParquetFile(stream).iter_batches(_BATCH, columns=columns.names):
                rows = zip(*(batch.column(name).to_pylist() for name in columns.names), strict=True)
                db.executemany(insert, rows)
