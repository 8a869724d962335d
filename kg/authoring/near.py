"""Frames that nearly matched: where they stopped and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.authoring.encoded_text import is_aside, kinds_of, words_of
from kg.model import Span
from kg.recognise.automata import TRIGGER, trigger_set
from kg.relate.encode import Encoded
from kg.relate.matcher import Frame
from kg.rules import alphabet, frames
from kg.rules.alphabet import Alphabet
from kg.rules.frames import Edge, FrameCompiler, Gap, Group, Literal, Node, Slot, Syntax

_BREAKS = "，；：。！？\n"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A frame whose trigger is there but that did not match.

    `filled` are the slots that found something; `stopped_at` is what came next in the frame; `trigger` is a
    span of the sentence's text. `share` says how much of the frame matched, between 0 and 1.
    """

    rule: str
    relation: str
    trigger: Span
    trigger_text: str
    filled: tuple[tuple[str, str], ...]
    stopped_at: str
    reason: str
    share: float

    def __str__(self) -> str:
        parts = [f"the {name} matched {words}" for name, words in self.filled]
        parts.append(f"the trigger is {self.trigger_text}")
        return f"{', '.join(parts)}; stopped at {self.stopped_at}: {self.reason}"


class NearMisses:
    """Looks for near misses in encoded sentences by matching ever shorter beginnings of frames."""

    def __init__(self, all_frames: Sequence[Frame], letters: Alphabet, syntax: Syntax) -> None:
        self._frames = all_frames
        self._letters = letters
        self._syntax = syntax
        self._part = lru_cache(maxsize=4096)(self._compiled)

    def find(self, sentence: Encoded, text: str, fired: set[tuple[str, Span]]) -> list[NearMiss]:
        """Return, the nearest first, one near miss for each relation and trigger that gave nothing.

        `fired` holds the relations and trigger spans that did give something.
        """
        best: dict[tuple[str, Span], NearMiss] = {}
        for index, item in enumerate(sentence.items):
            if item is None or item.mark is None or item.mark.kind != TRIGGER:
                continue
            span = (item.start, item.end)
            sets = frozenset(item.mark.value.split("\t"))
            for number in range(len(self._frames)):
                frame = self._frames[number]
                if frame.sets & sets and (frame.relation, span) not in fired:
                    miss = self._miss(number, sentence, index, span, text)
                    known = best.get((frame.relation, span))
                    if known is None or miss.share > known.share:
                        best[frame.relation, span] = miss
        return sorted(best.values(), key=lambda miss: (-miss.share, miss.trigger, miss.rule))

    def _miss(self, number: int, sentence: Encoded, index: int, span: Span, text: str) -> NearMiss:
        """Return how near one frame comes: by its longest beginning that matches, or else its longest end."""
        frame = self._frames[number]
        start = _clause_start(sentence, index, frame.nodes)
        length, match = self._beginning(number, sentence, start, index)
        rest = [node for node in frame.nodes[length:] if _is_needed(node)]
        from_end, end_match = self._end(number, sentence, start, index)
        lead = [node for node in frame.nodes[:from_end] if _is_needed(node)]
        position = match.end() if match else start
        if not rest:
            stop = ("the end", "head and tail are one name, or another frame took the trigger")
        elif end_match and len(lead) < len(rest):
            match, rest = end_match, lead
            reach = (start, end_match.start())
            after_gap = isinstance(frame.nodes[from_end - 1], Gap)
            stop = (written(lead[-1]), self._reason(lead[-1], frame, sentence, reach, index, after_gap))
        else:
            before = index >= position and self._holds_trigger(frame, rest[1:])
            reach = (position, index if before else _clause_end(sentence, position, frame.nodes))
            after_gap = isinstance(frame.nodes[frame.nodes.index(rest[0], length) - 1], Gap)
            stop = (written(rest[0]), self._reason(rest[0], frame, sentence, reach, index, after_gap))
        filled = tuple(self._filled(match, sentence)) if match else ()
        needed = sum(map(_is_needed, frame.nodes))
        share = (needed - len(rest)) / needed if needed else 0.0
        return NearMiss(frame.name, frame.relation, span, text[span[0] : span[1]], filled, *stop, share)

    def _compiled(self, number: int, start: int, end: int) -> re.Pattern[str]:
        frame = self._frames[number]
        sets = {name.partition("/")[2]: name for name in frame.sets}
        compiler = FrameCompiler(self._letters, self._syntax, frame.types, sets)
        return re.compile(compiler.expression(frame.nodes[start:end]))

    def _beginning(
        self, number: int, sentence: Encoded, start: int, index: int
    ) -> tuple[int, re.Match[str] | None]:
        """Return how many nodes of a frame match, the trigger among them or behind them."""
        nodes = self._frames[number].nodes
        for length in range(len(nodes), 0, -1):
            if _is_needed(nodes[length - 1]):
                for match in self._part(number, 0, length).finditer(sentence.text, start):
                    triggers = trigger_places(match, sentence)
                    if triggers == [index] or (not triggers and match.end() <= index):
                        return length, match
        return 0, None

    def _end(
        self, number: int, sentence: Encoded, start: int, index: int
    ) -> tuple[int, re.Match[str] | None]:
        """Return from which node on the rest of a frame matches, the trigger in it."""
        frame = self._frames[number]
        for first in range(1, len(frame.nodes)):
            if _is_needed(frame.nodes[first]) and self._holds_trigger(frame, frame.nodes[first:]):
                for match in self._part(number, first, len(frame.nodes)).finditer(sentence.text, start):
                    if trigger_places(match, sentence) == [index]:
                        return first, match
        return len(frame.nodes), None

    def _filled(self, match: re.Match[str], sentence: Encoded) -> Iterator[tuple[str, str]]:
        for name in match.re.groupindex:
            item = sentence.items[match.start(name)] if match.start(name) >= 0 else None
            side = re.match(r"head|tail|both", name)
            if item is not None and side:
                yield side.group(), words_of(item)

    def _holds_trigger(self, frame: Frame, rest: Sequence[Node]) -> bool:
        return any(trigger_set(frame.relation, slot.name) in frame.sets for slot in frames.slots(tuple(rest)))

    def _reason(
        self, node: Node, frame: Frame, sentence: Encoded, reach: Span, index: int, after_gap: bool
    ) -> str:
        """Return why a node found nothing between two places of the sentence."""
        start, end = reach
        if isinstance(node, Slot) and trigger_set(frame.relation, node.name) in frame.sets:
            if index < start:
                return "the trigger stands before it"
            return (
                f"`{_plain(sentence, start, index)}` stands between"
                if index > start
                else "it is another trigger"
            )
        if isinstance(node, Slot):
            return self._no_name(node, frame, sentence, start, end, after_gap)
        if isinstance(node, Edge):
            return "the clause does not begin or end there"
        stands = _plain(sentence, start, min(start + 12, end))
        return f"`{stands}` stands there" if stands else "nothing stands there"

    def _no_name(
        self, slot: Slot, frame: Frame, sentence: Encoded, start: int, end: int, after_gap: bool
    ) -> str:
        sides = {"head": frame.types.head, "tail": frame.types.tail, "双方": frame.types.head}
        wanted = frozenset((slot.only,)) if slot.only else sides.get(slot.name, frozenset((slot.name,)))
        found = [i for i in range(start, end) if alphabet.is_mention(sentence.chars[i])]
        if not found:
            return f"no name stands {'in the rest of' if after_gap else 'there in'} the clause"
        fitting = [i for i in found if (item := sentence.items[i]) is not None and kinds_of(item) & wanted]
        if not fitting:
            item = sentence.items[found[0]]
            assert item is not None
            return f"{words_of(item)} is {'/'.join(sorted(kinds_of(item)))}, not {'/'.join(sorted(wanted))}"
        item = sentence.items[fitting[0]]
        assert item is not None
        if is_aside(sentence.chars[fitting[0]]) and not slot.aside:
            return f"{words_of(item)} stands in an adjunct or modifier, which only 【{slot.name}*】 takes"
        if slot.name == "双方":
            return f"{words_of(item)} is no group of names"
        between = _plain(sentence, start, fitting[0])
        return (
            f"{words_of(item)} follows only behind `{between}`"
            if between
            else f"{words_of(item)} is not admitted"
        )


