"""What one document gave, as plain tuples: small to send between processes, ready for the tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from kg.model import Document, Entity, Evidence, Extraction, Renaming, Statement
from kg.store.columns import read_qualifiers, to_json
from kg.store.copies import signature

Form = tuple[str, str, str]


class PackedStatement(NamedTuple):
    """A statement whose entities and quote are positions in their document's lists."""

    quote: int
    head: int
    relation: str
    tail: int
    head_name: str
    head_type: str
    tail_name: str
    tail_type: str
    certainty: str
    time: str | None
    qualifiers: str | None
    head_start: int
    head_end: int
    tail_start: int
    tail_end: int
    trigger_start: int | None
    trigger_end: int | None
    rule: str
    inferred: bool


class PackedRenaming(NamedTuple):
    """An old and a new name of an entity; entity and quote are positions in their document's lists."""

    quote: int
    entity: int
    old: str
    new: str
    time: str | None


class PackedDocument(NamedTuple):
    """One document without its text: `entities` are (id, type, names), `quotes` (start, end, text).

    The names of an entity are (name, of, why): the name is one with `of` because of `why`, both may be empty.

    `hash` names the text, `signature` what nearly equal texts have nearly in common, `fingerprint` all that
    extraction reads.
    """

    id: str
    title: str
    url: str
    date: str | None
    hash: str
    fingerprint: str
    characters: int
    mentions: int
    entities: tuple[tuple[str, str, tuple[Form, ...]], ...]
    quotes: tuple[tuple[int, int, str], ...]
    statements: tuple[PackedStatement, ...]
    signature: bytes
    denials: tuple[PackedStatement, ...] = ()
    renamings: tuple[PackedRenaming, ...] = ()


def hash_text(text: str) -> str:
    """32 hexadecimal digits that name a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fingerprint(document: Document) -> str:
    """32 hexadecimal digits that change with anything that extraction or the store reads of a document."""
    regions = ",".join(f"{region.start}-{region.end}" for region in document.regions)
    return hash_text(
        "\x1f".join((document.id, document.title, document.url, str(document.date), regions, document.text))
    )


def pack(extraction: Extraction) -> PackedDocument:
    """The tuples of one document, in its own order."""
    document = extraction.document
    entities: dict[str, tuple[str, str, tuple[Form, ...]]] = {
        entity.id: (entity.id, entity.type, _forms(entity)) for entity in extraction.entities
    }
    for said in (*extraction.statements, *extraction.denials):
        entities.setdefault(said.head_id, (said.head_id, said.head_type, ((said.head, "", ""),)))
        entities.setdefault(said.tail_id, (said.tail_id, said.tail_type, ((said.tail, "", ""),)))
    positions = {entity_id: position for position, entity_id in enumerate(entities)}
    quotes: dict[tuple[int, int, str], int] = {}

    def quoted(said: Evidence | Renaming) -> int:
        return quotes.setdefault((said.start, said.end, said.quote), len(quotes))

    statements, denials = (
        tuple(
            _pack_statement(said, quoted(said.evidence), positions[said.head_id], positions[said.tail_id])
            for said in group
        )
        for group in (extraction.statements, extraction.denials)
    )
    renamings = tuple(
        PackedRenaming(quoted(said), positions[said.entity_id], said.old, said.new, said.time)
        for said in extraction.renamings
    )
    return PackedDocument(
        document.id, document.title, document.url, document.date, hash_text(document.text),
        fingerprint(document), len(document.text), extraction.mentions,
        tuple(entities.values()), tuple(quotes), statements, signature(document.text), denials, renamings,
    )  # fmt: skip


def unpack(packed: PackedDocument) -> Iterator[Statement]:
    """The statements again, equal to those that were packed."""
    for row in packed.statements:
        start, end, quote = packed.quotes[row.quote]
        trigger = None
        if row.trigger_start is not None and row.trigger_end is not None:
            trigger = (row.trigger_start, row.trigger_end)
        head, tail = (row.head_start, row.head_end), (row.tail_start, row.tail_end)
        evidence = Evidence(packed.id, start, end, quote, head, tail, trigger)
        yield Statement(
            packed.id, row.head_name, row.head_type, packed.entities[row.head][0], row.relation,
            row.tail_name, row.tail_type, packed.entities[row.tail][0], evidence, row.rule,
            row.certainty, row.time, read_qualifiers(row.qualifiers), row.inferred,
        )  # fmt: skip


def _forms(entity: Entity) -> tuple[Form, ...]:
    reasons = {join.name: (join.of, join.why) for join in entity.joins}
    names = dict.fromkeys((entity.name, *entity.names))
    return tuple((name, *reasons.get(name, ("", ""))) for name in names)


def _pack_statement(said: Statement, quote: int, head: int, tail: int) -> PackedStatement:
    evidence = said.evidence
    trigger_start, trigger_end = evidence.trigger or (None, None)
    (head_start, head_end), (tail_start, tail_end) = evidence.head, evidence.tail
    return PackedStatement(
        quote, head, said.relation, tail, said.head, said.head_type, said.tail, said.tail_type,
        said.certainty, said.time, to_json(dict(said.qualifiers)) if said.qualifiers else None,
        head_start, head_end, tail_start, tail_end, trigger_start, trigger_end, said.rule, said.inferred,
    )  # fmt: skip
