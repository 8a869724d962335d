"""The relations that a question may name."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import InputError
from kg.store import reading
from kg.store.reading import Db


def known_relations(db: Db, names: Sequence[str] | None) -> tuple[str, ...]:
    """The relations asked for, none if none is.

    Raises InputError, whose hint lists the relations there are, for one that neither the graph nor the
    shipped ontology has.
    """
    if not names:
        return ()
    with reading.reading(db) as connection:
        there = [name for (name,) in connection.execute("SELECT DISTINCT relation FROM edges ORDER BY 1")]
    for name in names:
        if name not in there and name not in _shipped():
            raise InputError(f"{name!r} is no relation", hint=f"the graph has {' '.join(there) or 'none'}")
    return tuple(names)


def _shipped() -> set[str]:
    from kg.rules.ruleset import load_ontology, shipped

    return set(load_ontology(shipped()).relations)
