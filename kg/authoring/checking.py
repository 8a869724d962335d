"""What a check is: a small class with a name, a severity, a remedy, and a walk over the rule files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

from kg.authoring.problems import ERROR, Problem
from kg.authoring.workspace import Workspace
from kg.errors import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found at a place; an own remedy takes the place of the check's."""

    place: Place
    message: str
    remedy: str = ""


class Check(ABC):
    """One thing that may be wrong with rules."""

    name: ClassVar[str]
    severity: ClassVar[str] = ERROR
    remedy: ClassVar[str] = ""

    @abstractmethod
    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield every place where it is wrong."""

    def problems(self, rules: Workspace) -> Iterator[Problem]:
        """Yield what the check finds as problems."""
        for found in self.run(rules):
            yield Problem(self.name, self.severity, found.place, found.message, found.remedy or self.remedy)


def known_or_close(name: str, known: Iterable[str], what: str) -> str:
    """Return a remedy for an unknown name: the one that was probably meant, or all that are known."""
    names = list(known)
    close = get_close_matches(name, names, 1, cutoff=0.5)
    return f"did you mean `{close[0]}`?" if close else f"known {what}: {' '.join(names) or 'none'}"
