"""Organisations that only their surroundings vouch for: what is founded, described, renamed, or announces something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import CONTEXT, Mention
from kg.recognise.nominal import Atom, opens_clause
from kg.recognise.organisation_words import OrganisationWords
from kg.recognise.segment import is_word
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet

_MIN_NAME, _MAX_NAME = 2, 8
_MAX_STEM = 4
_STEM_AND_TRADE = 2
_LATIN_BRACKET = re.compile(r"（[A-Za-z][A-Za-z0-9 .&\-]{1,30}）")


class ActingNames:
    """Finds the names that nothing in them tells to be names of organisations, by what they do or undergo."""

    def __init__(self, rules: RuleSet, words: OrganisationWords) -> None:
        data = rules.organisations
        self._words = words
        self._type = rules.ontology.kinds.organisation
        self._introducing = frozenset(data.introducing)
        self._renaming = tuple(rules.reference.renamed)
        self._founding = tuple(data.founding)
        self._dealing = (*data.founding, *data.dealing)
        self._before_body = (*data.founding, *data.before_body)
        self._announces = re.compile(data.announces)
        self._undergoes = re.compile(data.undergoes)
        self._acquired = re.compile(data.acquired)
        self._before_acquired = tuple(data.before_acquired)
        self._precedes = any_of((*self._dealing, *self._renaming))
        self._introduces = re.compile(
            rf"(?:{alternatives(data.trade_names)})(?:{data.announces}|{data.undergoes})"
        )

    def find(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the name that the surroundings of the atoms of a run, or of some of them, vouch for."""
        return (
            self._described(text, atoms)
            or self._announcing_name(text, atoms)
            or self._founded(text, atoms)
            or self._dealt_with(text, atoms)
            or self._renamed_to(text, atoms)
            or self._taken_over(text, atoms)
            or self._named_in_latin(text, atoms)
        )

    def may_announce(self, text: str) -> bool:
        """Tell whether a text may hold the name of a plain word and a trade that announces something."""
        return bool(self._introduces.search(text))

    def may_follow(self, text: str) -> bool:
        """Tell whether a text holds a verb that the name of what is founded, dealt with or renamed follows."""
        return bool(self._precedes.search(text) or self._acquired.search(text) or _LATIN_BRACKET.search(text))

    def acts_as_one(self, text: str, start: int, end: int) -> bool:
        """Tell whether what stands there is founded or joined, or opens a clause and announces something."""
        if text.endswith(self._before_body, 0, start):
            return True
        return opens_clause(text, start) and bool(self._announces.match(text, end))

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
        if not _MIN_NAME <= end - start <= _MAX_NAME or is_word(name):
            return None
        if "%" in name or not any(map(str.isalpha, name)):
            return None
        if not any(atom.proper and not self._words.is_common_latin(atom) for atom in rest):
            return None
        return Mention(start, end, name, self._type, CONTEXT)

    def _founded(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the unknown name behind a verb of founding, which a trade may end: 创办了|柏森|机器人."""
        if not text.endswith(self._founding, 0, atoms[0].start) or any(
            a.mention or a.tag == "bracket" for a in atoms
        ):
            return None
        stem = atoms[:-1] if atoms[-1].text in self._words.trade_names else atoms
        start, end = atoms[0].start, atoms[-1].end
        if not stem or not _MIN_NAME <= end - start <= _MAX_NAME or is_word(text[start:end]):
            return None
        if any(atom.text in self._words.pieces for atom in stem) or not (
            stem is not atoms or all(a.proper for a in atoms)
        ):
            return None
        return Mention(start, end, text[start:end], self._type, CONTEXT)

    def _announcing_name(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the name of a plain word and a trade that opens a clause and announces something: 折光|智能|宣布."""
        if len(atoms) != _STEM_AND_TRADE or not opens_clause(text, atoms[0].start):
            return None
        stem, trade = atoms
        if (
            trade.text not in self._words.trade_names
            or stem.mention is not None
            or not _MIN_NAME <= len(stem.text) <= _MAX_STEM
            or stem.text in self._words.pieces
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
        named = stem.mention is None and not is_word(stem.text) and stem.text not in self._words.pieces
        if not named or trade.mention is not None or trade.text not in self._words.trade_names:
            return None
        return Mention(stem.start, trade.end, text[stem.start : trade.end], self._type, CONTEXT)

    def _renamed_to(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the name behind a word for a change of names: 更名为|云雀纪元."""
        start, end = atoms[0].start, atoms[-1].end
        if not text.endswith(self._renaming, 0, start) or any(atom.mention for atom in atoms):
            return None
        if not _MIN_NAME <= end - start <= _MAX_NAME or text[end : end + 1] not in "，。；、）”（":
            return None
        return Mention(start, end, text[start:end], self._type, CONTEXT)

    def _taken_over(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the unknown name of what is acquired: 完成对|创芯微|的收购, 公司——|凌度光电|（Lindo）的全资收购."""
        atoms = atoms[:-1] if atoms[-1].tag == "bracket" else atoms
        if not atoms or not self._acquired.match(text, atoms[-1].end):
            return None
        named = text.endswith(self._before_acquired, 0, atoms[0].start)
        return self._coined(text, atoms) if named else None

    def _named_in_latin(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the name that has a Latin one behind it and announces something: 远景|视通|（FarView）|宣布."""
        if len(atoms) < _STEM_AND_TRADE or not _LATIN_BRACKET.fullmatch(atoms[-1].text):
            return None
        announces = opens_clause(text, atoms[0].start) and self._announces.match(text, atoms[-1].end)
        return self._coined(text, atoms[:-1]) if announces else None

    def _coined(self, text: str, atoms: Sequence[Atom]) -> Mention | None:
        """Return the name that unknown words make, None where they are an everyday word or only describe something."""
        start, end = atoms[0].start, atoms[-1].end
        name = text[start:end]
        if not _MIN_NAME < end - start <= _MAX_NAME or is_word(name) or not name.isalnum():
            return None
        if any(a.mention or a.tag == "bracket" for a in atoms) or atoms[0].text in self._words.pieces:
            return None
        return Mention(start, end, name, self._type, CONTEXT)
