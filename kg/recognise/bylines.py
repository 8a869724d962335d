"""Who signs an article: 编辑：青梅, 某某网 卫明轩 5月3日, 某某讯 5月3日消息（云帆）, 梦晨 发自 北京."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import CONTEXT, Mark, Mention
from kg.recognise.people import PersonRecogniser
from kg.recognise.segment import is_word
from kg.rules.patterns import any_of
from kg.rules.ruleset import RuleSet

_STATING = ("：", "|", "｜", "/", "丨")
_FULL_NAME = 3
_SIGNED = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?=[ 、，。）【\n|｜/&]|$)|[A-Za-z][\w.]{1,15}(?=[ 、，。）【\n|｜/&]|$)"
)
_NAME = r"[\u4e00-\u9fff]{2,4}"
_BETWEEN = " 、/&"


class BylineRecogniser:
    """Finds the names in bylines, where pen names stand that look like no names of persons."""

    def __init__(self, rules: RuleSet, people: PersonRecogniser) -> None:
        self._people = people
        self._type = rules.ontology.kinds.person
        self._bylines = tuple(rules.roles.bylines)
        signing = any_of(self._bylines).pattern
        self._datelines = tuple(rules.people.datelines)
        sent = any_of(self._datelines).pattern
        reports = any_of(rules.people.reports).pattern
        self._beside = re.compile(rf"(?:《[^《》]{{1,12}}》)? ?[ |·]?(?P<name>{_NAME})(?=\n| ?\d| ?$)")
        self._sent = re.compile(rf"(?:《[^《》]{{1,12}}》)?[ |·]?(?P<name>{_NAME}) ?(?:{sent})")
        self._bracketed = re.compile(
            rf"[^，。；\n]{{0,14}}(?:{reports})（(?P<name>{_NAME})(?:/(?:{signing}))?）"
        )
        media = any_of(rules.people.media).pattern
        day = r"\d{1,2}月\d{1,2}日"
        self._unlisted = re.compile(
            rf"(?P<medium>[\u4e00-\u9fffA-Za-z\d]{{1,6}}?(?:{media}))"
            rf"(?=(?:{reports})(?:（{_NAME}(?:/(?:{signing}))?）| ?{day})| {_NAME} ?{day}(?:{reports})?$)"
        )
        self._line = re.compile(rf"[（【]?(?:{signing}) ?[|｜/丨：] ?")
        self._sender = re.compile(rf"(?={_NAME} (?:{sent}))")

    def may_sign(self, text: str) -> bool:
        """Tell whether a sentence without any known name may be a byline."""
        return (
            text.startswith(self._bylines)
            or any(word in text for word in self._datelines)
            or self._unlisted.match(text) is not None
        )

    def find(self, text: str, known: Sequence[Mention], body: frozenset[str]) -> list[Mention]:
        """Return the names that a line holds beside its medium, or that it gives by itself.

        `body` is the type of media; where no list holds the medium it is returned too. What is known as a name of
        something else is made a person's where it signs.
        """
        medium = next((m for m in known if m.start <= 1 and m.types & body), None)
        if medium is not None:
            signed = self._beside_medium(text, known, medium.end)
            if signed:
                medium.types = body
            return signed
        if match := self._unlisted.match(text):
            name = Mention(0, match.end(), match.group(), body, CONTEXT)
            return [name, *self._beside_medium(text, known, match.end())]
        match = self._line.match(text) or self._sender.match(text)
        return self._listed(text, known, match.end()) if match else []

    def _beside_medium(self, text: str, known: Sequence[Mention], end: int) -> list[Mention]:
        """Return the name behind a medium that ends at an offset."""
        match = self._beside.match(text, end)
        if match and not self._people.is_full(match["name"]):
            match = None
        match = match or self._sent.match(text, end) or self._bracketed.match(text, end)
        if match is None:
            return []
        return [self._person(text, known, *match.span("name"))]

    def _person(self, text: str, known: Sequence[Mention], start: int, end: int) -> Mention:
        """Return who signs with a name; what is known by that name is made a person's."""
        for other in known:
            if (other.start, other.end) == (start, end):
                other.types, other.entry = self._type, None
        return Mention(start, end, text[start:end], self._type, CONTEXT)

    def _listed(self, text: str, known: Sequence[Mention], start: int) -> list[Mention]:
        """Return the names from `start` on, as far as they go: 文|云帆、青梅."""
        found: list[Mention] = []
        while (match := _SIGNED.match(text, start)) and not text.startswith(self._datelines, start):
            found.append(self._person(text, known, start, match.end()))
            start = match.end() + 1
            if text[match.end() : start] not in (*_BETWEEN,):
                break
        return found

    def signed(self, text: str, role: Mark, start: int) -> Mention | None:
        """Return whatever name a byline gives behind a colon, a bar or a blank: 编辑：青梅, 编译 | K1te."""
        if start == role.end or not text.startswith(self._bylines, role.start):
            return None
        if text.startswith(self._datelines, start):
            return None
        match = _SIGNED.match(text, start)
        stated = (
            text[role.end : start].strip()[:1] in _STATING
        )  # behind a colon or a bar everyday words are pen names
        if match is None or (is_word(match.group()) and not (stated and match.end() - start <= _FULL_NAME)):
            return None
        return Mention(start, match.end(), match.group(), self._type, CONTEXT)
