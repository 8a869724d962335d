"""Packed documents become rows of the tables, gathered so that SQLite takes them in bulk."""

from __future__ import annotations

import json
import sqlite3

from kg.store.packing import PackedDocument, PackedStatement

# Entities whose row numbers are kept at hand; beyond it they are looked up, so memory stays bounded.
_REMEMBERED = 200_000
# Rows that wait for the next bulk insert.
_WAITING = 20_000

_COLUMNS = {"documents": 12, "entities": 2, "appearances": 6, "quotes": 5, "statements": 21}


class DocumentRows:
    """Adds documents to the tables; what waits is written by `flush`.

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
        self._numbers: dict[str, int] = {}
        self._all_remembered = self._next["entities"] == 1

    def add(self, source: int, ordinal: int, packed: PackedDocument) -> int:
        """Takes one document as the `ordinal`-th of a source; returns its row number."""
        document = self._number("documents")
        self._rows["documents"].append((document, source, ordinal, packed.id, *packed[:8]))
        entities = [self._entity(entity_id) for entity_id, _, _ in packed.entities]
        appearances = self._rows["appearances"]
        for entity, (_, entity_type, names) in zip(entities, packed.entities, strict=True):
            for at, name in enumerate(names):
                number = self._number("appearances")
                appearances.append((number, document, entity, name, entity_type, at == 0))
        first_quote = self._next["quotes"]
        for quote in packed.quotes:
            self._rows["quotes"].append((self._number("quotes"), document, *quote))
        for said in packed.statements:
            if said.relation in self._symmetric and packed.entities[said.head] > packed.entities[said.tail]:
                said = _turn(said)
            quote_at, head, relation, tail, *rest = said
            ends = (entities[head], relation, entities[tail])
            number = self._number("statements")
            self._rows["statements"].append((number, document, first_quote + quote_at, *ends, *rest))
        if len(appearances) >= _WAITING:
            self.flush()
        return document

    def flush(self) -> None:
        """Writes the waiting rows into the open transaction."""
        for table, rows in self._rows.items():
            if rows:
                columns = " (n, id)" if table == "entities" else ""
                marks = ", ".join("?" * _COLUMNS[table])
                self._db.executemany(f"INSERT INTO {table}{columns} VALUES ({marks})", rows)
                rows.clear()

    def _number(self, table: str) -> int:
        number = self._next[table]
        self._next[table] = number + 1
        return number

    def _entity(self, entity_id: str) -> int:
        number = self._numbers.get(entity_id)
        if number is not None:
            return number
        if len(self._numbers) >= _REMEMBERED:
            self.flush()
            self._numbers.clear()
            self._all_remembered = False
        row = None
        if not self._all_remembered:
            row = self._db.execute("SELECT n FROM entities WHERE id = ?", (entity_id,)).fetchone()
        if row is None:
            number = self._number("entities")
            self._rows["entities"].append((number, entity_id))
        else:
            number = int(row[0])
        self._numbers[entity_id] = number
        return number


def _turn(said: PackedStatement) -> PackedStatement:
    return said._replace(
        head=said.tail, head_name=said.tail_name, head_type=said.tail_type,
        head_start=said.tail_start, head_end=said.tail_end,
        tail=said.head, tail_name=said.head_name, tail_type=said.head_type,
        tail_start=said.head_start, tail_end=said.head_end,
    )  # fmt: skip
