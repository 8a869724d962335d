"""Why names are one entity, and which pairs of entities a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kg.query.naming import NameChange, name_changes
from kg.store import reading
from kg.store.lookup import locate
from kg.store.reading import Db
from kg.store.rows import EntityRow

_FORMS = """
SELECT a.name, a.of, a.why, d.id FROM appearances a JOIN documents d ON d.n = a.document
WHERE a.entity = ? ORDER BY a.name, a.of, a.why, d.id
"""
_MERGED = "SELECT id, name, of, why FROM identities WHERE entity = ? AND n <> entity ORDER BY id"
_DOUBTS = """
SELECT o.id, p.id, d.name, d.why FROM doubts d
JOIN identities i ON i.id = d.one JOIN entities o ON o.n = i.entity
JOIN identities j ON j.id = d.other JOIN entities p ON p.n = j.entity
ORDER BY o.documents + p.documents DESC, o.id, p.id, d.name
"""


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name, what it was taken for and why (both empty where others were joined to it), and where.

    `ended` is the date since which it is no longer used, if a sentence says that it was given up then.
    """

    name: str
    of: str
    why: str
    documents: tuple[str, ...]
    ended: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "name": self.name,
            "of": self.of,
            "why": self.why,
            "documents": list(self.documents),
            "ended": self.ended,
        }


@dataclass(frozen=True, slots=True)
class MergedIdentity:
    """What some documents know by another id and the build found to be the same, by a name."""

    id: str
    name: str
    of: str
    why: str

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {"id": self.id, "name": self.name, "of": self.of, "why": self.why}


@dataclass(frozen=True, slots=True)
class Identity:
    """An entity with every decision that made it."""

    entity: EntityRow
    uses: tuple[NameUse, ...]
    merged: tuple[MergedIdentity, ...]
    changes: tuple[NameChange, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """entity, names, merged, changes."""
        return {
            "entity": self.entity.as_json(),
            "names": [use.as_json() for use in self.uses],
            "merged": [each.as_json() for each in self.merged],
            "changes": [each.as_json() for each in self.changes],
        }


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """Two entities that may be one: they share a `name` in the way that `why` says."""

    one: EntityRow
    other: EntityRow
    name: str
    why: str

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "one": self.one.as_json(),
            "other": self.other.as_json(),
            "name": self.name,
            "why": self.why,
        }


def identity(db: Db, name: str) -> Identity:
    """The entity that a name means, with every name, where it was seen, and the decision that joined it.

    Raises NotFoundError for an unknown name.
    """
    with reading.reading(db) as connection:
        number = locate(connection, name)
        rows = connection.execute(_FORMS, (number,)).fetchall()
        changes = name_changes(connection, number)
        ends = {change.old: change.time for change in changes if change.time}
        uses = [
            NameUse(*key, tuple(dict.fromkeys(row[3] for row in group)), ends.get(key[0]))
            for key, group in groupby(rows, lambda row: (row[0], row[1], row[2]))
        ]
        entity = reading.entity(connection, number)
        order = {form: at for at, form in enumerate(entity.names)}
        uses.sort(key=lambda use: (order.get(use.name, len(order)), -len(use.documents), use.of, use.why))
        merged = tuple(MergedIdentity(*row) for row in connection.execute(_MERGED, (number,)))
        return Identity(entity, tuple(uses), merged, changes)


def doubts(db: Db) -> tuple[DoubtfulPair, ...]:
    """The pairs of entities that may be one and were not merged, those in most documents first."""
    with reading.reading(db) as connection:
        rows = connection.execute(_DOUBTS).fetchall()
        ids = sorted({row[at] for row in rows for at in (0, 1)})
        numbers = [locate(connection, each) for each in ids]
        by_id = {row.id: row for row in reading.entities(connection, numbers).values()}
        return tuple(DoubtfulPair(by_id[one], by_id[other], name, why) for one, other, name, why in rows)
