"""Checks of frames: that they compile, state something, and can match at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from kg.authoring.checking import Check, Finding
from kg.authoring.compiling import Compiled, compiled
from kg.authoring.problems import WARNING
from kg.authoring.workspace import Workspace
from kg.errors import RuleError
from kg.recognise.automata import trigger_set
from kg.relate.matcher import Frame
from kg.rules import frames, schema
from kg.rules.alphabet import MARK_SLOTS
from kg.rules.frames import Edge, Gap, Group, Literal, Node, Slot
from kg.text import normalise

CONSTRUCTIONS = "constructions.yaml"
_UNSEEN = "《》"


class Frames(Check):
    """Every frame is one."""

    name = "frames"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield lines that do not compile, and slots that nobody knows."""
        for item in compiled(rules):
            place = item.file.place(*item.keys)
            if item.error is not None:
                yield Finding(place, item.error.message, item.error.hint)
                continue
            known = _known_slots(rules, item)
            for frame in item.frames:
                for slot in frames.slots(frame.nodes):
                    if slot.name not in known:
                        remedy = f"known slots: {' '.join(sorted(known))}"
                        yield Finding(place, f"unknown slot 【{slot.name}】", remedy)
        yield from self._constructions(rules)

    def _constructions(self, rules: Workspace) -> Iterator[Finding]:
        data = rules.one(CONSTRUCTIONS, schema.ConstructionsFile)
        lines: list[tuple[tuple[str | int, ...], str]] = []
        lines += [(("roles", i), text) for i, text in enumerate(data.roles)] if data else []
        for name, family in data.families.items() if data else ():
            lines += [(("families", name, i), text) for i, text in enumerate(family)]
        for keys, text in lines:
            place = rules.place(CONSTRUCTIONS, *keys)
            try:
                nodes = frames.parse(text.partition("=>")[0].strip(), place, data.lists if data else {})
            except RuleError as error:
                yield Finding(place, error.message, error.hint)
                continue
            names = {slot.name for slot in frames.slots(nodes)}
            if keys[0] == "roles" and ("人物" not in names or not names & {"身份", "称谓"}):
                remedy = "a role frame holds 【人物】 and 【身份】, or 【所属】 and 【称谓】"
                yield Finding(place, "says not who holds which role", remedy)


def _known_slots(rules: Workspace, item: Compiled) -> set[str]:
    triggers = item.data.triggers
    sets = set(triggers) if isinstance(triggers, dict) else {"trigger"}
    return {"head", "tail", "双方", "职务", *MARK_SLOTS, *sets, *rules.types}


