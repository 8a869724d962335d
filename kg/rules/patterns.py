"""Regular expressions made of the words of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    """Return the expression for one of `words`, the longest first; the empty one if there is none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the compiled expression for one of `words`; one that never matches if there is none."""
    return re.compile(alternatives(words) or r"(?!)")
