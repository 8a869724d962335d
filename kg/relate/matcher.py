"""Frames of relations on encoded sentences: the fast path, one regular expression a frame."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import product

from kg.errors import RuleError
from kg.model import Span
from kg.recognise.automata import trigger_set
from kg.recognise.mentions import Mark, Mention
from kg.relate.encode import Encoded, Item
from kg.relate.needs import NeedBits, Needs, needs
from kg.relate.raw import RawStatement
from kg.rules import alphabet, frames
from kg.rules.alphabet import Alphabet
from kg.rules.frames import FrameCompiler, Node, Slot, Syntax, Types
from kg.rules.patterns import any_of
from kg.rules.ruleset import RelationRules, RuleSet

Earlier = Callable[[Sequence[str], "Mention | None", int], "Mention | None"]
TOPIC = "主角"
"""Behind a frame without a head: the head is whom the article is about."""
_FAMILY = re.compile(r"^(?P<family>[\w]+)(?:\((?P<set>\w+)(?P<swap>[,，]反向)?\))?(?::(?P<only>\w+))?$")
_KEEP = "=>"
_ONE_END = ("head", "tail")
_IMPLIED = re.compile(r"\s*@\s*([^】)\]@]+)$")
_LISTED = re.compile(r"_in_([0-9a-f]+)_")
_QUALIFIERS = {"amount": "金额", "round": "轮次", "role": "职务"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A compiled frame of a relation. `sets` are the trigger sets it needs, none for a phrase."""

    name: str
    relation: str
    expression: str
    nodes: tuple[Node, ...]
    types: Types
    symmetric: bool
    sets: frozenset[str]
    needs: Needs
    need: int
    """The bits of `needs`."""
    keep: str = ""
    implied: str = ""
    """What gives the tail where the frame names none: a relation (离职 from where the head last had a 任职) or a type
    (参加 the 活动 last spoken of)."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the compiled expression; it is compiled when a sentence first holds what the frame needs."""
        return _compiled(self.expression)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _same_pair(one: RawStatement, other: RawStatement) -> bool:
    return {id(one.head), id(one.tail)} == {id(other.head), id(other.tail)}


def _by_rarest(phrases: Sequence[Frame], bits: NeedBits) -> dict[int, set[int]]:
    """Return what phrases need by the bit of the rarest of it: most are ruled out by that alone."""
    found: dict[int, set[int]] = defaultdict(set)
    for frame in phrases:
        found[bits.of(frame.needs[:1])].add(frame.need)
    return found


