"""Places inside places: 美国|加州|圣迭戈 is one name."""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognise.mentions import SHAPE, Mention

PLACE = frozenset(("地点",))


def joined_places(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, in order, with places that stand right behind one another made one."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        before = found[-1] if found else None
        if before is not None and before.types == mention.types == PLACE and before.end == mention.start:
            found[-1] = Mention(before.start, mention.end, text[before.start : mention.end], PLACE, SHAPE)
        else:
            found.append(mention)
    return found
