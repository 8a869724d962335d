"""Frames drawn from sentences in which it is known who stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.authoring.encoded_text import is_aside, kinds_of
from kg.recognise.automata import TRIGGER
from kg.relate.encode import Encoded
from kg.resolve.names import normal_form
from kg.rules.alphabet import is_mention
from kg.rules.ruleset import RuleSet

_BREAKS = "，；：。！？\n"
_LITERAL = 6
_USUAL = re.compile(
    r"【head】…?【(?P<active>\w+)】(?:\[了\])?…?【tail】$|【tail】…?(?:由|被|获|经)【head】…?【(?P<passive>\w+)】$"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line for a relation file: `key` is frames or phrases."""

    relation: str
    key: str
    line: str


class FrameWriter:
    """Writes the frame that a sentence shows, in the language of frames."""

    def __init__(self, rules: RuleSet) -> None:
        self._ontology = rules.ontology
        self._families = tuple(rules.constructions.families)[:1]
        self._prepositions = tuple(sorted(rules.syntax.prepositions, key=len, reverse=True))
        self._sets = {
            relation.name: {name: f"{relation.name}/{name}" for name in relation.triggers}
            for relation in rules.relations
        }

    def draw(
        self, sentence: Encoded, relation: str, head: frozenset[str], tail: frozenset[str]
    ) -> Iterator[Drawn]:
        """Yield the frames by which the sentence would say that head and tail stand in the relation.

        `head` and `tail` hold normal forms of their names.
        """
        heads = self._places(sentence, head, self._ontology.relations[relation].head)
        tails = self._places(sentence, tail, self._ontology.relations[relation].tail)
        for h in heads:
            for t in tails:
                if h != t:
                    yield from self._between(sentence, relation, h, t)

    def literal(self, drawn: Drawn) -> str:
        """Return the words between the two names of a phrase."""
        return drawn.line.partition("】")[2].rpartition("【")[0]

    def draw_any(self, sentence: Encoded, relation: str) -> Iterator[Drawn]:
        """Yield the usual frames of all names that by their types may stand in the relation.

        That is: head, trigger, tail; or the tail first and the head behind a preposition; or for a symmetric
        relation both ends as one group before the trigger; or the family of frames that holds all of them.
        """
        ends = self._ontology.relations[relation]
        if ends.symmetric:
            yield from self._groups(sentence, relation, ends.head)
            return
        names = [
            (index, kinds_of(item))
            for index, item in enumerate(sentence.items)
            if item is not None and item.mentions and is_mention(sentence.chars[index])
        ]
        for h, head in names:
            for t, tail in names:
                if h != t and head & ends.head and tail & ends.tail:
                    for drawn in self._between(sentence, relation, h, t):
                        usual = _USUAL.match(drawn.line) if drawn.key == "frames" else None
                        if usual:
                            yield drawn
                            yield from self._widened(relation, usual["active"] or usual["passive"])

    def _widened(self, relation: str, name: str) -> Iterator[Drawn]:
        """Yield the usual frame of a trigger set with all its gaps, and the families for it."""
        yield Drawn(relation, "frames", f"【head】…【{name}】[了]…【tail】")
        for family in self._families:
            yield Drawn(relation, "frames", family if name == "trigger" else f"{family}({name})")

    def _groups(self, sentence: Encoded, relation: str, types: frozenset[str]) -> Iterator[Drawn]:
        for index, item in enumerate(sentence.items):
            if item is not None and len(item.mentions) > 1 and kinds_of(item) & types:
                end = min(
                    (at for sign in _BREAKS if (at := sentence.text.find(sign, index)) >= 0), default=None
                )
                for other in sentence.items[index + 1 : end]:
                    if other is not None and other.mark is not None and other.mark.kind == TRIGGER:
                        for name, full in self._sets.get(relation, {}).items():
                            if full in other.mark.value.split("\t"):
                                yield Drawn(relation, "frames", f"【双方】…【{name}】")

    def _places(self, sentence: Encoded, names: frozenset[str], types: frozenset[str]) -> list[int]:
        return [
            index
            for index, item in enumerate(sentence.items)
            if item is not None
            and is_mention(sentence.chars[index])
            and kinds_of(item) & types
            and any(normal_form(name) in names for m in item.mentions for name in (m.name, m.entry or m.name))
        ]

    def _between(self, sentence: Encoded, relation: str, h: int, t: int) -> Iterator[Drawn]:
        text = sentence.text
        first, last = min(h, t), max(h, t)
        if any(sign in text[first:last] for sign in _BREAKS):
            return
        end = min((at for sign in _BREAKS if (at := text.find(sign, last)) >= 0), default=len(text))
        for index in range(first, end):
            item = sentence.items[index]
            if item is None or item.mark is None or item.mark.kind != TRIGGER:
                continue
            for name, full in self._sets.get(relation, {}).items():
                if full in item.mark.value.split("\t"):
                    slots = sorted(((h, "head"), (t, "tail"), (index, name)))
                    yield Drawn(relation, "frames", self._line(sentence, slots))
        literal = text[first + 1 : last]
        if 0 < len(literal) <= _LITERAL and all(item is None for item in sentence.items[first + 1 : last]):
            left, right = ("head", "tail") if h < t else ("tail", "head")
            yield Drawn(relation, "phrases", f"【{left}*】{literal}【{right}*】")

    def _line(self, sentence: Encoded, slots: Sequence[tuple[int, str]]) -> str:
        parts: list[str] = []
        before = max((sentence.text.rfind(sign, 0, slots[0][0]) + 1 for sign in _BREAKS), default=0)
        for number, (index, name) in enumerate(slots):
            piece = sentence.text[before:index]
            preposition = next((word for word in self._prepositions if piece.endswith(word)), "")
            if number:
                parts.append("[了]…" if piece.startswith("了") else "…" if piece != preposition else "")
            parts.append(preposition if name in ("head", "tail") else "")
            star = "*" if is_aside(sentence.chars[index]) and not preposition else ""
            parts.append(f"【{name}{star}】")
            before = index + 1
        return "".join(parts)
