"""The second reading of a document: what it has named once is known wherever else it is named."""

from __future__ import annotations

import re

from kg.recognise.automata import ROLE, NameAutomaton
from kg.recognise.brackets import BracketReader
from kg.recognise.mentions import CONTEXT, LEXICON, Mention, Read, bits, covered, longest
from kg.recognise.people import PersonRecogniser
from kg.recognise.short_names import ShortNames
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet


class Rereader:
    """Completes the mentions of a document's sentences by what its other sentences tell."""

    def __init__(self, rules: RuleSet, names: NameAutomaton, people: PersonRecogniser) -> None:
        self._people, self._person = people, rules.ontology.kinds.person
        self._organisation = rules.ontology.kinds.organisation
        self._brackets = BracketReader(rules)
        self._short_names = ShortNames(rules, names)
        self._ambiguous = rules.lexicon.ambiguous
        kinds = rules.ontology.kinds
        self._bearers = kinds.organisation | kinds.product  # whose names count where one has been sure
        self._organisation_before = tuple(rules.organisations.introducing)
        self._organisation_behind = re.compile(rules.organisations.acts)
        weak = frozenset(rules.syntax.everyday_weak)
        self._everyday_before = tuple(word for word in rules.syntax.everyday_before if word not in weak)
        self._everyday_after = tuple(word for word in rules.syntax.everyday_after if word not in weak)

    def reread(self, read: list[Read]) -> None:
        """Find names that the document introduces once wherever else it uses them; attach other names to mentions."""
        self._retype(read)
        known = self._introduced(read)
        if known:
            pattern = re.compile(alternatives(known))
            for sentence in read:
                self._complete(sentence, pattern, known)
        for sentence in read:
            self._brackets.attach(sentence.text, sentence.mentions)

    def _retype(self, read: list[Read]) -> None:
        """Take a Latin name for an organisation's where the text calls it one: 初创公司|Looki, Looki|完成……融资."""
        latin = [
            (sentence.text, m)
            for sentence in read
            for m in sentence.mentions
            if m.types <= self._bearers
            and m.types != self._organisation
            and m.name.isascii()
            and m.name.isalpha()
        ]
        sure = {m.name for text, m in latin if self._acts(text, m)}
        for text, mention in latin:
            if mention.name in sure and (mention.source < LEXICON or self._acts(text, mention)):
                mention.types = self._organisation

    def _acts(self, text: str, mention: Mention) -> bool:
        return text.endswith(self._organisation_before, 0, mention.start) or bool(
            self._organisation_behind.match(text, mention.end)
        )

    def _introduced(self, read: list[Read]) -> dict[str, Mention]:
        """Return what names that no list holds, short names and names in brackets stand for."""
        known: dict[str, Mention] = {}
        for sentence in read:
            for mention in sentence.mentions:
                everyday = mention.name in self._ambiguous and mention.types <= self._bearers
                if (mention.source < LEXICON or everyday) and len(mention.name) > 1:
                    best = known.get(mention.name)
                    if best is None or _rank(best) < _rank(mention):
                        known[mention.name] = mention
                short = self._short_names.of(mention)
                mention.aliases = tuple(short)
                for alias, types in (
                    *((name, mention.types) for name in short),
                    *self._brackets.introduced(sentence.text, mention),
                ):
                    known.setdefault(alias, Mention(0, 0, alias, types, CONTEXT))
        for name in self._people.recurring([sentence.text for sentence in read]):
            known.setdefault(name, Mention(0, 0, name, self._person, CONTEXT))
        return known

    def _complete(self, sentence: Read, pattern: re.Pattern[str], known: dict[str, Mention]) -> None:
        blocked = covered(mark for mark in sentence.marks if mark.kind == ROLE)
        again = [
            Mention(
                m.start(), m.end(), m.group(), known[m.group()].types, CONTEXT, entry=known[m.group()].entry
            )
            for m in pattern.finditer(sentence.text)
            if not blocked & bits(m.start(), m.end())
            and not _inside_latin(sentence.text, m.start(), m.end())
            and not self._everyday(sentence, known[m.group()], m)
        ]
        for mention in sentence.mentions:
            sure = known.get(mention.name)
            if sure is not None and sure.types < mention.types and mention.source < LEXICON:
                mention.types = sure.types
        if again:
            sentence.mentions = longest(sentence.mentions + again)
            taken = covered(sentence.mentions)
            sentence.marks = [k for k in sentence.marks if not taken & bits(k.start, k.end)]

    def _everyday(self, sentence: Read, known: Mention, match: re.Match[str]) -> bool:
        """Tell whether a name that is an everyday word too is used as one: 很|理想, 理想|化."""
        if known.source < LEXICON:
            return False
        text, start, end = sentence.text, match.start(), match.end()
        return (
            text.endswith(self._everyday_before, 0, start)
            or text.startswith(self._everyday_after, end)
            or any(w.start < start < w.end or w.start < end < w.end for w in sentence.words)
        )


def _rank(mention: Mention) -> tuple[int, int]:
    """Return how sure a mention is: by how it was found, then by how few types it may have."""
    return mention.source, -len(mention.types)


def _inside_latin(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    return (before.isascii() and before.isalnum() and text[start].isascii()) or (
        after.isascii() and after.isalnum() and text[end - 1].isascii()
    )
