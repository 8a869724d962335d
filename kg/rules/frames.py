"""The language of frames: text -> tree -> regular expression over an encoded sentence.

    【head】…向【tail】【trigger】[了]【金额】

`【…】` is a slot, `…` a gap inside the clause, `……` a gap that may cross commas, `[甲|乙]` optional,
`(甲|乙)` a choice, `^` and `$` the clause's ends; everything else stands for itself, these signs too behind
a backslash. `【tail*】` also takes a name that stands in an adjunct or modifier, which plain slots pass over
unless a preposition is right before them; `【head!】` takes only the first of a group, `【head~】` only the last,
`【head=】` no pronoun, `【tail:产品】` only that type, `【tail@国家】` only a list's
names; in brackets `@名单` is any word of a list. `【双方】` is a coordinated group of at least two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.errors import Place, RuleError
from kg.rules.alphabet import (
    ANY_MARK,
    ASIDE,
    ASIDE_PLURAL,
    CORE,
    MARK_SLOTS,
    PLURAL,
    TRIGGERS,
    Alphabet,
    char_class,
)
from kg.rules.budget import GAP, LONG_GAP, check_nesting, check_ways
from kg.rules.nodes import Edge as Edge
from kg.rules.nodes import Gap as Gap
from kg.rules.nodes import Group as Group
from kg.rules.nodes import Literal as Literal
from kg.rules.nodes import Node as Node
from kg.rules.nodes import Slot as Slot

_DESCRIPTION = 14

_SLOT = re.compile(r"(?P<name>\w+)(?P<notes>(?:[*!~=]|[:@]\w+)*)")
_NOTE = re.compile(r"[*!~=]|([:@])(\w+)")
_ESCAPED = re.compile(r"\\(.)")
_TOKEN = re.compile(
    r"【(?P<slot>[^】]*)】|(?P<long>……)|(?P<gap>…)|(?P<sign>[\[\]()|^$])|(?P<text>(?:\\.|[^【】…\[\]()|^$\\])+)"
)


@dataclass(frozen=True, slots=True)
class Types:
    """What the slots of a rule may hold: the ontology's head and tail types."""

    head: frozenset[str]
    tail: frozenset[str]


@dataclass(slots=True)
class Syntax:
    """The words that the compiler needs: prepositions before a slot, conjunctions within a coordinated slot.

    `nouns` are the trigger sets whose words only describe the name behind them: 供应商|云杉科技.
    """

    prepositions: tuple[str, ...]
    conjunctions: tuple[str, ...]
    types: frozenset[str] = field(default_factory=frozenset)
    nouns: frozenset[str] = field(default_factory=frozenset)


_LIST = re.compile(r"(?<=[(\[|])@(\w+)(?=[)\]|])")


def parse(
    text: str, place: Place | None = None, lists: Mapping[str, Sequence[str]] | None = None
) -> tuple[Node, ...]:
    """Return the frame's tree; `lists` are the words that `@name` stands for inside brackets.

    Raises RuleError for what is no frame, or costs too much.
    """
    text = _spelled_out(text.strip(), lists or {}, place)
    check_nesting(0, text, place)
    position = 0
    stack: list[tuple[str, list[tuple[Node, ...]], list[Node]]] = [("", [], [])]
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise RuleError(
                f"frame `{text}`: `{text[position]}` is out of place",
                place=place,
                hint="a slot is written 【name】",
            )
        position = match.end()
        sign = match["sign"]
        if sign in ("[", "("):
            stack.append((sign, [], []))
            check_nesting(len(stack) - 1, text, place)
        elif sign in ("]", ")"):
            opening, options, current = stack.pop()
            if not stack or (opening == "[") != (sign == "]"):
                raise RuleError(
                    f"frame `{text}`: `{sign}` closes nothing", place=place, hint="balance the brackets"
                )
            options.append(tuple(current))
            stack[-1][2].append(Group(tuple(options), opening == "["))
        elif sign == "|":
            _, options, current = stack[-1]
            options.append(tuple(current))
            current.clear()
        else:
            stack[-1][2].append(_leaf(match, text, place))
    if len(stack) != 1:
        raise RuleError(
            f"frame `{text}`: `{stack[-1][0]}` is never closed", place=place, hint="balance the brackets"
        )
    if stack[0][1]:
        raise RuleError(f"frame `{text}`: `|` stands outside brackets", place=place, hint="write (甲|乙)")
    nodes = tuple(stack[0][2])
    check_ways(nodes, text, place)
    return nodes


