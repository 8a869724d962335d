"""`kg rules check`: every problem of a rule folder at once."""

from __future__ import annotations

from pathlib import Path

from kg import rulecache
from kg.authoring.check_frames import DeadAlternatives, Frames, Impossible, Repeated, RoleWords
from kg.authoring.check_names import LexiconForms, LexiconNames, Merges, Pronouns, Relations, Types, Unstated
from kg.authoring.check_reading import swallowed
from kg.authoring.check_words import Examples, Triggers, Vetoes
from kg.authoring.checking import Check
from kg.authoring.problems import CheckReport, Problem, from_error, ordered
from kg.authoring.workspace import Workspace
from kg.errors import InputError, Place, RuleError

CHECKS: tuple[Check, ...] = (
    Types(),
    Relations(),
    Unstated(),
    Pronouns(),
    LexiconNames(),
    LexiconForms(),
    Merges(),
    Frames(),
    Impossible(),
    DeadAlternatives(),
    RoleWords(),
    Repeated(),
    Triggers(),
    Vetoes(),
    Examples(),
)
"""All checks, in the order in which they run. Files that are no YAML or hold wrong keys come before them."""


def check(folder: Path) -> CheckReport:
    """Return every problem of a rule folder. Raises InputError where there is no such folder."""
    if not folder.is_dir():
        raise InputError(
            "is no folder", place=Place(folder), hint="`kg rules init DIR` writes one to start from"
        )
    rules = Workspace(folder)
    problems: list[Problem] = list(rules.problems)
    for item in CHECKS:
        problems.extend(item.problems(rules))
    report = CheckReport(folder, ordered(problems))
    return report if report.errors else CheckReport(folder, ordered([*problems, *_loading(folder)]))


def _loading(folder: Path) -> list[Problem]:
    """Return what the engine itself objects to, and what it makes of the triggers in the examples."""
    try:
        extractor = rulecache.load(folder)
        return list(swallowed(extractor.rules, extractor.recogniser))
    except RuleError as error:
        return [from_error("loading", error)]
