"""What names of each type look like, learned from the lexicon: naive Bayes over their characters."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

_SMOOTHING = 0.5
_VARIETY = 50
"""About how many values a feature has, for those never seen with a type."""
_LONGEST = 7
_CAMEL = re.compile(r"[a-z][A-Z]")


class FormModel:
    """Tells by its characters what type a name has."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are (type, name)."""
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._totals: Counter[str] = Counter()
        for kind, name in names:
            self._counts[kind].update(_features(name))
            self._totals[kind] += 1

    def scores(self, name: str) -> dict[str, float]:
        """Return the logarithm of how likely a name of each type looks so."""
        features = list(_features(name))
        return {
            kind: sum(
                math.log((self._counts[kind][feature] + _SMOOTHING) / (total + _SMOOTHING * _VARIETY))
                for feature in features
            )
            for kind, total in self._totals.items()
        }


def _features(name: str) -> Iterator[str]:
    yield f"$1{name[-1:]}"
    yield f"$2{name[-2:]}"
    yield f"^1{name[:1]}"
    yield f"^2{name[:2]}"
    han = sum("\u4e00" <= char <= "\u9fff" for char in name)
    script = "han" if han == len(name) else "mixed" if han else "latin"
    size = len(name) if han else name.count(" ") + 1
    yield f"{script}{min(size, _LONGEST)}"
    if script != "han":
        signs = (any(map(str.isdigit, name)), "-" in name, name[:1].isupper(), name.isupper(), "." in name)
        yield "".join("01"[sign] for sign in (*signs, bool(_CAMEL.search(name))))
    for char in sorted(set(name)):
        if "\u4e00" <= char <= "\u9fff":
            yield char
