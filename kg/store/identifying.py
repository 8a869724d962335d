"""Which identities, the things that single documents name, are one entity: asked, noted and applied."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.store.columns import to_json
from kg.store.reading import numbers_json

_FORMS = """
SELECT i.n, i.id, a.name, a.of, a.why, count(DISTINCT a.document), sum(a.fullest)
FROM appearances a JOIN identities i ON i.n = a.identity {scope}
GROUP BY i.n, a.name, a.of, a.why ORDER BY i.id, a.name, a.of, a.why
"""
_THESE = "WHERE a.identity IN (SELECT value FROM json_each(?))"
_ORPHANS = """
DELETE FROM identities WHERE NOT EXISTS (SELECT 1 FROM appearances WHERE identity = identities.n)
"""
_MOVED = "(SELECT n FROM identities WHERE n IN (SELECT value FROM json_each(?)))"
_TOUCHED = "(SELECT document FROM changed_documents)"
_TURN = """
UPDATE {table} SET
    head_identity = tail_identity, tail_identity = head_identity, head = tail, tail = head,
    head_name = tail_name, tail_name = head_name, head_type = tail_type, tail_type = head_type,
    head_start = tail_start, tail_start = head_start, head_end = tail_end, tail_end = head_end
WHERE relation IN (SELECT value FROM json_each((SELECT value FROM meta WHERE key = 'symmetric')))
    AND (SELECT id FROM identities WHERE n = head) > (SELECT id FROM identities WHERE n = tail)
"""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A name of an identity: how many documents have it for `of` because of `why`, in how many it leads."""

    identity: int
    id: str
    name: str
    of: str
    why: str
    documents: int
    leads: int


@dataclass(frozen=True, slots=True)
class Merged:
    """An identity that is the same entity as another, by a `name` that stands for `of` because of `why`."""

    identity: int
    entity: int
    name: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two identities, by id, that may be one: a person should say."""

    one: str
    other: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Identified:
    """What was decided; an identity without a `merged` is an entity of its own."""

    merged: tuple[Merged, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A point at which an identity meets those that have the same: it `joins` them perhaps, or makes a doubt."""

    identity: int
    point: str
    joins: bool


@dataclass(frozen=True, slots=True)
class Deciding:
    """How it is decided which identities are one. Both are given forms in order of identity.

    `decide` is right about those of which it is given all that could be joined to them; `meet` yields the
    points at which identities meet, each of them by its own forms alone.
    """

    decide: Callable[[Iterable[FormRow]], Identified]
    meet: Callable[[Iterable[FormRow]], Iterable[Meeting]]


LEAVE_APART = Deciding(lambda _: Identified(), lambda _: ())
"""Every identity is an entity of its own."""


