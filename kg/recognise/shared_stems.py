"""Products that share the first part of a name, told with a slash: Qwen2.5-7B/14B/72B, Baichuan4-Turbo/Air."""

from __future__ import annotations

import re

from kg.recognise.mentions import SHAPE, Mention
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet


class SharedStems:
    """Finds the products whose names leave out what the name before the slash begins with."""

    def __init__(self, rules: RuleSet) -> None:
        self._type = rules.ontology.kinds.product
        words = alternatives(rules.products.version_words)
        measures = alternatives(rules.products.measures)
        number = rf"\d+(?:\.\d+)?[A-Za-z]{{0,2}}(?:[ -](?:{words}))?"
        self._numbered = re.compile(rf"(?P<stem>.+?(?<![\d.])){number}")
        self._worded = re.compile(rf"(?P<stem>.+[ \-\d])(?:{words})")
        self._next = re.compile(rf"/(?P<version>(?P<number>{number})|(?:{words}))(?![A-Za-z\d%]|{measures})")

    def complete(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with those behind slashes; their entries are the whole names."""
        done: list[Mention] = []
        for mention in mentions:
            if done and mention.start < done[-1].end:
                continue  # Air, taken for a name of its own
            done.append(mention)
            if mention.types != self._type:
                continue
            while match := self._next.match(text, done[-1].end):
                whole = (self._numbered if match["number"] else self._worded).fullmatch(mention.name)
                if whole is None:
                    break
                name = whole["stem"] + match["version"]
                start, end = match.span("version")
                done.append(Mention(start, end, text[start:end], self._type, SHAPE, entry=name))
        return done
