"""Sentences with mentions -> raw statements: the order of the steps and nothing else."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence, Set
from copy import copy

from kg.model import ASSERTED
from kg.recognise.automata import COMPOUND, PRONOUN, ROLE, TRIGGER, word_meanings
from kg.recognise.mentions import Mark, Mention, Read
from kg.recognise.times import TIME, is_timeline
from kg.relate.bylines import BylineReader
from kg.relate.clauses import ClauseReader, Subject, Subjects
from kg.relate.denial import DenialReader
from kg.relate.discourse import Discourse
from kg.relate.encode import Item, encode
from kg.relate.matcher import FrameMatcher
from kg.relate.needs import NeedBits
from kg.relate.phrases import PhraseReader
from kg.relate.raw import RawStatement, Related
from kg.relate.relatives import RelativeReader
from kg.relate.roles import NOBODY, RoleMatcher
from kg.relate.tone import ToneReader
from kg.relate.watcher import Watcher
from kg.rules import frames
from kg.rules.alphabet import SPELT, Alphabet
from kg.rules.frames import Syntax
from kg.rules.patterns import any_of
from kg.rules.ruleset import RelationRules, RuleSet

_MEANING_NAMES = (PRONOUN, COMPOUND)
Judged = tuple[RawStatement, Related | None]
"""What a frame found, and the statement that it is: None where the text negates it."""


class Relater:
    """Finds the statements of a document's sentences."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self.letters = _alphabet(rules)
        self.syntax = syntax = Syntax(
            tuple(rules.syntax.prepositions),
            tuple(rules.syntax.conjunctions),
            frozenset(rules.ontology.types),
            frozenset(rules.constructions.nouns),
        )
        bits = NeedBits()
        self._phrases = PhraseReader(rules, self.letters)
        self._roles = RoleMatcher(rules, self.letters, syntax, bits)
        self._clauses = ClauseReader(rules, self.letters)
        self._relatives = RelativeReader(rules, self.letters)
        self.matcher = FrameMatcher(rules, self.letters, syntax, bits)
        self._tone = ToneReader(rules)
        self._denials = DenialReader(rules)
        self._titles = any_of([word for role in rules.roles.classes.values() for word in role.words])
        self._earlier = any_of(rules.times.earlier)
        self._bylines = BylineReader(rules, self.letters)
        self._reports = tuple(rules.people.reports)
        self._exemplifiers = tuple(rules.syntax.exemplifiers)

    def with_lines(self, relation: RelationRules) -> Relater:
        """Return a relater that also tries the frames and phrases of `relation`, after all of its own.

        Making it takes milliseconds. Words that only the new lines spell out are still read as the triggers
        that they are elsewhere.
        """
        wider = copy(self)
        wider.matcher = self.matcher.with_lines(relation)
        return wider

    def relate(
        self,
        sentences: Sequence[Read],
        denied: list[Related] | None = None,
        watcher: Watcher | None = None,
    ) -> Iterator[Related]:
        """Yield the statements of a document, sentence by sentence; add to `denied` what it says is not so.

        `watcher` is told of each step.
        """
        discourse = Discourse(self._rules, self._titles)
        before: list[Related] = []
        for index, read in enumerate(sentences):
            signed = self._bylines.signs(read.text)
            medium = self._bylines.medium(sentences, index) if signed else None
            if watcher:
                watcher.begins(read)
            negated: list[RawStatement] = []
            said: list[Related] = []
            for raw, related in self._sentence(read, discourse, watcher, medium, signed=signed):
                if watcher:
                    watcher.judges(raw, related)
                if related:
                    said.append(related)
                else:
                    negated.append(raw)
            yield from said
            if denied is not None:
                denied += self._denials.find(read, said, negated, before)
            before = said

    def certainty(self, read: Read, where: int) -> str | None:
        """Return what tone makes of something said at a place: asserted or hedged, None where it is negated."""
        return self._tone.certainty(read, where)

    def _sentence(
        self,
        read: Read,
        discourse: Discourse,
        watcher: Watcher | None,
        medium: Mention | None,
        *,
        signed: bool,
    ) -> Iterator[Judged]:
        """Yield what a sentence states. `medium` is whose people sign it, where it is a byline (`signed`)."""
        discourse.listen(read.text, read.mentions)
        before = self._subject_before(read, discourse)
        kinds = {mark.kind for mark in read.marks}
        named = bool(read.mentions) or not kinds.isdisjoint(_MEANING_NAMES)
        if not named and watcher is None and kinds.isdisjoint((ROLE, TRIGGER)):
            subjects = Subjects(None, before)  # nothing to state, and no subject of its own
        else:
            subjects = yield from self._read(read, discourse, watcher, before, kinds, named, medium)
        if signed:
            subjects = Subjects(None, discourse.subject)
        discourse.remember(read.text, read.mentions, subjects)

    def _read(
        self,
        read: Read,
        discourse: Discourse,
        watcher: Watcher | None,
        before: Subject | None,
        kinds: Set[str],
        named: bool,
        medium: Mention | None,
    ) -> Generator[Judged, None, Subjects]:
        """Yield what a sentence states; return its subjects. `kinds` are those of its marks, `named` tells of names.

        Where it holds neither a name nor what means one, no step that reads names has anything to do.
        """
        sentence = encode(read, self.letters, discourse.resolve, self._exemplifiers, self._reports)
        if medium is not None:
            self._bylines.sign(sentence, medium)
        meant = discourse.employers() if ROLE in kinds else NOBODY
        employers: dict[int, Mention] = {}
        if named:
            plain = sentence.text
            self._phrases.coordinate(sentence)
            for raw in self.matcher.shrink_phrases(sentence):
                yield raw, Related(read, raw, ASSERTED, None)
            if ROLE in kinds:
                said = self._roles.appositions(sentence, read.text, meant)
                for judged in self._all(read, said, discourse):
                    employers.setdefault(id(judged[0].head), judged[0].tail)
                    yield judged
            self._phrases.drop_honorifics(sentence)
            if sentence.text != plain:  # else there is nothing new to join
                self._phrases.coordinate(sentence)
        if watcher:
            watcher.sees_phrases(sentence)
        if named:
            size = len(sentence.text)
            for raw in self.matcher.match_phrases(sentence):
                time = _time(read, raw.where, self._earlier) if raw.event else None
                yield raw, Related(read, raw, ASSERTED, time)
            if len(sentence.text) < size:
                self._phrases.coordinate(sentence)  # 甲与|乙旗下丙 is now 甲与丙
            self._phrases.coordinate_mixed(sentence)
            self._phrases.coordinate_placed(sentence)
            self._relatives.extrapose(sentence)
            self._phrases.set_aside(sentence)
        subjects = self._clauses.inherit(sentence, read, before, employers)
        if ROLE in kinds:
            yield from self._all(read, self._roles.clauses(sentence, read.text, meant), discourse)
        if watcher:
            watcher.sees_clauses(sentence)
        if TRIGGER in kinds:
            yield from self._all(read, self.matcher.match(sentence, discourse.earlier), discourse)
        return subjects

    def _subject_before(self, read: Read, discourse: Discourse) -> Subject | None:
        """Return whom an omitted subject means at the start of a sentence: in a timeline, whom the article is about."""
        topic = discourse.topic() if is_timeline(read.text) else None
        if topic is None:
            return discourse.subject
        return Subject(self.letters.mention(topic.types), Item(0, 0, [topic]))

    def _all(self, read: Read, found: Iterator[RawStatement], discourse: Discourse) -> Iterator[Judged]:
        """Yield what was found with what tone makes of it, and keep in mind what is not negated."""
        for raw in found:
            related = self._judged(read, raw)
            if related:
                discourse.note(raw)
            yield raw, related

    def _judged(self, read: Read, raw: RawStatement) -> Related | None:
        if raw.apposition:
            return Related(read, raw, ASSERTED, None)
        certainty = self._tone.certainty(read, raw.where)
        if certainty is None:
            return None
        return Related(read, raw, certainty, raw.time_mark or _time(read, raw.where, self._earlier))