def identify(db: sqlite3.Connection, deciding: Deciding, *, whole: bool) -> None:
    """Decides which identities are one, and has statements and appearances follow.

    Unless `whole`, only those are decided anew that a changed document can have made one with others or apart.
    What changes by it is marked for the merge, where there was one.
    """
    merged = db.execute("SELECT value FROM meta WHERE key = 'merged'").fetchone() == ("1",)
    reach = _reach_all(db, deciding) if whole else _reach(db, deciding)
    found = deciding.decide(_forms(db, reach.all))
    _put_doubts(db, found.doubts, reach)
    wanted = {each.identity: each for each in found.merged if reach.holds(each.identity)}
    moved = [
        number
        for number, entity in _entities(db, reach.changed)
        if (wanted[number].entity if number in wanted else number) != entity
    ]
    numbers = numbers_json(moved)
    if merged:
        _note(db, numbers)
    scope, values = _among("n", reach.changed)
    db.execute(
        f"UPDATE identities SET entity = n, name = '', of = '', why = '' WHERE entity <> n {scope}", values
    )
    db.executemany(
        "UPDATE identities SET entity = ?, name = ?, of = ?, why = ? WHERE n = ?",
        [(each.entity, each.name, each.of, each.why, each.identity) for each in wanted.values()],
    )
    _follow(db, numbers, whole=not merged)
    db.execute(
        f"INSERT OR IGNORE INTO entities (n, id) SELECT n, id FROM identities WHERE entity = n {scope}",
        values,
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a change reaches, None being everything: the identities that are `changed`, decided anew with those
    with whom they have doubts in common, which are `all`; `gone` are the ids of those that nothing names now.
    """

    changed: frozenset[int] | None = None
    all: frozenset[int] | None = None
    gone: tuple[str, ...] = ()

    def holds(self, identity: int) -> bool:
        """Whether an identity is among the changed."""
        return self.changed is None or identity in self.changed


def _reach_all(db: sqlite3.Connection, deciding: Deciding) -> _Reach:
    db.execute(_ORPHANS)
    db.execute("DELETE FROM changed_identities")
    db.execute("DELETE FROM meetings")
    _put_meetings(db, deciding, None)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('met', '1')")
    return _Reach()


def _reach(db: sqlite3.Connection, deciding: Deciding) -> _Reach:
    named = {number for (number,) in db.execute("SELECT identity FROM changed_identities")}
    db.execute("DELETE FROM changed_identities")
    before = _joined(db, named)
    among = f"n IN (SELECT value FROM json_each(?)) AND {_ORPHANS.partition('WHERE')[2]}"
    gone = db.execute(f"DELETE FROM identities WHERE {among} RETURNING id", (numbers_json(named),)).fetchall()
    db.execute(
        "DELETE FROM meetings WHERE identity IN (SELECT value FROM json_each(?))", (numbers_json(named),)
    )
    _put_meetings(db, deciding, named)
    changed = _joined(db, before)
    doubted = _meeting(db, changed, joins=False)
    left = frozenset(number for number, _ in _entities(db, changed))
    return _Reach(left, left | _joined(db, doubted - changed), tuple(id for (id,) in gone))


def _put_meetings(db: sqlite3.Connection, deciding: Deciding, identities: Collection[int] | None) -> None:
    met = deciding.meet(_forms(db, identities))
    rows = ((each.point, each.identity, each.joins) for each in met)
    db.executemany("INSERT OR IGNORE INTO meetings VALUES (?, ?, ?)", rows)


def _joined(db: sqlite3.Connection, identities: Collection[int]) -> set[int]:
    """The identities that meet these, or those that meet them, at a point that joins; with these."""
    found, frontier = set(identities), set(identities)
    while frontier:
        frontier = _meeting(db, frontier, joins=True) - found
        found |= frontier
    return found


def _meeting(db: sqlite3.Connection, identities: Collection[int], *, joins: bool) -> set[int]:
    query = (
        "SELECT DISTINCT identity FROM meetings WHERE joins = ?1 AND point IN"
        " (SELECT point FROM meetings WHERE joins = ?1 AND identity IN (SELECT value FROM json_each(?2)))"
    )
    return {number for (number,) in db.execute(query, (joins, numbers_json(identities)))}


def _forms(db: sqlite3.Connection, identities: Collection[int] | None) -> Iterator[FormRow]:
    scope, values = ("", ()) if identities is None else (_THESE, (numbers_json(identities),))
    return (FormRow(*row) for row in db.execute(_FORMS.format(scope=scope), values))


def _entities(db: sqlite3.Connection, identities: Collection[int] | None) -> Iterator[tuple[int, int]]:
    scope, values = _among("n", identities)
    return iter(db.execute(f"SELECT n, entity FROM identities WHERE 1 {scope}", values))


def _among(column: str, identities: Collection[int] | None) -> tuple[str, tuple[str, ...]]:
    """A condition that a column is one of these, and its parameter; none where all are."""
    if identities is None:
        return "", ()
    return f"AND {column} IN (SELECT value FROM json_each(?))", (numbers_json(identities),)


def _put_doubts(db: sqlite3.Connection, doubts: Iterable[Doubt], reach: _Reach) -> None:
    """Has the table hold the doubts about the changed identities; those about others stay."""
    if reach.changed is None:
        db.execute("DELETE FROM doubts")
        ids = None
    else:
        known = db.execute(
            "SELECT id FROM identities WHERE n IN (SELECT value FROM json_each(?))",
            (numbers_json(reach.changed),),
        )
        ids = {*(id for (id,) in known), *reach.gone}
        db.execute(
            "DELETE FROM doubts WHERE one IN (SELECT value FROM json_each(?1))"
            " OR other IN (SELECT value FROM json_each(?1))",
            (to_json(sorted(ids)),),
        )
    rows = {
        (doubt.one, doubt.other, doubt.name): doubt.why
        for doubt in doubts
        if ids is None or doubt.one in ids or doubt.other in ids
    }
    db.executemany("INSERT INTO doubts VALUES (?, ?, ?, ?)", [(*key, why) for key, why in rows.items()])


def _note(db: sqlite3.Connection, moved: str) -> None:
    """Marks what the moved identities leave; what they come to is marked by document."""
    db.execute(
        "INSERT OR IGNORE INTO changed_documents"
        f" SELECT document FROM appearances WHERE identity IN {_MOVED}",
        (moved,),
    )
    _note_documents(db)


def _follow(db: sqlite3.Connection, moved: str, *, whole: bool) -> None:
    scope = "" if whole else f" AND document IN {_TOUCHED}"
    for table, columns in (
        ("appearances", _ITSELF), ("renamings", _ITSELF), ("statements", _ENDS), ("denials", _ENDS)
    ):  # fmt: skip
        for identity, entity in columns.items():
            db.execute(
                f"UPDATE {table} SET {entity} = (SELECT entity FROM identities WHERE n = {identity})"
                f" WHERE {identity} IN {_MOVED}{scope}",
                (moved,),
            )
    for table in ("statements", "denials"):
        db.execute(_TURN.format(table=table) + scope)
    if not whole:
        _note_documents(db)


_ITSELF = {"identity": "entity"}
_ENDS = {"head_identity": "head", "tail_identity": "tail"}


def _note_documents(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT OR IGNORE INTO changed_edges SELECT head, relation, tail FROM statements"
        f" WHERE document IN {_TOUCHED}"
    )
    db.execute(
        f"INSERT OR IGNORE INTO changed_entities SELECT entity FROM appearances WHERE document IN {_TOUCHED}"
    )
