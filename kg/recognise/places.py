"""Places inside places: 美国|加州|圣迭戈 is one name."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from kg.recognise.mentions import LEXICON, SHAPE, Mention
from kg.recognise.segment import Token, is_word
from kg.rules.patterns import any_of
from kg.rules.ruleset import RuleSet

_REST = re.compile(r"[\u4e00-\u9fff]{2,5}(?=[，。；、）]|$)")
_NAMED = ("ns", "nr", "nz")
_VERBS = ("v", "d", "p", "a", "m")
_SIGNS = re.compile(r"(?P<before>[^【】]*)【(?P<name>[^【】]+)】(?P<behind>[^【】]*)")


class ShortPlaces:
    """Finds places by their short names, which count beside certain words only: 对|华, 赴|港, 美|拟."""

    def __init__(self, rules: RuleSet) -> None:
        self._place = rules.ontology.kinds.place
        self._places: dict[str, str] = {}
        self._beside: dict[str, list[tuple[str, str]]] = {}
        for place, forms in rules.reference.short_places.items():
            for form in forms:
                parts = _SIGNS.fullmatch(form)
                if parts is not None:
                    self._places[parts["name"]] = place
                    self._beside.setdefault(parts["name"], []).append((parts["before"], parts["behind"]))
        self._names = any_of(self._places)

    def find(self, text: str, edges: Container[int]) -> list[Mention]:
        """Return the places in a text; `edges` are where its words begin, and a short name is none inside a word."""
        return [
            Mention(match.start(), match.end(), place, self._place, LEXICON, entry=place)
            for match in self._names.finditer(text)
            if self._is_vouched(text, *match.span(), edges)
            for place in [self._places[match.group()]]
        ]

    def _is_vouched(self, text: str, start: int, end: int, edges: Container[int]) -> bool:
        """Tell whether a word that the rules ask for stands beside a short name, and both are whole words."""
        return any(
            text.endswith(before, 0, start)
            and text.startswith(behind, end)
            and (start in edges or start - len(before) in edges)
            and (end in edges or end + len(behind) in edges or end + len(behind) == len(text))
            for before, behind in self._beside[text[start:end]]
        )


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


class LocatedPlaces:
    """Draws the unknown name behind a known place into its name where something is said to lie there."""

    def __init__(self, rules: RuleSet) -> None:
        self._place = rules.ontology.kinds.place
        self._located = tuple(rules.organisations.located)

    def widen(self, text: str, mentions: Sequence[Mention], words: Sequence[Token]) -> list[Mention]:
        """Return the mentions, in order, with such places widened: 位于美国新泽西州|锡考克斯, 坐落在浦东|前滩."""
        if not mentions or not any(word in text for word in self._located):
            return list(mentions)
        return [
            self._widened(text, mention, behind, words)
            if mention.types == self._place and text.endswith(self._located, 0, mention.start)
            else mention
            for mention, behind in zip(mentions, [*mentions[1:], None], strict=True)
        ]

    def _widened(
        self, text: str, mention: Mention, behind: Mention | None, words: Sequence[Token]
    ) -> Mention:
        rest = _REST.match(text, mention.end)
        if rest is None or (behind is not None and behind.start < rest.end()):
            return mention
        inside = [word for word in words if rest.start() <= word.start and word.end <= rest.end()]
        named = any(word.tag.startswith(_NAMED) or not is_word(word.text) for word in inside)
        if not named or any(
            word.tag.startswith(_VERBS) and len(word.text) > 1 and is_word(word.text) for word in inside
        ):
            return mention
        end = rest.end()
        return Mention(mention.start, end, text[mention.start : end], self._place, SHAPE)
