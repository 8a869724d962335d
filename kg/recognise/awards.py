"""Prizes that no list holds, behind the words with which they are given: 荣获|浙江省青年科技英才奖."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import SHAPE, Mark, Mention
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet

_EDGE = re.compile(r"[，。；：、！？“”《》（）\n]")
_REACH, _MIN_STEM = 26, 2


class AwardRecogniser:
    """Finds names of prizes by their endings, and lists that honour."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.awards
        self._type = rules.ontology.kinds.award
        refused = "".join(map(re.escape, data.not_before))
        self._ending = re.compile(rf"(?:{any_of(data.suffixes).pattern})(?![{refused}])")
        self._before = any_of(data.before)
        self._listed = re.compile(
            rf"(?:{alternatives(data.listing) or '(?!)'})[^，。；“]{{0,{_REACH}}}?"
            rf"“(?P<name>[^”\n]{{2,30}})”(?:{alternatives(data.lists) or '(?!)'})"
        )
        self._generic = re.compile(rf"(?:{any_of(data.generic).pattern})*")

    def find(self, text: str, marks: Sequence[Mark]) -> list[Mention]:
        """Return the prizes in the text; a name begins behind the word that gives it and behind a date.

        A quoted list that somebody gets onto is one too: 入选……“AI 100”榜单.
        """
        found = [
            Mention(*match.span("name"), match["name"], self._type, SHAPE)
            for match in (self._listed.finditer(text) if "”" in text else ())
        ]
        for ending in self._ending.finditer(text):
            start = self._start(text, ending.start(), marks)
            stem = text[start : ending.start()]
            if start >= 0 and len(stem) >= _MIN_STEM and not self._generic.fullmatch(stem):
                found.append(Mention(start, ending.end(), text[start : ending.end()], self._type, SHAPE))
        return found

    def _start(self, text: str, end: int, marks: Sequence[Mark]) -> int:
        """Return where the name that ends at `end` begins, -1 if no word that gives a prize stands before it."""
        floor = max(0, end - _REACH)
        floor = max((m.end() for m in _EDGE.finditer(text, floor, end)), default=floor)
        starts = [m.end() for m in self._before.finditer(text, floor, end)]
        if not starts:
            return floor if floor and text[floor - 1] == "“" else -1
        return max([starts[-1], *(mark.end for mark in marks if starts[-1] <= mark.end <= end)])
