"""The tree of a frame: what its text is read into, before it becomes a regular expression."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    aside: bool
    only: str = ""
    """One entity type, where the slot takes no other of its side."""
    listed: str = ""
    """The name of a list of constructions.yaml, where the slot takes only names of that list."""
    marks: str = ""
    """`!` only the first of a group, `~` only the last, `=` no pronoun."""


@dataclass(frozen=True, slots=True)
class Gap:
    long: bool


@dataclass(frozen=True, slots=True)
class Edge:
    start: bool


@dataclass(frozen=True, slots=True)
class Group:
    options: tuple[tuple[Node, ...], ...]
    optional: bool


Node = Literal | Slot | Gap | Edge | Group