def _leaf(match: re.Match[str], text: str, place: Place | None) -> Node:
    if match["slot"] is not None:
        written = match["slot"].strip()
        parts = _SLOT.fullmatch(written)
        if parts is None:
            raise RuleError(
                f"frame `{text}`: 【{written}】 is no slot",
                place=place,
                hint="write 【head】 or 【tail:产品】",
            )
        notes = list(_NOTE.finditer(parts["notes"]))
        marks = "".join(note.group() for note in notes if note[1] is None)
        named = {note[1]: note[2] for note in notes if note[1]}
        return Slot(
            parts["name"], "*" in marks, named.get(":", ""), named.get("@", ""), marks.replace("*", "")
        )
    if match["long"] or match["gap"]:
        return Gap(bool(match["long"]))
    if match["sign"]:
        return Edge(match["sign"] == "^")
    words = _ESCAPED.sub(r"\1", match["text"])
    return Literal(words if words.isspace() else words.replace(" ", ""))


def _spelled_out(text: str, lists: Mapping[str, Sequence[str]], place: Place | None) -> str:
    """Return a frame with the words of each list in the place of its name: (@会场|台上) is (现场|会场|台上)."""

    def words(match: re.Match[str]) -> str:
        if match[1] not in lists:
            raise RuleError(
                f"unknown list `@{match[1]}`",
                place=place,
                hint=f"lists stand in constructions.yaml: {', '.join(lists) or 'none'}",
            )
        return "|".join(lists[match[1]])

    return _LIST.sub(words, text)


def slots(nodes: tuple[Node, ...]) -> list[Slot]:
    """Return all slots of a frame in order."""
    found: list[Slot] = []
    for node in nodes:
        if isinstance(node, Slot):
            found.append(node)
        elif isinstance(node, Group):
            for option in node.options:
                found.extend(slots(option))
    return found


def swap(nodes: tuple[Node, ...], names: dict[str, str], only: str = "") -> tuple[Node, ...]:
    """Return the frame with its slots renamed, its tail held to one type: how a family's frame becomes a rule's."""
    renamed: list[Node] = []
    for node in nodes:
        if isinstance(node, Slot):
            name = names.get(node.name, node.name)
            renamed.append(replace(node, name=name, only=only if name == "tail" and only else node.only))
        elif isinstance(node, Group):
            renamed.append(Group(tuple(swap(option, names, only) for option in node.options), node.optional))
        else:
            renamed.append(node)
    return tuple(renamed)


def literal(text: str, alphabet: Alphabet) -> str:
    """Return the expression for a word; one that is a trigger elsewhere stands in the sentence as its character."""
    written = [re.escape(text)]
    written += [re.escape(text.replace(word, alphabet.words[word])) for word in alphabet.words_in(text)]
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})"


