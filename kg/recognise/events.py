"""Events that no list holds: 2023世界人工智能大会, 中关村论坛人工智能分论坛, 首届开发者大会."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import CONTEXT, SHAPE, Mention
from kg.recognise.nominal import Atom, Run
from kg.recognise.segment import Token, is_word
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet

_MIN_LENGTH, _MAX_LENGTH = 4, 40
_MIN_GOVERNED, _TELLING_WORDS = 7, 2
_THEME = re.compile(r"“[^“”。]{2,30}”")
_NEVER_INSIDE = ("r", "y", "u")
_MONTH = re.compile(r"\d{1,2}月")
_MAX_LATIN = 20
_NUMBER_BEFORE = re.compile(r"(?<!\d)\d{1,3} ?$")
_LATIN_BEFORE = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z]*(?:/[A-Z])? ?$")


class EventRecogniser:
    """Finds names of events by their endings, ordinals and years."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.events
        self._type = rules.ontology.kinds.event
        endings = alternatives(data.suffixes)
        self._endings = tuple(sorted(data.suffixes, key=len, reverse=True))
        self._ending = re.compile(rf"(?:{endings})")
        self._generic = frozenset(data.generic) | frozenset(data.suffixes)
        self._inner_verbs = frozenset(rules.organisations.inner_verbs)
        self._stops = frozenset(data.stops)
        self._year_behind = re.compile(r" ?20\d\d(?![\d年])")
        self._ordinal_before = re.compile(rf"{data.ordinal}$")
        self._lead = re.compile(rf"{data.ordinal}|{_THEME.pattern}")
        self._governed = re.compile(rf"(?:{alternatives(data.governing)})了?的?")
        self._scope = any_of(data.scopes)
        self._before_scope = (*data.stops, *data.governing)
        self._counting = tuple(data.counting)
        self._parts = tuple(data.parts)
        self._followed = tuple(data.followed)
        self._joints = frozenset((*rules.organisations.inner_joints, *data.joints))
        self._joining = frozenset(data.joints)
        self._strong = tuple(data.strong)

    def may_hold(self, text: str) -> bool:
        """Tell whether the text holds an ending of an event's name."""
        return bool(self._ending.search(text))

    def is_stop(self, word: str) -> bool:
        """Tell whether a word ends a name to its left."""
        return word in self._stops

    def begins_with_suffix(self, word: str) -> bool:
        """Tell whether a word begins with the ending of an event's name."""
        return word.startswith(self._endings)

    def is_nominal_verb(self, word: str) -> bool:
        """Tell whether a word that is a verb elsewhere may stand inside a name (研究, 合作)."""
        return word in self._inner_verbs

    def ends_in_suffix(self, word: str) -> bool:
        """Events' names end as whole words do."""
        return False

    def joins_inside(self, word: str) -> bool:
        """Events' names are not joined by 和."""
        return False

    def complete(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with the ordinals and years before and behind known events (第108届|北美放射学会年会)."""
        done: list[Mention] = []
        for mention in mentions:
            if mention.types == self._type:
                before = self._ordinal_before.search(text, max(0, mention.start - 9), mention.start)
                behind = self._year_behind.match(text, mention.end)
                start = before.start() if before else mention.start
                end = behind.end() if behind else mention.end
                if (start, end) != (mention.start, mention.end):
                    mention = Mention(
                        start, end, text[start:end], self._type, mention.source, entry=mention.entry
                    )
            done.append(mention)
        return done

    def ends_name(self, word: str) -> bool:
        """Tell whether a word ends a name for certain."""
        return word in self._endings

    def led(self, text: str, words: Sequence[Token]) -> list[Mention]:
        """Return the events whose names an ordinal, a year, a theme in quotes, a wide scope or a verb begins.

        第六届中国人工智能与大数据产业峰会, “揭榜挂帅”算法挑战赛, 全国机器人大赛, 举办|人工智能产业创新发展大会.
        """
        found: list[Mention] = []
        for match in self._lead.finditer(text):
            end = self._end_behind(text, match.end(), words)
            if end - match.start() < _MIN_LENGTH:
                continue
            if match.group().startswith("“") or self._tells(text, match, end, words, 1):
                found.append(Mention(match.start(), end, text[match.start() : end], self._type, SHAPE))
        for match in self._scope.finditer(text):
            start = match.start()
            if start and text[start - 1].isalnum() and not text.endswith(self._before_scope, 0, start):
                continue
            end = self._end_behind(text, match.end(), words)
            dated = any(map(str.isdigit, text[start : max(end, start)]))  # 中国某某|2019年业绩发布会
            strong = text.endswith(self._strong, match.end(), end)
            if strong and not dated and self._tells(text, match, end, words, 1):
                found.append(Mention(start, end, text[start:end], self._type, CONTEXT))
        for match in self._governed.finditer(text):
            start = match.end()
            end = self._end_behind(text, start, words)
            if end - start < _MIN_GOVERNED or not text.endswith(self._strong, start, end):
                continue
            if self._tells(text, match, end, words, _TELLING_WORDS):
                found.append(Mention(start, end, text[start:end], self._type, CONTEXT))
        return found

    def _without_part(self, text: str, start: int, end: int) -> int:
        """Return the end of an event's name without a part of the event behind it (世界人工智能大会|开幕式)."""
        for part in self._parts:
            cut = text.rfind(part, start, end)
            if cut > start and text.endswith(self._endings, start, cut):
                return cut
        return end

    def _placed(self, text: str, start: int, end: int, telling: int) -> bool:
        """Tell whether words behind a long name show that something happens there (青年农人创业大会|上)."""
        return (
            telling >= _TELLING_WORDS
            and end - start >= _MIN_GOVERNED
            and text.endswith(self._strong, start, end)
            and text.startswith(self._followed, end)
        )

    def _end_behind(self, text: str, start: int, words: Sequence[Token]) -> int:
        """Return where the name of an event ends that goes on at `start`, -1 if no ending comes."""
        theme = _THEME.match(text, start)
        position = theme.end() if theme else start
        best = -1
        if _MONTH.match(text, position):
            return best
        for word in words:
            if word.start < position:
                if word.end <= position:
                    continue
                if word.start < start:
                    return best
            joint = word.text in self._joints
            ended = best > 0 and (joint or text.startswith(self._parts, best))
            if ended and word.text not in self._joining:
                return best
            if word.end - start > _MAX_LENGTH or not word.text[0].isalnum():
                return best
            if not joint and self._breaks(word):
                return best
            if text.endswith(self._endings, position, word.end):
                best = word.end
        return best

    def _breaks(self, word: Token) -> bool:
        """Tell whether a word is in no event's name: a stop, a pronoun, a verb that names do not hold."""
        if word.text in self._stops or word.tag.startswith(_NEVER_INSIDE):
            return True
        return word.tag == "v" and is_word(word.text) and word.text not in self._inner_verbs

    def _tells(self, text: str, lead: re.Match[str], end: int, words: Sequence[Token], least: int) -> bool:
        """Tell whether at least `least` words behind the lead say which event it is; an ordinal says it itself."""
        if lead.group().endswith(self._counting):
            return True
        inner = [w for w in words if lead.end() <= w.start and w.end <= end]
        return sum(w.text not in self._generic and w.text not in self._joints for w in inner) >= least

    def _before_number(self, text: str, start: int, runs: Sequence[Run]) -> Sequence[Atom]:
        """Return the words of a name before a number in it that has cut the run (中国数字经济|50|人论坛), if any."""
        number = _NUMBER_BEFORE.search(text, 0, start)
        before = next((run.atoms for run in runs if number and run.end == number.start()), ())
        ends = (i + 1 for i in range(len(before) - 1, -1, -1) if self._stands_apart(before[i]))
        return before[next(ends, 0) :]

    def _stands_apart(self, atom: Atom) -> bool:
        """Tell whether a word before a number is no part of a name: a stop, a bracket, what ends a dateline."""
        return atom.text in self._stops or not atom.text.isalnum()

    def find(self, text: str, runs: Sequence[Run]) -> list[Mention]:
        """Return the events that the runs hold."""
        found: list[Mention] = []
        for run in runs:
            atoms = run.atoms
            last = next(
                (
                    i
                    for i in range(len(atoms) - 1, -1, -1)
                    if atoms[i].text.endswith(self._endings) and atoms[i].mention is None
                ),
                -1,
            )
            if last < 0:
                continue
            first = next((i + 1 for i in range(last - 1, -1, -1) if atoms[i].text in self._stops), 0)
            start, end = atoms[first].start, atoms[last].end
            ordinal = self._ordinal_before.search(text, max(0, start - 9), start)
            if ordinal:
                start = ordinal.start()
            latin = _LATIN_BEFORE.search(text, max(0, start - _MAX_LATIN), start)
            if latin:
                start = latin.start()
            counted = self._before_number(text, start, runs)
            start = counted[0].start if counted else start
            words = [a for a in (*counted, *atoms[first : last + 1]) if a.text not in self._generic]
            end = self._without_part(text, start, end)
            named = (
                ordinal or any(atom.proper for atom in words) or self._placed(text, start, end, len(words))
            )
            if (
                not _MIN_LENGTH <= end - start <= _MAX_LENGTH
                or not named
                or atoms[first].text in self._joints
            ):
                continue
            year = self._year_behind.match(text, end)
            if year:
                end = year.end()
            found.append(Mention(start, end, text[start:end], self._type, SHAPE if ordinal else CONTEXT))
        return found
