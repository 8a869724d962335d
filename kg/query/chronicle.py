"""What was said of an entity in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.dates import period
from kg.query.naming import NameChange, name_changes
from kg.store import reading
from kg.store.lookup import locate
from kg.store.reading import Db, period_sql
from kg.store.rows import EntityRow, StatementRow

_AT = " UNION ".join(f"SELECT head, relation, tail FROM edges WHERE {end} = ?" for end in ("head", "tail"))


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated statements about an entity, and the dated changes of its name, the earliest first."""

    entity: EntityRow
    statements: tuple[StatementRow, ...]
    changes: tuple[NameChange, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """entity, statements, changes."""
        return {
            "entity": self.entity.as_json(),
            "statements": [said.as_json() for said in self.statements],
            "changes": [change.as_json() for change in self.changes],
        }


def timeline(
    db: Db,
    name: str,
    *,
    relations: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    at: str | None = None,
) -> Timeline:
    """The dated statements about an entity in order of time, and when it changed its name.

    With `relations`, only statements of these.
    """
    asked = period(since, until, at)
    inside, values = period_sql(asked, "s.time")
    if relations:
        inside += f" AND s.relation IN ({', '.join('?' * len(relations))})"
        values += relations
    with reading.reading(db) as connection:
        number = locate(connection, name)
        dated = reading.statements(
            connection,
            f"s.time IS NOT NULL AND {inside}",
            (number, number, *values),
            of=f"({_AT})",
            order=f"s.time, {reading.TEXT_ORDER}",
        )
        changes = (
            change for change in name_changes(connection, number) if change.time and asked.holds(change.time)
        )
        return Timeline(reading.entity(connection, number), tuple(dated), () if relations else tuple(changes))