class Impossible(Check):
    """A frame that can never match, or would state nothing."""

    name = "impossible"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield frames without two ends, and frames a part of which nothing can fill."""
        for item in compiled(rules):
            for frame in item.frames:
                reason = _without_ends(frame) or _dead(frame.nodes, frame, rules)
                if reason:
                    place = item.file.place(*item.keys)
                    yield Finding(place, f"can never match: {reason[0]}", reason[1])
                    break


def _without_ends(frame: Frame) -> tuple[str, str] | None:
    names = {slot.name for slot in frames.slots(frame.nodes)}
    if "双方" in names or {"head", "tail"} <= names or (frame.implied and names & {"head", "tail"}):
        return None
    missing = "tail" if "head" in names else "head"
    return f"it has no 【{missing}】", "a frame holds 【head】 and 【tail】, or 【双方】"


def _dead(nodes: Sequence[Node], frame: Frame, rules: Workspace) -> tuple[str, str] | None:
    """Return why a row of nodes can never match, with a remedy."""
    for index, node in enumerate(nodes):
        reason: tuple[str, str] | None = None
        if isinstance(node, Group):
            reasons = [_dead(option, frame, rules) for option in node.options]
            reason = reasons[0] if not node.optional and all(reasons) else None
        elif isinstance(node, Slot):
            reason = _dead_slot(node, frame, rules)
        elif isinstance(node, Literal):
            reason = _dead_text(node.text)
        elif isinstance(node, Edge):
            reason = _dead_edge(node, nodes, index)
        if reason:
            return reason
    return None


def _dead_slot(slot: Slot, frame: Frame, rules: Workspace) -> tuple[str, str] | None:
    sides = {"head": frame.types.head, "tail": frame.types.tail}
    if slot.only and slot.name in sides and slot.only not in sides[slot.name]:
        kinds = "、".join(sorted(sides[slot.name]))
        return f"{frame.relation} takes no {slot.only} as {slot.name}", f"its {slot.name} may be {kinds}"
    for data in (data for _, data in rules.all(schema.RelationFile) if data.relation == frame.relation):
        sets = data.triggers if isinstance(data.triggers, dict) else {"trigger": data.triggers}
        if trigger_set(frame.relation, slot.name) in frame.sets and not sets.get(slot.name):
            return f"the trigger set `{slot.name}` is empty", "add words to it"
    return None


def _dead_text(text: str) -> tuple[str, str] | None:
    unseen = [sign for sign in text if sign in _UNSEEN]
    if unseen:
        return f"`{unseen[0]}` is never seen: title marks are taken out", "leave it out"
    seen = normalise(f"中{text}文").text[1:-1]
    if seen != text:
        return f"articles are read with `{seen}` for `{text}`", f"write `{seen}`"
    return None


def _dead_edge(edge: Edge, nodes: Sequence[Node], index: int) -> tuple[str, str] | None:
    beside = nodes[:index][-1:] if edge.start else nodes[index + 1 : index + 2]
    neighbour = beside[0] if beside else None
    if isinstance(neighbour, Slot) or (isinstance(neighbour, Gap) and edge.start):
        sign = "^" if edge.start else "$"
        return f"`{sign}` stands inside the frame", "`^` begins a frame, `$` ends it"
    return None


class DeadAlternatives(Check):
    """One choice of several that can never match."""

    name = "dead-choice"
    severity = WARNING

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield choices inside ( | ) and [ | ] that nothing can fill."""
        for item in compiled(rules):
            for frame in item.frames:
                for why, remedy in self._choices(frame.nodes, frame, rules):
                    yield Finding(item.file.place(*item.keys), f"one choice can never match: {why}", remedy)

    def _choices(self, nodes: Sequence[Node], frame: Frame, rules: Workspace) -> Iterator[tuple[str, str]]:
        for node in nodes:
            if isinstance(node, Group):
                reasons = [_dead(option, frame, rules) for option in node.options]
                if node.optional or not all(reasons):
                    yield from (reason for reason in reasons if reason)


class RoleWords(Check):
    """A role spelt out in a frame."""

    name = "role-words"
    severity = WARNING
    remedy = "take the choice out, or write 【职务】 for any role"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield words of frames that the recogniser takes for roles, so that no text is left to match."""
        roles = rules.one("recognisers/roles.yaml", schema.RolesFile)
        if roles is None:
            return
        words = {word: True for item in roles.classes.values() for word in item.words}
        words |= dict.fromkeys(roles.not_in, False)
        for _, data in rules.all(schema.RelationFile):
            sets = data.triggers.values() if isinstance(data.triggers, dict) else (data.triggers,)
            for longer in (*chain.from_iterable(sets), *data.not_in):
                words.setdefault(longer, False)
        longest = max(map(len, words), default=0)
        for item in compiled(rules):
            for text in {text for frame in item.frames for text in _texts(frame.nodes)}:
                found = _role_in(text, words, longest)
                if found:
                    yield Finding(
                        item.file.place(*item.keys), f"`{found}` in `{text}` is a role and not text"
                    )


def _role_in(text: str, words: Mapping[str, bool], longest: int) -> str:
    """Return the first role word that a sentence with the text holds, reading the longest word at each place.

    `words` maps each word to whether it is a role.
    """
    at = 0
    while at < len(text):
        word = next((text[at : at + n] for n in range(longest, 0, -1) if text[at : at + n] in words), "")
        if words.get(word):
            return word
        at += len(word) or 1
    return ""


def _texts(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Literal):
            yield node.text
        elif isinstance(node, Group):
            for option in node.options:
                yield from _texts(option)


class Repeated(Check):
    """A frame that stands twice in a file."""

    name = "repeated"
    severity = WARNING
    remedy = "keep one of the two"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield the second of two equal lines, and families that no file uses."""
        used: set[str] = set()
        for file, data in rules.all(schema.RelationFile):
            for key, lines in (("frames", data.frames), ("phrases", data.phrases)):
                for index, text in enumerate(lines):
                    used.add(text.partition("(")[0].partition(":")[0])
                    if text in lines[:index]:
                        yield Finding(file.place(key, index), f"`{text}` stands twice")
        constructions = rules.one(CONSTRUCTIONS, schema.ConstructionsFile)
        for name in constructions.families if constructions else ():
            if name not in used:
                place = rules.place(CONSTRUCTIONS, "families", name)
                yield Finding(
                    place, f"no relation uses the family `{name}`", "take it out, or name it under `frames:`"
                )
