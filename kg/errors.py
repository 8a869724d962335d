"""The one exception root: what went wrong, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """A position in a file that a person can open: line and column count from 1, 0 means unknown."""

    path: Path | str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [str(self.path)]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class KgError(Exception):
    """Anything a person can mend. `exit_code` is what the command line returns."""

    exit_code = 2

    def __init__(self, message: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message}"


class InputError(KgError):
    """A path, a file or an argument that cannot be used."""


class RuleError(KgError):
    """A rule, lexicon or ontology file that says something impossible."""


class NotFoundError(KgError):
    """A question about something the graph does not hold."""

    exit_code = 1
