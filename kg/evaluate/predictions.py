"""What is scored: statements of the extractor, or triples of any system as JSONL."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError, KgError, Place
from kg.extraction import Extractor
from kg.model import ASSERTED, Statement
from kg.read import documents, load_profile


@dataclass(frozen=True, slots=True)
class Prediction:
    """One triple that a system drew from an article, with the sentence and the rule where it tells them."""

    doc: str
    head: str
    relation: str
    tail: str
    certainty: str = ASSERTED
    time: str | None = None
    role: str = ""
    rule: str = ""
    sentence: str = ""


def from_statement(statement: Statement) -> Prediction:
    """Return a statement as a prediction."""
    return Prediction(
        statement.doc,
        statement.head,
        statement.relation,
        statement.tail,
        statement.certainty,
        statement.time,
        dict(statement.qualifiers).get("职务", ""),
        statement.rule,
        statement.evidence.quote,
    )


def from_jsonl(path: Path) -> Iterator[Prediction]:
    """Yield the predictions of a file, one JSON object a line with at least doc, head, relation and tail.

    Raises InputError with the line for what is none.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", place=Place(path)) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _prediction(line, Place(path, number))


def _prediction(line: str, place: Place) -> Prediction:
    try:
        row: Any = json.loads(line)
        qualifiers = row.get("qualifiers") or {}
        evidence = row.get("evidence") or {}
        return Prediction(
            str(row["doc"]),
            str(row["head"]),
            str(row["relation"]),
            str(row["tail"]),
            row.get("certainty") or ASSERTED,
            row.get("time") or None,
            qualifiers.get("职务") or row.get("职务") or "",
            row.get("rule") or "",
            evidence.get("quote", "") if isinstance(evidence, dict) else str(evidence),
        )
    except (ValueError, KeyError, AttributeError) as error:
        raise InputError(
            f"is no prediction: {error}",
            place=place,
            hint="each line is an object with doc, head, relation and tail",
        ) from error


def extracted(extractor: Extractor, texts: Path, wanted: Collection[str]) -> Iterator[Prediction]:
    """Yield what the extractor finds in the files of the folder `texts` whose id is `wanted`.

    Raises InputError where an article has no text there.
    """
    paths = [path for path in sorted(texts.iterdir()) if path.suffix != ".json" and path.stem in wanted]
    missing = sorted(set(wanted) - {path.stem for path in paths})
    if missing:
        raise InputError(
            f"holds no text for {', '.join(missing[:3])}" + ("…" if len(missing) > 3 else ""),
            place=Place(texts),
            hint="put ID.txt beside ID.json, or say where the texts are",
        )
    profile = load_profile(extractor.rules.folder)
    for document in documents([str(path) for path in paths], profile, _refuse):
        for statement in extractor.extract(document).statements:
            yield from_statement(statement)


def _refuse(error: KgError) -> None:
    raise error
