"""`kg rules test`: the examples that rule files carry, run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.authoring import example_lines
from kg.authoring.example_lines import Example, Triple
from kg.authoring.explain import Explainer, Explanation
from kg.errors import InputError
from kg.extraction import Extractor
from kg.model import Document, Entity, Extraction, Region, Statement
from kg.resolve.names import normal_form
from kg.rules.ruleset import RelationRules, RuleSet


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example: what it expects, what was found of the relations in question, and what differs.

    `nearest` says why something expected is missing: a negation, another certainty, or the frame that came
    nearest; for what is found too much, the rule that found it.
    """

    file: str
    line: int
    relation: str
    sentence: str
    expected: tuple[Triple, ...]
    found: tuple[Triple, ...]
    missing: tuple[Triple, ...]
    surplus: tuple[Triple, ...]
    nearest: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether all that is expected was found, and nothing else of the relation."""
        return not self.missing and not self.surplus


@dataclass(frozen=True, slots=True)
class ExamplesReport:
    """All examples that were run, in the order of the files."""

    folder: Path
    results: tuple[ExampleResult, ...]

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """Return the examples that do not hold."""
        return tuple(result for result in self.results if not result.holds)

    def exit_code(self) -> int:
        """Return 1 if an example does not hold, else 0."""
        return int(bool(self.failed))

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data; the keys stay stable."""
        return {
            "folder": str(self.folder),
            "examples": len(self.results),
            "failed": len(self.failed),
            "results": [{**asdict(result), "holds": result.holds} for result in self.results],
        }


Extract = Callable[[Document], Extraction]


def run(
    rules: RuleSet,
    only: Collection[str] = (),
    *,
    extractor: Extractor | None = None,
    extract: Extract | None = None,
) -> ExamplesReport:
    """Return the outcome of the examples of all relations, or of those in `only`.

    `extractor` is one that has been made of the rules already. With `extract`, statements come from there,
    and failures are not explained. Raises InputError for a
    relation without a file and RuleError for a line that is no example.
    """
    unknown = sorted(set(only) - {relation.name for relation in rules.relations})
    if unknown:
        known = " ".join(relation.name for relation in rules.relations)
        raise InputError(f"no rule file states `{unknown[0]}`", hint=f"relations with a file: {known}")
    if extract:
        runner = _Runner(rules, extract, None)
    else:
        extractor = extractor or Extractor(rules)
        runner = _Runner(rules, extractor.extract, Explainer(extractor))
    chosen = [relation for relation in rules.relations if not only or relation.name in only]
    return ExamplesReport(rules.folder, tuple(result for item in chosen for result in runner.run(item)))


class _Runner:
    def __init__(self, rules: RuleSet, extract: Extract, explainer: Explainer | None) -> None:
        self._rules = rules
        self._extract = extract
        self._explainer = explainer
        self._aliases = {entry.name: entry.aliases for entry in rules.lexicon.entries}

    def run(self, relation: RelationRules) -> Iterator[ExampleResult]:
        for index, line in enumerate(relation.data.examples):
            place = relation.place("examples", index)
            example = example_lines.parse(line, place, self._rules.ontology.relations)
            yield self._result(relation.name, example)

    def _result(self, relation: str, example: Example) -> ExampleResult:
        text = example.sentence
        extraction = self._extract(Document("example", text, (Region(0, len(text)),)))
        symmetric = self._rules.ontology.symmetric
        names = {entity.id: self._names(entity) for entity in extraction.entities}
        wanted = {relation, *(triple.relation for triple in example.expected)}
        met: set[Triple] = set()
        surplus: list[Triple] = []
        for statement in extraction.statements:
            said = [t for t in example.expected if _matches(t, statement, names, symmetric)]
            met.update(said)
            if not said and statement.relation == relation:
                surplus.append(_triple(statement))
        found = _unique(extraction, wanted)
        missing = tuple(triple for triple in example.expected if triple not in met)
        return ExampleResult(
            str(example.place.path),
            example.place.line,
            relation,
            text,
            example.expected,
            found,
            missing,
            tuple(dict.fromkeys(surplus)),
            tuple(self._nearest(text, missing, surplus)) if missing or surplus else (),
        )

    def _names(self, entity: Entity) -> frozenset[str]:
        """Return the normal forms of all names of an entity, met in the example or not."""
        entry = entity.id.partition(":")[2]
        return frozenset(map(normal_form, (entry, *entity.names, *self._aliases.get(entry, ()))))

    def _nearest(self, text: str, missing: tuple[Triple, ...], surplus: list[Triple]) -> Iterator[str]:
        if self._explainer is None:
            return
        explanation = self._explainer.text(text)
        for triple in missing:
            yield f"{triple}: {_why_missing(triple, explanation)}"
        for triple in dict.fromkeys(surplus):
            rules = [m.rule for s in explanation.sentences for m in s.found if _says(triple, m.statement)]
            yield f"{triple}: found by {', '.join(dict.fromkeys(rules)) or 'a rule'}"


