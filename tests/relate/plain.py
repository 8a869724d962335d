"""Stand-ins for compiled expressions that ask the plain reference, to extract whole articles by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from kg.extraction import Extractor
from kg.recognise.automata import trigger_set
from kg.relate.matcher import Frame
from kg.relate.reference import Found, Reference, Span
from kg.relate.rolereference import RoleReference
from kg.relate.roles import VERB, RoleFrame
from kg.rules import frames
from kg.rules.frames import Node, Syntax


@dataclass(frozen=True, slots=True)
class PlainMatch:
    """What a match of an expression tells, of a place that the reference found."""

    re: PlainPattern
    string: str
    found: Found

    def span(self, name: str | int = 0) -> Span:
        if isinstance(name, int):
            return self.found.start, self.found.end
        return self.found.spans[self.re.at[name]]

    def start(self, name: str | int = 0) -> int:
        return self.span(name)[0]

    def end(self, name: str | int = 0) -> int:
        return self.span(name)[1]

    def group(self, name: str | int = 0) -> str:
        return self.string[slice(*self.span(name))]


class PlainPattern:
    """A frame as its reference reads it. Slots of verbs are no groups of an expression."""

    def __init__(self, reference: Reference, nodes: tuple[Node, ...], pattern: re.Pattern[str]) -> None:
        self.groupindex = pattern.groupindex
        named = [at for at, slot in enumerate(frames.slots(nodes)) if slot.name != VERB]
        self.at = dict(zip(pattern.groupindex, named, strict=True))
        self._reference = reference
        self.nodes = nodes

    def search(self, text: str, position: int = 0) -> PlainMatch | None:
        found = self._reference.search(self.nodes, text, position)
        return found and PlainMatch(self, text, found)


class References:
    """The plain reading of every frame of an extractor."""

    def __init__(self, extractor: Extractor) -> None:
        rules = extractor.rules
        relater = extractor.relater
        self._syntax = Syntax(
            tuple(rules.syntax.prepositions),
            tuple(rules.syntax.conjunctions),
            frozenset(rules.ontology.types),
        )
        self._letters = relater.letters
        self._lists = rules.constructions.lists
        self._sets = {
            relation.name: {name: trigger_set(relation.name, name) for name in relation.triggers}
            for relation in rules.relations
        }
        self._phrases = set(map(id, relater.matcher.phrases))
        self._matcher, self._roles = relater.matcher, relater._roles
        self._of_roles = RoleReference(rules, self._letters, self._syntax)
        self._made: dict[int, PlainPattern] = {}

    def of(self, frame: Frame) -> PlainPattern:
        """The frame as it is read plainly."""
        if id(frame) not in self._made:
            sets = {} if id(frame) in self._phrases else self._sets[frame.relation]
            reference = Reference(self._letters, self._syntax, frame.types, sets)
            self._made[id(frame)] = PlainPattern(reference, frame.nodes, re.compile(frame.expression))
        return self._made[id(frame)]

    def of_role(self, frame: RoleFrame) -> PlainPattern:
        """The frame of roles as it is read plainly."""
        nodes = frames.parse(frame.name.partition("=>")[0].strip(), lists=self._lists)
        return PlainPattern(self._of_roles, nodes, frame.pattern)

    @contextmanager
    def instead(self) -> Iterator[None]:
        """Have the extractor read by the references for as long as this lasts."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Frame, "pattern", property(self.of))
            for kind in ("_appositions", "_clauses"):
                plain = [replace(frame, pattern=self.of_role(frame)) for frame in getattr(self._roles, kind)]
                patch.setattr(self._roles, kind, plain)
            yield
