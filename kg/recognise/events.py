"""Events that no list holds: 2023世界人工智能大会, 中关村论坛人工智能分论坛, 首届开发者大会."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import CONTEXT, SHAPE, Mention
from kg.recognise.nominal import Run
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

_MAX_LENGTH = 40


class EventRecogniser:
    """Finds names of events by their endings, ordinals and years."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.events
        self._type = rules.ontology.kinds.event
        endings = alternatives(data.suffixes)
        self._endings = tuple(sorted(data.suffixes, key=len, reverse=True))
        self._ordinal = re.compile(data.ordinal)
        self._ending = re.compile(rf"(?:{endings})")
        self._generic = frozenset(data.generic) | frozenset(data.suffixes)
        self._inner_verbs = frozenset(rules.organisations.inner_verbs)
        self._stops = frozenset(data.stops)
        self._year_behind = re.compile(r" ?20\d\d(?![\d年])")
        self._ordinal_before = re.compile(rf"{data.ordinal}$")
        self._title = re.compile(rf"“([^“”]{{2,30}})”({endings})")

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
            words = [atom for atom in atoms[first : last + 1] if atom.text not in self._generic]
            proper = any(atom.proper for atom in words)
            if end - start > _MAX_LENGTH or end - start < 4 or not (proper and words or ordinal):
                continue
            year = self._year_behind.match(text, end)
            if year:
                end = year.end()
            found.append(Mention(start, end, text[start:end], self._type, SHAPE if ordinal else CONTEXT))
        return found
