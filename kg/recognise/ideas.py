"""Theories and methods that somebody proposes, and no list holds: 提出|商空间推演理论."""

from __future__ import annotations

import re

from kg.recognise.mentions import CONTEXT, Mention
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

_STEM = r"[\u4e00-\u9fff]{2,8}?"


class IdeaRecogniser:
    """Finds the Chinese names of what is proposed, by the verb before and the class word that ends them."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.products
        self._technology = rules.ontology.kinds.technology
        self._verbs = tuple(data.proposing)
        self._stops = tuple(data.idea_stops)
        proposing, ideas = alternatives(data.proposing), alternatives(data.ideas)
        ends = r"(?=[，。；、“”（）]|的|$)"
        self._proposed = re.compile(rf"(?:{proposing})({_STEM}(?:{ideas})){ends}")

    def find(self, text: str) -> list[Mention]:
        """Return the ideas that a sentence says are proposed."""
        return [
            Mention(*match.span(1), match[1], self._technology, CONTEXT)
            for match in self._proposed.finditer(text)
            if not any(stop in match[1] for stop in self._stops)
        ]
