"""Names that a text says were changed: 清雁科技于2023年更名为云河智能."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.recognise.mentions import Mark, Mention, Read
from kg.recognise.times import TIME
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Renamed:
    """The old and the new name of a thing. `closed` says that the old one was given up, at `time` if it is known."""

    old: Mention
    new: Mention
    closed: bool
    time: Mark | None


class RenamingReader:
    """Finds two names with a word of renaming between them and nothing else but a date."""

    def __init__(self, rules: RuleSet) -> None:
        self._words = (*rules.reference.renamed, *rules.reference.formerly)
        words = "|".join(
            f"(?P<{name}>{alternatives(group)})"
            for name, group in (("closed", rules.reference.renamed), ("formerly", rules.reference.formerly))
            if group
        )
        before = alternatives(rules.reference.before_renamed)
        self._gap = re.compile(
            rf"[”》]?(?:（[^（）]*）)?[，, ]?[于在]?(?:{before})*[，,]?(?:{words or '(?!)'})(?:了|是|为)?[：:]?[“《]?"
        )

    def find(self, sentence: Read) -> Iterator[Renamed]:
        """Yield the two names of each thing that the sentence says goes by both."""
        if not any(word in sentence.text for word in self._words):
            return
        dates = [mark for mark in sentence.marks if mark.kind == TIME]
        for one, other in pairwise(sorted(sentence.mentions, key=lambda m: m.start)):
            gap = sentence.text[one.end : other.start]
            for mark in reversed(dates):
                if one.end <= mark.start and mark.end <= other.start:
                    gap = gap[: mark.start - one.end] + gap[mark.end - one.end :]
            match = self._gap.fullmatch(gap) if one.types & other.types else None
            if match and match.groupdict().get("formerly"):
                yield Renamed(other, one, False, None)
            elif match:
                before = [mark for mark in dates if mark.start < other.start]
                yield Renamed(one, other, True, before[-1] if before else None)
