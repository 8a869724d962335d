"""Which identities, the things that single documents name, are one entity: asked, noted and applied."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_FORMS = """
SELECT i.n, i.id, a.name, a.of, a.why, count(DISTINCT a.document), sum(a.fullest)
FROM appearances a JOIN identities i ON i.n = a.identity
GROUP BY i.n, a.name, a.of, a.why ORDER BY i.id, a.name, a.of, a.why
"""
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


Decide = Callable[[Iterable[FormRow]], Identified]


def leave_apart(_: Iterable[FormRow]) -> Identified:
    """Every identity is an entity of its own."""
    return Identified()


def identify(db: sqlite3.Connection, decide: Decide, *, whole: bool) -> None:
    """Decides anew which identities are one, and has statements and appearances follow.

    Unless the merge is `whole`, what changes by it is marked for the merge.
    """
    db.execute(_ORPHANS)
    found = decide(FormRow(*row) for row in db.execute(_FORMS))
    db.execute("DELETE FROM doubts")
    doubts = {(doubt.one, doubt.other, doubt.name): doubt.why for doubt in found.doubts}
    db.executemany("INSERT INTO doubts VALUES (?, ?, ?, ?)", [(*key, why) for key, why in doubts.items()])
    wanted = {each.identity: each for each in found.merged}
    moved = [
        number
        for number, entity in db.execute("SELECT n, entity FROM identities")
        if (wanted[number].entity if number in wanted else number) != entity
    ]
    numbers = f"[{','.join(map(str, moved))}]"
    if not whole:
        _note(db, numbers)
    db.execute("UPDATE identities SET entity = n, name = '', of = '', why = '' WHERE entity <> n")
    db.executemany(
        "UPDATE identities SET entity = ?, name = ?, of = ?, why = ? WHERE n = ?",
        [(each.entity, each.name, each.of, each.why, each.identity) for each in found.merged],
    )
    _follow(db, numbers, whole=whole)
    db.execute("INSERT OR IGNORE INTO entities (n, id) SELECT n, id FROM identities WHERE entity = n")


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
