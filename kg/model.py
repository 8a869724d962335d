"""The values that flow from stage to stage: plain, frozen, slotted.

All offsets are character offsets into `Document.text`, half open.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]

ASSERTED = "asserted"
HEDGED = "hedged"
DENIED = "denied"
"""Of a statement that the text says is not so: no edge comes of it, but it stands against one that says it is."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a document that is prose to be read; what lies outside is metadata."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article: the decoded text as it stands in the file, and what is known about it.

    `date` is ISO 8601, possibly partial (2024, 2024-05, 2024-05-14), or None.
    `path` is where it was read from ("-" for standard input).
    """

    id: str
    text: str
    regions: tuple[Region, ...]
    path: str = ""
    title: str = ""
    url: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a statement: the quoted sentence and the spans inside the document."""

    doc: str
    start: int
    end: int
    quote: str
    head: Span
    tail: Span
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """(head, relation, tail) said at one place of one document.

    `head` and `tail` are the fullest names in that document; `head_id` and `tail_id` name the entity
    over all documents. `rule` names rule file and frame. `inferred` says that a pronoun, an omitted
    subject or an earlier sentence was needed.
    """

    doc: str
    head: str
    head_type: str
    head_id: str
    relation: str
    tail: str
    tail_type: str
    tail_id: str
    evidence: Evidence
    rule: str
    certainty: str = ASSERTED
    time: str | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()
    inferred: bool = False

    @property
    def id(self) -> str:
        """A hash of what is said and where, so that two runs name it alike."""
        said = "\x1f".join(
            (
                self.doc,
                self.head_id,
                self.relation,
                self.tail_id,
                str(self.evidence.start),
                str(self.evidence.head),
                str(self.evidence.tail),
            )
        )
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """The line that `kg extract` prints; its fields stay stable."""
        evidence = self.evidence
        return {
            "doc": self.doc,
            "head": self.head,
            "head_type": self.head_type,
            "relation": self.relation,
            "tail": self.tail,
            "tail_type": self.tail_type,
            "head_id": self.head_id,
            "tail_id": self.tail_id,
            "certainty": self.certainty,
            "time": self.time,
            "qualifiers": dict(self.qualifiers),
            "evidence": {
                "start": evidence.start,
                "end": evidence.end,
                "quote": evidence.quote,
                "head": list(evidence.head),
                "tail": list(evidence.tail),
                "trigger": list(evidence.trigger) if evidence.trigger else None,
            },
            "rule": self.rule,
            "inferred": self.inferred,
        }


@dataclass(frozen=True, slots=True)
class Join:
    """A decision about a name: `name` is the same thing as `of`, because of `why` (kg/resolve/reasons.py)."""

    name: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A resolved thing: `id` is stable over runs, `names` are all forms met, the first the fullest.

    `joins` say why its names are one; a name without a join is what the others were joined to.
    """

    id: str
    name: str
    type: str
    names: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True)
class Renaming:
    """A sentence that says that an entity gave up the name `old` for `new`, at `time`, partial ISO or None."""

    entity_id: str
    old: str
    new: str
    time: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gave: its statements in text order and the entities they and its mentions name.

    `mentions` counts the mentions recognised in the document. `denials` are what it says is not so.
    """

    document: Document
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    mentions: int
    denials: tuple[Statement, ...] = ()
    renamings: tuple[Renaming, ...] = ()
