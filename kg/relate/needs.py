"""What an encoded sentence must hold for a frame to fit: most frames are ruled out before they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from kg.rules.alphabet import Alphabet
from kg.rules.frames import Group, Literal, Node, Slot, literal

Needs = tuple[frozenset[str], ...]
"""Sets of characters: a sentence that lacks all of one of them cannot fit."""


def needs(nodes: Sequence[Node], letters: Alphabet, chars_of: Callable[[Slot], str | None]) -> Needs:
    """Return what a frame needs, the rarest first. `chars_of` gives what fills a slot, None if unknown."""
    found: set[frozenset[str]] = set()
    for node in nodes:
        if isinstance(node, Literal):
            if literal(node.text, letters) == re.escape(node.text):
                found.update(map(frozenset, node.text))
        elif isinstance(node, Slot):
            chars = chars_of(node)
            if chars is not None:
                found.add(frozenset(chars))
        elif isinstance(node, Group) and not node.optional:
            options = [needs(option, letters, chars_of) for option in node.options]
            if all(options):
                found.add(frozenset().union(*(option[0] for option in options)))
    return tuple(sorted(found, key=lambda need: (len(need), sorted(need))))


def meets(present: Collection[str], wanted: Needs) -> bool:
    """Tell whether a sentence with these characters holds what a frame needs."""
    for need in wanted:  # noqa: SIM110 - a plain loop is three times as fast, and nothing is asked more often
        if need.isdisjoint(present):
            return False
    return True
