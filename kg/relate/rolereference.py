"""Frames of roles read word by word, as kg.relate.reference reads the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.relate.reference import Place, Reference, Spans
from kg.relate.roles import HOLDER, LIST, OWNER, TITLE, VERB
from kg.rules.alphabet import CORE, PLURAL, Alphabet
from kg.rules.frames import Syntax, Types
from kg.rules.nodes import Node, Slot
from kg.rules.ruleset import RuleSet

_ANY = range(4)


class RoleReference(Reference):
    """Finds where frames of roles fit, by trying.

    Their own slots hold a list of roles, one title, an owner, a holder and a verb of taking office. What stands between
    them knows nothing of its neighbours: a gap ends at no name, a slot sees no preposition.
    """

    def __init__(self, rules: RuleSet, letters: Alphabet, syntax: Syntax) -> None:
        person = rules.ontology.kinds.person
        states = [*(role.states for role in rules.roles.classes.values()), *rules.roles.also.values()]
        owners = frozenset(kind for kinds in states for kind in kinds)
        super().__init__(letters, syntax, Types(person, owners), {})
        self._leads = _longest_first(rules.roles.leads)
        self._joints = _longest_first(rules.roles.joints)
        self._owner_joints = _longest_first(rules.roles.owner_joints)
        self._maker_joints = _longest_first(rules.roles.maker_joints)
        body = rules.ontology.kinds.organisation
        self._bodies = letters.mentions_of(body, _ANY, certain=True)
        self._things = letters.mentions_of(owners - body, _ANY)
        self._roles = letters.all_roles()
        self._owners = letters.mentions_of(owners - person, _ANY)
        self._anyone = letters.mentions_of(person, _ANY)
        self._holders = letters.mentions_of(person, (CORE, PLURAL))
        self._verbs = _longest_first(rules.roles.verbs)

    def _node(
        self, node: Node, place: Place, text: str, at: int, spans: Spans
    ) -> Iterator[tuple[int, Spans]]:
        if not isinstance(node, Slot):
            yield from super()._node(node, Place((node,), 0, place.slot, "", None), text, at, spans)
            return
        for end in self._slot(node, "", text, at):
            yield end, (*spans[: place.slot], (at, end), *spans[place.slot + 1 :])

    def _slot(self, slot: Slot, before: str, text: str, at: int) -> Iterator[int]:
        if slot.name == LIST:
            yield from self._list(text, at)
        elif slot.name == VERB:
            for verb in self._verbs:
                yield from (at + len(word) for word in self._written(verb) if text.startswith(word, at))
        elif slot.name == TITLE:
            yield from _one(self._roles, text, at)
        elif slot.name == OWNER:
            yield from _one(self._owners, text, at)
        elif slot.name == HOLDER:
            yield from _one(self._anyone if slot.aside else self._holders, text, at)
        else:
            yield from super()._slot(slot, before, text, at)

    def _list(self, text: str, at: int) -> Iterator[int]:
        """Yield where a list of roles may end: a role or more, each with its owner or without, joints between them."""
        for end in self._element(text, at):
            for start in self._joined(text, end):
                yield from self._list(text, start)
            yield end

    def _element(self, text: str, at: int) -> Iterator[int]:
        for start in (*self._owned(text, at), at):
            yield from _one(self._roles, text, start)

    def _owned(self, text: str, at: int) -> Iterator[int]:
        """Yield where the owner before a role may end, with what leads to it and what joins it to the role."""
        for start in (*_words(self._leads, text, at), at):
            for begin in (*self._made(text, start), start):
                for end in _one(self._owners, text, begin):
                    yield from _words(self._owner_joints, text, end)
                    yield end

    def _made(self, text: str, at: int) -> Iterator[int]:
        """Yield where the name of a maker before a thing may end, with what joins it to the thing."""
        for end in _one(self._bodies, text, at):
            for start in (*_words(self._maker_joints, text, end), end):
                if text[start : start + 1] and text[start] in self._things:
                    yield start

    def _joined(self, text: str, at: int) -> Iterator[int]:
        """Yield where any number of joints may end, the most first."""
        for end in _words(self._joints, text, at):
            yield from self._joined(text, end)
        yield at


def _longest_first(words: Sequence[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _words(words: Sequence[str], text: str, at: int) -> Iterator[int]:
    return (at + len(word) for word in words if text.startswith(word, at))


def _one(chars: str, text: str, at: int) -> Iterator[int]:
    if at < len(text) and text[at] in chars:
        yield at + 1
