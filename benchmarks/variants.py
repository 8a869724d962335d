"""What the first stage of a cluster's build leaves, in any amount: variants of some documents that were read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from benchmarks.corpus import SEED, Composer
from kg.read.jsonl import Row
from kg.rules import ruleset
from kg.scale.batches import Reader, appearance_rows, renaming_rows, statement_rows
from kg.scale.reading import BlockFiles, Read
from kg.store.packing import PackedDocument, hash_text

_READ = 10_000
_PERSON = "人物:"
_FIRST_LETTER = 0x4E00


def write_part(number: int, documents: int, folder: Path) -> Read:
    """Write the part with this number, of so many documents, as `kg.scale.reading.read_block` would."""
    with BlockFiles(str(folder), number) as files:
        for ordinal in range(documents):
            packed = _variant(number * documents + ordinal)
            files.add("documents", [{**packed._asdict(), "line": ordinal + 1, "name": packed.id}], ordinal)
            files.add("appearances", appearance_rows(packed), ordinal)
            files.add("statements", statement_rows(packed, packed.statements), ordinal)
            files.add("denials", statement_rows(packed, packed.denials), ordinal)
            files.add("renamings", renaming_rows(packed), ordinal)
    return Read(documents, documents, ())


@cache
def _patterns() -> list[PackedDocument]:
    """Some short documents, read."""
    composer = Composer()
    notes = (composer.note(SEED, number) for number in range(_READ))
    rows = (Row(at, note["id"], "", note["text"], "", note["date"]) for at, note in enumerate(notes, start=1))
    return [packed for _, packed in Reader(ruleset.shipped()).read(rows, "", _fail)]


def _fail(problem: Exception) -> None:
    raise problem


def _variant(number: int) -> PackedDocument:
    """The document with this number: one that was read, of other words, with other people in it."""
    patterns = _patterns()
    packed = patterns[number % len(patterns)]
    letter = chr(_FIRST_LETTER + number // len(patterns))
    unknown = (
        names[0] for identity, _, names in packed.entities if identity.startswith(_PERSON) and not names[0][2]
    )
    people = {name: name + letter for name, _, _ in unknown}
    entities = tuple(
        (
            f"{_PERSON}{people[names[0][0]]}" if names[0][0] in people else identity,
            kind,
            tuple((people.get(name, name), people.get(of, of), why) for name, of, why in names),
        )
        for identity, kind, names in packed.entities
    )
    statements, denials = (
        tuple(
            said._replace(
                head_name=people.get(said.head_name, said.head_name),
                tail_name=people.get(said.tail_name, said.tail_name),
            )
            for said in group
        )
        for group in (packed.statements, packed.denials)
    )
    return packed._replace(
        id=f"{number:09d}",
        hash=hash_text(str(number)),
        signature=Random(number).randbytes(len(packed.signature)),
        entities=entities,
        statements=statements,
        denials=denials,
        quotes=tuple((start, end, f"{quote}{letter}") for start, end, quote in packed.quotes),
    )
