"""Personal names that no list holds: Chinese names by surname, transliterations, Latin names by given name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from kg.recognise.mentions import CONTEXT, SHAPE, Mention
from kg.recognise.segment import Token, is_word
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet

Starts = Mapping[int, Token]
_AFTER_NAME = ("v", "d", "p", "c", "a", "t", "m")
_CLAUSE_END = re.compile(r"[，。；：、！？]|$")
_DOING = ("v", "d", "p")
_FULL_NAME = 3
_GIVEN = 2
_REPEATED = 3
_DOT = re.compile(r"[·\-.]")
_CJK = re.compile(r"[\u4e00-\u9fff]")


class PersonRecogniser:
    """Finds names of persons by their own shape and by what stands around them."""

    def __init__(self, rules: RuleSet) -> None:
        self._type = rules.ontology.kinds.person
        people = rules.people
        self._surnames = frozenset(people.surnames)
        self._no_name_starts = tuple(people.not_names)
        self._no_latin_name = frozenset(rules.latin.common)
        self._deed = re.compile(alternatives(people.deeds))
        self._bounds = people.bounds
        deeds = "|".join(map(re.escape, people.deeds))
        names = f"[{re.escape(people.surnames)}][^{re.escape(people.never_in_name)}\\W\\d_a-zA-Z]{{2}}"
        self._opening_name = re.compile(f"(?:^|[，。；：“”\n])({names})", re.MULTILINE)
        self._said = re.compile(f"[\u4e00-\u9fff]{{2,5}}?(?={deeds}|说[，：。道]|告诉|称[，：])")
        self._introduced = tuple(people.introduced)
        self._copulas = tuple(people.copulas)
        self._compound = tuple(people.compound_surnames)
        self._compound_starts = frozenset(name[:1] for name in self._compound)
        self._never = frozenset(people.never_in_name)
        followers = [word for word in people.followers if len(word) > 1]
        self._followers = tuple(sorted(followers, key=len, reverse=True))
        self._short_followers = frozenset(word for word in people.followers if len(word) == 1)
        self._no_beginning = self._never | self._short_followers
        self._taking, self._learned = tuple(rules.roles.taking), tuple(rules.roles.learned)
        self._trades = tuple(rules.organisations.trade_names)
        self._joining = tuple(rules.organisations.founding)
        self._close_titles = (*rules.roles.honorifics, *rules.roles.teams, *rules.roles.learned)
        self._after = tuple(rules.roles.titles) + tuple(rules.roles.honorifics) + tuple(rules.roles.teams)
        self._title = re.compile(alternatives(self._close_titles))
        sound = f"[{re.escape(people.transliteration)}]"
        inner = f"[{re.escape(people.transliteration_inside)}]"
        whole = any_of(people.transliterated_given).pattern
        surname = f"[{re.escape(people.surnames)}]"  # 亚历山大·王
        syllable = rf"(?:{whole}|{sound}|{inner}(?:(?={sound})|(?![\u4e00-\u9fff])))"
        self._dotted_expression = (
            rf"(?:{whole}|{sound}){syllable}{{0,6}}"
            rf"(?:(?:·|-(?={sound}{{2}})|\.)(?:{syllable}{{1,7}}|[A-Z](?![a-z])|{surname}{syllable}{{0,3}})){{1,4}}"
        )
        self._foreign = re.compile(rf"{sound}{{2,7}}")
        given = alternatives(people.latin_given)
        part = r"[A-Z][A-Za-zÀ-ÿ'’\-]+"
        self._latin = re.compile(
            rf"(?<![A-Za-z])(?:{given})(?: [A-Z]\.?)?(?: (?:de|van|von|der|la|bin|{part})){{1,3}}"
        )
        self._latin_any = re.compile(
            rf"{part}(?: [A-Z]\.?)?(?: (?:de|van|von|der|la|bin|{part})){{0,3}}|[A-Z]\w{{2,15}}"
        )

    @cached_property
    def _dotted(self) -> re.Pattern[str]:
        """What finds transliterated names with a dot; compiling it takes as long as all else here together."""
        return re.compile(self._dotted_expression)

    def by_shape(self, text: str, role_ends: Sequence[int], starts: Starts) -> list[Mention]:
        """Return transliterated names with a dot and Latin names with a known given name.

        A name begins behind a role word that ends inside it (技术经理|安东·莫罗夫).
        """
        found: list[Mention] = []
        if "·" in text or "-" in text:
            for match in self._dotted.finditer(text):
                dot = text.index("·", match.start()) if "·" in match.group() else match.end()
                start = max((e for e in role_ends if match.start() < e < dot), default=match.start())
                end = self._without_verb(text, match.end(), starts)
                found.append(Mention(start, end, text[start:end], self._type, SHAPE))
        if " " in text:
            for match in self._latin.finditer(text):
                found.append(Mention(match.start(), match.end(), match.group(), self._type, SHAPE))
        return found

    def _without_verb(self, text: str, end: int, starts: Starts) -> int:
        """Return the end of a transliterated name, without the beginning of a verb (莫罗夫|加入) and a title (博士)."""
        end = self._before_verb(text, end, starts)
        title = next((title for title in self._close_titles if text.endswith(title, 0, end)), "")
        return end - len(title)

    def _before_verb(self, text: str, end: int, starts: Starts) -> int:
        for cut in (end - 1, end - 2):
            word = starts.get(cut)
            if word is not None and word.end > end and is_word(word.text) and not self.ends_well(text, end):
                return cut
            if text.startswith(self._followers, cut) and not self.ends_well(text, end):
                return cut
        return end

    def sounds_foreign(self, text: str) -> bool:
        """Tell whether a text holds nothing but characters that write foreign names by their sound."""
        return bool(self._foreign.fullmatch(text))

    def chinese_at(self, text: str, start: int, starts: Starts) -> int:
        """Return the end of the Chinese name that begins at `start`, or -1. `starts` has the words by their offsets."""
        surname = self._surname_length(text, start)
        if not surname:
            return -1
        if text.startswith(self._no_name_starts, start):
            return -1
        longest = start + surname
        while longest < len(text) and longest < start + surname + 2 and self._may_be_given(text[longest]):
            longest += 1
        if surname > 1 and self._goes_on(text, longest):
            longest += 1  # 佐藤|健一郎
            return longest
        given = longest - start - surname
        if given == 0:
            return -1
        if given == 1:
            return longest
        return self._choose(text, start + surname + 1, longest, starts)

    def _goes_on(self, text: str, end: int) -> bool:
        """Tell whether a name behind a surname of two characters has one character more than two."""
        return (
            end < len(text)
            and self._may_be_given(text[end])
            and not self.ends_well(text, end)
            and self.ends_well(text, end + 1)
            and not is_word(text[end : end + 2])
        )

    def _choose(self, text: str, short: int, long: int, starts: Starts) -> int:
        """Decide between a name that ends at `short` and one a character longer."""
        word = starts.get(short)
        if (
            word is not None
            and len(word.text) > 1
            and word.tag.startswith(_AFTER_NAME)
            and is_word(word.text)
        ):
            return short
        behind = starts.get(long)
        if self.ends_well(text, long) or (behind is not None and behind.tag.startswith(_AFTER_NAME)):
            return short if text.startswith(self._followers, short) else long
        if text.startswith(self._followers, short) or text.startswith(self._after, short):
            return short
        if text[short] in self._short_followers or is_word(text[short : short + 2]):
            return short
        return long

    def whole(self, text: str, start: int, end: int, starts: Starts) -> bool:
        """Tell whether a known short Chinese name is not just the beginning of a longer one."""
        behind = starts.get(end)
        if end - start > 3 or not _CJK.match(text[start]) or self.ends_well(text, end):
            return True
        if behind is not None and len(behind.text) > 1 and is_word(behind.text):
            return True
        return self.chinese_at(text, start, starts) <= end

    def given(self, text: str, start: int, end: int, starts: Starts) -> bool:
        """Tell whether two characters are a given name behind a surname that stands alone: 梁|启明."""
        before = starts.get(start - 1)
        return (
            end - start == _GIVEN
            and before is not None
            and before.end == start
            and before.tag.startswith("nr")
            and self._surname_length(text, start - 1) == 1
        )

    def ends_well(self, text: str, end: int) -> bool:
        """Tell whether what follows `end` is something that follows a name."""
        if end >= len(text) or not _CJK.match(text[end]):
            return True
        return (
            text[end] in self._short_followers
            or text.startswith(self._followers, end)
            or text.startswith(self._after, end)
        )

    def _surname_length(self, text: str, start: int) -> int:
        first = text[start : start + 1]
        if first in self._compound_starts and text.startswith(self._compound, start):
            return 2
        return 1 if first in self._surnames else 0

    def _may_be_given(self, char: str) -> bool:
        return char not in self._never and bool(_CJK.match(char))

    def after_role(self, text: str, start: int, starts: Starts) -> Mention | None:
        """Return the name that stands right behind a role word, of whatever kind."""
        if text.startswith(self._no_name_starts, start):
            return None
        match = self._dotted.match(text, start) if _DOT.search(text, start) else None
        if match:
            end = self._without_verb(text, match.end(), starts)
            return Mention(start, end, text[start:end], self._type, SHAPE)
        if start < len(text) and text[start].isascii():
            match = self._latin_any.match(text, start)
            if match is None or match.group().split(" ")[0] in self._no_latin_name:
                return None
            return Mention(start, match.end(), match.group(), self._type, CONTEXT)
        end = self.chinese_at(text, start, starts)
        foreign = self._foreign.match(text, start)
        if foreign and foreign.end() > max(end, start + 2) and self.ends_well(text, foreign.end()):
            end = foreign.end()
        if end < 0:
            word = starts.get(start)
            known = word is None or is_word(word.text) or not 2 <= len(word.text) <= 4
            end = -1 if known or word is None or not self.ends_well(text, word.end) else word.end
        if end < 0:
            said = self._said.match(text, start)
            word = starts.get(start)
            plain = (
                word is None
                or text[start : start + 1] in self._no_beginning
                or (is_word(word.text) and len(word.text) > 1)
            )
            end = said.end() if said and not plain else -1
        return Mention(start, end, text[start:end], self._type, CONTEXT) if end > 0 else None

    def before_titles(self, text: str, starts: Starts) -> list[Mention]:
        """Return Chinese names right before a title: 陈海波教授. They begin where a word begins and are no words."""
        found: list[Mention] = []
        for match in self._title.finditer(text):
            for length in (3, 2, 4):
                start = match.start() - length
                word = starts.get(start)
                if word is None or (
                    word.end == match.start() and is_word(word.text) and not word.tag.startswith("nr")
                ):
                    continue
                if self._takes_office(text, start, match.start()):
                    continue
                if self.chinese_at(text, start, starts) == match.start():
                    found.append(
                        Mention(start, match.start(), text[start : match.start()], self._type, CONTEXT)
                    )
                    break
        return found

    def introduced(self, text: str, starts: Starts, role_ends: Sequence[int]) -> list[Mention]:
        """Return the name that begins a sentence which goes on to tell who that is: 禤月，1981年生…

        What a name is said to be must be a post: 陈晓是…博士生, but no 商汤是…公司.
        """
        end = self.chinese_at(text, 0, starts)
        if end < 0:
            return []
        clause = _CLAUSE_END.search(text, end)
        posted = text.startswith(self._copulas, end) and clause is not None and clause.start() in role_ends
        if posted or text.startswith(self._introduced, end):
            return [Mention(0, end, text[:end], self._type, CONTEXT)]
        return []

    def recurring(self, texts: Sequence[str]) -> list[str]:
        """Return the full names that a document repeats, which the segmenter may have cut (祁东|海).

        Three characters that always stand together, begin with a surname and open clauses, once before a deed of a
        person's or a word that follows names.
        """
        whole = "\n".join(texts)
        found: list[str] = []
        for name in {match.group(1) for match in self._opening_name.finditer(whole)}:
            count = whole.count(name)
            if count < _REPEATED or is_word(name) or whole.count(name[:2]) > count:
                continue
            behind = {whole[m.end() : m.end() + 1] for m in re.finditer(name, whole)}
            opens = sum(match.group(1) == name for match in self._opening_name.finditer(whole))
            told = any(whole.startswith(self._followers, m.end()) for m in re.finditer(name, whole))
            if len(behind) > 1 and opens > 1 and told and self.chinese_at(name, 0, {}) == len(name):
                found.append(name)
        return found

    def is_full(self, name: str) -> bool:
        """Tell whether a text is a whole Chinese name."""
        return self.chinese_at(name, 0, {}) == len(name)

    def before_verbs(self, text: str, starts: Starts, roles: Sequence[int]) -> list[Mention]:
        """Return names between a boundary and what only a person does (，褚一鸣表示, 欧阳明远加入).

        They have three characters, one more behind a surname of two. Right before a role (云杉科技现任董事长) the
        deed is none.
        """
        found: list[Mention] = []
        for match in self._deed.finditer(text):
            for length in (_FULL_NAME, _FULL_NAME + 1):
                start = match.start() - length
                if match.end() in roles or not self._opens(text, start):
                    continue
                if length > _FULL_NAME and self._surname_length(text, start) == 1:
                    continue
                inside = [starts[offset] for offset in range(start, match.start()) if offset in starts]
                if any(len(w.text) > 1 and is_word(w.text) and not w.tag.startswith("nr") for w in inside):
                    continue
                if inside and self.chinese_at(text, start, starts) == match.start():
                    name = text[start : match.start()]
                    found.append(Mention(start, match.start(), name, self._type, CONTEXT))
        return found

    def _opens(self, text: str, start: int) -> bool:
        """Tell whether a name that begins at `start` would stand behind a boundary."""
        return start == 0 or (start > 0 and text[start - 1] in self._bounds)

    def by_words(self, text: str, words: Sequence[Token], starts: Starts) -> list[Mention]:
        """Return names that the segmenter tags as such and that begin with a surname and end well."""
        found: list[Mention] = []
        for word in [word for word in words if word[3][:2] == "nr"]:
            if not self._surname_length(text, word.start):
                continue
            end = self.chinese_at(text, word.start, starts)
            start = self._with_surname(text, word.start, starts) if end == word.end else word.start
            quoted = text[max(0, word.start - 1) : word.start] == "“" and text.startswith("”", end)
            if text.startswith(self._trades, end) or self._takes_office(text, word.start, end):
                continue  # 柏森|机器人, 任|青年|研究员
            if text.endswith(self._joining, 0, word.start):
                continue  # 加入|云杉
            ends = self.ends_well(text, end) or self._begins_clause(text, word, end, starts)
            if end > 0 and end >= word.end - 1 and not quoted and ends:
                found.append(Mention(start, end, text[start:end], self._type, CONTEXT))
        return found

    def _takes_office(self, text: str, start: int, end: int) -> bool:
        """Tell whether a surname is a verb of office before a word, and a title follows."""
        return (
            text.startswith(self._taking, start)
            and is_word(text[start + 1 : end])
            and text.startswith(self._learned, end)
        )

    def _begins_clause(self, text: str, word: Token, end: int, starts: Starts) -> bool:
        """Tell whether a word that is a full name begins a clause and what it does follows (卫明轩|同样|于…出生)."""
        behind = starts.get(end)
        return (
            word.end == end
            and end - word.start == _FULL_NAME
            and (word.start == 0 or text[word.start - 1] in self._bounds)
            and behind is not None
            and behind.tag.startswith(_DOING)
            and is_word(behind.text)
        )

    def _with_surname(self, text: str, start: int, starts: Starts) -> int:
        """Return where a name begins whose surname the segmenter cut off: 林|海涛 at the start of a clause."""
        before = starts.get(start - 1)
        alone = before is not None and before.end == start and self._surname_length(text, start - 1) == 1
        return (
            start - 1
            if alone and (start == 1 or not _CJK.match(text[start - 2]) or self._opens(text, start - 1))
            else start
        )
