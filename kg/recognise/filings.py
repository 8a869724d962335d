"""Names of firms that announcements and registers are written with, where nothing in them tells what they are.

Before a colon (①|海目星|：拟收购……), behind a word for a subsidiary (控股子公司|苏州天准星智|发布……), as what
shares are of (收购|国芯微|100%股权), and whole legal names from their place on (|江苏能芯微电子有限公司|).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.recognise.mentions import CONTEXT, SHAPE, Mention
from kg.recognise.segment import Token, is_word
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

_NAMING_TAGS = ("nr", "nz", "x")
_LONGEST_WORD = 4
_BRACKET = r"(?:（[\u4e00-\u9fff]{2,4}）)?"
_BULLET = "①-⑳•●■▪"


class FilingNames:
    """Finds the firms that announcements are of and tell of, and that no list holds."""

    def __init__(self, rules: RuleSet) -> None:
        data, kinds = rules.organisations, rules.ontology.kinds
        self._type, self._place = kinds.organisation, kinds.place
        self._trades = (*data.trades, *data.trade_names, *data.fund_names, *data.registered)
        self._no_name = frozenset((*data.generic, *data.stops, *data.descriptors, *data.introducing))
        verbs = {word for word in data.stops if len(word) > 1} - {*data.inner_verbs, *self._trades}
        self._verbs = re.compile(alternatives(verbs) or "(?!)")
        parts = alternatives(data.subsidiaries) or "(?!)"
        never = f"(?![{re.escape(data.never_in_filed)}])" if data.never_in_filed else ""
        letter = rf"(?:{never}[\u4e00-\u9fffA-Za-z0-9])"
        self._headed = re.compile(
            rf"(?:^|(?<=[\n；。】{_BULLET}]))(?:[{_BULLET}]|\d{{1,2}}[.、）])?"
            rf"(?P<name>\*?(?:ST)?{letter}{{3,8}})：(?={data.filed})"
        )
        self._part = re.compile(
            rf"(?:{parts})“?(?P<name>{letter}{{3,9}}?)”?(?={alternatives(data.part_acts)}|[，、；。：（]|$)"
        )
        self._staked = re.compile(
            rf"(?:{alternatives(data.staking) or '(?!)'})"
            rf"(?P<name>{letter}{{2,12}}?{_BRACKET}{letter}{{0,6}}?)(?={data.stake})"
        )
        inside = rf"(?:(?!{alternatives(data.introducing)}){letter})"
        self._legal = re.compile(
            rf"{_BRACKET}{inside}{{2,16}}?{_BRACKET}(?:{alternatives(data.legal_forms) or '(?!)'})"
        )
        self._hint = re.compile(f"：(?:{data.filed})|{parts}|{data.stake}")
        self._forms = tuple(data.legal_forms)

    def find(self, text: str, words: Sequence[Token], known: Sequence[Mention]) -> list[Mention]:
        """Return the firms in a sentence; `known` are the names found before, which none of them cuts."""
        found: list[Mention] = []
        places = {m.start: m.end for m in known if m.types == self._place}
        if places and any(form in text for form in self._forms):
            found += self._legal_names(text, places)
        if self._hint.search(text):
            known = [*known, *found]
            for match in self._candidates(text):
                start, end = match.span("name")
                cut = any(m.start < start < m.end or m.start < end < m.end for m in known)
                stem = places.get(start, start)
                placed = stem > start or match.re is self._headed
                if not cut and self._names(text, words, stem, end, placed):
                    source = SHAPE if match.re is self._staked else CONTEXT
                    found.append(Mention(start, end, match["name"], self._type, source))
        return found

    def _candidates(self, text: str) -> Iterator[re.Match[str]]:
        for pattern in (self._headed, self._part, self._staked):
            yield from pattern.finditer(text)

    def _legal_names(self, text: str, places: dict[int, int]) -> Iterator[Mention]:
        """Yield the names that run from a place to a legal form, without a verb between."""
        for start, end in places.items():
            match = self._legal.match(text, end)
            if match and not self._verbs.search(match[0]):
                yield Mention(start, match.end(), text[start : match.end()], self._type, SHAPE)

    def _names(self, text: str, words: Sequence[Token], start: int, end: int, placed: bool) -> bool:
        """Tell whether what stands there, without a place before it, is more than words of the dictionary.

        A word and a trade are a name (海光|芯片) where a place or the start of an item is before them (`placed`).
        """
        stem = text[start:end]
        if len(stem) < 2 or stem in self._no_name or (len(stem) <= _LONGEST_WORD and is_word(stem)):
            return False
        trade = max((t for t in self._trades if stem.endswith(t)), key=len, default="")
        own = stem.removesuffix(trade)
        if len(own) < 2 or own in self._no_name:
            return False
        if trade and placed and is_word(own):
            return True
        return any(
            word.end - word.start == 1
            or word.tag.startswith(_NAMING_TAGS)
            or word.text.isascii()
            or not is_word(word.text)
            for word in words
            if word.start < start + len(own) and word.end > start
        )