def written(node: Node) -> str:
    """Return a node as it is written in a frame."""
    if isinstance(node, Slot):
        return f"【{node.name}{':' + node.only if node.only else ''}{'*' if node.aside else ''}{node.marks}】"
    if isinstance(node, Literal):
        return node.text
    if isinstance(node, Gap):
        return "……" if node.long else "…"
    if isinstance(node, Edge):
        return "^" if node.start else "$"
    options = "|".join("".join(map(written, option)) for option in node.options)
    return f"[{options}]" if node.optional else f"({options})"


def trigger_places(match: re.Match[str], sentence: Encoded) -> list[int]:
    """Return where a match of a frame's part has its triggers."""
    places = (match.start(name) for name in match.re.groupindex if name.startswith("t_"))
    return [at for at in places if at >= 0 and alphabet.is_trigger(sentence.chars[at])]


def _is_needed(node: Node) -> bool:
    return not isinstance(node, Gap) and not (isinstance(node, Group) and node.optional)


def _clause_start(sentence: Encoded, index: int, nodes: Sequence[Node]) -> int:
    if any(isinstance(node, Gap) and node.long for node in nodes):
        return 0
    return max((sentence.text.rfind(sign, 0, index) + 1 for sign in _BREAKS), default=0)


def _clause_end(sentence: Encoded, position: int, nodes: Sequence[Node]) -> int:
    whole = len(sentence.chars)
    if any(isinstance(node, Gap) and node.long for node in nodes):
        return whole
    found = [at for sign in _BREAKS if (at := sentence.text.find(sign, position)) >= 0]
    return min(found, default=whole)


def _plain(sentence: Encoded, start: int, end: int) -> str:
    """Return a stretch of the sentence with names in the place of their characters."""
    shown = []
    for char, item in zip(sentence.chars[start:end], sentence.items[start:end], strict=True):
        if item is None:
            shown.append(char)
        elif item.mentions:
            shown.append(words_of(item))
        else:
            shown.append("{trigger}" if alphabet.is_trigger(char) else "{…}")
    return "".join(shown)
