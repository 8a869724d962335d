"""Mentions, and which of two that overlap stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
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
    typed = sorted((m for m in mentions if m.types), key=_START)
    if all(one.end <= other.start > one.start for one, other in pairwise(typed)):
        return typed  # the rule, and worth asking for first
    ranked = sorted(typed, key=lambda m: (m.start - m.end, -m.source, m.start, m.name))
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in ranked:
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(mention)
    return sorted(kept, key=_START)
