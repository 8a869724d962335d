"""Names told together, as 三人 and 他们 mean them: 甲、乙（B）和某社研究员丙."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from kg.recognise.mentions import Mention

_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_GAP = 40
_STOPS = frozenset("，。；！？：\n")


def in_lists(text: str, mentions: Sequence[Mention], joints: Container[str]) -> set[int]:
    """Return the identities of the mentions that stand in a list, with nothing but a joint between two of a type."""
    found: set[int] = set()
    for one, two in zip(mentions, mentions[1:], strict=False):
        if one.types == two.types and text[one.end : two.start] in joints:
            found |= {id(one), id(two)}
    return found


def told_together(
    text: str, mentions: Sequence[Mention], types: set[str], joints: tuple[str, ...]
) -> list[list[Mention]]:
    """Return the lists of two or more different names of one of some types in a sentence, type by type."""
    certain = {kind for m in mentions if len(m.types) == 1 for kind in m.types}
    return [group for kind in sorted(certain & types) for group in _groups(text, mentions, kind, joints)]


def _groups(
    text: str, mentions: Sequence[Mention], kind: str, joints: tuple[str, ...]
) -> list[list[Mention]]:
    """Return the lists of names that may be of a type, in the order of the text.

    A joint follows a name, or what stands in brackets behind it; before the next one there may be other words.
    """
    found: list[list[Mention]] = []
    current: list[Mention] = []
    for mention in (m for m in mentions if kind in m.types):
        if current and _is_joined(text, current[-1].end, mention.start, joints):
            current.append(mention)
            continue
        found.append(current)
        current = [mention]
    return [group for group in (*found, current) if len({m.name for m in group}) > 1]


def _is_joined(text: str, start: int, end: int, joints: tuple[str, ...]) -> bool:
    if not 0 < end - start <= _GAP:
        return False
    gap = _ASIDE.sub("", text[start:end]).strip()
    return gap.startswith(joints) and _STOPS.isdisjoint(gap)
