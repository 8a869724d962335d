"""Entity types and relation types: what kinds of things there are and what may hold between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntityType:
    """A sort of named thing; `kind` is the field of `Kinds` that it fills, nothing where it fills none."""

    name: str
    color: str
    hint: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which entity type is the ontology's own for what the recognisers know: one type each, or none.

    Names of a kind that no type has are not recognised by their form.
    """

    person: frozenset[str] = frozenset()
    organisation: frozenset[str] = frozenset()
    product: frozenset[str] = frozenset()
    technology: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    event: frozenset[str] = frozenset()
    document: frozenset[str] = frozenset()
    award: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflicts:
    """When edges of a relation contradict one another.

    `one` is the end, head or tail, of which there is only one at a time for the other end, if `posts` are
    given only in each of these posts. `against` are relations that do not hold of the same two things after
    this one. `lists` is the end whose things an article names all: two articles that differ contradict.
    `denials` says that a sentence which denies an edge contradicts one that states it.
    """

    one: str = ""
    posts: frozenset[str] = frozenset()
    against: tuple[str, ...] = ()
    lists: str = ""
    denials: bool = False


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation, the entity types that may stand at its ends, and what else its statements tell (职务, 金额).

    A dated statement of it ends the relations that it `closes` between the same two things.
    """

    name: str
    head: frozenset[str]
    tail: frozenset[str]
    symmetric: bool
    color: str
    qualifiers: frozenset[str] = frozenset()
    closes: tuple[str, ...] = ()
    conflicts: Conflicts = Conflicts()


@dataclass(frozen=True, slots=True)
class Ontology:
    """All entity types and relation types, in the order of the file."""

    types: Mapping[str, EntityType]
    relations: Mapping[str, RelationType]

    @property
    def kinds(self) -> Kinds:
        """Return the types that the recognisers' names have."""
        return Kinds(**{item.kind: frozenset((item.name,)) for item in self.types.values() if item.kind})

    @property
    def symmetric(self) -> frozenset[str]:
        """Return the names of the relations that have no direction."""
        return frozenset(name for name, relation in self.relations.items() if relation.symmetric)

    @property
    def closes(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of a relation and one that it closes."""
        pairs = ((name, closed) for name, relation in self.relations.items() for closed in relation.closes)
        return tuple(sorted(pairs))
