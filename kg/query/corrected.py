"""The corrections that a graph was built with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.store import reading
from kg.store.reading import Db


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction in the words of corrections.yaml: `kind` is wrong or add.

    `problem` says what a person should look at, such as that its sentence is gone; it is empty if all is well.
    """

    kind: str
    head: str
    relation: str
    tail: str
    because: str
    problem: str

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "kind": self.kind,
            "head": self.head,
            "relation": self.relation,
            "tail": self.tail,
            "because": self.because,
            "problem": self.problem,
        }


def corrected(db: Db) -> tuple[Corrected, ...]:
    """The corrections in the order of the file."""
    columns = "kind, head, relation, tail, because, problem"
    with reading.reading(db) as connection:
        rows = connection.execute(f"SELECT {columns} FROM corrections ORDER BY n")
        return tuple(Corrected(*row) for row in rows)
