"""What an encoded sentence must hold for a frame to fit: most frames are ruled out before they are tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import repeat
from operator import or_

from daachorse import CharwiseDoubleArrayAhoCorasick

from kg.rules.alphabet import Alphabet
from kg.rules.frames import Group, Literal, Node, Slot

Needs = tuple[frozenset[str], ...]
"""Sets of characters and words: a sentence that lacks all of one of them cannot fit."""


def needs(nodes: Sequence[Node], letters: Alphabet, chars_of: Callable[[Slot], str | None]) -> Needs:
    """Return what a frame needs, the rarest first. `chars_of` gives what fills a slot, None if unknown."""
    found: set[frozenset[str]] = set()
    for node in nodes:
        if isinstance(node, Literal):
            inside = [letters.words[word] for word in letters.words_in(node.text)]
            found.add(frozenset((node.text, *inside)))
        elif isinstance(node, Slot):
            chars = chars_of(node)
            if chars is not None:
                found.add(frozenset(chars))
        elif isinstance(node, Group) and not node.optional:
            options = [needs(option, letters, chars_of) for option in node.options]
            if all(options):
                found.add(frozenset().union(*(option[0] for option in options)))
    return tuple(sorted(found, key=lambda need: (len(need), -min(map(len, need), default=0), sorted(need))))


class NeedBits:
    """What frames need as numbers, a bit for each set: however many sets there are, one step tells.

    A frame whose bits are `need` may fit a sentence whose bits are `held` if `need & held == need`.
    """

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self._of_word: dict[str, int] = {}
        self._words: list[int] = []
        self._last: tuple[str, int] = ("", 0)
        self._search: CharwiseDoubleArrayAhoCorasick | None = None

    def of(self, wanted: Needs) -> int:
        """Return the bits of all that a frame needs."""
        for need in wanted:
            if need not in self._bits:
                bit = self._bits[need] = 1 << len(self._bits)
                for word in need:
                    self._of_word[word] = self._of_word.get(word, 0) | bit
                self._search, self._last = None, ("", 0)
        return sum(self._bits[need] for need in set(wanted))

    def held(self, text: str) -> int:
        """Return the bits of the sets of which a text holds one."""
        last, held = self._last
        if text == last:
            return held  # role frames and phrases ask one after the other, often of the same text
        held = reduce(or_, map(self._of_word.get, set(text), repeat(0)), 0)
        for _, _, number in (self._search or self._made()).find_overlapping(text):
            held |= self._words[number]
        self._last = text, held
        return held

    def _made(self) -> CharwiseDoubleArrayAhoCorasick:
        """Return what finds the words of more than one character; it is made when all frames are known."""
        words = [word for word in self._of_word if len(word) > 1] or ["\0\0"]
        self._words = [self._of_word.get(word, 0) for word in words]
        self._search = CharwiseDoubleArrayAhoCorasick(words)
        return self._search
