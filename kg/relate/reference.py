"""Frames read word by word, as their definition says: slow and plain, to hold the fast path against.

It interprets the tree of a frame, tries the options in their order and goes back where one leads nowhere.
What it finds must be what the regular expression of kg.rules.frames finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.rules import alphabet
from kg.rules.alphabet import ASIDE, ASIDE_PLURAL, CORE, MARK_SLOTS, PLURAL, Alphabet
from kg.rules.budget import GAP, LONG_GAP
from kg.rules.frames import Syntax, Types, slots
from kg.rules.nodes import Edge, Gap, Group, Literal, Node, Slot

Span = tuple[int, int]
Spans = tuple[Span, ...]
_UNSET = (-1, -1)
_DESCRIPTION = 14
_FIRST_MARK, _LAST_MARK = alphabet.ANY_MARK.split("-")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a frame fits: from `start` to `end`, with the span of each of its slots, (-1, -1) if left out."""

    start: int
    end: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a frame an interpreter is: `before` is the word right before, `after` the node behind the group."""

    nodes: tuple[Node, ...]
    index: int
    slot: int
    before: str
    after: Node | None


class Reference:
    """Finds where frames of one rule fit, by trying."""

    def __init__(self, letters: Alphabet, syntax: Syntax, types: Types, sets: dict[str, str]) -> None:
        self._letters = letters
        self._syntax = syntax
        self._types = types
        self._sets = sets
        self._writings: dict[str, list[str]] = {}
        self._filling: dict[tuple[Slot, str], str] = {}
        self._stops: dict[tuple[Gap, Node | None, Node | None], set[str]] = {}

    def search(self, nodes: tuple[Node, ...], text: str, position: int = 0) -> Found | None:
        """Return the first place at or behind `position` where the frame fits the encoded text."""
        unset = (_UNSET,) * len(slots(nodes))
        first = Place(nodes, 0, 0, "", None)
        for start in range(position, len(text) + 1):
            for end, spans in self._rest(first, text, start, unset):
                return Found(start, end, spans)
        return None

    def _rest(self, place: Place, text: str, at: int, spans: Spans) -> Iterator[tuple[int, Spans]]:
        """Yield where the nodes from a place on may end, the preferred first."""
        if place.index == len(place.nodes):
            yield at, spans
            return
        node = place.nodes[place.index]
        own = len(slots((node,)))
        behind = Place(
            place.nodes, place.index + 1, place.slot + own, _word_before(node, place.before), place.after
        )
        for end, now in self._node(node, place, text, at, spans):
            yield from self._rest(behind, text, end, now)

    def _node(
        self, node: Node, place: Place, text: str, at: int, spans: Spans
    ) -> Iterator[tuple[int, Spans]]:
        following = place.nodes[place.index + 1] if place.index + 1 < len(place.nodes) else place.after
        if isinstance(node, Literal):
            yield from (
                (at + len(word), spans) for word in self._written(node.text) if text.startswith(word, at)
            )
        elif isinstance(node, Slot):
            for end in self._slot(node, place.before, text, at):
                yield end, (*spans[: place.slot], (at, end), *spans[place.slot + 1 :])
        elif isinstance(node, Gap):
            previous = place.nodes[place.index - 1] if place.index else None
            yield from ((end, spans) for end in self._gap(node, previous, following, text, at))
        elif isinstance(node, Edge):
            if _is_edge(text, at, node.start):
                yield at, spans
        else:
            first = place.slot
            for option in node.options:
                yield from self._rest(Place(option, 0, first, place.before, following), text, at, spans)
                first += len(slots(option))
            if node.optional:
                yield at, spans

    def _written(self, word: str) -> list[str]:
        """Return how a word may stand in a sentence: as it is, or with the character of a trigger inside it."""
        if word not in self._writings:
            inside = ((trigger, char) for trigger, char in self._letters.words.items() if trigger in word)
            self._writings[word] = [word, *(word.replace(trigger, char) for trigger, char in inside)]
        return self._writings[word]

    def _slot(self, slot: Slot, before: str, text: str, at: int) -> Iterator[int]:
        if (slot, before) not in self._filling:
            self._filling[slot, before] = self._chars(slot, before)
        chars = self._filling[slot, before]
        if at >= len(text) or text[at] not in chars:
            return
        if slot.name == "tail" and "!" not in slot.marks:
            yield from self._more(chars, text, at + 1)
        yield at + 1

    def _more(self, chars: str, text: str, at: int) -> Iterator[int]:
        """Yield where coordinated names may end that go on at `at`: 和, a few words of description, a name."""
        for joint in self._syntax.conjunctions:
            if not text.startswith(joint, at):
                continue
            start = at + len(joint)
            size = 0
            while size < _DESCRIPTION and start + size < len(text) and _describes(text[start + size]):
                size += 1
            for end in range(start + size, start - 1, -1):
                if end < len(text) and text[end] in chars:
                    yield from self._more(chars, text, end + 1)
                    yield end + 1

    def _chars(self, slot: Slot, before: str) -> str:
        name, letters = slot.name, self._letters
        if name in self._sets:
            return letters.triggers_of(self._sets[name])
        if name in MARK_SLOTS:
            return MARK_SLOTS[name]
        if name == "职务":
            return letters.all_roles()
        aside = slot.aside or before.endswith(self._syntax.prepositions)
        if name == "双方":
            return letters.mentions_of(self._types.head, (PLURAL, ASIDE_PLURAL) if aside else (PLURAL,))
        variants = (CORE, PLURAL, ASIDE, ASIDE_PLURAL) if aside else (CORE, PLURAL)
        kinds = (slot.only,) if slot.only else self._kinds(name)
        return letters.mentions_of(kinds, variants, bool(slot.only) and not self._sets)

    def _kinds(self, name: str) -> frozenset[str]:
        by_side = {"head": self._types.head, "双方": self._types.head, "tail": self._types.tail}
        return by_side.get(name, frozenset((name,)))

    def _gap(
        self, gap: Gap, previous: Node | None, following: Node | None, text: str, at: int
    ) -> Iterator[int]:
        key = (gap, previous, following)
        if key not in self._stops:
            self._stops[key] = self._stops_of(*key)
        stops = self._stops[key]
        to_object = isinstance(following, Slot) and following.name == "tail" and not gap.long and self._sets
        yield from self._stretch(text, at, LONG_GAP if gap.long else GAP, stops, bool(to_object))

    def _stops_of(self, gap: Gap, previous: Node | None, following: Node | None) -> set[str]:
        """Return what a gap may not hold: the end of a clause, names that could fill the slots beside it."""
        stops = set("；。！？\n" if gap.long else "，；：。！？\n")
        for neighbour in (previous, following):
            for slot in slots((neighbour,)) if neighbour is not None else ():
                if slot.name in self._syntax.types or slot.name in ("head", "tail", "双方"):
                    any_way = neighbour is previous and slot.aside and slot.name == "head"
                    variants = (CORE, PLURAL, ASIDE, ASIDE_PLURAL) if any_way else (CORE, PLURAL)
                    stops.update(self._letters.mentions_of(self._kinds(slot.name), variants))
        return stops

    def _stretch(self, text: str, at: int, left: int, stops: set[str], to_object: bool) -> Iterator[int]:
        """Yield where a gap may end, the shortest first. On the way `to_object` no second verb takes the object."""
        yield at
        if left == 0 or at == len(text):
            return
        char, behind = text[at], text[at + 1 : at + 2]
        if not to_object or not alphabet.is_trigger(char):
            if char not in stops:
                yield from self._stretch(text, at + 1, left - 1, stops, to_object)
        elif not behind or (behind not in "了出过到" and not _is_mark(behind)):
            yield from self._stretch(text, at + 1, left - 1, stops, to_object)
        if to_object and char in "并和及与、兼" and behind and alphabet.is_trigger(behind):
            yield from self._stretch(text, at + 2, left - 1, stops, to_object)


def _word_before(node: Node, before: str) -> str:
    """Return the word right before what follows a node: of a group, the last of its first option."""
    if isinstance(node, Edge):
        return before
    if isinstance(node, Group):
        last = node.options[0][-1] if node.options and node.options[0] else None
        return last.text if isinstance(last, Literal) else ""
    return node.text if isinstance(node, Literal) else ""


def _is_edge(text: str, at: int, start: bool) -> bool:
    if start:
        return at == 0 or text[at - 1] in "，；：。、" or text[at - 1].isspace()
    return at == len(text) or text[at] in "，；：。！？）”" or text[at].isspace()


def _is_mark(char: str) -> bool:
    return _FIRST_MARK <= char <= _LAST_MARK


def _describes(char: str) -> bool:
    return char not in "，；：。、" and not _is_mark(char)
