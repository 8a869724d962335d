"""Bylines that stand alone: 编译 | 云帆 under or above the line of the medium it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import Mention, Read
from kg.relate.encode import Encoded, Item
from kg.rules.alphabet import Alphabet
from kg.rules.patterns import any_of
from kg.rules.ruleset import RuleSet

_WITHIN = 4


class BylineReader:
    """Puts before the bylines of an article the medium whose people sign."""

    def __init__(self, rules: RuleSet, letters: Alphabet) -> None:
        self._letters = letters
        self._body = rules.ontology.kinds.organisation
        signing = any_of(rules.roles.bylines).pattern
        sent = any_of(rules.people.datelines).pattern
        self._word = re.compile(rf"(?:{signing}) ?[|｜/丨：:]")
        self._line = re.compile(
            rf"[（【]?(?:{signing}) ?[|｜/丨：:]|[\u4e00-\u9fff]{{2,4}} (?:[^，。]{{2,4}} )?(?:{sent})"
        )
        self._medium = re.compile(rules.people.medium_lines)

    def signs(self, text: str) -> bool:
        """Tell whether a sentence is a byline without its medium."""
        return self._line.match(text) is not None

    def medium(self, sentences: Sequence[Read], at: int) -> Mention | None:
        """Return the medium that a line near the byline at an index names, the nearest before it, else behind it."""
        before = sentences[max(0, at - _WITHIN) : at]
        for read in (*reversed(before), *sentences[at + 1 : at + 1 + _WITHIN]):
            first = read.mentions[0] if read.mentions else None
            if (
                first is not None
                and first.start <= 1
                and first.types == self._body
                and self._medium.match(read.text, first.end)
            ):
                return first
        return None

    def sign(self, sentence: Encoded, medium: Mention) -> None:
        """Put the medium before each byline of an encoded sentence."""
        starts = [match.start() for match in self._word.finditer(sentence.source)] or [sentence.offsets[0]]
        for start in reversed(starts):
            if start not in sentence.offsets:
                continue
            item = Item(start, start, [medium], inferred=True)
            sentence.insert(sentence.offsets.index(start), self._letters.mention(medium.types), item, start)
