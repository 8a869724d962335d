"""Roles stated in noun phrases and clauses: 上海人工智能实验室主任助理、上海交通大学人工智能研究院副院长王延峰."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import Place
from kg.recognise.mentions import CONTEXT, Mention
from kg.relate.encode import Encoded, Item
from kg.relate.needs import NeedBits, needs
from kg.relate.raw import RawStatement
from kg.rules import frames
from kg.rules.alphabet import CORE, MARK_SLOTS, PLURAL, Alphabet, char_class
from kg.rules.frames import FrameCompiler, Group, Node, Slot, Syntax, Types, literal
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet

HOLDER, LIST, TITLE, OWNER, VERB = "人物", "身份", "称谓", "所属", "担任"
POST = "职务"
"""The qualifier that holds the words of a role."""
_KEEP = "=>"
_JOINED_WITHIN = 16


class Employers(NamedTuple):
    """Whom a bare post means: any organisation, and one that may be called a company."""

    body: Mention | None
    business: Mention | None


NOBODY = Employers(None, None)


@dataclass(frozen=True, slots=True)
class RoleFrame:
    """A compiled frame in which a role is stated."""

    name: str
    pattern: re.Pattern[str]
    keeps_holder: bool
    need: int
    """The bits of what it needs (kg.relate.needs)."""


class RoleMatcher:
    """Finds who holds which role where."""

    def __init__(self, rules: RuleSet, letters: Alphabet, syntax: Syntax, bits: NeedBits) -> None:
        self._letters = letters
        self._words = rules.constructions.lists
        self._bits = bits
        self._role = re.compile(char_class(letters.all_roles()))
        self._states = {name: dict(role.states) for name, role in rules.roles.classes.items()}
        self._also = rules.roles.also
        self._beside = frozenset(rules.roles.beside)
        self._within = {relation: tuple(endings) for relation, endings in rules.roles.within.items()}
        self._bare = tuple(rules.roles.bare)
        self._taking = tuple(rules.roles.taking)
        self._verb_words = tuple(rules.roles.verbs)
        self._generic_owners = tuple(rules.roles.generic_owners)
        self._each = any_of(rules.syntax.each)
        self._duties = tuple(rules.roles.duties)
        self._respectively = any_of(rules.syntax.respectively)
        self._bare_after = tuple(rules.roles.bare_after)
        self._joints = alternatives(rules.roles.joints)
        self._leads = alternatives(rules.roles.leads)
        self._owner_joints = alternatives(rules.roles.owner_joints)
        self._makes = alternatives(rules.roles.maker_joints) or "(?!)"
        self._makers = rules.roles.makers
        self._verbs = "|".join(
            literal(word, letters) for word in sorted(rules.roles.verbs, key=len, reverse=True)
        )
        self._owner_types = frozenset(kind for role in self._states.values() for kind in role) | frozenset(
            kind for extra in self._also.values() for kind in extra
        )
        self._no_companies = rules.lexicon.no_companies
        self._company_posts = any_of(rules.reference.company_posts)
        self._ontology, self._kinds = rules.ontology, rules.ontology.kinds
        self._compiler = FrameCompiler(letters, syntax, Types(self._kinds.person, self._owner_types), {})
        place = Place(rules.folder / "constructions.yaml")
        role_frames = [self._compile(text, place) for text in rules.constructions.roles]
        self._appositions = [frame for frame in role_frames if frame.keeps_holder]
        self._clauses = [frame for frame in role_frames if not frame.keeps_holder]
        self._owned = re.compile(f"的?{char_class(self._letters.all_roles())}")
        self._element = re.compile(self._element_expression(True))
        self._placed = re.compile(f"{any_of(rules.roles.places).pattern}{self._owner_class()}[^，。；：]*$")
        joining = char_class("".join(letters.triggers_of(name) for name in rules.constructions.joining))
        self._joined = re.compile(f"{joining}[^，。；：]*$")

    def _compile(self, text: str, place: Place) -> RoleFrame:
        body, _, keep = text.partition(_KEEP)
        nodes = frames.parse(body.strip(), place, self._words)
        return RoleFrame(
            text,
            re.compile(self._expression(nodes)),
            bool(keep.strip()),
            self._bits.of(needs(nodes, self._letters, self._chars_of)),
        )

    def _chars_of(self, slot: Slot) -> str | None:
        """Return the characters that may fill a slot, and perhaps some more; None for verbs and the like."""
        if slot.name in (LIST, TITLE):
            return self._letters.all_roles()
        if slot.name in MARK_SLOTS:
            return MARK_SLOTS[slot.name]
        if slot.name == OWNER:
            return self._letters.mentions_of(self._owner_types, range(4))
        if slot.name in self._ontology.types:
            return self._letters.mentions_of((slot.only or slot.name,), range(4))
        return None

    def _expression(self, nodes: Sequence[Node]) -> str:
        """Compile a role frame; the slots 身份, 称谓 and 所属 are its own, the rest is the common language."""
        parts: list[str] = []
        for index, node in enumerate(nodes):
            if isinstance(node, Slot) and node.name == LIST:
                element = self._element_expression(False)
                parts.append(f"(?P<list>{element}(?:(?:{self._joints})*{element})*)")
            elif isinstance(node, Slot) and node.name == VERB:
                parts.append(f"(?:{self._verbs})")
            elif isinstance(node, Slot) and node.name == TITLE:
                parts.append(f"(?P<title>{char_class(self._letters.all_roles())})")
            elif isinstance(node, Slot) and node.name == OWNER:
                parts.append(f"(?P<owner>{self._owner_class()})")
            elif isinstance(node, Slot) and node.name == HOLDER:
                variants = range(4) if node.aside else (CORE, PLURAL)
                chars = self._letters.mentions_of(self._kinds.person, variants)
                parts.append(f"(?P<holder>{char_class(chars)})")
            elif isinstance(node, Group):
                options = "|".join(self._expression(option) for option in node.options)
                parts.append(f"(?:{options}){'?' if node.optional else ''}")
            else:
                parts.append(self._compiler.expression(tuple(nodes[index : index + 1])))
        return "".join(parts)

    def _owner_class(self) -> str:
        return char_class(self._letters.mentions_of(self._owner_types - self._kinds.person, range(4)))

    def _element_expression(self, named: bool) -> str:
        """Return what fits a role with its owner, a product perhaps behind its maker (百度的|文心一言|负责人)."""
        owner, role, firm = ("(?P<owner>", "(?P<role>", "(?P<firm>") if named else ("(?:", "(?:", "(?:")
        body = char_class(self._letters.mentions_of(self._kinds.organisation, range(4), certain=True))
        thing = char_class(self._letters.mentions_of(self._owner_types - self._kinds.organisation, range(4)))
        maker = f"(?:{firm}{body})(?:{self._makes})?(?={thing}))?"
        owned = f"(?:(?:{self._leads})?{maker}{owner}{self._owner_class()})(?:{self._owner_joints})?)?"
        return f"{owned}{role}{char_class(self._letters.all_roles())})"

    def appositions(self, sentence: Encoded, text: str, meant: Employers) -> Iterator[RawStatement]:
        """Yield what noun phrases state of roles, and shrink them to their person.

        `meant` are the organisations that a bare post means, from the sentences before.
        """
        return self._match(self._appositions, sentence, text, meant)

    def clauses(self, sentence: Encoded, text: str, meant: Employers) -> Iterator[RawStatement]:
        """Yield what clauses state of roles; subjects that carry on stand in the sentence already."""
        return self._match(self._clauses, sentence, text, meant)

    def _match(
        self, role_frames: Sequence[RoleFrame], sentence: Encoded, text: str, meant: Employers
    ) -> Iterator[RawStatement]:
        if not self._role.search(sentence.text):
            return
        near = meant
        held = self._bits.held(sentence.text)
        for frame in role_frames:
            if frame.need & held != frame.need:
                continue
            position = 0
            encoded = sentence.text
            while match := frame.pattern.search(encoded, position):
                if frame.keeps_holder and (said := self._said_of_another(match, sentence, text)):
                    position = said
                    continue
                near = yield from self._stated(frame, match, sentence, text, near)
                if frame.keeps_holder:
                    holder = match.start("holder")
                    item = sentence.items[holder]
                    assert item is not None
                    position = match.start() + 1
                    sentence.replace(match.start(), match.end(), encoded[holder], item)
                    encoded = sentence.text
                else:
                    position = max(match.start() + 1, match.end() - 1)

    def _stated(
        self, frame: RoleFrame, match: re.Match[str], sentence: Encoded, text: str, meant: Employers
    ) -> Generator[RawStatement, None, Employers]:
        """Yield what one match states; return the organisations that a later bare post means."""
        groups = match.re.groupindex
        holder = sentence.items[match.start("holder")]
        assert holder is not None
        outer = None
        if "owner" in groups and match.start("owner") >= 0:
            outer = sentence.items[match.start("owner")]
        if "title" in groups:
            role = sentence.items[match.start("title")]
            if role is not None and outer is not None:
                nearest = _singly(outer)[-1]  # 甲、乙大学教授某某 is of 乙大学
                yield from self._pairs(
                    frame, holder, nearest, role, sentence.chars[match.start("title")], text, False
                )
            return meant
        if sentence.text.startswith("（", match.start("holder") + 1) and not self._each.match(
            text, holder.end + 1
        ):
            holder = _singly(holder)[-1]  # 甲、乙（曾任某职）
        owner, inferred = outer, False
        elements = list(self._element.finditer(sentence.text, match.start("list"), match.end("list")))
        paired = len(elements) == len(holder.mentions) > 1 and self._respectively.search(match.group())
        holders = _singly(holder) if paired else [holder] * len(elements)
        for element, holder in zip(elements, holders, strict=True):
            if element.start("owner") >= 0:
                whole = owner
                owner, inferred = sentence.items[element.start("owner")], False
                if whole is not None and owner is not None:
                    yield from self._departments(frame, whole, owner, element.start("owner"), sentence)
                if owner is not None and text.endswith(self._duties, 0, owner.start):
                    owner = None
            if owner is not None and owner.mentions[-1].types & self._kinds.organisation:
                meant = self._employers(owner.mentions[-1], meant)
            role = sentence.items[element.start("role")]
            assert role is not None and role.mark is not None
            firm = sentence.items[element.start("firm")] if element.start("firm") >= 0 else None
            if firm is not None and owner is not None:
                yield from self._made(frame, firm, owner, element.start("firm"), sentence)
                yield from self._pairs(frame, holder, firm, role, element["role"], text, False)
                meant = self._employers(firm.mentions[-1], meant)
            if owner is None:
                if not self._may_be_bare(text, role) or self._placed.search(
                    sentence.text, match.start(), element.start("role")
                ):
                    continue
                last = self._last_organisation(sentence, element.start("role"))
                near = self._employer(text[role.start : role.end], self._employers(last, meant))
                if near is None:
                    continue
                owner, inferred = Item(role.start, role.end, [near]), True
            yield from self._pairs(frame, holder, owner, role, element["role"], text, inferred)
        return meant

    def _employers(self, body: Mention | None, before: Employers) -> Employers:
        """Return what bare posts mean once an organisation has been named; those meant before, if none has."""
        if body is None:
            return before
        is_business = (body.entry or body.name) not in self._no_companies
        return Employers(body, body if is_business else before.business)

    def _employer(self, post: str, meant: Employers) -> Mention | None:
        """Return the organisation of a bare post: the editor's is a newspaper, the CEO's is none."""
        return meant.business if self._company_posts.search(post) else meant.body

    def _made(
        self, frame: RoleFrame, firm: Item, things: Item, index: int, sentence: Encoded
    ) -> Iterator[RawStatement]:
        """Yield what a firm before a thing is to it: 百度的|文心一言|负责人."""
        for thing in things.mentions:
            relation = next((name for kind, name in self._makers.items() if kind in thing.types), None)
            if relation is not None and firm.mentions[-1].name != thing.name:
                yield RawStatement(
                    firm.mentions[-1],
                    relation,
                    thing,
                    f"roles/{frame.name}",
                    sentence.offsets[index],
                    None,
                    (),
                    firm.inferred or things.inferred,
                    apposition=frame.keeps_holder,
                )

    def _departments(
        self, frame: RoleFrame, whole: Item, part: Item, index: int, sentence: Encoded
    ) -> Iterator[RawStatement]:
        """Yield that a department without a name of its own is a part of the body before it in a list of roles."""
        body, department = whole.mentions[-1], part.mentions[0]
        if (
            body.types != self._kinds.organisation
            or department.source != CONTEXT
            or department.types != self._kinds.organisation
            or department.name.startswith(body.name)
        ):
            return
        for relation, endings in self._within.items():
            if department.name.endswith(endings):
                yield RawStatement(
                    department,
                    relation,
                    body,
                    f"roles/{frame.name}",
                    sentence.offsets[index],
                    None,
                    (),
                    whole.inferred,
                    apposition=frame.keeps_holder,
                )

    def _said_of_another(self, match: re.Match[str], sentence: Encoded, text: str) -> int:
        """Return where the first role of a list ends that the verb before it gives to somebody else, 0 if none.

        继续担任CEO，原某公司首席运营官关某: the first role is not 关某's.
        """
        if "list" not in match.re.groupindex:
            return 0
        at = match.start("list")
        role = sentence.items[at]
        if role is None or role.mark is None or match.end("list") == at + 1:
            return 0
        return at + 1 if text.endswith(self._verb_words, 0, role.start) else 0

    def _sharing(self, holder: Item) -> list[Mention]:
        """Return who of a list shares the role before it: 副总裁卫明轩、倪可嘉, but 教授卫明轩、马斯克 only the first.

        Somebody whom everybody knows needs no title; a person of note behind one who is not has no share in it.
        """
        first = holder.mentions[0]
        if first.entry is not None:
            return holder.mentions
        return [m for m in holder.mentions if m is first or m.entry is None]

    def _may_be_bare(self, text: str, role: Item) -> bool:
        """Tell whether a role without its organisation means the one spoken of: 创始人王雪红, not 向集团总裁…"""
        words = text[role.start : role.end]
        before = text[: role.start]
        if before.endswith(self._verb_words) or before.endswith(self._generic_owners):
            return words.endswith(self._bare) or before.endswith(self._taking)
        opens = not before or before[-1] in "，、。；：“”（）\n " or before.endswith(self._bare_after)
        return opens and words.endswith(self._bare)

    def _last_organisation(self, sentence: Encoded, index: int) -> Mention | None:
        """Return the last organisation before a bare role that it may be a role of.

        It opens a clause, has a role of its own, has been joined or founded just before (加入甲，任首席技术官), or
        stands beside the role (甲及其|首席执行官).
        """
        for at in range(index - 1, -1, -1):
            item = sentence.items[at]
            if item is None or not item.mentions or item.mentions[-1].types != self._kinds.organisation:
                continue
            opens = at == 0 or sentence.chars[at - 1] in "，。；：.、"
            if (
                opens
                or self._owned.match(sentence.text, at + 1)
                or sentence.text[at + 1 : index] in self._beside
                or self._joined.search(sentence.text, max(0, at - _JOINED_WITHIN), at)
            ):
                return item.mentions[-1]
        return None

    def _pairs(
        self, frame: RoleFrame, holder: Item, owner: Item, role: Item, char: str, text: str, inferred: bool
    ) -> Iterator[RawStatement]:
        assert role.mark is not None
        words = text[role.start : role.end]
        states = dict(self._states[role.mark.value])
        for word, extra in self._also.items():
            if words.endswith(word):
                states.update(extra)
        for person in self._sharing(holder):
            for place in owner.mentions:
                kind = next((kind for kind in states if kind in place.types), None)
                if kind is None or person.start == place.start:
                    continue
                relation = states[kind]
                told = POST in self._ontology.relations[relation].qualifiers
                qualifiers = ((POST, words),) if told else ()
                yield RawStatement(
                    person,
                    relation,
                    place,
                    f"roles/{frame.name}",
                    role.start,
                    (role.start, role.end),
                    qualifiers,
                    inferred or holder.inferred or owner.inferred,
                    apposition=frame.keeps_holder,
                )


def _singly(item: Item) -> list[Item]:
    """Return an item for each mention of a coordinated group."""
    return [Item(m.start, m.end, [m], inferred=item.inferred) for m in item.mentions]
