"""`kg suggest`: ready lines for what was not understood, each tried on the articles before it is shown.

Names come first, as frames that lack a name cannot be learned from: those that the rules tell, those whose
type the articles as a whole tell, and words that stand where frames lack a name. Then frames are learned with them,
and with both more names and frames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from kg import rulecache
from kg.authoring.bootstrap import FrameLearner, LearnedFrame, with_frames
from kg.authoring.editing import add_entity, add_item, scalar
from kg.authoring.guesses import Guess, Guesser
from kg.authoring.placing import LexiconFiles
from kg.authoring.reading import OnError, read_all, refuse
from kg.authoring.trace import Tracer
from kg.authoring.trial import Reader
from kg.errors import InputError
from kg.extraction import Extractor
from kg.model import Document, Statement
from kg.rules.ruleset import LexiconEntry, RuleSet

SAMPLES = 3
LEAST_CONFIDENCE = 0.5
_ROUNDS = 2
"""How often is learned, each time with what was learned before."""


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
    rules = rulecache.load(rules_dir).rules
    documents = read_all(paths, rules_dir, on_error)
    grown = rules
    guesses: list[Guess] = []
    frames: list[LearnedFrame] = []
    known: set[Gain] = set()
    for number in range(_ROUNDS):
        tracer = Tracer(Extractor(grown))
        traces = [tracer.read(document) for document in documents]
        if number == 0:
            known = {_gain(said) for trace in traces for said in trace.statements}
        guesser = Guesser(tracer, traces)
        names = [guess for guess in guesser.guesses() if guess.confidence >= LEAST_CONFIDENCE]
        named = _with_names(grown, [guess.entry for guess in names])
        told = _with_names(named, guesser.told_entries())
        lines = _covering(FrameLearner(told, Reader(Tracer(Extractor(told))), documents).learn())
        grown = with_frames(named, lines)
        guesses += names
        frames += lines
    gained = _found(grown, documents, known)
    found = [*_names(rules, guesses, gained), *_frames(rules, frames, gained)]
    found.sort(key=lambda item: (-item.gain * item.confidence, item.file, item.value))
    return Suggestions(rules_dir, tuple(replace(item, number=n) for n, item in enumerate(found, start=1)))


def _with_names(rules: RuleSet, names: Iterable[LexiconEntry]) -> RuleSet:
    """Return the rules with the names at the end of their lexicon that it does not hold yet."""
    held = {form for entry in rules.lexicon.entries for form in (entry.name, *entry.aliases)}
    entries = (*rules.lexicon.entries, *(entry for entry in names if entry.name not in held))
    return replace(rules, lexicon=replace(rules.lexicon, entries=entries))


Gain = tuple[str, ...]
"""A statement of a document, or an example, that a suggestion adds."""


def _covering(frames: Sequence[LearnedFrame]) -> list[LearnedFrame]:
    """Return the frames by what each adds to those before it, without those that add nothing."""
    chosen: list[LearnedFrame] = []
    covered: set[Gain] = set()
    rest = {frame: {*map(_gain, frame.added), *(("example", s) for s in frame.mended)} for frame in frames}
    while rest:
        best = max(rest, key=lambda frame: len(rest[frame] - covered) * frame.confidence)
        gain = rest.pop(best) - covered
        if not gain:
            break
        covered |= gain
        chosen.append(best)
    return chosen


def _found(rules: RuleSet, documents: Sequence[Document], known: set[Gain]) -> list[Statement]:
    """Return what rules find in documents beyond what is known."""
    extractor = Extractor(rules)
    found = (said for document in documents for said in extractor.extract(document).statements)
    return [said for said in found if _gain(said) not in known]


def _names(rules: RuleSet, guesses: Sequence[Guess], gained: Sequence[Statement]) -> Iterator[Suggestion]:
    """Yield the guessed names that take part in what is gained."""
    by_name: dict[str, list[Statement]] = defaultdict(list)
    for said in gained:
        for side in {said.head_id.partition(":")[2], said.tail_id.partition(":")[2]}:
            by_name[side].append(said)
    files = LexiconFiles(rules)
    for guess in guesses:
        adding, file = by_name[guess.name], files.place(guess.name, guess.type, guess.samples)
        if adding and file:
            samples = tuple(dict.fromkeys([*(s.evidence.quote for s in adding), *guess.samples]))[:SAMPLES]
            reason = f"{guess.type}: {guess.clue}"
            gain = len(set(map(_gain, adding)))
            yield Suggestion(0, file, "entities", guess.name, reason, gain, guess.confidence, samples)


def _frames(
    rules: RuleSet, frames: Sequence[LearnedFrame], gained: Sequence[Statement]
) -> Iterator[Suggestion]:
    """Yield the learned frames with what each finds of what is gained, and the examples that it mends."""
    files = {item.name: item.file.path.relative_to(rules.folder).as_posix() for item in rules.relations}
    for frame in frames:
        own = f"{Path(files[frame.drawn.relation]).stem}/{frame.drawn.line}"
        said = [s for s in gained if s.rule.partition("#")[0] == own] or list(frame.added)
        gain = len(set(map(_gain, said))) + len(frame.mended)
        samples = tuple(dict.fromkeys([*frame.mended, *(s.evidence.quote for s in said)]))[:SAMPLES]
        yield Suggestion(
            0, files[frame.drawn.relation], frame.drawn.key, frame.drawn.line, frame.reason, gain,
            frame.confidence, samples,
        )  # fmt: skip


def _gain(statement: Statement) -> Gain:
    return statement.doc, statement.head_id, statement.relation, statement.tail_id


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
