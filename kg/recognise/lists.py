"""Names that stand among names: in 阿里、亚投资本、腾讯 the one in the middle is of its neighbours' type."""

from __future__ import annotations

import re

from kg.recognise.mentions import CONTEXT, SHAPE, Mention
from kg.recognise.segment import is_word
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

_BETWEEN = re.compile(r"、“?([\u4e00-\u9fffA-Za-z0-9·\-]{2,10})”?(?=、|和|及|以及|与|等)")
_BEFORE_LATIN = re.compile(r"([\u4e00-\u9fff]{1,2})(?=（[A-Z])")


class ListRecogniser:
    """Finds unknown members of lists of names."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.organisations
        kinds = rules.ontology.kinds
        self._completed = kinds.organisation | kinds.product | kinds.person
        self._no_name = frozenset((*data.generic, *data.stops, *data.descriptors))
        self._stops = tuple(word for word in data.stops if len(word) == 1)
        self._organisation = kinds.organisation
        name = rf"((?P<stem>[\u4e00-\u9fffA-Za-z]{{2,4}}?)(?:{alternatives(data.trade_names)}))"
        self._trading = re.compile(rf"(?:、|和|与|及|以及){name}")
        fund = rf"((?P<stem>[\u4e00-\u9fffA-Za-z]{{2,4}}?)(?:{alternatives(data.fund_names)}))"
        self._led = re.compile(rf"(?:{alternatives(data.before_fund)}){fund}")
        self._investors = re.compile(
            rf"(?:[，、]?由|、|以及|和|与|及|，|获得|获)(?:{alternatives(data.before_fund)})?"
            rf"(?P<name>(?P<stem>[\u4e00-\u9fff]{{2,6}}?)(?:{alternatives(data.fund_ends) or '(?!)'}))"
            rf"(?={data.fund_deeds})"
        )
        self._openers = tuple(data.stops)
        self._widening = re.compile(
            rf"({alternatives(data.widening) or '(?!)'})(?=、|等|和|及|以及|与|，|。)"
        )

    def complete(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return the unknown members that stand between two names of one type."""
        found = self._trading_names(text, mentions) + self._extended(text, mentions)
        for before, after in zip(mentions, mentions[1:], strict=False):
            if before.types != after.types or not before.types & self._completed:
                continue
            match = _BETWEEN.match(text, before.end)
            if match is None or not 0 <= after.start - match.end() <= 2:
                continue
            name = match.group(1)
            if name in self._no_name or is_word(name) or any(stop in name for stop in self._stops):
                continue
            found.append(Mention(match.start(1), match.end(1), name, before.types, CONTEXT))
        return found

    def _extended(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return known organisations with what makes them the names of others: 、高通|控股、腾讯, 锐捷|微（Regena）."""
        found: list[Mention] = []
        ends = {m.end for m in mentions}
        for number, mention in enumerate(mentions):
            if mention.types != self._organisation:
                continue
            match = _BEFORE_LATIN.match(text, mention.end)
            if match and match[1] not in self._no_name and not is_word(text[mention.start : match.end()]):
                name = text[mention.start : match.end()]
                found.append(Mention(mention.start, match.end(), name, self._organisation, SHAPE))
                continue
            match = self._widening.match(text, mention.end)
            behind = mentions[number + 1] if number + 1 < len(mentions) else None
            if match is None or match.end() in ends:
                continue
            listed = text[mention.start - 1 : mention.start] == "、" or (
                behind is not None and behind.types == self._organisation and behind.start <= match.end() + 2
            )
            if listed:
                name = text[mention.start : match.end(1)]
                found.append(Mention(mention.start, match.end(1), name, self._organisation, SHAPE))
        return found

    def _trading_names(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return names that end in a trade, in a list or led in: 旗下|安和资本, 由|临芯投资|领投."""
        places = [self._trading.match(text, m.end) for m in mentions if m.types == self._organisation]
        starts = {m.start for m in mentions}
        led = (*self._led.finditer(text), *self._investors.finditer(text))
        return [
            Mention(match.start(1), match.end(1), match[1], self._organisation, CONTEXT)
            for match in (*places, *led)
            if match is not None
            and match.start(1) not in starts
            and match["stem"] not in self._no_name
            and not is_word(match[1])
            and not match["stem"].startswith(self._openers)
            and not any(stop in match["stem"] for stop in self._stops)
        ]
