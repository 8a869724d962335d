"""Whose role it is: the organisation right before a role, and how far back the role itself reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import CONTEXT, SHAPE, Mark, Mention
from kg.recognise.nominal import Atom, Run, opens_clause
from kg.recognise.organisation_words import OrganisationWords
from kg.recognise.segment import Token
from kg.rules.patterns import any_of
from kg.rules.ruleset import RuleSet

_MIN_LENGTH, _MAX_LENGTH = 2, 40
_MODIFIER = 10
_TRADE, _MAX_TRADING = 2, 4
_LONGEST_SUFFIX = 8
_NO_NAME = ("p", "c", "u", "r", "x", "y", "f", "t", "m")
_NO_MODIFIER = ("p", "c", "d", "u", "r", "x", "y", "f", "t", "m")


class RoleOwners:
    """Parts the names of organisations from the roles held in them: 百度|智能业务总裁, 折光智能|总裁."""

    def __init__(self, rules: RuleSet, words: OrganisationWords) -> None:
        data, kinds = rules.organisations, rules.ontology.kinds
        self._words = words
        self._type = kinds.organisation
        self._within_role = kinds.place | kinds.technology
        self._fields = frozenset(rules.roles.fields)
        self._owners = frozenset(rules.roles.generic_owners)
        self._before_roles = frozenset(rules.roles.before)
        self._joints = tuple(
            sorted((j for j in rules.roles.owner_joints if not words.suffixes.of(j)), key=len, reverse=True)
        )
        self._makers = tuple(rules.roles.also)
        self._classes = tuple(data.class_words)
        self._officers = tuple(rules.roles.officers)
        self._lines = tuple(sorted(rules.roles.lines, key=len, reverse=True))
        teams = any_of(rules.roles.named_teams).pattern
        self._team = re.compile(rf"(?P<name>[^，。、；：“”（）的和与及]{{2,12}}?)(?:{teams})")
        self._unnamed = frozenset(rules.roles.unnamed)
        self._product, self._person = kinds.product, kinds.person
        self._list_joints = tuple(sorted(rules.roles.joints, key=len, reverse=True))
        self._descent = frozenset(data.descent)
        self._departments = frozenset(data.departments)
        self._trades = words.weak | (frozenset(data.trades) - self._fields)

    def ends_before(self, text: str, known: Sequence[Mention], roles: Sequence[Mark]) -> list[int]:
        """Return where names end because a role follows and the end of a name stands before it (研究院|院长).

        A person with a title does as well (研究院|卫明轩教授).
        """
        found: list[int] = []
        titled = {m.end: m.start for m in known if m.types == self._person}
        for role in roles:
            start = titled.get(role.start, role.start)
            joint = next((j for j in self._joints if text.startswith(j, start - len(j))), "")
            end = start - len(joint)
            suffix = self._words.suffixes.of(text[max(0, end - _LONGEST_SUFFIX) : end])
            if (len(suffix) > 1 and suffix not in self._words.weak) or (
                suffix in self._departments and not joint
            ):
                found.append(end)
        return found

    def embody(
        self, text: str, words: Sequence[Token], mentions: Sequence[Mention], roles: Sequence[Mark]
    ) -> list[Mention]:
        """Return the bodies that roles show: a line of business or a team behind a firm's name (快手|电商|负责人).

        A product that has an officer (微信支付|总经理) is made one.
        """
        found: list[Mention] = []
        for role in roles:
            owner = next(
                (m for m in reversed(mentions) if m.end <= role.start and not m.types <= self._within_role),
                None,
            )
            if owner is None:
                continue
            if owner.end == role.start:
                post = text[role.start : role.end]
                if owner.types == self._product and (
                    post.endswith(self._officers) or owner.name.endswith(self._lines)
                ):
                    owner.types = self._type
            elif owner.types & self._type:
                line = next((name for name in self._lines if text.startswith(name, owner.end)), "")
                end = owner.end + len(line) if line else self._team_end(text, words, owner.end, role)
                if role.start <= end < role.end:
                    role.start = end
                    found.append(self._body(text, owner, end))
        return found

    def _body(self, text: str, owner: Mention, end: int) -> Mention:
        """Return the body that a firm's name and what follows it name; behind 公司 it has a name of its own."""
        behind = next((c for c in self._classes if text.startswith(c, owner.end)), "")
        parted = behind or text.endswith(self._classes, owner.start + 1, owner.end)
        start = owner.end + len(behind) if parted else owner.start
        return Mention(start, end, text[start:end], self._type, SHAPE)

    def _team_end(self, text: str, words: Sequence[Token], start: int, role: Mark) -> int:
        """Return where a team with a name of its own ends that begins at an offset and has a role, -1 if none.

        苹果|基础模型团队|负责人 is one, 苹果|研发团队|负责人 is not.
        """
        match = self._team.match(text, start, role.end)
        if match is None or not role.start <= match.end() < role.end:
            return -1
        name = [w for w in words if start <= w.start and w.end <= match.end("name")]
        if "".join(w.text for w in name) != match["name"] or all(w.text in self._unnamed for w in name):
            return -1
        return -1 if any(w.tag.startswith(_NO_NAME) for w in name) else match.end()

    def widen(
        self, text: str, words: Sequence[Token], mentions: Sequence[Mention], roles: Sequence[Mark]
    ) -> None:
        """Let a role reach back to the organisation before it, over what only a role can hold (华为|消费者业务总裁)."""
        before = 0
        for role in roles:
            floor, before = before, role.end
            owner = next(
                (m for m in reversed(mentions) if m.end <= role.start and not m.types <= self._within_role),
                None,
            )
            if owner is not None and owner.end <= floor < role.start:
                self._widen_listed(text, words, floor, role)
            if owner is None or not owner.types & (self._type | self._product) or owner.end < floor:
                continue
            if not 0 < role.start - owner.end <= _MODIFIER:
                continue
            between = [w for w in words if owner.end <= w.start and w.end <= role.start]
            if text[owner.end : role.start] != "".join(w.text for w in between):
                continue
            if not owner.types & self._type and (
                text.endswith(self._makers, 0, role.end) or not all(w.text in self._fields for w in between)
            ):
                continue
            if all(map(self._modifies, between)):
                role.start = owner.end

    def _modifies(self, word: Token) -> bool:
        """Tell whether a word may stand between a body and a role in it: 华为|消费者|业务|总裁."""
        return (
            word.text in self._before_roles
            or (len(word.text) > 1 and word.text in self._words.generic)
            or word.text in self._words.inner_joints
            or (word.text not in self._words.stops and not word.tag.startswith(_NO_MODIFIER))
        )

    def _widen_listed(self, text: str, words: Sequence[Token], before: int, role: Mark) -> None:
        """Let a role reach back to the one that it is listed with, which ends at `before`: 副总裁兼|中国区总裁."""
        joint = next((j for j in self._list_joints if text.startswith(j, before)), "")
        start = before + len(joint)
        between = [w for w in words if start <= w.start and w.end <= role.start]
        whole = text[start : role.start] == "".join(w.text for w in between)
        if joint and 0 < role.start - start <= _MODIFIER and whole and all(map(self._modifies, between)):
            role.start = start

    def before(self, text: str, run: Run, role: Mark, named: Mention | None) -> Mention | None:
        """Find whose role it is, right before the role; what lies between belongs to the role."""
        atoms = run.atoms
        if named is not None:
            behind = [atom for atom in atoms if atom.start >= named.end and atom.tag != "bracket"]
            role.start = behind[0].start if behind else role.start
            return None
        for index in range(len(atoms) - 1, -1, -1):
            mention = atoms[index].mention
            if mention is not None and mention.types - self._within_role:
                behind = [atom for atom in atoms[index + 1 :] if atom.tag != "bracket"]
                if behind and mention.types & self._type:
                    role.start = behind[0].start
                return None
        rest = list(self._words.without_description(atoms))
        if all(atom.text in self._owners or atom.text in self._words.generic for atom in rest):
            return None
        stop = len(rest)
        while stop > 0 and (
            rest[stop - 1].text in self._fields or rest[stop - 1].text in self._words.generic
        ):
            stop -= 1
        if 0 < stop < len(rest) and self._trades_as(rest[:stop], rest[stop]):
            stop += 1
        if stop == 0:
            role.start = rest[0].start if rest else role.start
            return None
        start, end = rest[0].start, rest[stop - 1].end
        if (
            all(self._words.is_place(atom) or atom.text in self._descent for atom in rest[:stop])
            or not _MIN_LENGTH <= end - start <= _MAX_LENGTH
        ):
            return None
        if any(atom.tag.startswith("m") and not atom.proper for atom in rest[:stop]):
            return None  # 多位高管
        if not any(atom.proper for atom in rest[:stop]) and not opens_clause(text, start):
            return None
        role.start = end
        return Mention(start, end, text[start:end], self._type, CONTEXT)

    def _trades_as(self, stem: Sequence[Atom], word: Atom) -> bool:
        """Tell whether a trade belongs to the name before it: 折光|智能 is one name, 百度|智能|业务 is not."""
        return (
            word.text in self._trades
            and len(word.text) == _TRADE
            and all(atom.mention is None for atom in stem)
            and stem[-1].end - stem[0].start <= _MAX_TRADING
        )