def _says(triple: Triple, statement: dict[str, Any] | None) -> bool:
    if statement is None:
        return False
    return (triple.head, triple.relation, triple.tail) == tuple(
        statement[k] for k in ("head", "relation", "tail")
    )


def _why_missing(triple: Triple, explanation: Explanation) -> str:
    """Return what came nearest to a triple."""
    if not explanation.sentences:
        return "no name, role or title was recognised in the sentence"
    ends = {normal_form(triple.head), normal_form(triple.tail)}
    for sentence in explanation.sentences:
        for match in sentence.found:
            if match.relation == triple.relation and ends == {
                normal_form(match.head),
                normal_form(match.tail),
            }:
                if match.outcome == "negated":
                    return f"{match.rule} matched, but `{match.cue}` negates it"
                return f"{match.rule} found it as {match.head} → {match.tail}, {match.certainty}"
    nearly = [miss for s in explanation.sentences for miss in s.nearly if miss.relation == triple.relation]
    if nearly:
        best = max(nearly, key=lambda miss: miss.share)
        return f"nearest {best.rule}: {best}"
    names = {normal_form(m.name) for s in explanation.sentences for m in s.mentions}
    unseen = [name for name in (triple.head, triple.tail) if normal_form(name) not in names]
    if unseen:
        return f"{' and '.join(unseen)} was not recognised as a name"
    return f"no trigger of {triple.relation} stands in the sentence, and no phrase matched"


def _matches(
    triple: Triple, statement: Statement, names: Mapping[str, frozenset[str]], symmetric: Collection[str]
) -> bool:
    if (triple.relation, triple.certainty) != (statement.relation, statement.certainty):
        return False
    head, tail = names[statement.head_id], names[statement.tail_id]
    wanted = (normal_form(triple.head), normal_form(triple.tail))
    if wanted[0] in head and wanted[1] in tail:
        return True
    return triple.relation in symmetric and wanted[1] in head and wanted[0] in tail


def _triple(statement: Statement) -> Triple:
    return Triple(statement.head, statement.relation, statement.tail, statement.certainty)


def _unique(extraction: Extraction, relations: Collection[str]) -> tuple[Triple, ...]:
    found = (_triple(s) for s in extraction.statements if s.relation in relations)
    return tuple(dict.fromkeys(found))


def render(report: ExamplesReport) -> RenderableType:
    """Return the failures, expected and found side by side, and the count."""
    parts: list[RenderableType] = []
    for result in report.failed:
        parts.append(Text(f"{result.file}:{result.line}: {result.relation}", style="bold"))
        parts.append(Text(f"  {result.sentence}"))
        table = Table("expected", "found", box=None, padding=(0, 4, 0, 2))
        expected = "\n".join(map(str, result.expected)) or "none"
        table.add_row(Text(expected), Text("\n".join(map(str, result.found)) or "none"))
        parts.append(table)
        parts.extend(Text(f"    = {line}", style="cyan") for line in result.nearest)
    held = len(report.results) - len(report.failed)
    summary = f"{held} of {len(report.results)} examples hold"
    return Group(*parts, Text(summary, style="red" if report.failed else "green"))
