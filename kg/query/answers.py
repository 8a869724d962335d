"""The answers to questions: values that a table or JSON prints as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.store.rows import EdgeRow, EntityRow, StatementRow


@dataclass(frozen=True, slots=True)
class Shown:
    """An edge with the one statement that shows it best."""

    edge: EdgeRow
    evidence: StatementRow

    def as_json(self) -> dict[str, Any]:
        """The edge's fields and `evidence`."""
        return {**self.edge.as_json(), "evidence": self.evidence.as_json()}


@dataclass(frozen=True, slots=True)
class Neighbor:
    """An edge met on the walk, and the entity at its far end.

    `distance` counts edges from the centre; `direction` is out when the near end is the head, in when it
    is the tail, both for a symmetric relation.
    """

    distance: int
    direction: str
    entity: EntityRow
    shown: Shown

    def as_json(self) -> dict[str, Any]:
        """distance, direction, entity, edge."""
        return {
            "distance": self.distance,
            "direction": self.direction,
            "entity": self.entity.as_json(),
            "edge": self.shown.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Neighborhood:
    """What lies around an entity, the nearest and best supported first."""

    entity: EntityRow
    neighbors: tuple[Neighbor, ...]

    def as_json(self) -> dict[str, Any]:
        """entity, neighbors."""
        return {
            "entity": self.entity.as_json(),
            "neighbors": [neighbor.as_json() for neighbor in self.neighbors],
        }


@dataclass(frozen=True, slots=True)
class Route:
    """A shortest way: `steps[i]` holds all edges between `entities[i]` and `entities[i + 1]`."""

    entities: tuple[EntityRow, ...]
    steps: tuple[tuple[Shown, ...], ...]

    def as_json(self) -> dict[str, Any]:
        """length, entities, steps."""
        return {
            "length": len(self.steps),
            "entities": [entity.as_json() for entity in self.entities],
            "steps": [[shown.as_json() for shown in step] for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that holds the searched words, and the (head, relation, tail) that it proves."""

    doc: str
    title: str
    url: str
    date: str | None
    start: int
    end: int
    quote: str
    triples: tuple[tuple[str, str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "doc": self.doc,
            "title": self.title,
            "url": self.url,
            "date": self.date,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "triples": [list(triple) for triple in self.triples],
        }


@dataclass(frozen=True, slots=True)
class Found:
    """Entities and sentences that hold the searched words."""

    entities: tuple[EntityRow, ...]
    passages: tuple[Passage, ...]

    def as_json(self) -> dict[str, Any]:
        """entities, passages."""
        return {
            "entities": [entity.as_json() for entity in self.entities],
            "passages": [passage.as_json() for passage in self.passages],
        }


@dataclass(frozen=True, slots=True)
class Explained:
    """An edge with every statement behind it."""

    edge: EdgeRow
    statements: tuple[StatementRow, ...]

    def as_json(self) -> dict[str, Any]:
        """The edge's fields and `statements`."""
        return {**self.edge.as_json(), "statements": [said.as_json() for said in self.statements]}


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was said between two entities, in both directions."""

    head: EntityRow
    tail: EntityRow
    edges: tuple[Explained, ...]

    def as_json(self) -> dict[str, Any]:
        """head, tail, edges."""
        return {
            "head": self.head.as_json(),
            "tail": self.tail.as_json(),
            "edges": [edge.as_json() for edge in self.edges],
        }


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


@dataclass(frozen=True, slots=True)
class Stats:
    """The graph in figures: `sources` are files, `connected` counts the entities with an edge.

    `types` counts the connected entities, `relations` the edges, the most frequent first; dates are those
    of the statements.
    """

    sources: int
    documents: int
    characters: int
    mentions: int
    entities: int
    connected: int
    statements: int
    inferred: int
    edges: int
    hedged: int
    types: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]
    top: tuple[EntityRow, ...]
    first_date: str | None
    last_date: str | None

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "sources": self.sources,
            "documents": self.documents,
            "characters": self.characters,
            "mentions": self.mentions,
            "entities": self.entities,
            "connected": self.connected,
            "statements": self.statements,
            "inferred": self.inferred,
            "edges": self.edges,
            "hedged": self.hedged,
            "types": dict(self.types),
            "relations": dict(self.relations),
            "top": [entity.as_json() for entity in self.top],
            "first_date": self.first_date,
            "last_date": self.last_date,
        }
