"""Names that punctuation marks as names: 《…》 is a document, “…” beside a telling word a product or body."""

from __future__ import annotations

import re

from kg.recognise.mentions import CONTEXT, SHAPE, Mention
from kg.recognise.segment import is_word
from kg.rules.ruleset import RuleSet

DOCUMENT = frozenset(("文献",))
PRODUCT = frozenset(("产品",))
ORGANISATION = frozenset(("机构",))
_TITLE = re.compile(r"《([^《》\n]{1,60})》")
_QUOTED = re.compile(r"“([^“”，。！？；：\n]{2,20})”")


class MarkedNames:
    """Finds names in book-title marks and quotation marks."""

    def __init__(self, rules: RuleSet) -> None:
        self._products = tuple(rules.products.quoted_words)
        self._bodies_before = tuple(rules.organisations.quoted_before)
        self._telling = [
            (tuple(rules.events.suffixes), frozenset(("活动",))),
            (tuple(s for s in rules.organisations.suffixes if len(s) > 1), ORGANISATION),
            (tuple(rules.products.endings), PRODUCT),
        ]
        self._generic = frozenset(rules.organisations.generic)
        self._bodies_after = tuple(rules.organisations.quoted_after)

    def find(self, text: str) -> list[Mention]:
        """Return the marked names; their spans leave the marks out."""
        found: list[Mention] = []
        if "《" in text:
            for match in _TITLE.finditer(text):
                found.append(Mention(match.start(1), match.end(1), match.group(1), DOCUMENT, SHAPE))
        if "“" in text:
            for match in _QUOTED.finditer(text):
                types = self._types(text, match.start(), match.end())
                if types and not is_word(match.group(1)) and match.group(1) not in self._generic:
                    found.append(Mention(match.start(1), match.end(1), match.group(1), types, CONTEXT))
        return found

    def _types(self, text: str, start: int, end: int) -> frozenset[str] | None:
        content = text[start + 1 : end - 1]
        for endings, types in self._telling:
            if content.endswith(endings) and not content.startswith(endings):
                return types
        before = text[:start].rstrip()
        if before.endswith(self._bodies_before) or text.startswith(self._bodies_after, end):
            return ORGANISATION
        if before.endswith(self._products) or text.startswith(self._products, end):
            return PRODUCT
        return None
