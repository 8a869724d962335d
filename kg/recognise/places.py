"""Places inside places: 美国|加州|圣迭戈 is one name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import SHAPE, Mention


def widened_places(
    text: str, mentions: Sequence[Mention], place: frozenset[str], site: re.Pattern[str]
) -> list[Mention]:
    """Return the mentions with what is named after a place drawn into its name: 深圳湾|科技生态园."""
    found: list[Mention] = []
    for mention in mentions:
        match = site.match(text, mention.end) if mention.types == place else None
        if match and not any(
            m.start < match.end() and mention.end < m.end for m in mentions if m is not mention
        ):
            mention = Mention(mention.start, match.end(), text[mention.start : match.end()], place, SHAPE)
        found.append(mention)
    return found


def joined_places(text: str, mentions: Sequence[Mention], place: frozenset[str]) -> list[Mention]:
    """Return the mentions, in order, with those of the type `place` right behind one another made one."""
    if len(mentions) < 2:
        return list(mentions)
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        before = found[-1] if found else None
        if before is not None and before.types == mention.types == place and before.end == mention.start:
            found[-1] = Mention(before.start, mention.end, text[before.start : mention.end], place, SHAPE)
        else:
            found.append(mention)
    return found
