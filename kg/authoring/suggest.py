"""`kg suggest`: ready lines for what was not understood, each tried on the articles before it is shown.

Names come first, as frames that lack a name cannot be learned from: those that the rules tell, those whose
type the articles as a whole tell, and words that stand where frames lack a name. Then frames are learned with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from kg import rulecache
from kg.authoring.bootstrap import FrameLearner, LearnedFrame, with_frames
from kg.authoring.editing import add_entity, add_item, scalar
from kg.authoring.guesses import Guess, Guesser
from kg.authoring.reading import OnError, read_all, refuse
from kg.authoring.trace import Tracer
from kg.authoring.trial import Reader
from kg.errors import InputError
from kg.extraction import Extractor
from kg.model import Document, Statement
from kg.rules import yamlfile
from kg.rules.ruleset import RuleSet

SAMPLES = 3
LEAST_CONFIDENCE = 0.5


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
    tracer = Tracer(rulecache.load(rules_dir))
    rules = tracer.rules
    documents = read_all(paths, rules_dir, on_error)
    traces = [tracer.read(document) for document in documents]
    known = {_gain(said) for trace in traces for said in trace.statements}
    guesses = [g for g in Guesser(tracer, traces).guesses() if g.confidence >= LEAST_CONFIDENCE]
    entries = (*rules.lexicon.entries, *(guess.entry for guess in guesses))
    named = replace(rules, lexicon=replace(rules.lexicon, entries=entries))
    frames = _covering(FrameLearner(named, Reader(Tracer(Extractor(named))), documents).learn())
    gained = _found(with_frames(named, frames), documents, known)
    found = [*_names(rules, guesses, gained), *_frames(rules, frames, gained)]
    found.sort(key=lambda item: (-item.gain * item.confidence, item.file, item.value))
    return Suggestions(rules_dir, tuple(replace(item, number=n) for n, item in enumerate(found, start=1)))


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
    for guess in guesses:
        adding, file = by_name[guess.name], _lexicon_file(rules, guess)
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


def _lexicon_file(rules: RuleSet, guess: Guess) -> str:
    """Return the lexicon file of a type that holds most of the names which the samples also hold."""
    votes: Counter[str] = Counter()
    for path in sorted((rules.folder / "lexicon").glob("*.yaml")):
        data = yamlfile.read(path).data
        if data.get("type") == guess.type and data.get("entities"):
            name = path.relative_to(rules.folder).as_posix()
            votes[name] = sum(entity in s for s in guess.samples for entity in data["entities"])
    return votes.most_common(1)[0][0] if votes else ""


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
