"""Organisations that no list holds: by the end of the name and by nesting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.recognise.acting_names import ActingNames
from kg.recognise.mentions import CONTEXT, SHAPE, Mark, Mention
from kg.recognise.nominal import Atom, Run
from kg.recognise.organisation_words import OrganisationWords
from kg.recognise.role_owners import RoleOwners
from kg.recognise.segment import is_word
from kg.rules.ruleset import RuleSet

_MIN_LENGTH, _MAX_LENGTH = 3, 40
_MAX_WEAK_STEM = 6
_MAX_BODY = 6
_REGISTERED = 3
_STEM_AND_ENDING = 2


class OrganisationRecogniser:
    """Decides where in a run of nominal words a name of an organisation stands."""

    def __init__(
        self, rules: RuleSet, words: OrganisationWords, acting: ActingNames, owners: RoleOwners
    ) -> None:
        data, kinds = rules.organisations, rules.ontology.kinds
        self._words, self._acting, self._owners = words, acting, owners
        self._type, self._place = kinds.organisation, kinds.place
        self._within_role = kinds.place | kinds.technology
        self._descriptors = frozenset(data.descriptors)
        self._classes = frozenset(data.class_words)
        self._departments = frozenset(data.departments)
        self._divisions = frozenset(data.divisions)
        self._businesses = frozenset((*rules.roles.fields, *data.trades))
        self._registered = tuple(data.registered)
        self._authorities = tuple(data.authorities)
        self._states = frozenset((*data.countries, *rules.constructions.lists.get("国家", ())))
        self._naming = frozenset(data.naming)
        self._seats = frozenset(data.seats)
        self._parts = tuple(data.parts)
        self._local = frozenset(data.local)
        self._bodies = frozenset(data.bodies)
        self._splitters = frozenset(data.splitters)
        self._leading = tuple(data.leading)

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
            mention = mention or self._acting.find(text, run.atoms)
            if mention:
                found.append(mention)
            found += self._local_bodies(text, run.atoms)
            if role is not None:
                extra = self._owners.before(text, run, role, mention)
                if extra:
                    found.append(extra)
        return found

    def _local_bodies(self, text: str, atoms: Sequence[Atom]) -> list[Mention]:
        """Return the authorities of a place: 河南省|社科院 is not the 社科院 that everybody knows.

        A known part right behind the whole is one name with it: 字节跳动|豆包大模型团队.
        """
        found: list[Mention] = []
        pairs = [
            (one, other)
            for one, other in zip(atoms, atoms[1:], strict=False)
            if one.mention and other.mention
        ]
        for whole, part in pairs:
            both = all(a.mention and a.mention.types == self._type for a in (whole, part))
            ended = whole.text.endswith((*self._parts, *self._classes))
            if both and part.text.endswith(self._parts) and not ended:
                found.append(Mention(whole.start, part.end, text[whole.start : part.end], self._type, SHAPE))
        for place, body in pairs:
            if not self._words.is_place(place) or place.text in self._words.countries or body.mention is None:
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
                led = self._is_led(atom)
                if part and (splits or led):
                    yield Run(tuple(part))
                    part = []
                if not splits:
                    part.append(_without_lead(atom) if led else atom)
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
                and (
                    self._is_suffix(atom, at_role and index == len(atoms) - 1)
                    or self._ends_division(atoms, index)
                )
                and not self._is_verb_behind(atoms, index)
            ):
                return index
        return -1

    def _ends_division(self, atoms: Sequence[Atom], index: int) -> bool:
        """Tell whether an atom is the end of a division's name that the segmenter cut in two: 智能云|事业|群."""
        if index == 0 or atoms[index - 1].mention is not None:
            return False
        both = atoms[index - 1].text + atoms[index].text
        suffix = self._words.suffixes.of(both)
        return suffix in self._divisions and len(suffix) > len(atoms[index].text)

    def _is_verb_behind(self, atoms: Sequence[Atom], index: int) -> bool:
        """Tell whether what could be a department says what befalls the firm before it: 有限公司|处|人民币1亿元罚款."""
        return index > 0 and len(atoms[index].text) == 1 and atoms[index - 1].text.endswith(self._registered)

    def _is_suffix(self, atom: Atom, before_role: bool) -> bool:
        """A dictionary word that merely ends in 局, 会 or 部 is no ending: 布局, 机会; before a role it is (保卫局)."""
        suffix = self._words.suffixes.of(atom.text)
        if not suffix or (atom.text in self._descriptors and suffix != atom.text):
            return False  # 管理|团队 ends in no 队
        if atom.text in self._seats and not before_role:
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
        atoms = self._words.without_description(atoms)
        if not atoms or (atoms[0].tag.startswith("m") and not atoms[0].proper and at_role):
            return None  # 四位集团高管
        last = atoms[-1].text
        suffix, stem = self._ending(atoms)
        proper = [
            a
            for a in atoms
            if a.proper
            and not self._words.is_common_latin(a)
            and (a is not atoms[-1] or len(last) > len(suffix))
        ]
        telling = [word for word in stem if word and word not in self._words.generic]
        known = [a.mention for a in atoms[:-1] if a.mention]
        department = at_role and suffix in self._departments and sum(map(len, stem)) > 1
        if department and not proper:
            return Mention(
                atoms[0].start, atoms[-1].end, text[atoms[0].start : atoms[-1].end], self._type, CONTEXT
            )
        if suffix in self._divisions and (known or self._names_business(stem)):
            return Mention(
                atoms[0].start, atoms[-1].end, text[atoms[0].start : atoms[-1].end], self._type, CONTEXT
            )
        placed = (
            at_role
            and sum(map(bool, stem)) > 1
            and self._words.is_place(atoms[0])
            and last not in self._classes
        )
        owned = suffix in self._local and self._is_local(atoms[:-1])
        placed = placed or owned
        if not (telling or placed) or not (proper or self._is_vouched(text, atoms, suffix, at_role)):
            return None
        if suffix in self._words.weak and not placed:
            unplaced = [a for a in atoms if not self._words.is_place(a) and a.text in telling]
            if not any(self._carries(a, suffix) for a in proper) and not (unplaced and proper):
                return None
            nested = any(m.types & self._type for m in known)
            if len(suffix) > 1 and not nested and sum(map(len, stem)) > _MAX_WEAK_STEM:
                return None
        if len(atoms) == 2 and known and not owned and (last in self._classes or last in self._words.weak):
            return self._with_class(text, atoms, known[0], last)
        start, end = atoms[0].start, atoms[-1].end
        while start and text[start - 1].isdecimal():
            start -= 1  # 36|度空间研究院
        if end - start > _MAX_LENGTH or end - start < _MIN_LENGTH or not text[start].isalnum():
            return None
        return Mention(start, end, text[start:end], self._type, SHAPE if len(suffix) > 1 else CONTEXT)

    def _is_local(self, atoms: Sequence[Atom]) -> bool:
        """Tell whether a place and a trade, or a public body, stand before a fund: 北京市|人工智能|基金."""
        if not atoms or atoms[0].mention is None:
            return False
        if self._words.is_place(atoms[0]):
            return len(atoms) > 1
        return len(atoms) == 1 and atoms[0].mention.types == self._type

    def _is_vouched(self, text: str, atoms: Sequence[Atom], suffix: str, at_role: bool) -> bool:
        """Tell whether atoms without anything proper are a name for their ending or for what is around them."""
        return (
            (suffix in self._registered and len(suffix) > _REGISTERED)
            or (at_role and suffix not in self._words.weak)
            or self._named_by_bracket(text, atoms[-1].end)
            or (suffix in self._naming and len(atoms) == _STEM_AND_ENDING and atoms[-1].text == suffix)
            or (suffix in self._bodies and self._acting.acts_as_one(text, atoms[0].start, atoms[-1].end))
        )

    def _names_business(self, stem: Sequence[str]) -> bool:
        """Tell whether what stands before the ending of a division says what its business is: 智能云|事业群."""
        return sum(map(len, stem)) > 1 and any(
            word in self._businesses or word not in self._words.generic for word in stem if word
        )

    def _ending(self, atoms: Sequence[Atom]) -> tuple[str, list[str]]:
        """Return the ending of the name that the atoms make, over two words too (研究|中心), and what is before it."""
        last = atoms[-1].text
        suffix = self._words.suffixes.of(last)
        if len(atoms) > 1 and atoms[-2].mention is None:
            longer = self._words.suffixes.of(atoms[-2].text + last)
            if len(longer) > len(last):
                kept = len(atoms[-2].text) + len(last) - len(longer)
                stem = [*(a.text for a in atoms[:-2]), atoms[-2].text[:kept]]
                if any(stem):
                    return longer, stem
        return suffix, [*(a.text for a in atoms[:-1]), last[: -len(suffix)]]

    def _describes(self, text: str, atoms: Sequence[Atom]) -> bool:
        """Tell whether a class name says what the name behind marks is, or a country and one what a Latin name is.

        激光测距公司|——凌度光电, 触觉传感器公司|“感质科技”, 美国光网络公司|Infinera
        """
        behind = text[atoms[-1].end : atoms[-1].end + 1]
        if behind and behind in "—“" and atoms[-1].text in self._descriptors:
            return True
        return (
            len(atoms) > 1
            and atoms[0].text in self._states
            and atoms[-1].text in self._descriptors
            and behind.isascii()
            and behind.isalpha()
        )

    def _is_led(self, atom: Atom) -> bool:
        """Tell whether the segmenter began a word too early: 由|云杉科技."""
        if not atom.text.startswith(self._leading) or atom.mention is not None or len(atom.text) < 2:
            return False
        return atom.tag.startswith("nr") or not is_word(atom.text)

    def _named_by_bracket(self, text: str, end: int) -> bool:
        """A bracket with another name right behind shows that a name stands before it."""
        return text.startswith("（", end) and text[end + 1 : end + 2] not in "0123456789左右前后"

    def _carries(self, atom: Atom, suffix: str) -> bool:
        """Tell whether an atom is proper enough to carry a weak ending: 中国汽车 is none, 之江实验室 is one."""
        if atom.mention is not None:
            if atom.mention.types == self._place:
                return len(suffix) == 1 and len(atom.text) > 2
            return bool(atom.mention.types & self._type)
        return atom.text not in self._words.generic

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


def _without_lead(atom: Atom) -> Atom:
    return atom._replace(start=atom.start + 1, text=atom.text[1:])
