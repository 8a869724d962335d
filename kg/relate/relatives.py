"""What is told aside: 小米推出了|采用3nm工艺的|玄戒O1 says 小米推出了玄戒O1 and 玄戒O1采用3nm工艺; 甲（曾任某职）."""

from __future__ import annotations

import re

from kg.relate.encode import Encoded, Item
from kg.rules.alphabet import ANY_MARK, CORE, PLURAL, TRIGGERS, Alphabet, char_class, with_variant
from kg.rules.patterns import any_of
from kg.rules.ruleset import RuleSet

_LONGEST, _DESCRIPTION, _COUNTED = 28, 14, 8


class RelativeReader:
    """Takes relative clauses out of objects and puts them behind the sentence, with the object as their subject."""

    def __init__(self, rules: RuleSet, letters: Alphabet) -> None:
        data = rules.syntax
        self._outer = frozenset(data.takes_relative)
        self._inner = frozenset(data.in_relative)
        name = char_class(letters.mentions_of(rules.ontology.types, (CORE, PLURAL)))
        self._bracket = re.compile(rf"(?P<head>{name})（(?P<told>[^（）]+)）")
        self._each = any_of(data.each)
        self._done = frozenset(data.done_in_relative)
        self._done_by = re.compile(
            rf"(?P<outer>[{TRIGGERS}])了?[^，；：。！？\n{ANY_MARK}]{{0,{_COUNTED}}}?"
            rf"(?P<doer>{name})(?P<inner>[{TRIGGERS}])[了过]?的"
            rf"(?P<description>[^，；：。！？\n{ANY_MARK}]{{0,{_DESCRIPTION}}})(?P<head>{name})"
        )
        self._clause = re.compile(
            rf"(?P<outer>[{TRIGGERS}])了?[^，；：。！？\n{ANY_MARK}]{{0,{_COUNTED}}}?"
            rf"(?P<inner>[{TRIGGERS}])(?P<object>[^，；：。！？\n]{{1,{_LONGEST}}}?)的"
            rf"(?P<description>[^，；：。！？\n{ANY_MARK}]{{0,{_DESCRIPTION}}})(?P<head>{name})"
        )

    def extrapose(self, sentence: Encoded) -> None:
        """Move what brackets tell of a name, and relative clauses, to the end of the sentence."""
        if "（" in sentence.text:
            self._take_out_of_brackets(sentence)
        if "的" not in sentence.text:
            return
        position = 0
        while match := self._done_by.search(sentence.text, position):
            position = match.start() + 1
            outer, inner = (self._word(sentence, match.start(part)) for part in ("outer", "inner"))
            if outer in self._outer and inner in self._done:
                sentence.copy_behind((match.start("doer"), match.start("inner"), match.start("head")))
                sentence.cut(match.start("doer"), match.start("description"))
        position = 0
        while match := self._clause.search(sentence.text, position):
            position = match.start() + 1
            if self._word(sentence, match.start("outer")) not in self._outer:
                continue
            if self._word(sentence, match.start("inner")) in self._inner:
                sentence.move_behind(match.start("head"), match.start("inner"), match.start("description"))

    def _take_out_of_brackets(self, sentence: Encoded) -> None:
        """Make clauses of brackets: 甲、乙（曾任某职）创办了丙 says it of 乙, with 均 of both."""
        position = 0
        while match := self._bracket.search(sentence.text, position):
            position = match.start() + 1
            told = match.end("told") - match.start("told")
            sentence.move_behind(match.start("head"), match.start("told"), match.end())
            sentence.cut(match.start("told") - 1, match.start("told"))
            if not self._each.match(match["told"]):
                subject = len(sentence.items) - told - 1
                item = sentence.items[subject]
                assert item is not None
                sentence.items[subject] = Item(
                    item.start, item.end, item.mentions[-1:], inferred=item.inferred
                )
                sentence.change(subject, with_variant(match["head"], CORE))

    def _word(self, sentence: Encoded, index: int) -> str:
        """Return the trigger word that stands at an index."""
        item = sentence.items[index]
        return sentence.source[item.start : item.end].removesuffix("了") if item else ""
