"""Names told together, as 三人 and 他们 mean them: 甲、乙（B）和某社研究员丙."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import Mention

_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_GAP = 40
_STOPS = frozenset("，。；！？：\n")


def groups(
    text: str, mentions: Sequence[Mention], types: set[str], joints: Sequence[str]
) -> list[list[Mention]]:
    """Return the lists of two or more different names of one of some types, in the order of the text.

    A joint follows a name, or what stands in brackets behind it; before the next one there may be other words.
    """
    found: list[list[Mention]] = []
    current: list[Mention] = []
    for mention in (m for m in mentions if m.types & types):
        if current and _is_joined(text, current[-1].end, mention.start, joints):
            current.append(mention)
            continue
        found.append(current)
        current = [mention]
    return [group for group in (*found, current) if len({m.name for m in group}) > 1]


def _is_joined(text: str, start: int, end: int, joints: Sequence[str]) -> bool:
    if not 0 < end - start <= _GAP:
        return False
    gap = _ASIDE.sub("", text[start:end]).strip()
    return gap.startswith(tuple(joints)) and _STOPS.isdisjoint(gap)
