"""The first stage: a batch of documents becomes batches of what they say, with no state but the rules."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from kg import read
from kg.attempt import Extractor, attempt
from kg.errors import InputError, KgError
from kg.extraction import Extractor as RuleExtractor
from kg.read import prose
from kg.read.jsonl import Row
from kg.read.sources import shown
from kg.rules import ruleset
from kg.scale import tables
from kg.store.packing import PackedDocument, PackedStatement, hash_text, pack

_FIELDS = ("id", "title", "text", "url", "date")
_log = logging.getLogger("kg.scale")


class Reader:
    """Turns rows into packed documents by the rules of a folder; `rules_hash` changes with them."""

    def __init__(self, rules_dir: Path) -> None:
        self._profile = read.load_profile(rules_dir)
        self._extractor: Extractor = RuleExtractor.load(rules_dir)

    def read(
        self, rows: Iterable[Row], path: str, on_error: Callable[[KgError], None]
    ) -> Iterator[tuple[Row, PackedDocument]]:
        """Yield what each row gives; one that fails, named, goes to `on_error` and is passed over."""
        for row in rows:
            document = prose.document(
                shown(row.id).strip(),
                path,
                row.text,
                self._profile,
                title=row.title,
                url=row.url,
                date=row.date,
            )
            found = attempt(self._extractor, document, row.line)
            if isinstance(found, InputError):
                on_error(found)
            else:
                yield row, pack(found)


reader = cache(Reader)


def extract_batch(documents: pa.RecordBatch | pa.Table, rules: str | Path | None = None) -> pa.RecordBatch:
    """Return the statements of a batch of documents, as the schema `kg.scale.tables.STATEMENTS` has them.

    `documents` has a column `text` and may have `id`, `title`, `url` and `date`; a document without an id is
    named by the hash of its text. `rules` is a rule folder on the machine that runs this, by default the
    shipped one; it is loaded once a process. A document that fails is logged (`kg.scale`) and left out.
    Raises RuleError for broken rules, InputError where there is no text.
    """
    rows = (row if row.id else _named(row) for row in rows_of(documents))
    found: list[dict[str, Any]] = []
    for _, packed in reader(Path(rules or ruleset.shipped())).read(rows, "", _warn):
        found += statement_rows(packed, packed.statements)
    return pa.RecordBatch.from_pylist(found, schema=tables.STATEMENTS)


def rows_of(documents: pa.RecordBatch | pa.Table) -> Iterator[Row]:
    """Yield the rows of an Arrow batch, numbered from 1. Raises InputError where it has no text."""
    if "text" not in documents.schema.names:
        raise InputError(
            "the documents have no column `text`", hint="name their columns id, title, text, url, date"
        )
    columns = [
        documents.column(name).cast(pa.string()).to_pylist() if name in documents.schema.names else None
        for name in _FIELDS
    ]
    for at in range(documents.num_rows):
        yield Row(at + 1, *((column[at] or "") if column else "" for column in columns))


def statement_rows(packed: PackedDocument, group: Iterable[PackedStatement]) -> Iterator[dict[str, Any]]:
    """Yield a document's statements, or its denials, as rows of `tables.STATEMENTS`."""
    for said in group:
        start, end, quote = packed.quotes[said.quote]
        yield {
            **said._asdict(),
            "doc": packed.id,
            "head": said.head_name,
            "tail": said.tail_name,
            "head_id": packed.entities[said.head][0],
            "tail_id": packed.entities[said.tail][0],
            "start": start,
            "end": end,
            "quote": quote,
        }


def appearance_rows(packed: PackedDocument) -> Iterator[dict[str, Any]]:
    """Yield the names of a document's entities as rows of `tables.READ_APPEARANCES`, without `ordinal`."""
    for identity, kind, names in packed.entities:
        for at, (name, of, why) in enumerate(names):
            yield {"identity": identity, "type": kind, "name": name, "fullest": at == 0, "of": of, "why": why}


def renaming_rows(packed: PackedDocument) -> Iterator[dict[str, Any]]:
    """Yield what a document says of new names as rows of `tables.READ_RENAMINGS`, without `ordinal`."""
    for said in packed.renamings:
        start, end, quote = packed.quotes[said.quote]
        identity = packed.entities[said.entity][0]
        yield {**said._asdict(), "identity": identity, "start": start, "end": end, "quote": quote}


def _named(row: Row) -> Row:
    return Row(row.line, hash_text(row.text), row.title, row.text, row.url, row.date)


def _warn(problem: KgError) -> None:
    _log.warning("skipped: %s", problem)
