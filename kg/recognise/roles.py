"""Roles: the words for what a person is somewhere, with what belongs to them on the left (前、首席、副)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.automata import ENDING, NO_ROLE, ROLE, VETO
from kg.recognise.mentions import SHAPE, Mark, Mention, bits
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet

_OPENER_REACH = 8
_BODY_REACH = 14
_UNLISTED = 7
_BOUNDS = "，。、；：“”（）\n 的"


class RoleRecogniser:
    """Turns role words into roles with their full extent."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.roles
        self._organisation = rules.ontology.kinds.organisation
        self._before = tuple(sorted(data.before, key=len, reverse=True))
        openers = alternatives(data.openers)
        self._opener = re.compile(rf"(?:{openers})[^，。、；：的（）“” ]{{0,{_OPENER_REACH}}}$")
        self._bodies = {word: re.compile(pattern) for word, pattern in data.bodies.items()}
        self._fields = tuple(sorted(data.fields, key=len, reverse=True))
        self._office = any_of(data.taking)
        self._unlisted = [
            (name, re.compile(f"的?([\u4e00-\u9fff]{{1,{_UNLISTED}}}?[{ends}])(?=[、，。；兼]|$)"))
            for name, ends in data.unlisted.items()
        ]
        self._classes = {word: name for name, role in data.classes.items() for word in role.words}

    def find(
        self,
        text: str,
        hits: list[tuple[int, int, dict[str, list[str]]]],
        taken: int,
        fields: int,
    ) -> list[Mark]:
        """Return the roles of a sentence; none overlaps the offsets in `taken`, but for those of `fields`.

        Offsets are given as the bits of a number.
        A field belongs to the role behind it: 原|智能驾驶|副总裁.
        """
        found: list[Mark] = []
        floor = 0
        for start, end, meanings in hits:
            if ROLE not in meanings or NO_ROLE in meanings.get(VETO, ()):
                continue
            role = meanings[ROLE][0]
            if ENDING in meanings:
                start = end - int(meanings[ENDING][0])
            if taken & bits(start, end):
                start = self._free_start(text, start, end, taken)
                if start < 0:
                    continue
                role = self._classes[text[start:end]]
            body = self.body(text, start, end)
            if body:
                found.append(Mark(body.end, end, ROLE, role))
                floor = end
                continue
            if found and found[-1].end == start and found[-1].value == role:
                found[-1].end = floor = end  # 主任|助理
                continue
            begin = self._left(text, start, floor, taken & ~fields)
            found.append(Mark(begin, end, ROLE, role))
            floor = end
        return found

    def _free_start(self, text: str, start: int, end: int, taken: int) -> int:
        """Return where the role in a word begins whose start belongs to a name (计算机系|主任), -1 if none."""
        return next(
            (
                at
                for at in range(start + 1, end)
                if text[at:end] in self._classes and not taken & bits(at, end)
            ),
            -1,
        )

    def unlisted(self, text: str, organisations: Sequence[Mention], taken: int) -> list[Mark]:
        """Return posts that no list holds: the word between an organisation and a stop, where a verb gives a post."""
        office = self._office.search(text)
        if office is None:
            return []
        return [
            Mark(match.start(1), match.end(1), ROLE, name)
            for name, ending in self._unlisted
            for mention in organisations
            if mention.start >= office.end()
            and (match := ending.match(text, mention.end))
            and not taken & bits(match.start(1), match.end(1))
        ]

    def body(self, text: str, start: int, end: int) -> Mention | None:
        """Return the assembly whose name runs into the role word: 上海市人大|代表."""
        pattern = self._bodies.get(text[start:end])
        if pattern is None:
            return None
        for begin in range(max(0, start - _BODY_REACH), start + 1):
            match = pattern.match(text, begin)
            if match and start < match.end() < end and (not begin or text[begin - 1] in _BOUNDS):
                return Mention(begin, match.end(), match.group(), self._organisation, SHAPE)
        match = pattern.match(text, start)
        return Mention(start, match.end(), match.group(), self._organisation, SHAPE) if match else None

    def _left(self, text: str, start: int, floor: int, taken: int) -> int:
        while True:
            word = next((w for w in self._before if text.endswith(w, floor, start)), None)
            if word is None or taken & bits(start - len(word), start):
                break
            start -= len(word)
        opener = self._opener.search(text, max(floor, start - _OPENER_REACH - 2), start)
        if opener and not taken & bits(opener.start(), start):
            middle = text[opener.start() : start]
            if all_fields(middle, self._before, self._fields):
                start = opener.start()
        return start


def all_fields(text: str, before: tuple[str, ...], fields: tuple[str, ...]) -> bool:
    """Tell whether the text is made of words that may stand inside a role."""
    while text:
        word = next((w for w in (*before, *fields) if text.startswith(w)), None)
        if word is None:
            return False
        text = text[len(word) :]
    return True
