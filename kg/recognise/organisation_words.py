"""What single words are to the names of organisations: ends, parts and descriptions of them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognise.endings import Endings
from kg.recognise.nationalities import Nationalities
from kg.recognise.nominal import Atom
from kg.rules.ruleset import RuleSet

_CLASS_WORD = 2


class OrganisationWords:
    """The words of which names of organisations are made, and those that end them: the NamePolicy of their runs."""

    def __init__(self, rules: RuleSet) -> None:
        data, kinds = rules.organisations, rules.ontology.kinds
        self._organisation, self._place, self._technology = kinds.organisation, kinds.place, kinds.technology
        self.suffixes = Endings(data.suffixes)
        self.weak = frozenset(data.weak)
        self.generic = frozenset(data.generic)
        self.countries = frozenset(data.countries)
        self.trade_names = frozenset(data.trade_names)
        self.inner_joints = frozenset(data.inner_joints)
        self.stops = frozenset((*data.stops, *rules.roles.verbs))
        self._inner_verbs = frozenset(data.inner_verbs)
        self._descriptors = frozenset(data.descriptors)
        self._nations = Nationalities(rules)
        self._registered = tuple(name for name in data.registered if len(name) > _CLASS_WORD)
        self._firm = frozenset(data.suffixes) - self.weak
        self.pieces = self.generic | frozenset((*rules.roles.fields, *data.descriptors, *data.suffixes))

    def is_stop(self, word: str) -> bool:
        """Tell whether a word ends a name to its left."""
        return word in self.stops

    def is_nominal_verb(self, word: str) -> bool:
        """Tell whether a word that is a verb elsewhere may stand inside a name (研究, 发展)."""
        return word in self._inner_verbs or word in self.pieces

    def joins_inside(self, word: str) -> bool:
        """Tell whether a word may join two parts of one name (文化和旅游部)."""
        return word in self.inner_joints

    def ends_name(self, word: str) -> bool:
        """Tell whether a word ends a name for certain: 云杉科技|和远帆智能, but 北京市教育|和体育局."""
        return word in self.trade_names or (word in self._firm and len(word) > 1)

    def begins_with_suffix(self, word: str) -> bool:
        """Tell whether a word begins with the end of an organisation's name."""
        return self.suffixes.begin(word)

    def ends_in_suffix(self, word: str) -> bool:
        """Tell whether a longer word ends with the end of an organisation's name."""
        suffix = self.suffixes.of(word)
        return 1 < len(suffix) < len(word) and suffix not in self.weak

    def is_place(self, atom: Atom) -> bool:
        """Tell whether an atom is the name of a place."""
        return atom.mention is not None and atom.mention.types == self._place

    def is_common_latin(self, atom: Atom) -> bool:
        """Tell whether an atom is an abbreviation that everybody uses (AI, VR)."""
        return atom.text.isascii() and atom.text in self.generic

    def without_description(self, atoms: Sequence[Atom]) -> Sequence[Atom]:
        """Drop what only describes the name that follows (知名药企…), a nationality before a known name."""
        registered = atoms[-1].text.endswith(self._registered)
        for index in range(len(atoms) - 2, -1, -1):
            atom = atoms[index]
            # 高速SerDes芯片企业|安徽集益微电子股份有限公司: a registered name begins with its place
            if atom.text in self._descriptors and (
                (registered and self.is_place(atoms[index + 1]))
                or all(
                    a.text in self.pieces or (a.mention and a.mention.types == self._technology)
                    for a in atoms[:index]
                )
            ):
                atoms = atoms[index + 1 :]
                break
        first = next((i for i, atom in enumerate(atoms) if atom.proper), 0)
        if first and self.is_place(atoms[first]):
            atoms = atoms[first:]  # 就业焦虑|上海山丘联康健康管理有限公司
        if (
            len(atoms) > 1
            and self.is_place(atoms[0])
            and atoms[1].mention
            and atoms[1].mention.types & self._organisation
            and (len(atoms) == 2 or atoms[0].text in self.countries)
        ):
            atoms = atoms[1:]
        if len(atoms) > 2 and self._is_nationality(atoms):
            atoms = atoms[1:]
        return atoms

    def _is_nationality(self, atoms: Sequence[Atom]) -> bool:
        """Tell whether a country before a proper name says where that is: 瑞典|卡罗琳|医学院."""
        return (
            atoms[0].text in self._nations.countries
            and atoms[1].proper
            and not atoms[1].text[0].isdigit()
            and not self.is_place(atoms[1])
            and not self._nations.is_official(atoms[-1].text)
        )
