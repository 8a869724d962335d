"""Quoted words that are names of products, by their form and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import Mention
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

_VERSION = r"(?:[A-Za-z]{0,3}[ -]?\d{1,3}(?:\.\d{1,2})?[A-Za-z]{0,3}|[一二三四五六七八九十]{1,3}号)"
_STEM = r"[\u4e00-\u9fff]{2,6}"


class QuotedProducts:
    """Tells which quoted words name a product. All offsets are those of the quotation marks, marks included."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.products
        self._beside = tuple(data.quoted_words)
        self._naming = tuple(data.quoted_naming)
        self._calling = tuple(data.quoted_calling)
        self._owning = data.quoted_owner
        self._organisation = rules.ontology.kinds.organisation
        classes = alternatives(data.class_words)
        editions = alternatives([word for word in data.version_words if len(word) > 1])
        self._versioned = re.compile(rf"(?P<stem>{_STEM})(?: ?(?:{editions})|{_VERSION}){{1,2}}")
        self._counted = re.compile(
            rf"(?:等?[一两二三四五六七八九十多数\d]+[个款代种项大家套]|系列|等)[^，。；：、“”]{{0,8}}?(?:{classes})"
        )
        plain = "".join(data.quoted_apart)
        self._classed = re.compile(rf"[^，。；：、“”（）{plain}]{{0,7}}?(?:{classes})")
        self._of_class = re.compile(rf"的[^，。；：、“”（）]{{0,8}}?(?:{classes})")
        self._acting = re.compile(alternatives(data.quoted_acting) or "(?!)")
        self._making, self._class_words = tuple(data.quoted_making), tuple(data.class_words)
        self._no_ends = tuple(data.quoted_no_ends)
        self._other = tuple(data.quoted_other)
        self._common = frozenset((*data.trades, *rules.organisations.generic, *rules.organisations.trades))

    def tells(self, text: str, start: int, end: int, known: Sequence[Mention]) -> bool:
        """Tell whether what stands within the marks from `start` to `end` is a product's name."""
        if text.startswith(self._other, end) or text.endswith(self._no_ends, start + 1, end - 1):
            return False
        before = text[:start].rstrip()
        return bool(
            before.endswith(self._beside)
            or text.startswith(self._beside, end)
            or self._counted.match(text, end)  # “苏堤”“春晓”|四代GPU, “绝影”|系列四足机器人
            or self._classed.match(text, end)
            or (before.endswith(self._calling) and self._of_class.match(text, end))
            or self._has_version(text[start + 1 : end - 1])
            or (before.endswith(self._making) and text.endswith(self._class_words, start + 1, end - 1))
            or self._is_owned(text, start, known)
        )

    def names(self, text: str, start: int, end: int, known: Sequence[Mention]) -> bool:
        """Tell whether even an everyday word is a product's name there: 芯片“玄铁”, 百度的“希壤”|上线."""
        return bool(
            text.endswith(self._naming, 0, start)
            or self._counted.match(text, end)
            or (text.endswith(self._calling, 0, start) and self._of_class.match(text, end))
            or (self._acting.match(text, end) and self._is_owned(text, start, known))
        )

    def _has_version(self, name: str) -> bool:
        """Tell whether a name ends in a version, and is no trade or age that does: 山海1, 晨星Air, but not 工业4.0."""
        match = self._versioned.fullmatch(name)
        return match is not None and match["stem"] not in self._common

    def _is_owned(self, text: str, start: int, known: Sequence[Mention]) -> bool:
        """Tell whether the name of an organisation owns what the marks hold: 小度的|“添添”."""
        return text.startswith(self._owning, start - 1) and any(
            m.end == start - 1 and m.types == self._organisation for m in known
        )
