"""Short names that an article may use once the full name has been given: 杭州弦外音文化传媒有限公司 is 弦外音."""

from __future__ import annotations

import re

from kg.recognise.automata import NameAutomaton
from kg.recognise.mentions import Mention
from kg.recognise.segment import is_word
from kg.rules.ruleset import RuleSet

_BRACKET = re.compile(r"（[^（）]*）")
_MIN, _MAX = 2, 6
_DOT = "·"


class ShortNames:
    """Derives short names from registered ones."""

    def __init__(self, rules: RuleSet, names: NameAutomaton) -> None:
        data = rules.organisations
        self._names = names
        kinds = rules.ontology.kinds
        self._place, self._person, self._organisation = kinds.place, kinds.person, kinds.organisation
        self._registered = tuple(data.registered)
        trades = sorted({*data.trades, *data.registered}, key=len, reverse=True)
        self._trade = re.compile(f"(?:{'|'.join(map(re.escape, trades))})$")

    def of(self, mention: Mention) -> list[str]:
        """Return the short names of a registered company, the longest first, and the family name of a foreigner."""
        if mention.types == self._person:
            family = mention.name.rsplit(_DOT, 1)[-1]
            return [family] if _DOT in mention.name and len(family) >= _MIN else []
        if mention.types != self._organisation or mention.entry is not None:
            return []
        if not mention.name.endswith(self._registered):
            return []
        text = _BRACKET.sub("", mention.name)
        place = next((n for n in self._names.find(text) if n[0] == 0 and n[2].types == self._place), None)
        if place is not None:
            text = text[place[1] :]
        found: list[str] = []
        while match := self._trade.search(text):
            text = text[: match.start()]
            if _MIN <= len(text) <= _MAX and not is_word(text):
                found.append(text)
        return found
