"""What was said of an entity in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.dates import period
from kg.store import reading
from kg.store.lookup import locate
from kg.store.reading import Db, period_sql
from kg.store.rows import EntityRow, StatementRow

_AT = " UNION ".join(f"SELECT head, relation, tail FROM edges WHERE {end} = ?" for end in ("head", "tail"))


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated statements about an entity, the earliest first."""

    entity: EntityRow
    statements: tuple[StatementRow, ...]

    def as_json(self) -> dict[str, Any]:
        """entity, statements."""
        return {
            "entity": self.entity.as_json(),
            "statements": [said.as_json() for said in self.statements],
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
    """The dated statements about an entity in order of time."""
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
        return Timeline(reading.entity(connection, number), tuple(dated))
