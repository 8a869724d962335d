"""Brands that act as bodies: in 腾讯混元宣布… or 由华为昇腾承办 a maker and its product are one body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import LEXICON, SHAPE, Mention
from kg.rules.ruleset import RuleSet

_CLAUSE_END = re.compile(r"[，。；！？]|$")
_OF = "的"


class BrandRecogniser:
    """Makes one body of a maker and its brand where they do what only bodies do."""

    def __init__(self, rules: RuleSet) -> None:
        kinds, data = rules.ontology.kinds, rules.organisations
        self._organisation, self._product = kinds.organisation, kinds.product
        self._makes = kinds.product | kinds.document | kinds.technology
        self._acts = re.compile(data.brand_acts)
        self._hosted_before, self._hosts = tuple(data.brand_hosted_before), re.compile(data.brand_hosts)

    def complete(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions, in order, with each maker and the brand right behind it that act joined."""
        found: list[Mention] = []
        for at, mention in enumerate(mentions):
            maker = found[-1] if found else None
            if maker is not None and self._is_brand(maker, mention) and self._does(text, mentions, at):
                name = text[maker.start : mention.end]
                found[-1] = Mention(maker.start, mention.end, name, self._organisation, SHAPE)
            else:
                found.append(mention)
        return found

    def _is_brand(self, maker: Mention, brand: Mention) -> bool:
        """Tell whether a known product, not a version of one, stands right behind a known body."""
        return (
            maker.end == brand.start
            and maker.types == self._organisation
            and brand.types == self._product
            and maker.source == brand.source == LEXICON
            and not any(map(str.isdigit, brand.name))
        )

    def _does(self, text: str, mentions: Sequence[Mention], at: int) -> bool:
        """Tell whether the maker and its brand at `at` announce, make or host something, or stand among bodies."""
        start, end = mentions[at - 1].start, mentions[at].end
        behind = mentions[at + 1] if at + 1 < len(mentions) else None
        before = mentions[at - 2] if at > 1 else None
        if behind is not None and text[end : behind.start] == _OF and behind.types <= self._product:
            return True
        listed = (
            behind is not None and text[end : behind.start] == "、" and behind.types == self._organisation
        )
        told = before is not None and text[before.end : start] == "、" and before.types == self._organisation
        if listed or (told and not text.startswith("、", end)):
            return True
        if text.endswith(self._hosted_before, 0, start) and self._hosts.match(text, end):
            return True
        return self._announces(text, start, end, behind)

    def _announces(self, text: str, start: int, end: int, behind: Mention | None) -> bool:
        """Tell whether what opens a clause says something there, or makes the product that the clause goes on to."""
        acts = self._acts.match(text, end) if not text[:start][-1:].isalnum() else None
        if acts is None or acts["says"]:
            return acts is not None
        clause = _CLAUSE_END.search(text, end)
        return (
            behind is not None
            and behind.types <= self._makes
            and clause is not None
            and behind.start < clause.start()
        )
