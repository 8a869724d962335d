"""What questions to the database return: small values that a program and a table can print.

They are named tuples: an export makes hundreds of thousands, in a quarter of a dataclass's time, and a question
waits for the classes themselves.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Span = tuple[int, int]


class EntityRow(NamedTuple):
    """An entity: `names` are all forms met, the display name first; `degree` counts its edges."""

    id: str
    name: str
    type: str
    names: tuple[str, ...]
    documents: int
    degree: int

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "names": list(self.names),
            "documents": self.documents,
            "degree": self.degree,
        }


class StatementRow(NamedTuple):
    """A statement with its evidence and its document; offsets count characters of the original text.

    `hash` names the text of the document, that of the first of its reprints, so that these are one source.
    """

    doc: str
    head: str
    head_type: str
    head_id: str
    relation: str
    tail: str
    tail_type: str
    tail_id: str
    certainty: str
    time: str | None
    qualifiers: tuple[tuple[str, str], ...]
    start: int
    end: int
    quote: str
    head_span: Span
    tail_span: Span
    trigger_span: Span | None
    rule: str
    inferred: bool
    title: str
    url: str
    date: str | None
    hash: str

    def as_json(self) -> dict[str, Any]:
        """The fields of `Statement.as_json`, and the title, URL and date of the document."""
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
                "start": self.start,
                "end": self.end,
                "quote": self.quote,
                "head": list(self.head_span),
                "tail": list(self.tail_span),
                "trigger": list(self.trigger_span) if self.trigger_span else None,
            },
            "rule": self.rule,
            "inferred": self.inferred,
            "title": self.title,
            "url": self.url,
            "date": self.date,
        }


class EdgeRow(NamedTuple):
    """All statements of one (head, relation, tail): how many, of how many sources, from when to when.

    `correction` is empty, added if a person added it, wrong if one took it out of the graph.
    """

    head: str
    head_name: str
    head_type: str
    relation: str
    tail: str
    tail_name: str
    tail_type: str
    symmetric: bool
    certainty: str
    evidence_count: int
    sources: int
    weight: float
    first_date: str | None
    last_date: str | None
    ended: str | None
    correction: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "head": self.head_name,
            "head_type": self.head_type,
            "relation": self.relation,
            "tail": self.tail_name,
            "tail_type": self.tail_type,
            "head_id": self.head,
            "tail_id": self.tail,
            "symmetric": self.symmetric,
            "certainty": self.certainty,
            "evidence_count": self.evidence_count,
            "sources": self.sources,
            "weight": self.weight,
            "first_date": self.first_date,
            "last_date": self.last_date,
            "ended": self.ended,
            "correction": self.correction,
        }