class FrameMatcher:
    """Finds statements of all relations in an encoded sentence."""

    def __init__(
        self, rules: RuleSet, letters: Alphabet, syntax: Syntax, bits: NeedBits | None = None
    ) -> None:
        self._letters = letters
        self._syntax = syntax
        self._bits = bits or NeedBits()
        self._trigger = re.compile(f"[{alphabet.TRIGGERS}]")
        self._families = rules.constructions.families
        self._respectively = any_of(rules.syntax.respectively)
        self._ontology = rules.ontology
        self._words = rules.constructions.lists
        self._lists = {name: frozenset(names) for name, names in rules.constructions.lists.items()}
        self.phrases: list[Frame] = []
        self.frames: list[Frame] = []
        for relation in rules.relations:
            self.frames.extend(self._compile(relation))
            self.phrases.extend(self._compile_phrases(relation))
        self._phrase_needs = _by_rarest(self.phrases, self._bits)
        self._by_char = {
            letters.trigger(sets): [(frame.need, frame) for frame in self.frames if frame.sets & sets]
            for sets in letters.trigger_sets
        }

    def with_lines(self, relation: RelationRules) -> FrameMatcher:
        """Return a matcher that also tries the frames and phrases of `relation`, after all of its own."""
        wider = copy(self)
        added = list(self._compile(relation))
        wider.frames = [*self.frames, *added]
        wider.phrases = [*self.phrases, *self._compile_phrases(relation)]
        wider._phrase_needs = _by_rarest(wider.phrases, self._bits)
        wider._by_char = {
            self._letters.trigger(sets): [
                *self._by_char[self._letters.trigger(sets)],
                *((frame.need, frame) for frame in added if frame.sets & sets),
            ]
            for sets in self._letters.trigger_sets
        }
        return wider

    def _types(self, relation: RelationRules) -> Types:
        known = self._ontology.relations[relation.name]
        return Types(known.head, known.tail)

    def _compile(self, relation: RelationRules) -> Iterator[Frame]:
        sets = {name: trigger_set(relation.name, name) for name in relation.triggers}
        for index, text in enumerate(relation.data.frames):
            place = relation.place("frames", index)
            family = _FAMILY.match(text)
            if family and "【" not in text:
                if family["family"] not in self._families:
                    raise RuleError(
                        f"unknown family of frames `{family['family']}`",
                        place=place,
                        hint=f"known families: {', '.join(self._families)}",
                    )
                chosen = family["set"] or "trigger"
                if chosen not in sets:
                    raise RuleError(
                        f"unknown trigger set `{chosen}`",
                        place=place,
                        hint=f"known sets: {', '.join(sets) or 'none'}",
                    )
                names = {"trigger": chosen}
                if family["swap"]:
                    names |= {"head": "tail", "tail": "head"}
                for number, line in enumerate(self._families[family["family"]], start=1):
                    nodes = frames.swap(frames.parse(line, place, self._words), names, family["only"] or "")
                    yield self._frame(relation, f"{text}#{number}", nodes, sets)
                continue
            last = _IMPLIED.search(text)
            body, implied = (text[: last.start()], last[1]) if last else (text, "")
            nodes = frames.parse(body.strip(), place, self._words)
            self._check_slots(relation, nodes, sets, index)
            yield self._frame(relation, text, nodes, sets, implied=implied)

    def _check_slots(
        self, relation: RelationRules, nodes: tuple[Node, ...], sets: dict[str, str], index: int
    ) -> None:
        known = {"head", "tail", "双方", "职务", *alphabet.MARK_SLOTS, *sets, *self._ontology.types}
        for slot in frames.slots(nodes):
            if slot.listed and slot.listed not in self._lists:
                raise RuleError(
                    f"unknown list `{slot.listed}`",
                    place=relation.place("frames", index),
                    hint=f"known lists: {', '.join(self._lists)}",
                )
            if slot.name not in known:
                raise RuleError(
                    f"unknown slot 【{slot.name}】",
                    place=relation.place("frames", index),
                    hint=f"known slots: {' '.join(sorted(known))}",
                )

    def _compile_phrases(self, relation: RelationRules) -> Iterator[Frame]:
        for index, text in enumerate(relation.data.phrases):
            body, _, keep = text.partition(_KEEP)
            nodes = frames.parse(body.strip(), relation.place("phrases", index), self._words)
            yield self._frame(relation, text, nodes, {}, keep.strip())

    def _frame(
        self,
        relation: RelationRules,
        name: str,
        nodes: tuple[Node, ...],
        sets: dict[str, str],
        keep: str = "",
        implied: str = "",
    ) -> Frame:
        types = self._types(relation)
        expression = FrameCompiler(self._letters, self._syntax, types, sets).expression(nodes)
        used = frozenset(sets[slot.name] for slot in frames.slots(nodes) if slot.name in sets)
        if sets and not used:
            raise RuleError(
                f"frame `{name}` holds no trigger",
                place=relation.place("frames"),
                hint="frames without a trigger stand under `phrases:`",
            )
        symmetric = self._ontology.relations[relation.name].symmetric
        needed = needs(nodes, self._letters, lambda slot: self._chars_of(slot, types, sets))
        return Frame(
            f"{relation.file.path.stem}/{name}",
            relation.name,
            expression,
            nodes,
            types,
            symmetric,
            used,
            needed,
            self._bits.of(needed),
            keep,
            implied,
        )

    def _chars_of(self, slot: Slot, types: Types, sets: dict[str, str]) -> str:
        """Return the characters that may fill a slot, and perhaps some more."""
        name, letters = slot.name, self._letters
        if name in sets:
            return letters.triggers_of(sets[name])
        if name in alphabet.MARK_SLOTS:
            return alphabet.MARK_SLOTS[name]
        if name == "职务":
            return letters.all_roles()
        kinds = {"head": types.head, "双方": types.head, "tail": types.tail}.get(name, frozenset((name,)))
        return letters.mentions_of((slot.only,) if slot.only else kinds, range(4))

    def _phrases_within(self, text: str) -> list[Frame]:
        """Return the phrases that may fit a text, in their order; those that need the same are ruled out at once."""
        held = self._bits.held(text)
        fitting = {
            need
            for rarest, wanted in self._phrase_needs.items()
            if rarest & held == rarest
            for need in wanted
            if need & held == need
        }
        return [frame for frame in self.phrases if frame.need in fitting] if fitting else []

    def shrink_phrases(self, sentence: Encoded) -> Iterator[RawStatement]:
        """Yield what phrases state of which only one end remains, and shrink them: 日本|软银 is a name like 软银."""
        frames = [frame for frame in self._phrases_within(sentence.text) if frame.keep in _ONE_END]
        yield from (raw for _, _, raw in self._found(frames, sentence))

    def match_phrases(self, sentence: Encoded) -> Iterator[RawStatement]:
        """Yield what the other noun phrases state without a trigger.

        Of two phrases of a pair, one in the other, the longer counts: 毕业于清华大学的王磊 does not say that he works
        there.
        """
        frames = [frame for frame in self._phrases_within(sentence.text) if frame.keep not in _ONE_END]
        found = list(self._found(frames, sentence))
        for start, end, raw in found:
            if not any(
                first <= start and end <= last and last - first > end - start and _same_pair(raw, other)
                for first, last, other in found
            ):
                yield raw

    def _found(self, phrases: Sequence[Frame], sentence: Encoded) -> Iterator[tuple[int, int, RawStatement]]:
        """Yield what phrases state, and from where to where they stand; shrink those of which something remains."""
        for frame in phrases:
            position = 0
            while match := frame.pattern.search(sentence.text, position):
                for raw in self._statements(frame, match, sentence):
                    raw.event = frame.keep == "both"
                    yield match.start(), match.end(), raw
                position = match.start() + 1
                if frame.keep:
                    char, item = self._kept(frame.keep, match, sentence)
                    sentence.replace(match.start(), match.end(), char, item)

    def match(self, sentence: Encoded, earlier: Earlier) -> Iterator[RawStatement]:
        """Yield what frames with triggers state; for each trigger the first frame of a relation that fits counts.

        `earlier` gives the tails of what has been stated of a head before, and whom the article is about.
        """
        text = sentence.text
        triggers = dict.fromkeys(self._trigger.findall(text))
        held = self._bits.held(text) if triggers else 0
        done: set[tuple[str, int]] = set()
        tried: set[int] = set()
        for char in triggers:
            fitting = [frame for need, frame in self._by_char.get(char, ()) if need & held == need]
            for frame in fitting:
                if id(frame) in tried:
                    continue
                tried.add(id(frame))
                position = 0
                while match := frame.pattern.search(text, position):
                    trigger = self._trigger_index(frame, match)
                    position = max(trigger, match.start()) + 1 if trigger >= 0 else match.start() + 1
                    if (frame.relation, trigger) in done:
                        continue
                    statements = list(self._statements(frame, match, sentence, earlier))
                    if statements:
                        done.add((frame.relation, trigger))
                        yield from statements

    def find(self, frame: Frame, sentence: Encoded) -> Iterator[RawStatement]:
        """Yield what a frame states by itself; nothing where it leaves its tail to what was said before."""
        position = 0
        while match := frame.pattern.search(sentence.text, position):
            position = max(self._trigger_index(frame, match), match.start()) + 1
            yield from self._statements(frame, match, sentence)

    def _trigger_index(self, frame: Frame, match: re.Match[str]) -> int:
        return next(
            (
                match.start(name)
                for name in match.re.groupindex
                if name.startswith("t_")
                and match.start(name) >= 0
                and alphabet.is_trigger(match.group(name)[0])
            ),
            -1,
        )

    def _kept(self, keep: str, match: re.Match[str], sentence: Encoded) -> tuple[str, Item]:
        """Return what remains of a phrase: its head, its tail, or `both` as one group."""
        indexes = [
            match.start(name)
            for name in match.re.groupindex
            if match.start(name) >= 0 and (keep == "both" or name.startswith(keep))
        ]
        items = [item for index in sorted(indexes) if (item := sentence.items[index]) is not None]
        char = sentence.chars[min(indexes)]
        if len(items) == 1:
            return char, items[0]
        mentions = [mention for item in items for mention in item.mentions]
        group = Item(items[0].start, items[-1].end, mentions, inferred=any(item.inferred for item in items))
        return alphabet.with_variant(char, alphabet.PLURAL), group

    def _statements(
        self, frame: Frame, match: re.Match[str], sentence: Encoded, earlier: Earlier | None = None
    ) -> Iterator[RawStatement]:
        where = self._trigger_index(frame, match)
        trigger: Span | None = None
        if where >= 0:
            item = sentence.items[where]
            assert item is not None
            trigger = (item.start, item.end)
        qualifiers, when = self._qualifiers(match, sentence, frame.relation)
        offset = sentence.offsets[where if where >= 0 else match.start()]
        if frame.implied:
            for head, tail in self._implied(frame, match, sentence, earlier, offset) if earlier else ():
                yield RawStatement(
                    head, frame.relation, tail, frame.name, offset, trigger, qualifiers, True, when
                )
            return
        for head, head_inferred, tail, tail_inferred in self._pairs(frame, match, sentence):
            yield RawStatement(
                head,
                frame.relation,
                tail,
                frame.name,
                offset,
                trigger,
                qualifiers,
                head_inferred or tail_inferred,
                when,
            )

    def _implied(
        self, frame: Frame, match: re.Match[str], sentence: Encoded, earlier: Earlier, offset: int
    ) -> Iterator[tuple[Mention, Mention]]:
        """Yield head and tail where the frame names one of them and the discourse gives the other before `offset`."""
        if frame.implied == TOPIC:
            topic = earlier((TOPIC,), None, offset)
            if topic is None:
                return
            for tail, _ in self._collected(match, sentence, "tail", frame.types.tail):
                yield topic, tail
            for head, _ in self._collected(match, sentence, "head", frame.types.head):
                if head.name != topic.name:
                    yield head, topic
            return
        for head, _ in self._collected(match, sentence, "head", frame.types.head):
            found = earlier(frame.implied.split("/"), head, offset)
            if found is not None:
                yield head, found

    def _pairs(
        self, frame: Frame, match: re.Match[str], sentence: Encoded
    ) -> Iterator[tuple[Mention, bool, Mention, bool]]:
        both = self._collected(match, sentence, "both", frame.types.head)
        if both:
            for index, (a, a_inferred) in enumerate(both):
                for b, b_inferred in both[index + 1 :]:
                    if a.name != b.name:
                        yield a, a_inferred, b, b_inferred
            return
        heads = self._collected(match, sentence, "head", frame.types.head)
        tails = self._collected(match, sentence, "tail", frame.types.tail)
        if not {m.name for m, _ in heads}.isdisjoint(m.name for m, _ in tails) and len(heads) > 1:
            return  # 甲、乙给两家供货: the two are others
        paired = len(heads) == len(tails) > 1 and self._respectively.search(match.group())
        for (head, head_inferred), (tail, tail_inferred) in (
            zip(heads, tails, strict=True) if paired else product(heads, tails)
        ):
            if head.name != tail.name:
                yield head, head_inferred, tail, tail_inferred

    def _collected(
        self, match: re.Match[str], sentence: Encoded, group: str, types: frozenset[str]
    ) -> list[tuple[Mention, bool]]:
        found: list[tuple[Mention, bool]] = []
        for name in match.re.groupindex:
            if not name.startswith(group) or match.start(name) < 0:
                continue
            for index in range(match.start(name), match.end(name)):
                item = sentence.items[index]
                if item is not None and item.mentions:
                    if item.inferred and "_named_" in name:
                        continue
                    mentions = self._picked(name, item)
                    found.extend((m, item.inferred) for m in mentions if m.types & types)
        return found

    def _picked(self, group: str, item: Item) -> list[Mention]:
        """Return the mentions of an item that a slot's marks admit."""
        mentions = item.mentions
        if "_first_" in group:
            mentions = mentions[:1]
        elif "_last_" in group:
            mentions = mentions[-1:]
        listed = _LISTED.search(group)
        if listed:
            names = self._lists[bytes.fromhex(listed[1]).decode()]
            mentions = [m for m in mentions if m.name in names or m.entry in names]
        return mentions

    def _qualifiers(
        self, match: re.Match[str], sentence: Encoded, relation: str
    ) -> tuple[tuple[tuple[str, str], ...], Mark | None]:
        qualifiers: list[tuple[str, str]] = []
        when: Mark | None = None
        for name in match.re.groupindex:
            if match.start(name) < 0:
                continue
            item = sentence.items[match.start(name)]
            if item is None or item.mark is None:
                continue
            kind = name.rstrip("0123456789")
            if _QUALIFIERS.get(kind) in self._ontology.relations[relation].qualifiers:
                value = sentence.source[item.start : item.end] if kind == "role" else item.mark.value
                qualifiers.append((_QUALIFIERS[kind], value))
            elif kind == "time":
                when = item.mark
        return tuple(qualifiers), when
