"""What `kg rules check` reports: problems with their place, the line itself and a remedy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from kg.errors import Place, RuleError

ERROR = "error"
WARNING = "warning"

_SHOWN = 110


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: an error keeps the rules from working, a warning keeps one of them from it."""

    check: str
    severity: str
    place: Place
    message: str
    remedy: str

    def as_json(self) -> dict[str, Any]:
        """Return the problem as plain data, `source` being the line of the file."""
        return {
            "check": self.check,
            "severity": self.severity,
            "file": str(self.place.path),
            "line": self.place.line,
            "column": self.place.column,
            "source": source_line(self.place),
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every problem of a rule folder, in the order of files and lines."""

    folder: Path
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """Return the number of errors."""
        return sum(problem.severity == ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """Return the number of warnings."""
        return len(self.problems) - self.errors

    def exit_code(self, *, strict: bool = False) -> int:
        """Return 1 if there is an error, or, `strict`, any problem; else 0."""
        return int(bool(self.problems if strict else self.errors))

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data; the keys stay stable."""
        return {
            "folder": str(self.folder),
            "errors": self.errors,
            "warnings": self.warnings,
            "problems": [problem.as_json() for problem in self.problems],
        }


def from_error(check: str, error: RuleError, severity: str = ERROR) -> Problem:
    """Return what an exception says as a problem."""
    return Problem(check, severity, error.place or Place(""), error.message, error.hint)


def ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file, line and column, each once."""
    return tuple(
        sorted(set(problems), key=lambda p: (str(p.place.path), p.place.line, p.place.column, p.message))
    )


def source_line(place: Place) -> str:
    """Return the line of the file that a place names, empty where there is none."""
    if not place.line:
        return ""
    try:
        lines = Path(place.path).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[place.line - 1] if place.line <= len(lines) else ""


def render(report: CheckReport) -> RenderableType:
    """Return the report for a person to read."""
    parts = [_shown(problem, report.folder) for problem in report.problems]
    if not report.problems:
        return Text(f"{report.folder}: no problems", style="green")
    counts = Counter(problem.check for problem in report.problems)
    summary = f"{report.errors} errors, {report.warnings} warnings  ({_listed(counts)})"
    return Group(*parts, Text(summary, style="red" if report.errors else "yellow"))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _shown(problem: Problem, folder: Path) -> Text:
    color = "red" if problem.severity == ERROR else "yellow"
    text = Text()
    text.append(f"{problem.place}: ", style="bold")
    text.append(f"{problem.severity}[{problem.check}]", style=color)
    text.append(f": {problem.message}\n")
    line = source_line(problem.place)
    if line.strip():
        text.append(_excerpt(line, problem.place.column, color))
    if problem.remedy:
        text.append(f"    = {problem.remedy}\n", style="cyan")
    return text


def _excerpt(line: str, column: int, color: str) -> Text:
    """Return the line, cut around the column, with the column's character marked."""
    start = max(0, column - _SHOWN // 2) if len(line) > _SHOWN else 0
    piece = line[start : start + _SHOWN]
    text = Text("    | ", style="dim")
    text.append(("…" if start else "") + piece, style="none")
    if column:
        at = len("    | ") + bool(start) + column - 1 - start
        text.stylize(f"{color} underline", at, at + 1)
    text.append("\n")
    return text
