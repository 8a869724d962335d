"""What a reader keeps in mind from sentence to sentence: whom pronouns and omitted subjects mean."""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognise.automata import COMPOUND
from kg.recognise.mentions import LEXICON, Mark, Mention
from kg.relate.clauses import Subject
from kg.relate.raw import RawStatement
from kg.rules.ruleset import RuleSet

_MEMORY = 40


class Discourse:
    """The names met so far in one document, and the last subject."""

    def __init__(self, rules: RuleSet) -> None:
        self._pronouns = rules.reference.pronouns
        self._types = frozenset(rules.ontology.types)
        kinds = rules.ontology.kinds
        self._organisation, self._place = kinds.organisation, kinds.place
        self._compounds = rules.reference.compounds
        self._recent: list[Mention] = []
        self.subject: Subject | None = None
        self._speaker: Mention | None = None
        self._stated: dict[tuple[str, str], list[tuple[int, int, Mention]]] = {}
        self._sentence = 0
        self._told: set[str] = set()
        self._heads: dict[str, tuple[int, Mention]] = {}

    def remember(self, mentions: Sequence[Mention], subject: Subject | None) -> None:
        """Take note of a sentence that has been read."""
        self._sentence += 1
        self._recent = (self._recent + list(mentions))[-_MEMORY:]
        self.subject = subject

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

    def earlier(self, names: Sequence[str], head: Mention | None, where: int) -> Mention | None:
        """Return the tail of what was last stated of a head in one of several relations, before the offset `where`.

        Of several statements in one sentence the first counts. For a type it is the last name of that type,
        of which something has been stated if there is one;        without a head, whom the article is about.
        """
        if head is None:
            return self.topic()
        if names[0] in self._types:
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
        """Return the organisation that most has been stated of so far: whom a timeline is about."""
        if not self._heads:
            return None
        return max(self._heads.values(), key=lambda entry: entry[0])[1]

    def company(self, before: Sequence[Mention] = ()) -> Mention | None:
        """Return the organisation that a bare post means: the last subject, whom the article is about, the last."""
        if self.subject is not None and self.subject.item.mentions[0].types == self._organisation:
            return self.subject.item.mentions[0]
        topic = self.topic()
        if topic is not None:
            return topic
        for mention in reversed([*self._recent, *before]):
            if mention.types == self._organisation:
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
        fitting = [m for m in before if m.types & set(data.types)]
        if data.which == "subject":
            return self._subject(fitting, set(data.types))
        recent = [m for m in (*self._recent, *before) if m.types & set(data.types)]
        if data.which == "last":
            named = [m for m in recent if m.name.endswith(tuple(data.endings))] if data.endings else []
            return (named or recent)[-1:]
        if data.which == "ending":
            word = text[pronoun.start : pronoun.end]
            return [m for m in recent if m.name.endswith(word) and m.name != word][-1:]
        distinct: list[Mention] = []
        for mention in reversed(recent):
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

    def _compound(self, word: Mark) -> list[Mention]:
        """中美 names 中国 by its first character and 美国 by its second."""
        members = self._compounds[word.value]
        return [
            Mention(word.start + i, word.start + i + 1, name, self._place, LEXICON, entry=name)
            for i, name in enumerate(members)
        ]

    def _subject(self, in_sentence: list[Mention], types: set[str]) -> list[Mention]:
        if in_sentence:
            return in_sentence[:1]
        if self.subject is not None:
            fitting = [m for m in self.subject.item.mentions if m.types & types]
            if fitting:
                return fitting[:1]
        topic = self.topic() if types == self._organisation else None
        if topic is not None:
            return [topic]
        for mention in reversed(self._recent):
            if mention.types & types:
                return [mention]
        return []


def _stands_alone(text: str, start: int, after: Sequence[str]) -> bool:
    """Tell whether a class name (公司) is no part of a longer noun: it opens a clause or follows one of `after`."""
    return start == 0 or text[start - 1] in "，、。；：“ " or text.endswith(tuple(after), 0, start)
