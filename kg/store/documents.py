"""Packed documents become rows of the tables, gathered so that SQLite takes them in bulk."""

from __future__ import annotations

import json
import sqlite3

from kg.store.packing import PackedDocument, PackedStatement

# Entities whose row numbers are kept at hand; beyond it they are looked up, so memory stays bounded.
_REMEMBERED = 200_000
# Rows that wait for the next bulk insert.
_WAITING = 20_000

_COLUMNS = {
    "documents": 14, "identities": 3, "appearances": 9, "quotes": 5, "statements": 23, "denials": 23,
    "renamings": 8,
}  # fmt: skip


class DocumentRows:
    """Adds documents to the tables; what waits is written by `flush`.

    What a document calls an entity is an identity; a new one is its own entity until the next merge.

    Statements of symmetric relations are turned so that the smaller entity id is the head, in the edge
    and in its evidence.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        meta = dict(db.execute("SELECT key, value FROM meta"))
        self._symmetric = frozenset(json.loads(meta["symmetric"]))
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _COLUMNS}
        self._next = {
            table: int(db.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()[0])
            for table in _COLUMNS
        }
        # A number that the search index has met is not given out again, or `indexed` would lie.
        self._next["quotes"] = max(self._next["quotes"], int(meta["indexed"]) + 1)
        self._numbers: dict[str, tuple[int, int]] = {}
        self._all_remembered = self._next["identities"] == 1

    def add(self, source: int, ordinal: int, packed: PackedDocument) -> int:
        """Takes one document as the `ordinal`-th of a source; returns its row number."""
        document = self._number("documents")
        self._rows["documents"].append(
            (document, source, ordinal, packed.id, *packed[:8], packed.signature, packed.hash)
        )
        identities = [self._identity(entity_id) for entity_id, _, _ in packed.entities]
        appearances = self._rows["appearances"]
        for numbers, (_, entity_type, names) in zip(identities, packed.entities, strict=True):
            for at, (name, of, why) in enumerate(names):
                number = self._number("appearances")
                appearances.append((number, document, *numbers, name, entity_type, at == 0, of, why))
        first_quote = self._next["quotes"]
        for quote in packed.quotes:
            self._rows["quotes"].append((self._number("quotes"), document, *quote))
        for table, group in (("statements", packed.statements), ("denials", packed.denials)):
            for said in group:
                if (
                    said.relation in self._symmetric
                    and packed.entities[said.head] > packed.entities[said.tail]
                ):
                    said = _turn(said)
                quote_at, head, relation, tail, *rest = said
                ends = (*identities[head], relation, *identities[tail])
                number = self._number(table)
                self._rows[table].append((number, document, first_quote + quote_at, *ends, *rest))
        for renamed in packed.renamings:
            number, at_quote = self._number("renamings"), first_quote + renamed.quote
            self._rows["renamings"].append(
                (number, document, at_quote, *identities[renamed.entity], *renamed[2:])
            )
        if len(appearances) >= _WAITING:
            self.flush()
        return document

    def flush(self) -> None:
        """Writes the waiting rows into the open transaction."""
        for table, rows in self._rows.items():
            if rows:
                columns = " (n, id, entity)" if table == "identities" else ""
                marks = ", ".join("?" * _COLUMNS[table])
                self._db.executemany(f"INSERT INTO {table}{columns} VALUES ({marks})", rows)
                rows.clear()

    def _number(self, table: str) -> int:
        number = self._next[table]
        self._next[table] = number + 1
        return number

    def _identity(self, entity_id: str) -> tuple[int, int]:
        """The row numbers of an identity and of the entity that it is."""
        numbers = self._numbers.get(entity_id)
        if numbers is not None:
            return numbers
        if len(self._numbers) >= _REMEMBERED:
            self.flush()
            self._numbers.clear()
            self._all_remembered = False
        row = None
        if not self._all_remembered:
            row = self._db.execute("SELECT n, entity FROM identities WHERE id = ?", (entity_id,)).fetchone()
        if row is None:
            number = self._number("identities")
            self._rows["identities"].append((number, entity_id, number))
            row = number, number
        self._numbers[entity_id] = row
        return row[0], row[1]


def _turn(said: PackedStatement) -> PackedStatement:
    return said._replace(
        head=said.tail, head_name=said.tail_name, head_type=said.tail_type,
        head_start=said.tail_start, head_end=said.tail_end,
        tail=said.head, tail_name=said.head_name, tail_type=said.head_type,
        tail_start=said.head_start, tail_end=said.head_end,
    )  # fmt: skip
