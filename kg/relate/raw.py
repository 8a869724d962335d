"""What a frame found before it is a statement: mentions, not yet entities; and that with its tone and date."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Span
from kg.recognise.mentions import Mark, Mention, Read


@dataclass(slots=True, eq=False)
class RawStatement:
    """One pair that a frame found. Spans are offsets into the sentence's text, `where` the trigger's or tail's place;
    `event` tells of a phrase that something happened, so that it has a date."""

    head: Mention
    relation: str
    tail: Mention
    rule: str
    where: int
    trigger: Span | None
    qualifiers: tuple[tuple[str, str], ...]
    inferred: bool
    time_mark: Mark | None = None
    apposition: bool = False
    event: bool = False


@dataclass(slots=True, eq=False)
class Related:
    """A raw statement with its tone and the expression of time that dates it.

    `said_in` is the sentence that denies it, where that is another than the one that states it.
    """

    read: Read
    raw: RawStatement
    certainty: str
    time: Mark | None
    said_in: Read | None = None
