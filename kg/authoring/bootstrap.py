"""Frames learned as in DIPRE and Snowball: from pairs known to stand in a relation, held against all that is known.

A pair is known from an example that fails, or from another sentence of the articles. What a frame drawn from
such a sentence then finds counts for it where it is known, and against it where something else is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.authoring import examples
from kg.authoring.customs import Customs
from kg.authoring.learning import Drawn, FrameWriter
from kg.authoring.trace import DocumentTrace
from kg.authoring.transfer import Transferred, transferred
from kg.authoring.trial import Reader, Trial
from kg.errors import RuleError
from kg.model import Document, Statement
from kg.resolve.names import normal_form
from kg.rules.ruleset import RelationRules, RuleSet

_TRIED = 300
_LEAST = 0.6
"""How likely what a frame adds must be right, all in all."""
_BY_EXAMPLE, _AGAINST, _PRIOR = 2, 1, 0.5
"""What counts for and against a line: a mended example, a contradiction, and something of either for all."""
_GUESSED = 0.65
"""How likely what nothing bears out is right, where the frame mends an example; measured on frames taken out."""
_MOST_GUESSED = 6
"""How much more a frame may add that nothing bears out than speaks for it."""
_CONTRADICTED = 0.25
"""What share of what a line finds may contradict what is known."""

_UNTOLD = re.compile(r"【(?:head|tail)\*?】…?【(?:head|tail)\*?】")

Pairs = dict[tuple[str, str], set[str]]
"""The relations in which two entities are known to stand."""


@dataclass(frozen=True, slots=True)
class LearnedFrame:
    """A line that was tried: the examples it mends, what it adds, and how sure it is (0 to 1)."""

    drawn: Drawn
    mended: tuple[str, ...]
    added: tuple[Statement, ...]
    confidence: float
    reason: str


class FrameLearner:
    """Learns frames that rules lack for documents."""

    def __init__(self, rules: RuleSet, reader: Reader, documents: Sequence[Document]) -> None:
        self._rules = rules
        self._reader = reader
        self._documents = documents
        self._traces = [reader.trace(document) for document in documents]
        self._pairs: Pairs = defaultdict(set)
        self._places: dict[tuple[str, str, str], set[tuple[str, int]]] = defaultdict(set)
        for trace in self._traces:
            for said in trace.statements:
                self._pairs[said.head_id, said.tail_id].add(said.relation)
                where = (said.doc, said.evidence.start)
                self._places[said.head_id, said.relation, said.tail_id].add(where)
        self._together = {
            frozenset((one, other)) for known in self._pairs.values() for one in known for other in known
        }
        self._writer = FrameWriter(rules)
        self._customs = Customs(rules)
        self._own = {item.name: item for item in rules.relations}
        self._broken = examples.run(rules, extract=Trial(reader).extract).failed

    def learn(self) -> list[LearnedFrame]:
        """Return the frames that are borne out by what is known, the surest first."""
        found = [
            self._tried(item.drawn, item) for item in transferred(self._rules, self._reader, self._traces)
        ]
        support: Counter[Drawn] = Counter()
        for result in self._broken:
            support.update(set(map(self._customs.narrowed, self._from_example(result))))
        for trace in self._traces:
            support.update(map(self._customs.narrowed, self._from_pairs(trace)))
        found += [self._tried(drawn) for drawn, _ in support.most_common(_TRIED)]
        learned = [tried for tried in found if tried]
        return sorted(learned, key=lambda frame: (-frame.confidence, -len(frame.added), frame.drawn.line))

    def _from_example(self, result: examples.ExampleResult) -> Iterator[Drawn]:
        trace = self._reader.sentence(result.sentence)
        aliases = {entry.name: entry.aliases for entry in self._rules.lexicon.entries}
        for triple in result.missing:
            ends = []
            for name in (triple.head, triple.tail):
                entries = [e for e, others in aliases.items() if name == e or name in others]
                forms = (name, *entries, *(alias for entry in entries for alias in aliases[entry]))
                ends.append(frozenset(map(normal_form, forms)))
            for sentence in trace.sentences:
                if sentence.encoded:
                    yield from self._writer.draw(sentence.encoded, triple.relation, ends[0], ends[1])
                    yield from self._writer.draw_any(sentence.encoded, triple.relation)

    def _from_pairs(self, trace: DocumentTrace) -> Iterator[Drawn]:
        """Yield the frames of sentences that hold a known pair and say nothing of it yet."""
        names = {e.id: frozenset(map(normal_form, e.names)) for e in trace.entities}
        for sentence in trace.sentences:
            if sentence.judged or sentence.encoded is None:
                continue
            here = {normal_form(m.name) for m in sentence.read.mentions}
            present = [entity for entity, forms in names.items() if forms & here]
            for head in present:
                for tail in present:
                    for relation in self._pairs.get((head, tail), ()):
                        yield from self._writer.draw(sentence.encoded, relation, names[head], names[tail])

    def _tried(self, drawn: Drawn, form: Transferred | None = None) -> LearnedFrame | None:
        """Return what came of a line, None where it breaks an example or too little bears it out."""
        if form and not self._is_worth_trying(form):
            return None
        own = self._own[drawn.relation]
        if drawn.line in getattr(own.data, drawn.key) or self._says_nothing(drawn):
            return None
        if not self._customs.allow(drawn):
            return None
        lines = {"frames": [], "phrases": [], drawn.key: [drawn.line]}
        try:
            trial = Trial(self._reader, RelationRules(own.file, own.name, own.data.model_copy(update=lines)))
        except RuleError:
            return None
        mended = self._mended(trial, drawn.relation)
        added = tuple(trial.added(self._documents)) if mended is not None else ()
        if mended is None or not (mended or added):
            return None
        agreeing = sum(map(self._told_elsewhere, form.found) if form else map(self._agrees, added))
        against = sum(map(self._contradicts, added))
        if not mended and (form or drawn.key == "phrases" or not agreeing):
            return None
        borne_out = _BY_EXAMPLE * len(mended) + agreeing + _PRIOR
        guessed = sum(not self._agrees(said) and not self._contradicts(said) for said in added)
        sure = (borne_out + _GUESSED * guessed) / (borne_out + guessed + _PRIOR + _AGAINST * against)
        doubtful = guessed > _MOST_GUESSED * borne_out or against > _CONTRADICTED * len(added)
        if doubtful or sure < _LEAST:
            return None
        reason = f"mends {len(mended)} examples, agrees with {agreeing} pairs, contradicts {against}"
        if form:
            reason = f"{form.shared} other sets of triggers stand so; {reason}"
        return LearnedFrame(drawn, mended, added, round(sure, 2), reason)

    def _is_worth_trying(self, form: Transferred) -> bool:
        """Tell whether a form finds something new, and not mostly what contradicts what is known."""
        new = [said for said in form.found if not self._agrees(said)]
        against = sum(map(self._contradicts, new))
        return bool(new) and against <= _CONTRADICTED * len(form.found)

    def _says_nothing(self, drawn: Drawn) -> bool:
        """Tell whether nothing in a line tells the relation, or which of two names before the trigger does it."""
        syntax = self._rules.syntax
        if drawn.key == "frames":
            return drawn.relation not in self._rules.ontology.symmetric and bool(_UNTOLD.match(drawn.line))
        literal = self._writer.literal(drawn)
        if literal in syntax.possessives:
            return not self._customs.types_both(drawn)
        return literal in {
            *syntax.prepositions,
            *syntax.conjunctions,
            *syntax.adverbs,
            *self._rules.roles.verbs,
        }

    def _mended(self, trial: Trial, relation: str) -> tuple[str, ...] | None:
        """Return the sentences of examples that a line mends, None where it breaks one."""
        before = {result.sentence for result in self._broken if result.relation == relation}
        report = examples.run(self._rules, only=[relation], extract=trial.extract)
        after = {result.sentence for result in report.failed}
        return None if after - before else tuple(sorted(before - after))

    def _agrees(self, said: Statement) -> bool:
        return said.relation in self._pairs.get((said.head_id, said.tail_id), ())

    def _told_elsewhere(self, said: Statement) -> bool:
        """Tell whether another sentence says the same of the two."""
        places = self._places.get((said.head_id, said.relation, said.tail_id), set())
        return bool(places - {(said.doc, said.evidence.start)})

    def _contradicts(self, said: Statement) -> bool:
        """Tell whether the two are known to stand in other relations, or in this one the other way round."""
        known = self._pairs.get((said.head_id, said.tail_id), set())
        turned = self._pairs.get((said.tail_id, said.head_id), set())
        one_way = said.relation not in self._rules.ontology.symmetric
        apart = all(frozenset((said.relation, other)) not in self._together for other in known)
        return (bool(known) and apart) or (one_way and said.relation in turned)


def with_frames(rules: RuleSet, frames: Collection[LearnedFrame]) -> RuleSet:
    """Return the rules with learned lines at the end of their relations' lists."""
    added: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for frame in frames:
        added[frame.drawn.relation][frame.drawn.key].append(frame.drawn.line)
    relations = []
    for item in rules.relations:
        lines = {key: [*getattr(item.data, key), *new] for key, new in added[item.name].items()}
        relations.append(RelationRules(item.file, item.name, item.data.model_copy(update=lines)))
    return replace(rules, relations=tuple(relations))
