"""Clauses: where they begin, who their subject is, and whom an omitted subject means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.recognise.mentions import Mention, Read
from kg.recognise.segment import Token
from kg.relate.encode import Encoded, Item
from kg.rules import alphabet
from kg.rules.alphabet import (
    ANY_MARK,
    ASIDE,
    ASIDE_PLURAL,
    CORE,
    DATE,
    PLURAL,
    TRIGGERS,
    Alphabet,
    char_class,
)
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

_BREAK = re.compile(r"[，；：。！？\n]")
_COMPANION, _RELATIVE, _DESCRIPTION = 6, 8, 12
_NOMINAL = frozenset("nr")


@dataclass(slots=True)
class Subject:
    """The character and item of a subject that later clauses may inherit."""

    char: str
    item: Item


class Subjects(NamedTuple):
    """Of a sentence the first subject of a verb, and the one that the next sentence may inherit."""

    first: Subject | None
    last: Subject | None


class ClauseReader:
    """Finds each clause's subject and puts the inherited one where a clause has none."""

    def __init__(self, rules: RuleSet, letters: Alphabet) -> None:
        kinds = rules.ontology.kinds
        types = frozenset(rules.ontology.types) - kinds.event - kinds.document - kinds.award
        things = kinds.product | kinds.document | kinds.event
        self._place = kinds.place
        self._subject = re.compile(char_class(letters.mentions_of(types, (CORE, PLURAL))))
        mention = char_class(letters.mentions_of(kinds.person | kinds.organisation, range(4)))
        self._thing = re.compile(char_class(letters.mentions_of(things, (CORE, PLURAL))))
        self._things = frozenset(letters.mentions_of(kinds.product, (CORE, PLURAL), certain=True))
        data = rules.syntax
        verbs = alternatives(rules.roles.verbs)
        roles = letters.all_roles()
        self._states = frozenset(rules.constructions.lists.get("国家", ()))
        degrees = alternatives(data.degrees) or "(?!)"
        self._owns_role = re.compile(f"的?{char_class(roles)}|(?:{degrees})(?=[，；：。]|$)")
        self._trigger = re.compile(f"[{TRIGGERS}]")
        self._verb = re.compile(f"[{TRIGGERS}]|(?:{verbs})(?=[^，；：。]{{0,12}}{char_class(roles)})")
        self._role = re.compile(char_class(roles))
        self._link = re.compile(
            rf"(?<=[^，；：。])(?:{alternatives(data.links)})(?=[^，；：。]{{0,10}}?[{TRIGGERS}])"
        )
        self._sequel = re.compile(
            rf"(?<={char_class(letters.mentions_of(rules.ontology.types, range(4)))})(?:{alternatives(data.sequels)})"
            rf"(?=[^，；：。]{{0,3}}[{TRIGGERS}])"
        )
        self._possessed = re.compile(alternatives(data.possessed) or r"(?!)")
        owner = char_class(letters.mentions_of(kinds.organisation, (ASIDE, ASIDE_PLURAL)))
        self._owner = re.compile(rf"(?:{alternatives(data.adverbs)}|[{DATE}])*(?P<owner>{owner})的")
        named = char_class(letters.mentions_of(types, (CORE, PLURAL)))
        self._relative = frozenset(data.opens_relative)
        self._relative_opening = re.compile(
            rf"(?:{alternatives(data.adverbs)}|[{DATE}])*(?P<verb>[{TRIGGERS}])"
            rf"[^，；：。{ANY_MARK}]{{0,{_RELATIVE}}}[{ANY_MARK}][^，；：。{ANY_MARK}]{{0,{_RELATIVE}}}的"
            rf"[^，；：。{ANY_MARK}]{{0,{_DESCRIPTION}}}(?P<head>{named})(?=[^，；：。！？\n])"
        )
        self._announcing = tuple(data.announcing)
        self._organisation = kinds.organisation
        self._organisation_char = letters.mention(kinds.organisation) if kinds.organisation else ""
        self._unnamed = tuple(data.unnamed)
        self._speech = re.compile(rf"(?:{alternatives(data.speech)})[^，；：。]{{0,2}}$")
        self._speech_reach = (
            max(map(len, data.speech), default=0) + 3
        )  # two more characters, and a line's end
        self._blocker = re.compile(alternatives(data.subject_blockers))
        self._copulas = frozenset(word for word in rules.roles.verbs if len(word) == 1)
        self._adverbial = frozenset(data.adverbs)
        disposing = alternatives(data.disposing) or "(?!)"
        self._disposing = re.compile(
            rf"(?:{alternatives(data.adverbs)}|[{DATE}])*(?:{disposing})[^，；：。]*"
        )
        self._means = re.compile(rf"(?:{alternatives(data.means)})[^，；：。]*$")
        self._companion = re.compile(
            rf"(?:{alternatives(data.adverbs)}|[{DATE}])*(?:{alternatives(data.companions)})"
            rf"[^，；：。、{ANY_MARK}]{{0,{_COMPANION}}}{mention}(?!的)"
        )
        self._compared = re.compile(rf"(?:{alternatives(data.adverbs)})*(?:{alternatives(data.compared)})")
        name = char_class(letters.mentions_of(types, range(4)))
        partner = f"(?:{alternatives(data.partners)})[^，；：。]{{0,8}}{name}"
        self._opening = re.compile(rf"(?:{alternatives(data.adverbs)}|[{DATE}]|[-*· ])*(?:{partner}|$)?")
        self._adjuncts = [
            re.compile(rf"(?:{alternatives(a.opens)})[^，。；！？]{{0,30}}?(?:{alternatives(a.closes)})")
            for a in data.adjuncts
        ]

    def inherit(
        self, sentence: Encoded, read: Read, before: Subject | None, employers: Mapping[int, Mention]
    ) -> Subjects:
        """Insert inherited subjects; return the sentence's own.

        `employers` gives by identity the organisations of those who announce something for them.
        """
        if self._trigger.search(sentence.text):
            self._break_at(self._sequel, sentence)
            self._break_at(self._link, sentence)
        text = sentence.text
        verb = self._verb if self._role.search(text) else self._trigger
        acts = verb.search(text) is not None  # else no subject is omitted, whatever stands before
        subject, first, thing, said, start = before, None, None, False, 0
        while start <= len(text) - sentence.moved:
            end = self._clause_end(text, start)
            clause = text[start:end]
            trigger = verb.search(clause) if acts else None
            lead = clause[: trigger.start()] if trigger else clause
            own = self._own_subject(sentence, start, clause, len(lead), trigger is not None)
            if own is None and trigger:
                own = self._behind_relative(sentence, start, clause)
            if own is not None and not trigger and self._is_object(sentence, start, own, read.words):
                own = None
            if own is not None:
                subject = own
                first = first or (own if trigger else None)
            elif trigger and not said and self._omits_subject(sentence, start, lead, read.words):
                # the thing comes to stand nearer to the verb, for relations that things can have
                known = (subject is not None and subject.char in self._things) or self._possessed.search(lead)
                for inherited in (None if known else thing, subject):
                    if inherited is not None:
                        self._insert(sentence, start, inherited)
                        end += 1
                text = sentence.text
            if own is None:
                subject = self._owner_of(sentence, start) or subject
            if own is not None and end < len(sentence.offsets):
                announced = read.text.endswith(self._announcing, 0, sentence.offsets[end])
            else:
                announced = False
            if own is not None and announced:
                subject = self._employer(own, employers) or subject
            if acts:
                said = bool(
                    self._speech.search(text[max(start, end - self._speech_reach) : end])
                    or self._introduces(read.text, sentence, end)
                )
                if not self._compares(sentence, start):
                    thing = self._last_thing(sentence, text, start, end) or thing
            start = end + 1
        return Subjects(first, subject)

    def _employer(self, person: Subject, employers: Mapping[int, Mention]) -> Subject | None:
        """Return for whom somebody announces what the next clauses tell: 英伟达CEO黄仁勋宣布,|将与台积电合作."""
        employer = employers.get(id(person.item.mentions[0]))
        if employer is None or employer.types != self._organisation or len(person.item.mentions) > 1:
            return None
        item = Item(person.item.start, person.item.end, [employer], inferred=True)
        return Subject(self._organisation_char, item)

    def _owner_of(self, sentence: Encoded, start: int) -> Subject | None:
        """Return whose thing opens a clause, of whom the next clauses go on: 亚马逊|的态度不同,起诉了……"""
        match = self._owner.match(sentence.text, start) if "的" in sentence.text else None
        item = sentence.items[match.start("owner")] if match else None
        if match is None or item is None:
            return None
        plain = PLURAL if alphabet.variant_of(match["owner"]) == ASIDE_PLURAL else CORE
        return Subject(alphabet.with_variant(match["owner"], plain), item)

    def _introduces(self, text: str, sentence: Encoded, end: int) -> bool:
        """Tell whether a clause ends with a new body that has no name yet: 成立合资公司，|总部位于……"""
        return (
            text.endswith(self._unnamed, 0, sentence.offsets[end]) if end < len(sentence.offsets) else False
        )

    def _insert(self, sentence: Encoded, index: int, inherited: Subject) -> None:
        offset = sentence.offsets[index] if index < len(sentence.offsets) else 0
        item = Item(offset, offset, list(inherited.item.mentions), inferred=True)
        sentence.insert(index, inherited.char, item, offset)

    def _break_at(self, place: re.Pattern[str], sentence: Encoded) -> None:
        """Put a comma where a clause begins without one."""
        for match in reversed(list(place.finditer(sentence.text))):
            sentence.insert(match.start(), "，", None, sentence.offsets[match.start()])

    def _clause_end(self, text: str, start: int) -> int:
        match = _BREAK.search(text, start)
        return match.start() if match else len(text)

    def _own_subject(
        self, sentence: Encoded, start: int, clause: str, limit: int, acts: bool
    ) -> Subject | None:
        """Return the first name that is neither aside nor behind `limit`, where the first trigger stands.

        Where nothing is done (`acts`) a place is none: 中国国籍.
        """
        if not self._subject.search(clause, 0, limit) or self._disposing.match(clause):
            return None
        if self._compares(sentence, start):
            return None
        companion = self._companion.match(clause)
        for match in self._subject.finditer(clause, companion.end() if companion else 0, limit):
            index = start + match.start()
            if not self._owns_role.match(clause, match.end()) and self._may_act(sentence, index, acts):
                item = sentence.items[index]
                assert item is not None
                return Subject(match.group(), item)
        return None

    def _compares(self, sentence: Encoded, start: int) -> bool:
        """Tell whether a clause names only what somebody is compared with: 比某大学的甲高出一成，|也优于乙."""
        return start < len(sentence.offsets) and bool(
            self._compared.match(sentence.source, sentence.offsets[start])
        )

    def _behind_relative(self, sentence: Encoded, start: int, clause: str) -> Subject | None:
        """Return the subject of a clause that a relative clause opens: 位于西班牙的运营商|Telefónica|宣布……"""
        match = self._relative_opening.match(clause) if "的" in clause else None
        if match is None:
            return None
        verb, head = (sentence.items[start + match.start(part)] for part in ("verb", "head"))
        if verb is None or head is None or sentence.source[verb.start : verb.end] not in self._relative:
            return None
        return Subject(match["head"], head)

    def _is_object(self, sentence: Encoded, start: int, name: Subject, words: Sequence[Token]) -> bool:
        """Tell whether a verb stands before a name in its clause: 性能比肩|GPT-4."""
        plain: set[int] = set()
        for offset, item in zip(sentence.offsets[start:], sentence.items[start:], strict=True):
            if item is name.item:
                break
            if item is None:
                plain.add(offset)
        return any(
            w.start in plain and (w.text in self._copulas or (w.tag == "v" and len(w.text) > 1))
            for w in words
        )

    def _may_act(self, sentence: Encoded, index: int, acts: bool) -> bool:
        """Tell whether a name may be a subject: of places only those that act as states, where something is done."""
        item = sentence.items[index]
        if item is None or not item.mentions:
            return False
        first = item.mentions[0]
        return first.types != self._place or (acts and bool({first.name, first.entry} & self._states))

    def _last_thing(self, sentence: Encoded, text: str, start: int, end: int) -> Subject | None:
        """Return the last product, document or event of a clause: what was just spoken of."""
        matches = list(self._thing.finditer(text, start, end))
        if not matches:
            return None
        item = sentence.items[matches[-1].start()]
        assert item is not None
        return Subject(matches[-1].group(), item)

    def _omits_subject(self, sentence: Encoded, start: int, lead: str, words: Sequence[Token]) -> bool:
        """Tell whether nothing before the verb can be the subject of a clause; `lead` is that part.

        At the start of a sentence only adverbs and dates may come before the verb.
        """
        if start == 0:
            opening = self._opening.match(lead)
            return opening is not None and opening.end() == len(lead)
        if self._disposing.match(lead):
            return True
        if self._blocker.search(lead):
            return False
        adverbial = self._adverbial
        nouns = {start for start, _, text, tag in words if tag[:1] in _NOMINAL and text not in adverbial}
        aside = {
            i
            for pattern in (*self._adjuncts, self._companion, self._possessed, self._means)
            for m in pattern.finditer(lead)
            for i in range(m.start(), m.end())
        }
        free = [i for i in range(len(lead)) if i not in aside]
        return not any(self._is_acting_place(sentence, start + i) for i in free) and not any(
            sentence.items[start + i] is None
            and sentence.offsets[start + i] in nouns
            and (i + 1 == len(lead) or sentence.items[start + i + 1] is None)
            for i in free
        )

    def _is_acting_place(self, sentence: Encoded, index: int) -> bool:
        """Tell whether a place stands where a subject does: 某局长介绍,|甘肃省|与京东签署了协议."""
        item = sentence.items[index]
        return (
            item is not None
            and bool(item.mentions)
            and item.mentions[0].types == self._place
            and alphabet.variant_of(sentence.text[index]) in (CORE, PLURAL)
        )
