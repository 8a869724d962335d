"""Organisations that no list holds: by the end of the name, by nesting, and by the role held in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.recognise.endings import Endings
from kg.recognise.mentions import CONTEXT, SHAPE, Mark, Mention
from kg.recognise.nominal import Atom, Run
from kg.recognise.segment import Token, is_word
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

MIN_ROLE_LENGTH, MAX_LENGTH = 2, 40
_MAX_WEAK_STEM = 6
_MAX_BODY = 6
_MODIFIER = 10
_REGISTERED = 3
_TRADE, _MAX_TRADING = 2, 4
_STEM_AND_TRADE = 2
_MIN_DESCRIBED, _MAX_DESCRIBED = 2, 8
_LONGEST_SUFFIX = 8
_NO_MODIFIER = ("p", "c", "d", "u", "r", "x", "y", "f", "t", "m")


class OrganisationRecogniser:
    """Decides where in a run of nominal words a name of an organisation stands."""

    def __init__(self, rules: RuleSet) -> None:
        data, kinds = rules.organisations, rules.ontology.kinds
        self._type, self._place, self._technology = kinds.organisation, kinds.place, kinds.technology
        self._within_role = kinds.place | kinds.technology
        self._suffixes = Endings(data.suffixes)
        self._weak = frozenset(data.weak)
        self._generic = frozenset(data.generic)
        self._descriptors = frozenset(data.descriptors)
        self._stops = frozenset((*data.stops, *rules.roles.verbs))
        self._classes = tuple(sorted(data.class_words, key=len, reverse=True))
        self._fields = frozenset(rules.roles.fields)
        self._owners = frozenset(rules.roles.generic_owners)
        self._before_roles = frozenset(rules.roles.before)
        self._owner_joints = tuple(
            sorted((j for j in rules.roles.owner_joints if not self._suffixes.of(j)), key=len, reverse=True)
        )
        self._inner_verbs = frozenset(data.inner_verbs)
        self._inner_joints = frozenset(data.inner_joints)
        self._descent = frozenset(data.descent)
        self._departments = frozenset(data.departments)
        self._registered = tuple(data.registered)
        self._countries = frozenset(data.countries)
        self._authorities = tuple(data.authorities)
        self._naming = frozenset(data.naming)
        self._parts = tuple(data.parts)
        self._bodies = frozenset(data.bodies)
        self._renaming = tuple(rules.reference.renamed)
        self._splitters = frozenset(data.splitters)
        self._introducing = frozenset(data.introducing)
        self._trade_names = frozenset(data.trade_names)
        self._trades = self._weak | (frozenset(data.trades) - frozenset(rules.roles.fields))
        self._firm = frozenset(data.suffixes) - self._weak
        self._leading = tuple(data.leading)
        self._founding = tuple(data.founding)
        self._dealing = (*data.founding, *data.dealing)
        self._before_body = (*data.founding, *data.before_body)
        self._announces = re.compile(data.announces)
        self._undergoes = re.compile(data.undergoes)
        self._introduces = re.compile(
            rf"(?:{alternatives(data.trade_names)})(?:{data.announces}|{data.undergoes})"
        )
        self._pieces = self._generic | self._fields | self._descriptors | frozenset(data.suffixes)

    def begins_with_suffix(self, word: str) -> bool:
        """Tell whether a word begins with the end of an organisation's name."""
        return self._suffixes.begin(word)

    def ends_in_suffix(self, word: str) -> bool:
        """Tell whether a longer word ends with the end of an organisation's name."""
        suffix = self._suffixes.of(word)
        return 1 < len(suffix) < len(word) and suffix not in self._weak

    def may_announce(self, text: str) -> bool:
        """Tell whether a text may hold the name of a plain word and a trade that announces something."""
        return bool(self._introduces.search(text))

    def widen_roles(
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
            if owner is None or not owner.types & self._type or owner.end < floor:
                continue
            if not 0 < role.start - owner.end <= _MODIFIER:
                continue
            between = [w for w in words if owner.end <= w.start and w.end <= role.start]
            if text[owner.end : role.start] != "".join(w.text for w in between):
                continue
            if all(
                w.text in self._before_roles
                or (len(w.text) > 1 and w.text in self._generic)
                or w.text in self._inner_joints
                or (w.text not in self._stops and not w.tag.startswith(_NO_MODIFIER))
                for w in between
            ):
                role.start = owner.end

    def is_stop(self, word: str) -> bool:
        """Tell whether a word ends a name to its left."""
        return word in self._stops

    def is_nominal_verb(self, word: str) -> bool:
        """Tell whether a word that is a verb elsewhere may stand inside a name (研究, 发展)."""
        return word in self._inner_verbs or word in self._pieces

    def joins_inside(self, word: str) -> bool:
        """Tell whether a word may join two parts of one name (文化和旅游部)."""
        return word in self._inner_joints

    def ends_name(self, word: str) -> bool:
        """Tell whether a word ends a name for certain: 云杉科技|和远帆智能, but 北京市教育|和体育局."""
        return word in self._trade_names or (word in self._firm and len(word) > 1)

    def ends_before(self, text: str, roles: Sequence[Mark]) -> list[int]:
        """Return where names end because a role follows and the end of a name stands before it (研究院|院长)."""
        found: list[int] = []
        for role in roles:
            joint = next((j for j in self._owner_joints if text.startswith(j, role.start - len(j))), "")
            end = role.start - len(joint)
            suffix = self._suffixes.of(text[max(0, end - _LONGEST_SUFFIX) : end])
            if (len(suffix) > 1 and suffix not in self._weak) or (suffix in self._departments and not joint):
                found.append(end)
        return found

    def find(
        self, text: str, runs: Sequence[Run], roles: Sequence[Mark], ends: Sequence[int] = ()
    ) -> list[Mention]:
        """Return the organisations in the runs; `ends` tells where names end before roles.

        A role whose modifiers reach into a run is widened over them.
        """
        at_role = {role.start: role for role in roles}
        found: list[Mention] = []
        for run in self._split(runs):
            role = at_role.get(run.end)
            held = role is not None or run.end in ends
            cut = self._last_suffix(run.atoms, held)
            mention = self._named(text, run.atoms[: cut + 1], held) if cut >= 0 else None
            mention = mention or self._described(text, run.atoms) or self._announcing_name(text, run.atoms)
            mention = mention or self._founded(text, run.atoms) or self._dealt_with(text, run.atoms)
            mention = mention or self._renamed_to(text, run.atoms)
            if mention:
                found.append(mention)
            found += self._local_bodies(text, run.atoms)
            if role is not None:
                extra = self._before_role(text, run, role, mention)
                if extra:
                    found.append(extra)
        return found

    def _described(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the unknown name behind a word for what it names: AI眼镜公司|安多利亚."""
        cut = next((i for i in range(len(atoms) - 1, 0, -1) if atoms[i - 1].text in self._introducing), 0)
        rest = atoms[cut:]
        if (
            not cut
            or any(atom.mention or atom.tag == "bracket" for atom in rest)
            or any(atom.mention and atom.mention.types & self._type for atom in atoms[:cut])
        ):
            return None
        start, end = rest[0].start, rest[-1].end
        name = text[start:end]
        if not _MIN_DESCRIBED <= end - start <= _MAX_DESCRIBED or is_word(name):
            return None
        if not any(map(str.isalpha, name)):
            return None
        if not any(atom.proper and not self._common_latin(atom) for atom in rest):
            return None
        return Mention(start, end, name, self._type, CONTEXT)

    def _founded(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the unknown name behind a verb of founding, which a trade may end: 创办了|柏森|机器人."""
        if not text.endswith(self._founding, 0, atoms[0].start) or any(
            a.mention or a.tag == "bracket" for a in atoms
        ):
            return None
        stem = atoms[:-1] if atoms[-1].text in self._trade_names else atoms
        start, end = atoms[0].start, atoms[-1].end
        if not stem or not _MIN_DESCRIBED <= end - start <= _MAX_DESCRIBED or is_word(text[start:end]):
            return None
        if any(atom.text in self._pieces for atom in stem) or not (
            stem is not atoms or all(a.proper for a in atoms)
        ):
            return None
        return Mention(start, end, text[start:end], self._type, CONTEXT)

    def _announcing_name(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the name of a plain word and a trade that opens a clause and announces something: 折光|智能|宣布."""
        if len(atoms) != _STEM_AND_TRADE or not self._opens_clause(text, atoms[0].start):
            return None
        stem, trade = atoms
        if (
            trade.text not in self._trade_names
            or stem.mention is not None
            or not _MIN_DESCRIBED <= len(stem.text) <= _MAX_TRADING
            or stem.text in self._pieces
            or not (
                self._announces.match(text, trade.end)
                or (not is_word(stem.text) and self._undergoes.match(text, trade.end))
            )
        ):
            return None
        return Mention(stem.start, trade.end, text[stem.start : trade.end], self._type, CONTEXT)

    def _dealt_with(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the name of a coined word and a trade behind what only bodies undergo: 领投了|拓界|机器人|的融资."""
        if len(atoms) < _STEM_AND_TRADE or not text.endswith(self._dealing, 0, atoms[0].start):
            return None
        stem, trade = atoms[:_STEM_AND_TRADE]
        named = stem.mention is None and not is_word(stem.text) and stem.text not in self._pieces
        if not named or trade.mention is not None or trade.text not in self._trade_names:
            return None
        return Mention(stem.start, trade.end, text[stem.start : trade.end], self._type, CONTEXT)

    def _renamed_to(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the name behind a word for a change of names: 更名为|云雀纪元."""
        start, end = atoms[0].start, atoms[-1].end
        if not text.endswith(self._renaming, 0, start) or any(atom.mention for atom in atoms):
            return None
        if not _MIN_DESCRIBED <= end - start <= _MAX_DESCRIBED or text[end : end + 1] not in "，。；、）”（":
            return None
        return Mention(start, end, text[start:end], self._type, CONTEXT)

    def _common_latin(self, atom: Atom) -> bool:
        """Tell whether an atom is an abbreviation that everybody uses (AI, VR)."""
        return atom.text.isascii() and atom.text in self._generic

    def _local_bodies(self, text: str, atoms: Sequence[Atom]) -> list[Mention]:
        """Return the authorities of a place: 河南省|社科院 is not the 社科院 that everybody knows.

        A known part right behind the whole is one name with it: 字节跳动|豆包大模型团队.
        """
        found: list[Mention] = []
        for whole, part in zip(atoms, atoms[1:], strict=False):
            both = all(a.mention and a.mention.types == self._type for a in (whole, part))
            if both and part.text.endswith(self._parts) and not whole.text.endswith(self._parts):
                found.append(Mention(whole.start, part.end, text[whole.start : part.end], self._type, SHAPE))
        for place, body in zip(atoms, atoms[1:], strict=False):
            if not self._is_place(place) or place.text in self._countries or body.mention is None:
                continue
            known = body.mention
            name = text[place.start : body.end]
            if (
                known.types == self._type
                and len(body.text) <= _MAX_BODY
                and body.text.endswith(self._authorities)
            ):
                found.append(Mention(place.start, body.end, name, self._type, SHAPE))
            elif known.types == self._type and body.text.endswith(self._registered):
                found.append(Mention(place.start, body.end, name, self._type, SHAPE, entry=known.entry))
        return found

    def _split(self, runs: Sequence[Run]) -> Iterator[Run]:
        """Cut a run at words that introduce a part of the whole before them, and before words begun too early.

        云杉科技|子公司|远帆科技, Falcon-7B|由|云杉科技
        """
        for run in runs:
            part: list[Atom] = []
            for atom in run.atoms:
                splits = atom.text in self._splitters and atom is not run.atoms[-1]
                if part and (splits or self._is_led(atom)):
                    yield Run(tuple(part))
                    part = []
                if not splits:
                    part.append(self._without_lead(atom))
            if part:
                yield Run(tuple(part))

    def _last_suffix(self, atoms: Sequence[Atom], at_role: bool) -> int:
        """Return the index of the last atom that ends a name, -1 if there is none or it is a known name itself."""
        for index in range(len(atoms) - 1, -1, -1):
            atom = atoms[index]
            if atom.mention is not None and atom.mention.types & self._type and atom.mention.source > CONTEXT:
                return -1
            if (
                atom.mention is None
                and atom.tag != "bracket"
                and self._is_suffix(atom, at_role and index == len(atoms) - 1)
            ):
                return index
        return -1

    def _is_suffix(self, atom: Atom, before_role: bool) -> bool:
        """A dictionary word that merely ends in 局, 会 or 部 is no ending: 布局, 机会; before a role it is (保卫局)."""
        suffix = self._suffixes.of(atom.text)
        if not suffix:
            return False
        return (
            before_role
            or len(suffix) > 1
            or atom.text == suffix
            or atom.tag == "nt"
            or not is_word(atom.text)
        )

    def _named(self, text: str, atoms: Sequence[Atom], at_role: bool) -> Mention | None:
        """Return the organisation that the atoms name, or None where they only describe one.

        With a role behind it (手机部|总裁) a department is a name without anything proper in it.
        """
        if self._describes(text, atoms):
            return None
        atoms = self._without_description(atoms)
        if not atoms or (atoms[0].tag.startswith("m") and not atoms[0].proper and at_role):
            return None  # 四位集团高管
        last = atoms[-1].text
        suffix, stem = self._ending(atoms)
        proper = [
            a
            for a in atoms
            if a.proper and not self._common_latin(a) and (a is not atoms[-1] or len(last) > len(suffix))
        ]
        telling = [word for word in stem if word and word not in self._generic]
        known = [a.mention for a in atoms[:-1] if a.mention]
        department = at_role and suffix in self._departments and sum(map(len, stem)) > 1
        if department and not proper:
            return Mention(
                atoms[0].start, atoms[-1].end, text[atoms[0].start : atoms[-1].end], self._type, CONTEXT
            )
        registered = suffix in self._registered and len(suffix) > _REGISTERED
        vouched = (
            registered
            or (at_role and suffix not in self._weak)
            or self._named_by_bracket(text, atoms[-1].end)
            or (suffix in self._naming and len(atoms) == _STEM_AND_TRADE and last == suffix)
            or (suffix in self._bodies and self._acts_as_one(text, atoms[0].start, atoms[-1].end))
        )
        placed = (
            at_role and sum(map(bool, stem)) > 1 and self._is_place(atoms[0]) and last not in self._classes
        )
        if not (telling or placed) or not (proper or vouched):
            return None
        if suffix in self._weak and not placed:
            unplaced = [a for a in atoms if not self._is_place(a) and a.text in telling]
            if not any(self._carries(a, suffix) for a in proper) and not (unplaced and proper):
                return None
            nested = any(m.types & self._type for m in known)
            if len(suffix) > 1 and not nested and sum(map(len, stem)) > _MAX_WEAK_STEM:
                return None
        if len(atoms) == 2 and known and (last in self._classes or last in self._weak):
            return self._with_class(text, atoms, known[0], last)
        start, end = atoms[0].start, atoms[-1].end
        while start and text[start - 1].isdigit():
            start -= 1  # 36|度空间研究院
        if end - start > MAX_LENGTH or end - start < 3 or not text[start].isalnum():
            return None
        return Mention(start, end, text[start:end], self._type, SHAPE if len(suffix) > 1 else CONTEXT)

    def _ending(self, atoms: Sequence[Atom]) -> tuple[str, list[str]]:
        """Return the ending of the name that the atoms make, over two words too (研究|中心), and what is before it."""
        last = atoms[-1].text
        suffix = self._suffixes.of(last)
        if len(atoms) > 1 and atoms[-2].mention is None:
            longer = self._suffixes.of(atoms[-2].text + last)
            if len(longer) > len(last):
                kept = len(atoms[-2].text) + len(last) - len(longer)
                stem = [*(a.text for a in atoms[:-2]), atoms[-2].text[:kept]]
                if any(stem):
                    return longer, stem
        return suffix, [*(a.text for a in atoms[:-1]), last[: -len(suffix)]]

    def _describes(self, text: str, atoms: Sequence[Atom]) -> bool:
        """Tell whether a country and a class name say what the Latin name right behind is: 美国光网络公司|Infinera."""
        behind = text[atoms[-1].end : atoms[-1].end + 1]
        return (
            len(atoms) > 1
            and atoms[0].text in self._countries
            and atoms[-1].text in self._descriptors
            and behind.isascii()
            and behind.isalpha()
        )

    def _is_led(self, atom: Atom) -> bool:
        """Tell whether the segmenter began a word too early: 由|云杉科技."""
        unsure = len(atom.text) > 1 and (atom.tag.startswith("nr") or not is_word(atom.text))
        return atom.mention is None and unsure and atom.text.startswith(self._leading)

    def _without_lead(self, atom: Atom) -> Atom:
        return atom._replace(start=atom.start + 1, text=atom.text[1:]) if self._is_led(atom) else atom

    def _named_by_bracket(self, text: str, end: int) -> bool:
        """A bracket with another name right behind shows that a name stands before it."""
        return text.startswith("（", end) and text[end + 1 : end + 2] not in "0123456789左右前后"

    def _carries(self, atom: Atom, suffix: str) -> bool:
        """Tell whether an atom is proper enough to carry a weak ending: 中国汽车 is none, 之江实验室 is one."""
        if atom.mention is not None:
            if atom.mention.types == self._place:
                return len(suffix) == 1 and len(atom.text) > 2
            return bool(atom.mention.types & self._type)
        return atom.text not in self._generic

    def _with_class(self, text: str, atoms: Sequence[Atom], known: Mention, last: str) -> Mention | None:
        """OpenAI公司 is OpenAI, and Signal公司 shows that Signal is a company; 微软机器人 is no organisation."""
        if last not in self._classes or known.types <= self._within_role:
            return None
        start, end = atoms[0].start, atoms[-1].end
        if known.types & self._type:
            return Mention(
                start, end, text[start:end], self._type, known.source, entry=known.entry or known.name
            )
        return Mention(start, end, known.name, self._type, SHAPE)

    def _without_description(self, atoms: Sequence[Atom]) -> Sequence[Atom]:
        """Drop what only describes the name that follows (知名药企…), a nationality before a known name."""
        for index in range(len(atoms) - 2, -1, -1):
            atom = atoms[index]
            if atom.text in self._descriptors and all(
                a.text in self._pieces or (a.mention and a.mention.types == self._technology)
                for a in atoms[:index]
            ):
                atoms = atoms[index + 1 :]
                break
        first = next((i for i, atom in enumerate(atoms) if atom.proper), 0)
        if first and self._is_place(atoms[first]):
            atoms = atoms[first:]  # 就业焦虑|上海山丘联康健康管理有限公司
        if (
            len(atoms) > 1
            and self._is_place(atoms[0])
            and atoms[1].mention
            and atoms[1].mention.types & self._type
            and (len(atoms) == 2 or atoms[0].text in self._countries)
        ):
            atoms = atoms[1:]
        return atoms

    def _before_role(self, text: str, run: Run, role: Mark, named: Mention | None) -> Mention | None:
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
        rest = list(self._without_description(atoms))
        if all(atom.text in self._owners or atom.text in self._generic for atom in rest):
            return None
        stop = len(rest)
        while stop > 0 and (rest[stop - 1].text in self._fields or rest[stop - 1].text in self._generic):
            stop -= 1
        if 0 < stop < len(rest) and self._trades_as(rest[:stop], rest[stop]):
            stop += 1
        if stop == 0:
            role.start = rest[0].start if rest else role.start
            return None
        start, end = rest[0].start, rest[stop - 1].end
        if (
            all(self._is_place(atom) or atom.text in self._descent for atom in rest[:stop])
            or not MIN_ROLE_LENGTH <= end - start <= MAX_LENGTH
        ):
            return None
        if any(atom.tag.startswith("m") and not atom.proper for atom in rest[:stop]):
            return None  # 多位高管
        if not any(atom.proper for atom in rest[:stop]) and not self._opens_clause(text, start):
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

    def _acts_as_one(self, text: str, start: int, end: int) -> bool:
        """Tell whether what stands there is founded or joined, or opens a clause and announces something."""
        if text.endswith(self._before_body, 0, start):
            return True
        return self._opens_clause(text, start) and bool(self._announces.match(text, end))

    def _opens_clause(self, text: str, start: int) -> bool:
        return start == 0 or text[start - 1] in "，、。；：“”（）\n "

    def _is_place(self, atom: Atom) -> bool:
        return atom.mention is not None and atom.mention.types == self._place
