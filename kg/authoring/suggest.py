"""`kg suggest`: ready lines for what was not understood, each tried on the articles before it is shown.

Names come from words that frames lack or the segmenter takes for names. Frames are learned as in DIPRE and
Snowball: a pair that is known to stand in a relation, from an example that fails or another sentence of the
articles, gives a frame by the sentence that holds it; what that then finds is held against what is known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from kg.authoring import examples, gaps
from kg.authoring.editing import add_entity, add_item, scalar
from kg.authoring.learning import Drawn, FrameWriter
from kg.authoring.reading import OnError, read_all, refuse
from kg.authoring.trace import DocumentTrace, Tracer
from kg.authoring.trial import Reader, Trial
from kg.errors import InputError
from kg.extraction import Extractor
from kg.model import Document, Statement
from kg.resolve.names import normal_form
from kg.rules import ruleset, yamlfile
from kg.rules.ruleset import LexiconEntry, RelationRules, RuleSet

NAMES_TRIED = 200
FRAMES_TRIED = 120
SAMPLES = 3
LEAST_CONFIDENCE = 0.65

Pairs = dict[tuple[str, str], set[str]]
"""The relations in which two entities are known to stand."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line for a rule file: an entity of a lexicon file, or an item of `key` in a relation file.

    `gain` counts the statements that it adds on the articles, `confidence` is between 0 and 1.
    """

    number: int
    file: str
    key: str
    value: str
    reason: str
    gain: int
    confidence: float
    samples: tuple[str, ...]

    @property
    def yaml(self) -> str:
        """Return the line as it would stand in the file."""
        return f"{scalar(self.value)}: []" if self.key == "entities" else f"- {self.value}"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What would help, the greatest expected gain first."""

    folder: Path
    items: tuple[Suggestion, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data; the keys stay stable."""
        listed = [{**asdict(item), "yaml": item.yaml} for item in self.items]
        return {"folder": str(self.folder), "suggestions": listed}


def suggest(rules_dir: Path, paths: Sequence[str], on_error: OnError = refuse) -> Suggestions:
    """Return suggestions for the rules of a folder, learned from files and folders.

    Raises RuleError for broken rules and InputError for unusable paths.
    """
    rules = ruleset.load(rules_dir)
    documents = read_all(paths, rules_dir, on_error)
    learner = _Learner(rules, documents)
    frames = list(learner.frames())
    found = _covering([*learner.names(_covering(frames)), *frames])
    return Suggestions(rules_dir, tuple(replace(item, number=n) for n, item in enumerate(found, start=1)))


def _covering(tried: list[_Tried]) -> list[Suggestion]:
    """Return the suggestions by what each adds to those before it, without those that add nothing."""
    chosen: list[Suggestion] = []
    covered: set[Gain] = set()
    rest = sorted(tried, key=lambda item: (item[0].file, item[0].value))
    while rest:
        best = max(rest, key=lambda item: len(item[1] - covered) * item[0].confidence)
        gain = len(best[1] - covered)
        if not gain:
            break
        rest.remove(best)
        covered |= best[1]
        chosen.append(replace(best[0], gain=gain))
    return chosen


def accept(suggestions: Suggestions, number: int) -> Path:
    """Write a suggestion into its file and return the file. Raises InputError for an unknown number."""
    item = next((item for item in suggestions.items if item.number == number), None)
    if item is None:
        raise InputError(f"there is no suggestion {number}", hint=f"they are 1 to {len(suggestions.items)}")
    path = suggestions.folder / item.file
    if item.key == "entities":
        add_entity(path, item.value)
    else:
        add_item(path, (item.key,), item.value)
    return path


Gain = tuple[str, ...]
"""A statement of a document, or an example, that a suggestion adds."""

_Tried = tuple[Suggestion, frozenset[Gain]]


class _Learner:
    """Finds names and frames that the rules lack for some documents."""

    def __init__(self, rules: RuleSet, documents: Sequence[Document]) -> None:
        self._rules = rules
        self._documents = documents
        self._tracer = Tracer(rules)
        self._reader = Reader(self._tracer)
        self._traces = [self._reader.trace(document) for document in documents]
        self._known = [statement for trace in self._traces for statement in trace.statements]

    def names(self, frames: Sequence[Suggestion]) -> Iterator[_Tried]:
        """Yield unknown names that would add statements, the suggested frames being accepted."""
        wanted = [n for n in gaps.of_traces(self._tracer, self._traces).names if n.type][:NAMES_TRIED]
        entries = tuple(LexiconEntry(name.name, name.type, ()) for name in wanted)
        lexicon = replace(self._rules.lexicon, entries=self._rules.lexicon.entries + entries)
        gained: dict[str, list[Statement]] = defaultdict(list)
        rules = self._rules
        for item in frames:
            rules = _with_line(rules, rules.folder / item.file, item.key, item.value)
        known = {_gain(s) for s in Trial(rules, self._reader, self._tracer).statements(self._documents)}
        extractor = Extractor(replace(rules, lexicon=lexicon))
        found = (s for document in self._documents for s in extractor.extract(document).statements)
        for statement in (s for s in found if _gain(s) not in known):
            for side in (statement.head_id, statement.tail_id):
                gained[side.partition(":")[2]].append(statement)
        for name in wanted:
            added = gained[name.name]
            if not added:
                continue
            confidence = 1 - 0.5 ** (len(name.clues) + min(len(added), 3))
            samples = tuple(dict.fromkeys([*(s.evidence.quote for s in added), *name.samples]))[:SAMPLES]
            file = self._lexicon_file(name.type, name.samples)
            if file:
                reason = f"{name.type}: {'; '.join(name.clues[:2])}"
                gain = frozenset(map(_gain, added))
                item = Suggestion(
                    0, file, "entities", name.name, reason, len(gain), round(confidence, 2), samples
                )
                yield item, gain

    def _new(self, found: Iterable[Statement]) -> list[Statement]:
        """Return what is found in the documents beyond what is known."""
        known = set(map(_gain, self._known))
        return [statement for statement in found if _gain(statement) not in known]

    def _lexicon_file(self, kind: str, sentences: Sequence[str]) -> str:
        """Return the lexicon file of a type that holds most of the names which the sentences also hold."""
        votes: Counter[str] = Counter()
        folder = self._rules.folder
        for path in sorted((folder / "lexicon").glob("*.yaml")):
            data = yamlfile.read(path).data
            if data.get("type") == kind and data.get("entities"):
                name = path.relative_to(folder).as_posix()
                votes[name] = sum(entity in s for s in sentences for entity in data["entities"])
        return votes.most_common(1)[0][0] if votes else ""

    def frames(self) -> Iterator[_Tried]:
        """Yield frames that explain known pairs, and that what they find elsewhere does not contradict."""
        pairs: Pairs = defaultdict(set)
        for statement in self._known:
            pairs[statement.head_id, statement.tail_id].add(statement.relation)
        trial = Trial(self._rules, self._reader, self._tracer)
        failing = examples.run(self._rules, extract=trial.extract).failed
        drawn: Counter[Drawn] = Counter()
        for result in failing:
            drawn.update(self._from_example(result))
        for trace in self._traces:
            drawn.update(self._from_pairs(trace, pairs))
            drawn.update(self._from_triggers(trace))
        broken = {(result.relation, result.sentence) for result in failing}
        for candidate, support in drawn.most_common(FRAMES_TRIED):
            suggestion = self._tried(candidate, support, broken, pairs)
            if suggestion:
                yield suggestion

    def _from_example(self, result: examples.ExampleResult) -> Iterator[Drawn]:
        writer = FrameWriter(self._rules)
        trace = self._reader.sentence(result.sentence)
        aliases = {entry.name: entry.aliases for entry in self._rules.lexicon.entries}
        for triple in result.missing:
            ends = []
            for name in (triple.head, triple.tail):
                entries = [e for e, others in aliases.items() if name == e or name in others]
                ends.append(
                    frozenset(map(normal_form, (name, *entries, *(a for e in entries for a in aliases[e]))))
                )
            for sentence in trace.sentences:
                if sentence.encoded:
                    yield from writer.draw(sentence.encoded, triple.relation, ends[0], ends[1])

    def _from_pairs(self, trace: DocumentTrace, pairs: Pairs) -> Iterator[Drawn]:
        """Yield the frames of sentences that hold a known pair and say nothing of it yet."""
        writer = FrameWriter(self._rules)
        names = {e.id: frozenset(map(normal_form, e.names)) for e in trace.entities}
        for sentence in trace.sentences:
            said = {(j.raw.head.name, j.raw.tail.name) for j in sentence.judged}
            here = {normal_form(m.name) for m in sentence.read.mentions}
            present = [entity for entity, forms in names.items() if forms & here]
            for head in present:
                for tail in present:
                    for relation in pairs.get((head, tail), ()):
                        if sentence.encoded and not said:
                            yield from writer.draw(sentence.encoded, relation, names[head], names[tail])

    def _from_triggers(self, trace: DocumentTrace) -> Iterator[Drawn]:
        """Yield the frames of sentences in which a trigger gave nothing though fitting names are there."""
        writer = FrameWriter(self._rules)
        for sentence in trace.sentences:
            if sentence.encoded is None:
                continue
            said = {judgement.raw.relation for judgement in sentence.judged}
            for relation in self._rules.ontology.relations:
                if relation not in said:
                    yield from set(writer.draw_any(sentence.encoded, relation))

    def _tried(self, drawn: Drawn, support: int, broken: set[tuple[str, str]], pairs: Pairs) -> _Tried | None:
        """Return a frame as a suggestion if it mends more than it breaks and its relation has a file."""
        own = next((item for item in self._rules.relations if item.name == drawn.relation), None)
        if own is None or drawn.line in getattr(own.data, drawn.key):
            return None
        rules = _with_line(self._rules, own.file.path, drawn.key, drawn.line)
        trial = Trial(rules, self._reader, self._tracer)
        report = examples.run(rules, only=[drawn.relation], extract=trial.extract)
        failed = {(result.relation, result.sentence) for result in report.failed}
        mended = [s for r, s in broken if r == drawn.relation and (r, s) not in failed]
        if failed - broken:
            return None
        added = self._new(trial.statements(self._documents))
        agreeing = [s for s in added if drawn.relation in pairs.get((s.head_id, s.tail_id), ())]
        against = [
            s for s in added if drawn.relation not in pairs.get((s.head_id, s.tail_id), {drawn.relation})
        ]
        evidence = 2 * len(mended) + len(agreeing) + support / 2
        confidence = (1 + evidence) / (2 + evidence + 2 * len(against))
        unproven = drawn.key == "phrases" and not mended
        if unproven or confidence < LEAST_CONFIDENCE or not (mended or added):
            return None
        samples = tuple(dict.fromkeys([*mended, *(s.evidence.quote for s in added)]))[:SAMPLES]
        file = own.file.path.relative_to(self._rules.folder).as_posix()
        reason = f"mends {len(mended)} examples, agrees with {len(agreeing)} pairs, fits {support} sentences"
        gain = frozenset(map(_gain, added)) | {("example", sentence) for sentence in mended}
        item = Suggestion(0, file, drawn.key, drawn.line, reason, len(gain), round(confidence, 2), samples)
        return item, gain


def _with_line(rules: RuleSet, path: Path, key: str, line: str) -> RuleSet:
    """Return the rules with one more line in the relation file at `path`."""
    own = next(item for item in rules.relations if item.file.path == path)
    data = own.data.model_copy(update={key: [*getattr(own.data, key), line]})
    changed = RelationRules(own.file, own.name, data)
    return replace(rules, relations=tuple(changed if item is own else item for item in rules.relations))


def _gain(statement: Statement) -> Gain:
    return statement.doc, statement.head_id, statement.relation, statement.tail_id


def render(found: Suggestions, *, shown: int = 20) -> RenderableType:
    """Return the first `shown` suggestions with their reasons and sentences."""
    parts: list[RenderableType] = []
    for item in found.items[:shown]:
        head = Text.assemble(
            (f"{item.number:4}  ", "dim"), (item.yaml, "bold green"), f"  {item.file}: {item.key}"
        )
        parts.append(head)
        parts.append(
            Text(f"      gain {item.gain}, confidence {item.confidence:.2f}: {item.reason}", style="cyan")
        )
        parts.extend(Text(f"      {sample}", style="dim") for sample in item.samples)
    return Group(*parts, Text(f"{len(found.items)} suggestions", style="bold"))
