"""Opening a finished graph database and reading its rows, always in an order that its content decides."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from kg.dates import AFTER, ALWAYS, Period
from kg.errors import InputError, Place
from kg.store import schema
from kg.store.columns import read_names, read_qualifiers
from kg.store.rows import EdgeRow, EntityRow, StatementRow

Db = Path | sqlite3.Connection

_BUILD_FIRST = "run kg build first"

_ENTITY = "n.id, n.name, n.type, n.names, n.documents, n.degree"
_EDGE = """h.id, h.name, h.type, e.relation, t.id, t.name, t.type, e.symmetric, e.certainty,
    e.evidence_count, e.sources, e.weight, e.first_date, e.last_date, e.ended, e.correction"""
_STATEMENT = """s.doc, s.head_name, s.head_type, s.head_id, s.relation, s.tail_name, s.tail_type, s.tail_id,
    s.certainty, s.time, s.qualifiers, s.start, s.end, s.quote, s.head_start, s.head_end,
    s.tail_start, s.tail_end, s.trigger_start, s.trigger_end, s.rule, s.inferred, s.title, s.url, s.date,
    s.origin"""
_OF_EDGE = "ON s.head = e.head AND s.relation = e.relation AND s.tail = e.tail"
# Which relation closes which, as the build wrote it down.
CLOSERS = """(SELECT json_extract(value, '$[0]') AS closer, json_extract(value, '$[1]') AS closed
    FROM json_each((SELECT value FROM meta WHERE key = 'closes')))"""
TEXT_ORDER = "s.doc, s.start, s.head_start, s.tail_start, s.relation, s.rule"


class EdgeFilter(NamedTuple):
    """Which edges count: every condition must hold; an empty one always does."""

    relations: tuple[str, ...] = ()
    min_evidence: int = 1
    period: Period = ALWAYS

    def sql(self) -> tuple[str, list[str | int]]:
        """A condition on the table `edges e`, and its parameters."""
        conditions, values = ["1"], list[str | int]()
        if self.relations:
            conditions.append(f"e.relation IN ({', '.join('?' * len(self.relations))})")
            values += [name.encode("utf-8", "replace").decode() for name in self.relations]
        if self.min_evidence > 1:
            conditions.append("e.evidence_count >= ?")
            values.append(self.min_evidence)
        if self.period:
            inside, dates = period_sql(self.period, "d.time")
            if self.period.moment:
                inside += f" AND NOT EXISTS ({_CLOSED})"
                dates += [self.period.until or ""]
            conditions.append(
                "EXISTS (SELECT 1 FROM statements d WHERE d.head = e.head AND d.relation = e.relation"
                f" AND d.tail = e.tail AND {inside})"
            )
            values += dates
        return " AND ".join(conditions), values


# A statement since the one at hand that ended what that says, before a day.
_CLOSED = f"""SELECT 1 FROM {CLOSERS} k CROSS JOIN statements c
    ON c.head = d.head AND c.relation = k.closer AND c.tail = d.tail
    WHERE k.closed = d.relation AND c.certainty = 'asserted' AND c.time >= d.time AND c.time || '{AFTER}' < ?"""

EVERYTHING = EdgeFilter()


def period_sql(period: Period, column: str) -> tuple[str, list[str]]:
    """A condition that a column of partial dates lies in a period, and its parameters."""
    conditions, values = [], []
    if period.since is not None:
        conditions.append(f"{column} || '{AFTER}' >= ?")
        values.append(period.since)
    if period.until is not None:
        conditions.append(f"{column} <= ?")
        values.append(period.until + AFTER)
    return " AND ".join(conditions) or "1", values


@contextmanager
def reading(db: Db) -> Iterator[sqlite3.Connection]:
    """An open database for a path, or the connection itself; damage met on the way is an InputError."""
    opened = open_graph(db) if isinstance(db, Path) else None
    try:
        yield opened or db  # type: ignore[misc]
    except sqlite3.DatabaseError as error:
        place = Place(db) if isinstance(db, Path) else None
        raise InputError(f"the graph database is damaged: {error}", place=place, hint=_BUILD_FIRST) from error
    finally:
        if opened:
            opened.close()


def open_graph(path: Path) -> sqlite3.Connection:
    """A read-only connection to graph.db; raises InputError if it is missing, damaged or not ours."""
    place = Place(path)
    if not path.is_file():
        raise InputError("there is no graph here", place=place, hint=_BUILD_FIRST)
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise InputError(f"cannot be opened: {error}", place=place, hint="check its permissions") from error
    try:
        version = schema.check(db, path)
        db.execute("SELECT 1 FROM edges LIMIT 1")
    except sqlite3.DatabaseError as error:
        db.close()
        raise InputError(f"this is no graph database: {error}", place=place, hint=_BUILD_FIRST) from error
    except InputError:
        db.close()
        raise
    if version < schema.VERSION:
        db.close()
        raise InputError("this graph is of an older kg", place=place, hint="run kg build again")
    return db


def entity(db: sqlite3.Connection, number: int) -> EntityRow:
    """The entity of a row number."""
    return entities(db, [number])[number]


def entities(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, EntityRow]:
    """The entities of some row numbers, by id."""
    condition = "n.n IN (SELECT value FROM json_each(?)) ORDER BY n.id"
    found = db.execute(f"SELECT n.n, {_ENTITY} FROM entities n WHERE {condition}", (numbers_json(numbers),))
    return {row[0]: _entity_row(row[1:]) for row in found}


def edges(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, EdgeRow]:
    """The edges of some row numbers, by head, relation and tail."""
    condition = "e.n IN (SELECT value FROM json_each(?))"
    return {row[0]: _edge_row(row[1:]) for row in _edges(db, condition, (numbers_json(numbers),))}


def rejected(
    db: sqlite3.Connection, condition: str = "1", values: Sequence[object] = ()
) -> Iterator[EdgeRow]:
    """The edges `e` that a person marked wrong and that meet a condition, by head, relation and tail."""
    return map(_edge_row, (row[1:] for row in _edges(db, condition, values, table="rejected")))


def ends(db: sqlite3.Connection, filters: EdgeFilter, among: Iterable[int] | None = None) -> list[int]:
    """The row numbers of the entities at the ends of every edge that passes."""
    condition, values = passing(filters, among)
    either = " UNION ".join(f"SELECT e.{end} FROM edges e WHERE {condition}" for end in ("head", "tail"))
    return [number for (number,) in db.execute(either, values * 2)]


def edges_with_evidence(
    db: sqlite3.Connection, filters: EdgeFilter, among: Iterable[int] | None = None
) -> Iterator[tuple[EdgeRow, list[StatementRow]]]:
    """Every edge that passes, with its statements in the asked period, streamed by head, relation and tail.

    `among` keeps the edges that have both ends in these row numbers.
    """
    condition, values = passing(filters, among)
    inside, dates = period_sql(filters.period, "s.time")
    order = f"s.head_id, s.relation, s.tail_id, {TEXT_ORDER}"
    said = statements(
        db, f"{condition} AND {inside}", (*values, *dates), of="edges", order=order,
        most=among is None and filters == EVERYTHING,
    )  # fmt: skip
    groups = groupby(said, lambda row: (row.head_id, row.relation, row.tail_id))
    for row, (_, group) in zip(_edges(db, condition, values), groups, strict=True):
        yield _edge_row(row[1:]), list(group)


def evidence(
    db: sqlite3.Connection, edge: EdgeRow, asked: Period = ALWAYS, *, order: str = TEXT_ORDER
) -> Iterator[StatementRow]:
    """The statements behind an edge in a period, as they stand in the documents."""
    inside, dates = period_sql(asked, "s.time")
    condition = f"s.head_id = ? AND s.relation = ? AND s.tail_id = ? AND {inside}"
    return statements(db, condition, (edge.head, edge.relation, edge.tail, *dates), order=order)


def statements(
    db: sqlite3.Connection,
    condition: str,
    values: Sequence[object] = (),
    *,
    of: str = "",
    most: bool = False,
    order: str = TEXT_ORDER,
    view: str = "said",
) -> Iterator[StatementRow]:
    """The statements that meet a condition on the view `said s`, as they stand in the documents.

    The view `denied` has what documents say is not so.
    `of` is a table of edges `e` to begin with: SQLite would rather read all statements, which is right where
    `most` are asked for.
    """
    tables = (f"{view} s", f"{of} e") if most else (f"{of} e", f"{view} s")
    table = f"{' CROSS JOIN '.join(tables)} {_OF_EDGE}" if of else f"{view} s"
    found = db.execute(f"SELECT {_STATEMENT} FROM {table} WHERE {condition} ORDER BY {order}", values)
    return map(_statement_row, found)


def numbers_json(numbers: Iterable[int]) -> str:
    """Row numbers as one parameter, for `IN (SELECT value FROM json_each(?))`."""
    return f"[{','.join(map(str, numbers))}]"


def _entity_row(row: tuple[Any, ...]) -> EntityRow:
    entity_id, name, entity_type, names, documents, degree = row
    return EntityRow(entity_id, name, entity_type, read_names(names), documents, degree)


def passing(filters: EdgeFilter, among: Iterable[int] | None) -> tuple[str, list[str | int]]:
    """A condition on edges `e`, and its parameters: they pass the filters and have both ends `among` some rows."""
    condition, values = filters.sql()
    if among is not None:
        condition += "".join(f" AND e.{end} IN (SELECT value FROM json_each(?))" for end in ("head", "tail"))
        values += [numbers_json(among)] * 2
    return condition, values


def _edges(
    db: sqlite3.Connection, condition: str, values: Sequence[object], table: str = "edges"
) -> Iterator[tuple[Any, ...]]:
    return db.execute(
        f"SELECT e.n, {_EDGE} FROM {table} e JOIN entities h ON h.n = e.head JOIN entities t ON t.n = e.tail"
        f" WHERE {condition} ORDER BY h.id, e.relation, t.id",
        values,
    )


def _edge_row(row: tuple[Any, ...]) -> EdgeRow:
    return EdgeRow._make((*row[:7], bool(row[7]), *row[8:]))


def _statement_row(row: tuple[Any, ...]) -> StatementRow:
    trigger = None if row[18] is None else (row[18], row[19])
    spans = ((row[14], row[15]), (row[16], row[17]), trigger)
    qualifiers = read_qualifiers(row[10])
    fields = (*row[:10], qualifiers, *row[11:14], *spans, row[20], bool(row[21]), *row[22:])
    return StatementRow._make(fields)
