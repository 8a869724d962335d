"""Mentions, and which of two that overlap stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from kg.recognise.segment import Token

_START = attrgetter("start")

LEXICON, SHAPE, CONTEXT = 3, 2, 1
"""How a mention was found, best first: in the lexicon, by its own form, by the words around it."""


@dataclass(slots=True, eq=False)
class Mention:
    """A name in a sentence: `start` and `end` are offsets into the sentence's text.

    `types` are the entity types it may have; `entry` is the lexicon's canonical name if it has one;
    `aliases` are other names that the text itself gives it, in brackets behind it.
    """

    start: int
    end: int
    name: str
    types: frozenset[str]
    source: int
    entry: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Mark:
    """A recognised span that is no name: a role, a date, an amount, a round, a trigger, a pronoun."""

    start: int
    end: int
    kind: str
    value: str


@dataclass(slots=True, eq=False)
class Read:
    """A sentence as it was read: its text, where it stands in the normalised document, what was found."""

    text: str
    start: int
    mentions: list[Mention] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    words: list[Token] = field(default_factory=list)


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions without overlaps, in text order: the longest wins, then the better founded.

    A mention without a type is of a kind that the ontology does not hold, and no mention.
    """
    typed = [m for m in mentions if m.types]
    typed.sort(key=_START)
    if _are_apart(typed):
        return typed  # the rule, and worth asking for first
    ranked = sorted(typed, key=lambda m: (m.start - m.end, -m.source, m.start, m.name))
    kept: list[Mention] = []
    taken = 0
    for mention in ranked:
        span = bits(mention.start, mention.end)
        if not taken & span:
            taken |= span
            kept.append(mention)
    return sorted(kept, key=_START)


def _are_apart(mentions: Sequence[Mention]) -> bool:
    """Tell whether mentions, in the order of their beginnings, leave one another alone."""
    start = -1
    end = 0
    for mention in mentions:
        if not end <= mention.start > start:
            return False
        start, end = mention.start, mention.end
    return True


def bits(start: int, end: int) -> int:
    """Return the offsets from `start` to `end` as the bits of a number, a cheap set of small numbers."""
    return (1 << end) - (1 << start)


def covered(spans: Iterable[Mention | Mark]) -> int:
    """Return the offsets that some spans cover as the bits of a number."""
    found = 0
    for span in spans:
        found |= (1 << span.end) - (1 << span.start)
    return found