class FrameCompiler:
    """Turns frames of one rule into regular expressions."""

    def __init__(self, alphabet: Alphabet, syntax: Syntax, types: Types, sets: dict[str, str]) -> None:
        """`sets` maps the names of trigger slots to the alphabet's names of trigger sets."""
        self._alphabet = alphabet
        self._syntax = syntax
        self._types = types
        self._sets = sets
        self._nouns = "".join(map(re.escape, alphabet.triggers_within(syntax.nouns)))
        self._groups: dict[str, int] = {}

    def expression(self, nodes: tuple[Node, ...]) -> str:
        """Return the regular expression; its groups are named head, tail, trigger, ... with a counter behind."""
        self._groups = {}
        return self._sequence(nodes, "", None)

    def _sequence(self, nodes: tuple[Node, ...], before: str, after: Node | None) -> str:
        parts: list[str] = []
        for index, node in enumerate(nodes):
            following = nodes[index + 1] if index + 1 < len(nodes) else after
            previous: Node | None = nodes[index - 1] if index else None
            if isinstance(node, Literal):
                parts.append(literal(node.text, self._alphabet))
                before = node.text
            elif isinstance(node, Slot):
                parts.append(self._slot(node, before))
                before = ""
            elif isinstance(node, Gap):
                parts.append(self._gap(node, previous, following))
                before = ""
            elif isinstance(node, Edge):
                parts.append(r"(?:(?<=[，；：。、\s])|^)" if node.start else r"(?=[，；：。！？）”\s]|$)")
            else:
                options = [self._sequence(option, before, following) for option in node.options]
                parts.append(f"(?:{'|'.join(options)})" + ("?" if node.optional else ""))
                last = node.options[0][-1] if node.options and node.options[0] else None
                before = last.text if isinstance(last, Literal) else ""
        return "".join(parts)

    def _slot(self, slot: Slot, before: str) -> str:
        name = slot.name
        count = self._groups.get(name, 0)
        self._groups[name] = count + 1
        group = f"(?P<{_group_name(name)}{self._note(slot)}{count}>"
        if name in self._sets:
            return f"{group}{char_class(self._alphabet.triggers_of(self._sets[name]))})"
        if name in MARK_SLOTS:
            return f"{group}{MARK_SLOTS[name]})"
        if name == "职务":
            return f"{group}{char_class(self._alphabet.all_roles())})"
        aside = slot.aside or before.endswith(self._syntax.prepositions)
        if name == "双方":
            variants = [PLURAL, ASIDE_PLURAL] if aside else [PLURAL]
            return f"{group}{char_class(self._alphabet.mentions_of(self._types.head, variants))})"
        variants = [CORE, PLURAL, ASIDE, ASIDE_PLURAL] if aside else [CORE, PLURAL]
        types = frozenset((slot.only,)) if slot.only else self.types_of(name)
        # without a verb to vouch for it, a name that may be of another type does not fill a slot for one type
        certain = bool(slot.only) and not self._sets
        one = char_class(self._alphabet.mentions_of(types, variants, certain))
        if name != "tail" or "!" in slot.marks:
            return f"{group}{one})"
        joints = "|".join(map(re.escape, self._syntax.conjunctions))
        # 和 before a later member is a joint, not a preposition
        member = char_class(self._alphabet.mentions_of(types, (CORE, PLURAL, ASIDE, ASIDE_PLURAL), certain))
        within = f"[^，；：。、{ANY_MARK}]"
        if self._nouns:
            within = f"(?:{within}|[{self._nouns}])"
        return f"{group}{one}(?:(?:{joints}){within}{{0,{_DESCRIPTION}}}{member})*)"

    def _note(self, slot: Slot) -> str:
        """Return the part of a group's name that tells the matcher what else the slot asks for."""
        words = {"!": "first", "~": "last", "=": "named"}
        note = "".join(f"_{words[mark]}_" for mark in slot.marks)
        return note + (f"_in_{slot.listed.encode().hex()}_" if slot.listed else "")

    def types_of(self, name: str) -> frozenset[str]:
        """Return the entity types that the slot takes."""
        if name == "head":
            return self._types.head
        if name == "tail":
            return self._types.tail
        return frozenset((name,))

    def _gap(self, gap: Gap, previous: Node | None, following: Node | None) -> str:
        rivals = ""
        for neighbour in (previous, following):
            for slot in slots((neighbour,)) if neighbour else ():
                if slot.name in self._syntax.types or slot.name in ("head", "tail", "双方"):
                    types = self._types.head if slot.name == "双方" else self.types_of(slot.name)
                    rivals += self._alphabet.mentions_of(types, _rivals(slot, neighbour is previous))
        stops = ("；。！？\n" if gap.long else "，；：。！？\n") + "".join(sorted(set(rivals)))
        size = LONG_GAP if gap.long else GAP
        if isinstance(following, Slot) and following.name == "tail" and not gap.long and self._sets:
            # a second verb right before the object takes the object, unless coordinated with the first
            plain = f"[^{stops}{TRIGGERS}]"
            taken = f"(?![了出过到{ANY_MARK}])"
            if self._nouns:
                plain += f"|[{self._nouns}]"
                taken = f"(?:(?=[{self._nouns}])|{taken})"  # 应用|服务商|云杉科技
            return f"(?:{plain}|[并和及与、兼][{TRIGGERS}]|[{TRIGGERS}]{taken}){{0,{size}}}?"
        return f"[^{stops}]{{0,{size}}}?"


def _rivals(slot: Slot, behind: bool) -> tuple[int, ...]:
    """Return how names stand that a gap beside a slot may not hold; behind a head that may be aside, in any way."""
    return (
        (CORE, PLURAL, ASIDE, ASIDE_PLURAL)
        if behind and slot.aside and slot.name == "head"
        else (CORE, PLURAL)
    )


_NAMES = {"职务": "role", "双方": "both", "时间": "time", "金额": "amount", "轮次": "round"}


def _group_name(slot: str) -> str:
    return _NAMES.get(slot, slot if slot in ("head", "tail") else f"t_{slot.encode().hex()}_")
