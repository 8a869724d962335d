"""What a reader keeps in mind from sentence to sentence: whom pronouns and omitted subjects mean."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from functools import cache

from kg.recognise.automata import COMPOUND
from kg.recognise.mentions import LEXICON, Mark, Mention
from kg.relate.clauses import Subject, Subjects
from kg.relate.groups import in_lists, told_together
from kg.relate.raw import RawStatement
from kg.relate.roles import Employers
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet

_MEMORY, _REPORT, _FRESH = 40, 12, 2
ANYBODY = "*"
"""Before the relation of an implied tail: the tail of its last statement, whoever it was said of."""


class Discourse:
    """The names met so far in one document, and the last subject."""

    def __init__(self, rules: RuleSet, titles: re.Pattern[str]) -> None:
        """`titles` matches the words of roles."""
        self._pronouns = rules.reference.pronouns
        self._types = frozenset(rules.ontology.types)
        kinds = rules.ontology.kinds
        self._organisation, self._product, self._place = kinds.organisation, kinds.product, kinds.place
        self._cited = tuple(rules.reference.cited)
        self._reports = _reporting(tuple(rules.people.reports))
        self._compounds = rules.reference.compounds
        self._owned = _openings(tuple(rules.reference.owned))
        self._no_companies = rules.lexicon.no_companies
        self._no_company = tuple(rules.reference.no_company)
        self._partners = tuple(rules.syntax.partners)
        self._prepositions = tuple(rules.syntax.prepositions)
        self._joints = tuple(rules.syntax.conjunctions)
        self._titles = titles
        self._recent: list[Mention] = []
        self._listed: set[int] = set()
        self._fresh: deque[tuple[str, Sequence[Mention]]] = deque(maxlen=_FRESH)
        self.subject: Subject | None = None
        self._speaker: Mention | None = None
        self._stated: dict[tuple[str, str], list[tuple[int, int, Mention]]] = {}
        self._last_tail: dict[str, tuple[int, Mention]] = {}
        self._pair: list[Mention] = []
        self._symmetric = {name: r.symmetric for name, r in rules.ontology.relations.items()}
        self._sentence = 0
        self._told: set[str] = set()
        self._heads: dict[str, tuple[int, Mention]] = {}
        self._named: Counter[str] = Counter()
        self._bodies: dict[str, Mention] = {}
        self._focus: Mention | None = None
        self._about: Mention | None = None

    def remember(self, text: str, mentions: Sequence[Mention], subjects: Subjects) -> None:
        """Take note of a sentence that has been read."""
        self._sentence += 1
        self._listed = in_lists(text, mentions, self._joints)
        self._fresh.append((text, mentions))
        self._recent = (self._recent + list(mentions))[-_MEMORY:]
        last = subjects.last
        if subjects.first is not None or last is None or self._is_business(last.item.mentions[0]):
            self.subject = last  # a byline leaves none: it only names who reports
        first = subjects.first.item.mentions[0] if subjects.first is not None else None
        self._about = first if first is not None and first.types == self._organisation else None
        self._focus = self._focused(text, mentions, subjects.first)
        bodies = {m.entry or m.name: m for m in mentions if m.types == self._organisation}
        for name in bodies:
            self._named[name] += 1
        self._bodies |= bodies

    def listen(self, text: str, mentions: Sequence[Mention]) -> None:
        """Take note of who speaks: a name and a colon at the start of a line (王延峰：…)."""
        if mentions and mentions[0].start <= 1 and text[mentions[0].end : mentions[0].end + 1] == "：":
            self._speaker = mentions[0]

    def note(self, raw: RawStatement) -> None:
        """Take note of what has been stated of whom; of several in one sentence the first counts."""
        self._told |= {m.entry or m.name for m in (raw.head, raw.tail)}
        if raw.head.types & self._organisation:
            count, _ = self._heads.get(raw.head.entry or raw.head.name, (0, raw.head))
            self._heads[raw.head.entry or raw.head.name] = (count + 1, raw.head)
        key = (raw.relation, raw.head.entry or raw.head.name)
        self._stated.setdefault(key, []).append((self._sentence, raw.where, raw.tail))
        self._last_tail[raw.relation] = self._sentence, raw.tail
        if self._symmetric[raw.relation]:
            self._pair = [raw.head, raw.tail]

    def earlier(self, names: Sequence[str], head: Mention | None, where: int) -> Mention | None:
        """Return the tail of what was last stated of a head in one of several relations, before the offset `where`.

        Of several statements in one sentence the first counts. What was said of anybody counts, if there are
        other names behind it, where this or the last sentence said it. For a type it is the first subject of the last
        sentence, else the last name of that type, of which something has been stated if there is one; without a
        head, whom the article is about.
        """
        if head is None:
            return self.topic()
        if names[0].startswith(ANYBODY):
            said, tail = self._last_tail.get(names[0].removeprefix(ANYBODY), (0, None))
            if len(names) == 1 or (tail is not None and said >= self._sentence - 1):
                return tail
            names = names[1:]
        if names[0] in self._types:
            if self._about is not None and names[0] in self._about.types:
                return self._about
            fitting = [m for m in self._recent if names[0] in m.types]
            told = [m for m in fitting if (m.entry or m.name) in self._told]
            return (told or fitting)[-1] if fitting else None
        stated = [
            entry
            for name in names
            for entry in self._stated.get((name, head.entry or head.name), ())
            if entry[0] < self._sentence or entry[1] < where
        ]
        if not stated:
            return None
        return max(stated, key=lambda entry: (entry[0], -entry[1]))[2]

    def topic(self) -> Mention | None:
        """Return the organisation that most sentences have named so far: whom a timeline is about."""
        named = [
            name
            for name, _ in self._named.most_common()
            if not name.endswith(self._no_company) and name not in self._no_companies
        ]
        return self._bodies[named[0]] if named else None

    def _focused(self, text: str, mentions: Sequence[Mention], first: Subject | None) -> Mention | None:
        """Return the organisation that a sentence is about: the one it ends with, else its first subject."""
        last = mentions[-1] if mentions else None
        if (
            last
            and last.types == self._organisation
            and id(last) not in self._listed
            and text[last.end : last.end + 1] == "。"
        ):
            return last
        body = first.item.mentions[0] if first and len(first.item.mentions) == 1 else None
        return body if body and body.types == self._organisation else None

    def _acting(self, business: bool = False) -> Mention | None:
        """Return the organisation that most has been stated of so far, of businesses if so asked."""
        heads = [entry for entry in self._heads.values() if not business or self._is_business(entry[1])]
        return max(heads, key=lambda entry: entry[0])[1] if heads else None

    def _is_business(self, mention: Mention) -> bool:
        """Tell whether an organisation may be called a company: media, authorities and exchanges are not."""
        return (mention.entry or mention.name) not in self._no_companies

    def employers(self) -> Employers:
        """Return the organisations that a bare post means."""
        return Employers(self._employer(business=False), self._employer(business=True))

    def _employer(self, business: bool) -> Mention | None:
        """Return the last subject, whom the article is about, or the last organisation: the first that fits."""
        subject = self.subject.item.mentions[0] if self.subject is not None else None
        meant: list[Mention | None] = []
        if subject and subject.types == self._organisation:
            meant.append(self._about or subject)
        meant.append(self._acting(business))
        meant += reversed(self._recent)
        for mention in meant:
            if (
                mention
                and mention.types == self._organisation
                and (not business or self._is_business(mention))
            ):
                return mention
        return None

    def resolve(self, pronoun: Mark, before: Sequence[Mention], text: str) -> list[Mention]:
        """Return the mentions that a pronoun means, none where nothing fits."""
        if pronoun.kind == COMPOUND:
            return self._compound(pronoun)
        data = self._pronouns[int(pronoun.value)]
        if data.bare and not _stands_alone(text, pronoun.start, data.after):
            return []
        if data.which == "speaker":
            return [self._speaker] if self._speaker else []
        fitting = [m for m in before if m.types & set(data.types) and not self._is_source(text, m)]
        if data.company:
            fitting = [m for m in fitting if self._is_business(m)]
        if data.which == "subject":
            return self._other(fitting, pronoun, text, data.object_after) or self._subject(
                fitting, set(data.types), data.company
            )
        recent = [m for m in (*self._recent, *before) if m.types & set(data.types)]
        if data.company:
            recent = [m for m in recent if self._is_business(m)]
        if data.which == "last":
            named = [m for m in recent if m.name.endswith(tuple(data.endings))] if data.endings else []
            return (
                named[-1:]
                or self._just_told(data.told, data.types)
                or self._last(recent, before, text, set(data.types))
            )
        if data.which == "ending":
            word = text[pronoun.start : pronoun.end]
            return [m for m in recent if m.name.endswith(word) and m.name != word][-1:]
        if data.which == "group":
            return self._group(data.size, set(data.types), [*self._fresh, (text, before)])
        if data.which == "two" and (both := self._both(text, before, set(data.types))):
            return both
        distinct: list[Mention] = []
        clause = max(text.rfind(stop, 0, pronoun.start) for stop in "，；：。、")
        own = {id(m) for m in before if m.start > clause}
        listed = self._listed | in_lists(text, before, self._joints)
        things = data.which == "two" and self._product.issuperset(data.types)
        together = [m for m in recent if things and id(m) not in own and id(m) in listed]
        if len(together) < 2:
            together = [m for m in recent if id(m) not in own]
        for mention in reversed(together):
            if all(mention.name != other.name for other in distinct):
                distinct.append(mention)
            if len(distinct) == 2:
                break
        distinct.reverse()
        if len(distinct) < 2:
            return []
        if data.which == "two":
            return distinct if distinct[0].types == distinct[1].types else []
        return distinct[:1] if data.which == "first" else distinct[1:]

    def _both(self, text: str, before: Sequence[Mention], types: set[str]) -> list[Mention]:
        """Return who deals with whom in this sentence, did so last, or was told together."""
        last = self._pair if all(m.types & types for m in self._pair) else []
        return (
            self._dealing(text, before, types)
            or last
            or self._group(2, types, [*self._fresh, (text, before)])
        )

    def _dealing(self, text: str, before: Sequence[Mention], types: set[str]) -> list[Mention]:
        """Return who deals with whom in the clauses before 双方 of a sentence: 甲向乙供货,与|丙|签约,双方……"""
        partner = next((m for m in reversed(before) if text.endswith(self._partners, 0, m.start)), None)
        if partner is None or partner.types != self._organisation or not partner.types & types:
            return []
        beside = [
            m for m in before if m.end < partner.start and not text.endswith(self._prepositions, 0, m.start)
        ]
        first = next((m for m in beside if m.types == self._organisation), None)
        if first is None and self.subject is not None:
            first = self.subject.item.mentions[0]
        if first is None or first.types != self._organisation or first.name == partner.name:
            return []
        return [first, partner]

    def _group(
        self, size: int, types: set[str], told: Sequence[tuple[str, Sequence[Mention]]]
    ) -> list[Mention]:
        """Return the last list of things of some types in sentences, if it is as long as told (0: of any length)."""
        fitting = [
            group for text, mentions in told for group in told_together(text, mentions, types, self._joints)
        ]
        last = fitting[-1] if fitting else []
        return last if size in (0, len({m.name for m in last})) else []

    def _is_source(self, text: str, mention: Mention) -> bool:
        """Tell whether a name only tells who reports: 据某社, 某网获悉."""
        return bool(mention.types & self._organisation) and (
            text.endswith(self._cited, 0, mention.start) or bool(self._reports.match(text, mention.end))
        )

    def _compound(self, word: Mark) -> list[Mention]:
        """中美 names 中国 by its first character and 美国 by its second."""
        members = self._compounds[word.value]
        return [
            Mention(word.start + i, word.start + i + 1, name, self._place, LEXICON, entry=name)
            for i, name in enumerate(members)
        ]

    def _just_told(self, relations: Sequence[str], types: Sequence[str]) -> list[Mention]:
        """Return the first thing that the last sentence stated in one of the relations."""
        wanted = set(relations)
        found = [
            (where, tail)
            for (relation, _), entries in self._stated.items()
            if relation in wanted
            for sentence, where, tail in entries
            if sentence == self._sentence - 1 and tail.types & set(types)
        ]
        return [min(found, key=lambda entry: (entry[0], entry[1].start))[1]] if found else []

    def _last(
        self, recent: list[Mention], before: Sequence[Mention], text: str, types: set[str]
    ) -> list[Mention]:
        """Return what 该… means: a thing that was the subject of the last sentence, else the last name in no list."""
        if self.subject is not None and not any(m.types & types for m in before):
            first = self.subject.item.mentions
            if len(first) == 1 and first[0].types == self._product and first[0].types & types:
                return first
        focus = self._focus if self._focus in recent else None
        if focus is not None and focus.types & types and not any(m.types & types for m in before):
            return [focus]
        listed = self._listed | in_lists(text, before, self._joints)
        single = [mention for mention in recent if id(mention) not in listed]
        return single[-1:] or recent[-1:]

    def _other(
        self, in_sentence: list[Mention], pronoun: Mark, text: str, object_after: Sequence[str]
    ) -> list[Mention]:
        """Return whom 其 means where it cannot be the subject: 甲投资乙,成为|其|股东; 甲收购乙,|其|创始人……"""
        bodies = [m for m in in_sentence if m.types == self._organisation]
        if not bodies or (len(bodies) == 1 and in_sentence[0] is bodies[0]):
            return []
        clause = max(text.rfind(stop, 0, pronoun.start) for stop in "，；：。")
        if any(m.start > clause for m in in_sentence):
            return []
        is_object = text.endswith(tuple(object_after), 0, pronoun.start)
        owns = self._titles.match(text, pronoun.end) or self._owned.match(text, pronoun.end)
        if not is_object and not owns:
            return []
        listed = in_lists(text, in_sentence, self._joints)
        return [m for m in bodies if id(m) not in listed][-1:]

    def _subject(self, in_sentence: list[Mention], types: set[str], business: bool) -> list[Mention]:
        if in_sentence:
            return in_sentence[:1]
        if self.subject is not None:
            fitting = [
                m
                for m in self.subject.item.mentions
                if m.types & types and not (business and not self._is_business(m))
            ]
            about = self._about
            if (
                fitting
                and types == self._organisation
                and about
                and not (business and not self._is_business(about))
            ):
                return [about]
            if len(fitting) == 1 or (fitting and types != self._organisation):
                return fitting[:1]
        if types == self._organisation:
            company = self.topic() or self._acting(business)
            return [] if company is None else [company]
        for mention in reversed(self._recent):
            if mention.types & types:
                return [mention]
        return []


@cache
def _reporting(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of `words` near; every document asks for it."""
    return re.compile(rf"[^，。；：]{{0,{_REPORT}}}(?:{alternatives(words)})")


@cache
def _openings(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of `words`; every document asks for it."""
    return any_of(words)


def _stands_alone(text: str, start: int, after: Sequence[str]) -> bool:
    """Tell whether a class name (公司) is no part of a longer noun: it opens a clause or follows one of `after`."""
    return start == 0 or text[start - 1] in "，、。；：“ " or text.endswith(tuple(after), 0, start)
