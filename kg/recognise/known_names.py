"""Which finds of the lexicon are names: not across the edges of words, not as everyday words."""

from __future__ import annotations

from kg.recognise.automata import Name, NameAutomaton
from kg.recognise.latin import LatinRecogniser
from kg.recognise.mentions import LEXICON, SHAPE, Mention
from kg.recognise.nationalities import Nationalities
from kg.recognise.people import PersonRecogniser, Starts
from kg.recognise.segment import Token, is_word
from kg.rules.ruleset import RuleSet

_PAIR, _SURE = 2, 4
"""A known name longer than this stands whatever words the segmenter sees."""


class KnownNames:
    """Judges what the automaton of names found in a sentence."""

    def __init__(
        self, rules: RuleSet, names: NameAutomaton, people: PersonRecogniser, latin: LatinRecogniser
    ) -> None:
        self._names = names
        kinds = rules.ontology.kinds
        self._person, self._product, self._organisation = kinds.person, kinds.product, kinds.organisation
        self._people = people
        self._latin = latin
        self._everyday_before = tuple(rules.syntax.everyday_before)
        self._everyday_after = tuple(rules.syntax.everyday_after)
        self._owned = tuple(rules.syntax.everyday_owned)
        self._possessive = rules.products.quoted_owner
        self._leading = frozenset(rules.organisations.leading)
        self._posts = frozenset(word for role in rules.roles.classes.values() for word in role.words)
        self._nations = Nationalities(rules)
        self._periodicals = tuple(rules.syntax.periodicals)

    def find(
        self, text: str, words: list[Token], starts: Starts, names: list[tuple[int, int, Name]]
    ) -> list[Mention]:
        """Return the names of the lexicon that the sentence's words, and what stands beside them, bear out."""
        found: list[Mention] = []
        for start, end, name in names:
            cut = not text[start].isascii() and (
                start not in starts or (end not in starts and end < len(text))
            )
            if cut and self._crosses(text, words, start, end, name.ambiguous):
                found += self._shorter(text, starts, start, end)
                continue
            if name.titled and not text.startswith(self._periodicals, end):
                continue
            if name.types == self._person and not self._people.whole(text, start, end, starts):
                continue
            if name.types == self._person and self._ends_longer(words, start):
                continue
            if name.types != self._person and self._people.given(text, start, end, starts):
                continue
            everyday = text.startswith(self._everyday_after, end) and not self._owns(text, end, names)
            if name.ambiguous and (text.endswith(self._everyday_before, 0, start) or everyday):
                continue
            before = found[-1] if found else None
            if (
                before
                and before.end == start - 1
                and text[start - 1] == "·"
                and before.types == name.types == self._organisation
            ):
                found.append(Mention(before.start, end, text[before.start : end], self._organisation, SHAPE))
                continue
            if name.types & self._product:
                first, last = self._latin.whole(text, start, self._latin.version_end(text, end))
                last = self._latin.version_end(text, last) if text[last - 1].isascii() else last
                if (first, last) != (start, end):
                    found.append(Mention(first, last, text[first:last], self._product, SHAPE))
                    continue
            found.append(Mention(start, end, text[start:end], name.types, LEXICON, entry=name.entry))
        return found

    def _ends_longer(self, words: list[Token], start: int) -> bool:
        """Tell whether a name is the end of an unknown one that the segmenter cut in two: 布莱克|伍德公司."""
        before = next((word for word in words if word.end == start), None)
        return before is not None and before.tag.startswith("nr") and self._people.sounds_foreign(before.text)

    def _owns(self, text: str, end: int, names: list[tuple[int, int, Name]]) -> bool:
        """Tell whether a name owns another right behind, or what only bodies have: 苹果|的|Siri, 小米|的|代工厂."""
        behind = text[end + 1 : end + 3]
        return text.startswith(self._possessive, end) and (
            text.startswith(self._owned, end + 1)
            or (len(behind) == 2 and behind.isascii() and behind[0].isupper())
            or any(start == end + 1 and not other.ambiguous for start, _, other in names)
        )

    def _shorter(self, text: str, starts: Starts, start: int, end: int) -> list[Mention]:
        """Return the known name that ends at a word's edge inside a rejected one: 必应|搜索引擎 rejects 必应搜索."""
        for edge in range(end - 1, start + 1, -1):
            if edge in starts:
                return [
                    Mention(start, edge, text[start:edge], name.types, LEXICON, entry=name.entry)
                    for a, b, name in self._names.find(text[start:edge])
                    if a == 0 and start + b == edge
                ]
        return []

    def _crosses(self, text: str, words: list[Token], start: int, end: int, ambiguous: bool) -> bool:
        """Tell whether a dictionary word runs over the span's edge: 中华|为了 holds no 华为, 科技部|门 no 科技部.

        A short name that is no everyday word wins over the word behind it: 谷歌|声称 although 歌声 is a word.
        """
        for word in words:
            if word.start < start < word.end and is_word(word.text) and not word.tag.startswith("nr"):
                if not ambiguous and end - start >= _SURE and word.end - word.start == _PAIR:
                    continue  # 从小|鹏汽车
                if self._nations.of(word.text, (text[start : word.end],)):
                    continue  # 英国|剑桥大学
                led = text[word.start] in self._leading and word.end - word.start == _PAIR
                if led and not ambiguous and (end - start > _PAIR or any(w.end == end for w in words)):
                    continue  # 对赛|灵思, 对华|为
                return word.end < end or ambiguous or word.end - word.start > end - start
            if word.start < end < word.end and is_word(word.text):
                if end - start == _PAIR and not any(other.start == start for other in words):
                    return True  # 中|清科|技
                if text[end : word.end] in self._posts:
                    return ambiguous  # 界面新闻|记者
                return ambiguous or (2 < end - start <= _SURE and word.start > start)
        return False
