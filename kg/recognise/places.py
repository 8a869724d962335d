"""Places inside places: 美国|加州|圣迭戈 is one name."""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognise.mentions import SHAPE, Mention


def joined_places(text: str, mentions: Sequence[Mention], place: frozenset[str]) -> list[Mention]:
    """Return the mentions, in order, with those of the type `place` right behind one another made one."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        before = found[-1] if found else None
        if before is not None and before.types == mention.types == place and before.end == mention.start:
            found[-1] = Mention(before.start, mention.end, text[before.start : mention.end], place, SHAPE)
        else:
            found.append(mention)
    return found
