"""Amounts of money and rounds of funding."""

from __future__ import annotations

import re

from kg.errors import Place, RuleError
from kg.recognise.mentions import Mark
from kg.rules.ruleset import RuleSet

AMOUNT, ROUND = "amount", "round"


class QuantityRecogniser:
    """Finds amounts and rounds by the expressions of recognisers/quantities.yaml."""

    def __init__(self, rules: RuleSet) -> None:
        path = rules.folder / "recognisers" / "quantities.yaml"
        self._amount = _compiled(rules.quantities.amount, Place(path))
        self._round = _compiled(rules.quantities.round, Place(path))

    def find(self, text: str) -> list[Mark]:
        """Return the amounts and rounds of a sentence."""
        found = [Mark(m.start(), m.end(), AMOUNT, m.group()) for m in self._amount.finditer(text)]
        if "轮" in text:
            found += [Mark(m.start(), m.end(), ROUND, m.group()) for m in self._round.finditer(text)]
        return found


def _compiled(pattern: str, place: Place) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RuleError(
            f"is no regular expression: {error}", place=place, hint="see docs/rules.md"
        ) from error
