"""`kg rules coverage`: how often each rule fires, which never does, and which another always forestalls."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg import rulecache
from kg.authoring.near import trigger_places
from kg.authoring.reading import RIGHT, WRONG, Judge, OnError, read_all, refuse
from kg.authoring.trace import SentenceTrace, Tracer
from kg.model import Span, Statement
from kg.recognise.automata import TRIGGER

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """One frame: `fired` counts statements, `right` and `wrong` those in articles with gold.

    `forestalled` counts how often it would have matched had not `by` taken the trigger before it.
    """

    rule: str
    relation: str
    fired: int
    documents: int
    right: int
    wrong: int
    forestalled: int
    by: str
    samples: tuple[str, ...]

    @property
    def precision(self) -> float | None:
        """Return the share of right statements, None where no article with gold has any."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All frames of a rule folder, in the order of the files."""

    documents: int
    statements: int
    rules: tuple[RuleCoverage, ...]

    @property
    def never(self) -> tuple[str, ...]:
        """Return the rules that fired nowhere and matched nowhere."""
        return tuple(rule.rule for rule in self.rules if not rule.fired and not rule.forestalled)

    @property
    def shadowed(self) -> tuple[RuleCoverage, ...]:
        """Return the rules that matched only where another had taken the trigger."""
        return tuple(rule for rule in self.rules if not rule.fired and rule.forestalled)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data; the keys stay stable."""
        return {
            "documents": self.documents,
            "statements": self.statements,
            "rules": [{**asdict(rule), "precision": rule.precision} for rule in self.rules],
            "never": list(self.never),
            "shadowed": {rule.rule: rule.by for rule in self.shadowed},
        }


@dataclass(slots=True)
class _Count:
    """What has been seen of one rule."""

    fired: int = 0
    documents: set[str] = field(default_factory=set)
    verdicts: Counter[str] = field(default_factory=Counter)
    forestalled: Counter[str] = field(default_factory=Counter)
    samples: list[str] = field(default_factory=list)

    def add(self, statement: Statement, verdict: str) -> None:
        self.fired += 1
        self.documents.add(statement.doc)
        self.verdicts[verdict] += 1
        if len(self.samples) < SAMPLES:
            said = f"{statement.head} {statement.relation} {statement.tail}"
            self.samples.append(f"{said}: {statement.evidence.quote}")


def coverage(
    rules_dir: Path, paths: Sequence[str], gold: Path | None = None, on_error: OnError = refuse
) -> Coverage:
    """Return how the rules fare on files and folders; with a gold folder also how often each is right.

    Raises RuleError for broken rules and InputError for unusable paths.
    """
    tracer = Tracer(rulecache.load(rules_dir))
    rules = tracer.rules
    judge = Judge(gold, rules.ontology)
    counts: dict[str, _Count] = defaultdict(_Count)
    documents = read_all(paths, rules_dir, on_error)
    statements = 0
    for document in documents:
        trace = tracer.read(document)
        statements += len(trace.statements)
        for statement in trace.statements:
            counts[statement.rule].add(statement, judge.verdict(statement))
        for sentence in trace.sentences:
            _count_forestalled(tracer, sentence, counts)
    names = [(frame.name, frame.relation) for frame in (*tracer.frames, *tracer.phrases)]
    names += [(f"roles/{text}", "roles") for text in rules.constructions.roles]
    listed = tuple(_rule(name, relation, counts[name]) for name, relation in names)
    return Coverage(len(documents), statements, listed)


def _count_forestalled(tracer: Tracer, sentence: SentenceTrace, counts: dict[str, _Count]) -> None:
    """Find the frames that match at a trigger which an earlier frame of their relation has taken."""
    encoded = sentence.encoded
    if encoded is None:
        return
    takers: dict[tuple[str, Span], str] = {
        (j.raw.relation, j.raw.trigger): j.raw.rule for j in sentence.judged if j.raw.trigger
    }
    relations = {relation for relation, _ in takers}
    present = {
        name
        for item in encoded.items
        if item and item.mark and item.mark.kind == TRIGGER
        for name in item.mark.value.split("\t")
    }
    text = encoded.text
    for frame in tracer.frames:
        if frame.relation not in relations or not frame.sets & present:
            continue
        for match in frame.pattern.finditer(text):
            for place in trigger_places(match, encoded):
                item = encoded.items[place]
                taker = takers.get((frame.relation, (item.start, item.end))) if item else None
                if taker and taker != frame.name:
                    counts[frame.name].forestalled[taker] += 1


def _rule(name: str, relation: str, count: _Count) -> RuleCoverage:
    by = count.forestalled.most_common(1)
    return RuleCoverage(
        rule=name,
        relation=relation,
        fired=count.fired,
        documents=len(count.documents),
        right=count.verdicts[RIGHT],
        wrong=count.verdicts[WRONG],
        forestalled=count.forestalled.total(),
        by=by[0][0] if by else "",
        samples=tuple(count.samples),
    )


def render(found: Coverage) -> RenderableType:
    """Return the rules that fired, those that another shadows, and those that never fired."""
    table = Table("rule", box=None)
    for name in ("fired", "documents", "precision"):
        table.add_column(name, justify="right")
    for rule in sorted(found.rules, key=lambda rule: -rule.fired):
        if rule.fired:
            precision = "" if rule.precision is None else f"{rule.precision:.2f}"
            table.add_row(Text(rule.rule), str(rule.fired), str(rule.documents), precision)
            table.add_row(Text(f"  {rule.samples[0]}", style="dim", overflow="ellipsis", no_wrap=True))
    parts: list[RenderableType] = [table]
    for rule in found.shadowed:
        parts.append(Text(f"shadowed  {rule.rule}  by {rule.by}, {rule.forestalled} times", style="yellow"))
    parts.extend(Text(f"never     {name}", style="dim") for name in found.never)
    fired = sum(bool(rule.fired) for rule in found.rules)
    total = f"{found.statements} statements in {found.documents} documents"
    summary = f"{fired} of {len(found.rules)} rules fired: {total}"
    return Group(*parts, Text(summary, style="bold"))