def _time(read: Read, where: int, earlier: re.Pattern[str]) -> Mark | None:
    """Return the expression of time nearest before a place, else the first behind it in the clause.

    There is none where `earlier` (此前) stands between the two.
    """
    times = [mark for mark in read.marks if mark.kind == TIME]
    before = [mark for mark in times if mark.start < where]
    if before:
        return None if earlier.search(read.text, before[-1].end, where) else before[-1]
    end = min((i for i in (read.text.find(c, where) for c in "，。；") if i >= 0), default=len(read.text))
    return next((mark for mark in times if mark.start < end), None)


def _alphabet(rules: RuleSet) -> Alphabet:
    """Return the alphabet with every kind of mention, role and combination of trigger sets that can occur."""
    letters = Alphabet(list(rules.ontology.types))
    kinds = rules.ontology.kinds
    both = kinds.person | kinds.organisation
    for types in (kinds.organisation | kinds.product, both | kinds.product, both):
        letters.mention(types)
    for name in rules.roles.classes:
        letters.role(name)
    spelled = "\n".join(_spelled_out(rules))
    for word, meanings in word_meanings(rules).items():
        if TRIGGER in meanings:
            own = [f"{SPELT}{word}"] if word in spelled else []
            letters.add_word(word, frozenset((*meanings[TRIGGER], *own)))
    return letters


def _spelled_out(rules: RuleSet) -> set[str]:
    """Return the words that frames spell out instead of taking a trigger."""
    nodes = [node for relation in rules.relations for node in _own_nodes(relation, rules)]
    texts = [text for family in rules.constructions.families.values() for text in family]
    texts += [*rules.constructions.roles, *rules.roles.verbs]
    nodes += [
        node
        for text in texts
        for node in frames.parse(text.partition("=>")[0], None, rules.constructions.lists)
    ]
    return {literal.text for literal in _literals(nodes)}


def _own_nodes(relation: RelationRules, rules: RuleSet) -> Iterator[frames.Node]:
    for field, texts in (("frames", relation.data.frames), ("phrases", relation.data.phrases)):
        for index, text in enumerate(texts):
            yield from frames.parse(
                text.partition("=>")[0], relation.place(field, index), rules.constructions.lists
            )


def _literals(nodes: Sequence[frames.Node]) -> Iterator[frames.Literal]:
    for node in nodes:
        if isinstance(node, frames.Literal):
            yield node
        elif isinstance(node, frames.Group):
            for option in node.options:
                yield from _literals(option)
