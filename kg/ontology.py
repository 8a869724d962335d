"""Entity types and relation types: what kinds of things there are and what may hold between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntityType:
    """A kind of named thing."""

    name: str
    color: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation, the entity types that may stand at its ends, and what else its statements tell (职务, 金额)."""

    name: str
    head: frozenset[str]
    tail: frozenset[str]
    symmetric: bool
    color: str
    qualifiers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ontology:
    """All entity types and relation types, in the order of the file."""

    types: Mapping[str, EntityType]
    relations: Mapping[str, RelationType]

    @property
    def symmetric(self) -> frozenset[str]:
        """Return the names of the relations that have no direction."""
        return frozenset(name for name, relation in self.relations.items() if relation.symmetric)
