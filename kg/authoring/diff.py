"""`kg rules diff`: what an edit of rules gains, loses and changes; `kg rules watch` does it at each save."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from kg import rulecache
from kg.authoring.reading import RIGHT, WRONG, Judge, OnError, read_all, refuse
from kg.errors import RuleError
from kg.extraction import Extractor
from kg.model import Document, Statement

Key = tuple[str, str, str, str]
Found = dict[Key, Statement]

POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Change:
    """A triple that one rule set finds and the other does not, or finds otherwise.

    `verdict` is right or wrong by the gold, nothing for an article without; `what` says what changed.
    """

    doc: str
    head: str
    relation: str
    tail: str
    rule: str
    sentence: str
    verdict: str
    what: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the change as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two rule sets on the same documents; `seconds` is the time that loading and reading took."""

    documents: int
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    changed: tuple[Change, ...]
    seconds: float

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.gained or self.lost or self.changed)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data; the keys stay stable."""
        groups = {"gained": self.gained, "lost": self.lost, "changed": self.changed}
        counts = {
            name: {"all": len(items), **{v: sum(c.verdict == v for c in items) for v in (RIGHT, WRONG)}}
            for name, items in groups.items()
        }
        listed = {name: [change.as_json() for change in items] for name, items in groups.items()}
        return {"documents": self.documents, "seconds": self.seconds, "counts": counts, **listed}


def diff(
    old_rules: Path,
    new_rules: Path,
    paths: Sequence[str],
    gold: Path | None = None,
    on_error: OnError = refuse,
) -> Difference:
    """Return what two rule folders find differently in files and folders.

    Raises RuleError for broken rules and InputError for unusable paths.
    """
    began = time.perf_counter()
    old, new = rulecache.load(old_rules), rulecache.load(new_rules)
    documents = read_all(paths, new_rules, on_error)
    judge = Judge(gold, new.rules.ontology)
    return _compared(_found(old, documents), _found(new, documents), documents, judge, began)


def watch(
    rules_dir: Path,
    paths: Sequence[str],
    gold: Path | None = None,
    *,
    wait: Callable[[], bool] | None = None,
) -> Iterator[Difference | RuleError]:
    """Yield, at each save of a rule file, what it changes, or the error in it; unending.

    What an error hides is compared with the last rules that worked. `wait` comes between two looks at the
    files and ends the watch by returning False; without it a look comes every POLL_SECONDS.
    Raises RuleError where the rules are broken at the start, and InputError for unusable paths.
    """
    extractor = Extractor.load(rules_dir)
    documents = read_all(paths, rules_dir)
    before = _found(extractor, documents)
    stamp = _stamp(rules_dir)
    while (wait or _pause)():
        now = _stamp(rules_dir)
        if now == stamp:
            continue
        stamp, began = now, time.perf_counter()
        try:
            extractor = Extractor.load(rules_dir)
        except RuleError as error:
            yield error
            continue
        after = _found(extractor, documents)
        yield _compared(before, after, documents, Judge(gold, extractor.rules.ontology), began)
        before = after


def _pause() -> bool:
    time.sleep(POLL_SECONDS)
    return True


def _stamp(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return what shows that a file was saved: its time and size."""
    found: dict[Path, tuple[int, int]] = {}
    for path in folder.rglob("*.yaml"):
        try:
            status = path.stat()
        except FileNotFoundError:  # an editor replaces a file by another when it saves
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _found(extractor: Extractor, documents: Iterable[Document]) -> Found:
    """Return the first statement of each triple of each document."""
    found: Found = {}
    for document in documents:
        for statement in extractor.extract(document).statements:
            key = (statement.doc, statement.head_id, statement.relation, statement.tail_id)
            found.setdefault(key, statement)
    return found


def _compared(
    old: Found, new: Found, documents: Sequence[Document], judge: Judge, began: float
) -> Difference:
    def change(statement: Statement, what: str = "") -> Change:
        return Change(
            statement.doc, statement.head, statement.relation, statement.tail, statement.rule,
            statement.evidence.quote, judge.verdict(statement), what,
        )  # fmt: skip

    told = ((new[key], _what(old[key], new[key])) for key in new if key in old)
    return Difference(
        len(documents),
        tuple(change(new[key]) for key in new if key not in old),
        tuple(change(old[key]) for key in old if key not in new),
        tuple(change(statement, what) for statement, what in told if what),
        round(time.perf_counter() - began, 3),
    )


def _what(old: Statement, new: Statement) -> str:
    """Return what is said otherwise of one triple, nothing if only the rule is another."""
    parts = []
    for name in ("head", "tail", "certainty", "time"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            parts.append(f"{name} {before or 'none'} → {after or 'none'}")
    before, after = dict(old.qualifiers), dict(new.qualifiers)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            parts.append(f"{name} {before.get(name) or 'none'} → {after.get(name) or 'none'}")
    return ", ".join(parts)


def render(difference: Difference) -> RenderableType:
    """Return gains, losses and changes with their sentences, and the counts."""
    parts: list[RenderableType] = []
    counts: list[str] = []
    groups = (("gained", difference.gained, "green"), ("lost", difference.lost, "red"))
    for name, changes, color in (*groups, ("changed", difference.changed, "yellow")):
        for change in changes:
            triple = f"{change.head} {change.relation} {change.tail}"
            line = Text.assemble((f"{name:8}", color), (triple, "bold"), f"  {change.verdict}  {change.what}")
            line.append(f"\n        {change.doc}  {change.rule}\n        {change.sentence}", style="dim")
            parts.append(line)
        judged = [f"{v} {n}" for v in (RIGHT, WRONG) if (n := sum(c.verdict == v for c in changes))]
        counts.append(f"{len(changes)} {name}" + (f" ({', '.join(judged)})" if judged else ""))
    summary = f"{', '.join(counts)} in {difference.documents} documents, {difference.seconds:.2f} s"
    return Group(*parts, Text(summary, style="bold"))
