"""Names that punctuation marks as names: 《…》 is a document, “…” beside a telling word a product or body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import CONTEXT, SHAPE, Mention
from kg.recognise.quoted_products import QuotedProducts
from kg.recognise.segment import is_word
from kg.rules.ruleset import RuleSet

_TITLE = re.compile(r"《([^《》\n]{1,60})》")
_JOINTS = ("", "、", "和", "与", "及", "以及", "，")
_QUOTED = re.compile(r"“([^“”，。！？；：\n]{2,20})”")


def _lists(text: str) -> list[list[re.Match[str]]]:
    """Return the quoted words of a text, those of a list together."""
    groups: list[list[re.Match[str]]] = []
    for match in _QUOTED.finditer(text):
        if groups and text[groups[-1][-1].end() : match.start()] in _JOINTS:
            groups[-1].append(match)
        else:
            groups.append([match])
    return groups


class MarkedNames:
    """Finds names in book-title marks and quotation marks."""

    def __init__(self, rules: RuleSet) -> None:
        kinds = rules.ontology.kinds
        self._document, self._product, self._organisation = kinds.document, kinds.product, kinds.organisation
        self._products = QuotedProducts(rules)
        self._bodies_before = tuple(rules.organisations.quoted_before)
        self._naming = tuple(rules.organisations.quoted_naming)
        self._naming_behind = tuple(rules.organisations.quoted_naming_behind)
        self._telling = [
            (tuple(rules.events.suffixes), kinds.event),
            (tuple(s for s in rules.organisations.suffixes if len(s) > 1), self._organisation),
            (tuple(rules.products.endings), self._product),
        ]
        self._generic = frozenset(rules.organisations.generic)
        self._technology = kinds.technology
        self._methods = tuple(rules.products.quoted_methods)
        self._proposing = tuple(rules.products.proposing)
        self._ideas = tuple(rules.products.quoted_ideas)
        self._bodies_after = tuple(rules.organisations.quoted_after)

    def find(self, text: str, known: Sequence[Mention]) -> list[Mention]:
        """Return the marked names; their spans leave the marks out. `known` are the names found before."""
        found: list[Mention] = []
        if "《" in text:
            for match in _TITLE.finditer(text):
                found.append(Mention(match.start(1), match.end(1), match.group(1), self._document, SHAPE))
        if "“" in text:
            for group in _lists(text):
                found += self._quoted(text, group, known)
        return found

    def _quoted(self, text: str, group: list[re.Match[str]], known: Sequence[Mention]) -> list[Mention]:
        """Return the names of one list of quoted words: what tells the type of one tells that of all."""
        start, end = group[0].start(), group[-1].end()
        whole = self._types(text, start, end, known) if len(group) > 1 else None
        found: list[Mention] = []
        for match in group:
            name = match.group(1)
            types = self._types(text, match.start(), match.end(), known) or whole
            named = len(group) > 1 or self._named(text, match.start(), match.end(), known)
            if types and name not in self._generic and (named or not is_word(name)):
                found.append(Mention(match.start(1), match.end(1), name, types, CONTEXT))
        return found

    def _named(self, text: str, start: int, end: int, known: Sequence[Mention]) -> bool:
        """Tell whether what stands around the marks makes a name even of an everyday word (创办“拾贝”, “火种”团队)."""
        return (
            text.endswith(self._naming, 0, start)
            or text.startswith(self._naming_behind, end)
            or self._is_proposed(text, start, end)
            or self._products.names(text, start, end, known)
        )

    def _is_proposed(self, text: str, start: int, end: int) -> bool:
        """Tell whether the marks hold an idea that somebody proposes: 提出|“感知即计算”|的设想."""
        return text.startswith(self._ideas, end) and text.endswith(self._proposing, 0, start)

    def _types(self, text: str, start: int, end: int, known: Sequence[Mention]) -> frozenset[str] | None:
        if text.startswith(self._methods, end) or self._is_proposed(text, start, end):
            return self._technology
        content = text[start + 1 : end - 1]
        for endings, types in self._telling:
            if content.endswith(endings) and not content.startswith(endings):
                return types
        before = text[:start].rstrip()
        if before.endswith(self._bodies_before) or text.startswith(self._bodies_after, end):
            return self._organisation
        return self._product if self._products.tells(text, start, end, known) else None
