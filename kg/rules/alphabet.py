"""The private-use characters that stand for recognised spans in an encoded sentence.

A sentence is matched as a string in which every mention, role, date, amount, round and trigger is one
character of plane 15. Normalisation removes such characters from articles, so none can be forged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_KINDS = 0xF0000
_MARKS = 0xF4000
_ROLES = 0xF5000
_TRIGGERS = 0xF8000

CORE, PLURAL, ASIDE, ASIDE_PLURAL = range(4)
"""How a mention stands: alone, as a coordinated group, or either in an adjunct or modifier."""

DATE = chr(_MARKS)
AMOUNT = chr(_MARKS + 1)
ROUND = chr(_MARKS + 2)

MARK_SLOTS = {"时间": DATE, "金额": AMOUNT, "轮次": ROUND}

SPELT = "="
"""Begins the set of a trigger word alone, which it belongs to if a frame spells it out."""

ANY_MARK = f"{chr(_KINDS)}-{chr(_TRIGGERS + 0x2000)}"
"""A range, to be put into a character class: every character that stands for something recognised."""

ANY_NAME = f"{chr(_KINDS)}-{chr(_MARKS - 1)}"
"""A range, to be put into a character class: every character that stands for a mention."""

TRIGGERS = f"{chr(_TRIGGERS)}-{chr(_TRIGGERS + 0x2000)}"
"""A range, to be put into a character class: every character that stands for a trigger."""


@dataclass(slots=True)
class Alphabet:
    """Gives each kind of mention (a set of entity types it may be), role class and trigger set its characters."""

    types: Sequence[str]
    kinds: list[frozenset[str]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    trigger_sets: list[frozenset[str]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    """The character of every trigger word; those that frames also spell out have one of their own."""
    _by_start: dict[str, list[str]] = field(default_factory=dict)
    _of_kind: dict[frozenset[str], str] = field(default_factory=dict)
    _of_role: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.kinds:
            self.kinds = [frozenset((name,)) for name in self.types]

    def mention(self, types: frozenset[str], variant: int = CORE) -> str:
        """Return the character of a mention that may be any of `types`."""
        char = self._of_kind.get(types)
        if char is None:
            if types not in self.kinds:
                self.kinds.append(types)
            char = self._of_kind[types] = chr(_KINDS + self.kinds.index(types) * 4)
        return chr(ord(char) + variant) if variant else char

    def role(self, name: str) -> str:
        """Return the character of a role of the class `name`."""
        char = self._of_role.get(name)
        if char is None:
            if name not in self.roles:
                self.roles.append(name)
            char = self._of_role[name] = chr(_ROLES + self.roles.index(name))
        return char

    def trigger(self, sets: frozenset[str]) -> str:
        """Return the character of a trigger word that belongs to all of `sets`."""
        if sets not in self.trigger_sets:
            self.trigger_sets.append(sets)
        return chr(_TRIGGERS + self.trigger_sets.index(sets))

    def add_word(self, word: str, sets: frozenset[str]) -> None:
        """Give a trigger word the character of `sets`."""
        self.words[word] = self.trigger(sets)
        self._by_start.setdefault(word[0], []).append(word)

    def words_in(self, text: str) -> Iterator[str]:
        """Yield the trigger words that stand in a text, each once."""
        found = (
            word
            for at, char in enumerate(text)
            for word in self._by_start.get(char, ())
            if text.startswith(word, at)
        )
        yield from dict.fromkeys(found)

    def mentions_of(self, types: Iterable[str], variants: Iterable[int], certain: bool = False) -> str:
        """Return the characters of every kind that may be (if `certain`, can only be) one of `types`."""
        wanted = set(types)
        return "".join(
            chr(_KINDS + index * 4 + variant)
            for index, kind in enumerate(self.kinds)
            if (kind <= wanted if certain else kind & wanted)
            for variant in variants
        )

    def all_roles(self) -> str:
        """Return the characters of all role classes."""
        return "".join(chr(_ROLES + index) for index in range(len(self.roles)))

    def triggers_within(self, names: frozenset[str]) -> str:
        """Return the characters of all trigger words that belong to none but the sets `names`."""
        return "".join(
            chr(_TRIGGERS + index)
            for index, sets in enumerate(self.trigger_sets)
            if any(sets & names) and all(name in names or name.startswith(SPELT) for name in sets)
        )

    def triggers_of(self, name: str) -> str:
        """Return the characters of all trigger words that belong to the set `name`."""
        return "".join(chr(_TRIGGERS + index) for index, sets in enumerate(self.trigger_sets) if name in sets)


def is_mention(char: str) -> bool:
    """Tell whether the character stands for a mention."""
    return _KINDS <= ord(char) < _MARKS


def is_trigger(char: str) -> bool:
    """Tell whether the character stands for a trigger word."""
    return ord(char) >= _TRIGGERS


def variant_of(char: str) -> int:
    """Return how a mention's character stands (CORE, PLURAL, ASIDE, ASIDE_PLURAL)."""
    return (ord(char) - _KINDS) % 4


def with_variant(char: str, variant: int) -> str:
    """Return a mention's character in another variant."""
    code = ord(char) - _KINDS
    return chr(_KINDS + code - code % 4 + variant)


def char_class(chars: str) -> str:
    """Return a regular expression for any one of `chars`; an expression that never matches if there is none."""
    return f"[{''.join(map(re.escape, sorted(set(chars))))}]" if chars else r"(?!)"
