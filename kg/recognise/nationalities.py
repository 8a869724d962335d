"""Names of countries that say where a body is and are no part of its name: 日本|软银, but 美国国会."""

from __future__ import annotations

from collections.abc import Collection

from kg.rules.ruleset import RuleSet


class Nationalities:
    """Tells the nationality before a name."""

    def __init__(self, rules: RuleSet) -> None:
        self.countries = tuple(rules.organisations.nationalities)
        self._official = tuple(rules.organisations.official)

    def of(self, name: str, known: Collection[str]) -> str:
        """Return the country at the start of a name if the rest is one of some known names, else the empty text."""
        country = next((c for c in self.countries if name.startswith(c)), "")
        rest = name[len(country) :]
        return country if country and rest in known and not self.is_official(rest) else ""

    def is_official(self, name: str) -> bool:
        """Tell whether a name is of a body that is a country's own: 国会, 财政部, 中央银行."""
        return name.endswith(self._official)
