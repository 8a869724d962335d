"""What a relation's lines usually ask of its ends: most of those of 研发 take only products as their tail."""

from __future__ import annotations

import re
from collections import Counter

from kg.authoring.learning import Drawn
from kg.rules.ruleset import RuleSet

_SLOT = re.compile(r"【(head|tail)(?::(\w+))?(?:@\w+)?([^】:@\w]*)】")
_LEAST_LINES = 4
_TYPED = 0.5
"""How many lines must have an end, and what part of them must ask for types there, for that to be usual."""
_COMMON = 0.25
"""What part of the lines that ask for types must ask for one of them."""


class Customs:
    """Narrows new lines to what the lines of their relation usually ask for."""

    def __init__(self, rules: RuleSet) -> None:
        self._types: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for relation in rules.relations:
            for key in ("frames", "phrases"):
                for end in ("head", "tail"):
                    allowed: frozenset[str] = getattr(rules.ontology.relations[relation.name], end)
                    types = _usual(getattr(relation.data, key), end)
                    if types and set(types) < allowed:
                        self._types[relation.name, key, end] = types

    def narrowed(self, drawn: Drawn) -> Drawn:
        """Return a line with its ends of the usual types, where it names none."""

        def typed(slot: re.Match[str]) -> str:
            types = self._types.get((drawn.relation, drawn.key, slot[1]), ())
            if slot[2] or "@" in slot[0] or not types:
                return slot[0]
            choice = "|".join(f"【{slot[1]}:{kind}{slot[3]}】" for kind in types)
            before = drawn.line[: slot.start()]
            if len(types) == 1 or before.count("(") + before.count("[") > before.count(")") + before.count(
                "]"
            ):
                return choice if len(types) == 1 else slot[0]
            return f"({choice})"

        return Drawn(drawn.relation, drawn.key, _SLOT.sub(typed, drawn.line))

    def allow(self, drawn: Drawn) -> bool:
        """Tell whether a line leaves no end open that is usually of some types, as families of frames do."""
        open_ends = any((drawn.relation, drawn.key, end) in self._types for end in ("head", "tail"))
        return "【" in drawn.line or not open_ends

    def types_both(self, drawn: Drawn) -> bool:
        """Tell whether a line says the types of both its ends."""
        slots = list(_SLOT.finditer(drawn.line))
        return len(slots) > 1 and all(slot[2] for slot in slots)


def _usual(lines: list[str], end: str) -> tuple[str, ...]:
    """Return the types that lines usually ask of an end, nothing where most ask for none."""
    kinds = [{slot[2] for slot in _SLOT.finditer(line) if slot[1] == end} for line in lines]
    having = [found for found in kinds if found]
    typed = [found for found in having if None not in found]
    if len(having) < _LEAST_LINES or len(typed) < _TYPED * len(having):
        return ()
    counts = Counter(kind for found in typed for kind in found)
    return tuple(sorted(kind for kind, count in counts.items() if count >= _COMMON * len(typed)))
