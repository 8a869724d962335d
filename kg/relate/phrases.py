"""Noun phrases in an encoded sentence: coordination, honorifics, possession, adjuncts."""

from __future__ import annotations

import re

from kg.relate.encode import Encoded, Item
from kg.rules import alphabet
from kg.rules.alphabet import (
    ANY_MARK,
    ANY_NAME,
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

_ADJUNCT_SPAN = 30
_POSSESSED_WITHIN = 14
_DESCRIBED_WITHIN = 10
_RELATIVE_WITHIN = 5
_NAMES = re.compile(f"[{ANY_NAME}]")


class PhraseReader:
    """Groups coordinated names and sets aside those that can be neither subject nor object."""

    def __init__(self, rules: RuleSet, letters: Alphabet) -> None:
        data, kinds = rules.syntax, rules.ontology.kinds
        conjunctions = alternatives(data.conjunctions)
        places = char_class(letters.mentions_of(kinds.place, range(4)))
        tail = (
            f"(?:(?:{alternatives(data.list_tail)})(?![^，。；：、]{{0,8}}{places})"
            f"(?:[^，。；：、{ANY_MARK}]{{0,8}}?(?:{alternatives(data.list_classes)}))?)?"
        )
        signed = alternatives((*data.conjunctions, *data.between_persons))
        partner = f"(?:{alternatives(data.partners)})"
        belonging = alternatives(data.belonging) or "(?!)"
        self._lists = [
            (
                frozenset(chars),
                re.compile(
                    f"{one}(?:(?!{partner}{one}、)(?:{joints}){one}(?!(?:{belonging}){one}))+{tail}|{one}{tail}"
                ),
            )
            for chars, joints in (
                (
                    letters.mentions_of((name,), (CORE, PLURAL)),
                    signed if name in kinds.person else conjunctions,
                )
                for name in rules.ontology.types
            )
            for one in (char_class(chars),)
        ]
        self._agreeing = tuple(data.agreeing)
        several = char_class(letters.mentions_of(rules.ontology.types, (PLURAL,)))
        self._met = re.compile(f"{partner}{several}$")
        both = kinds.person | kinds.organisation
        self._persons = frozenset(letters.mentions_of(kinds.person, (CORE, PLURAL)))
        self._bodies = frozenset(letters.mentions_of(kinds.organisation, (CORE, PLURAL)))
        self._mixed_char = letters.mention(both)
        one = char_class(letters.mentions_of(both, (CORE, PLURAL), certain=True))
        self._mixed = re.compile(f"{one}(?:(?:{conjunctions}){one})+{tail}")
        named = char_class(letters.mentions_of(kinds.organisation, (CORE, PLURAL), certain=True))
        at = char_class(letters.mentions_of(kinds.place, (CORE,)))
        self._placed = re.compile(f"{named}(?:(?:{conjunctions}){at}?{named})+{tail}")
        self._list_tail = re.compile(alternatives(data.list_tail))
        titles = alternatives((*rules.roles.honorifics, *rules.roles.teams))
        person = char_class(letters.mentions_of(kinds.person, range(4)))
        roles = char_class(letters.all_roles())
        self._honoured = re.compile(f"({person})(?:{roles})?的?(?:{titles})+")
        mention = char_class(letters.mentions_of(rules.ontology.types, (CORE, PLURAL)))
        possession = alternatives(data.possessives)
        kin = alternatives([form for word in data.kin for form in (word, letters.words.get(word, word))])
        self._possessor = re.compile(
            rf"({mention})(?:(?:{possession})(?=[^，。；：！？{ANY_MARK}]{{0,{_POSSESSED_WITHIN}}}{mention})"
            rf"|[^，。；：！？、和与及{ANY_MARK}]{{0,{_RELATIVE_WITHIN}}}的(?=[^，。；：！？”{TRIGGERS}])"
            rf"|的?(?:{kin})(?={mention}))"
        )
        self._mention = re.compile(mention)
        technology = char_class(letters.mentions_of(kinds.technology, (CORE, PLURAL)))
        self._modifier = re.compile(
            rf"({technology})(?=[\w])(?!{alternatives(data.field_ends)}|[{ANY_MARK}])"
        )
        product = char_class(letters.mentions_of(kinds.product, (CORE,), certain=True))
        self._named_kind = re.compile(rf"({technology})(?=“?{product})")  # 世界模型|“天璇”
        place = at
        body = char_class(letters.mentions_of(kinds.organisation, (CORE, PLURAL)))
        self._places = frozenset(letters.mentions_of(kinds.place, (CORE,)))
        self._nationality = re.compile(
            rf"({place})[^，。；：、的{ANY_MARK}]{{0,{_DESCRIBED_WITHIN}}}(?:{alternatives(data.list_classes)})“?{body}"
        )
        where = char_class(letters.mentions_of(kinds.place, range(4)))
        reports = alternatives(rules.people.reports)
        self._dateline = re.compile(rf"(?:^|[（【])({body})(?:{where}|[{DATE} ])*(?:{reports})")
        prepositions = alternatives(data.prepositions)
        self._after_preposition = re.compile(rf"(?:{prepositions})(?:{place})?({mention})")
        self._adjuncts = [
            re.compile(
                rf"(?:{alternatives(a.opens)})[^，。；！？{TRIGGERS}]{{0,{_ADJUNCT_SPAN}}}?(?:{alternatives(a.closes)})"
            )
            for a in data.adjuncts
        ]

    def coordinate(self, sentence: Encoded) -> None:
        """Make one plural item of names of one type that stand in a list, with the 等… behind them."""
        names = _NAMES.findall(sentence.text)
        least = 1 if self._list_tail.search(sentence.text) else 2
        if len(names) < least:
            return
        for chars, pattern in self._lists:
            if sum(name in chars for name in names) < least:
                continue
            position = 0
            while match := pattern.search(sentence.text, position):
                position = match.start() + 1
                if match.end() - match.start() > 1 and not self._agree(sentence, match):
                    self._group(sentence, match)

    def _agree(self, sentence: Encoded, names: re.Match[str]) -> bool:
        """Tell whether the first of some names deals with each of the others: 甲|与|乙、丙签署协议."""
        if not self._met.search(names.group()) or names.end() >= len(sentence.offsets):
            return False
        return sentence.source.startswith(self._agreeing, sentence.offsets[names.end()])

    def _group(self, sentence: Encoded, match: re.Match[str], kind: str = "") -> None:
        items = [
            item for item in sentence.items[match.start() : match.end()] if item is not None and item.mentions
        ]
        chars = [c for c in match.group() if alphabet.is_mention(c)]
        mentions = [mention for item in items for mention in item.mentions]
        group = Item(
            items[0].start,
            items[-1].end,
            mentions,
            inferred=any(item.inferred for item in items),
        )
        variant = PLURAL if len(mentions) > 1 else CORE
        sentence.replace(match.start(), match.end(), alphabet.with_variant(kind or chars[0], variant), group)

    def coordinate_mixed(self, sentence: Encoded) -> None:
        """Make one plural item of persons and organisations that stand in a list: 红杉资本、施密特及花旗."""
        present = set(sentence.text)
        if present.isdisjoint(self._persons) or present.isdisjoint(self._bodies):
            return
        position = 0
        while match := self._mixed.search(sentence.text, position):
            position = match.start() + 1
            kinds = {c for c in match.group() if alphabet.is_mention(c)}
            if any(c in self._persons for c in kinds) and any(c not in self._persons for c in kinds):
                self._group(sentence, match, self._mixed_char)

    def coordinate_placed(self, sentence: Encoded) -> None:
        """Make one plural item of organisations of which some stand behind their place: 红杉中国、苏州元禾控股."""
        if self._places.isdisjoint(sentence.text):
            return
        position = 0
        while match := self._placed.search(sentence.text, position):
            position = match.start() + 1
            places = [i for i in range(*match.span()) if sentence.chars[i] in self._places]
            if places:
                for index in reversed(places):
                    sentence.cut(index, index + 1)
                again = self._placed.match(sentence.text, match.start())
                if again:
                    self._group(sentence, again)

    def drop_honorifics(self, sentence: Encoded) -> None:
        """Let 王延峰教授团队 stand for 王延峰."""
        position = 0
        while match := self._honoured.search(sentence.text, position):
            item = sentence.items[match.start()]
            assert item is not None
            sentence.replace(match.start(), match.end(), match.group(1), item)
            position = match.start() + 1

    def set_aside(self, sentence: Encoded) -> None:
        """Mark the names in adjuncts, behind prepositions and before 的 as neither subject nor object."""
        text = sentence.text
        patterns = [
            self._possessor,
            self._after_preposition,
            self._modifier,
            self._named_kind,
            self._dateline,
        ]
        if not self._places.isdisjoint(text):
            patterns.append(self._nationality)
        for pattern in patterns:
            for match in pattern.finditer(text):
                self._aside(sentence, match.start(1))
        for pattern in self._adjuncts:
            for match in pattern.finditer(text):
                for found in self._mention.finditer(text, match.start(), match.end()):
                    self._aside(sentence, found.start())

    def _aside(self, sentence: Encoded, index: int) -> None:
        char = sentence.chars[index]
        variant = alphabet.variant_of(char)
        if variant in (CORE, PLURAL):
            aside = ASIDE if variant == CORE else ASIDE_PLURAL
            sentence.change(index, alphabet.with_variant(char, aside))
