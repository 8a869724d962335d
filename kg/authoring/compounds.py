"""Names with which other names begin: who knows 小米汽车 and 小米电视 has met 小米."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

_SMOOTHING = 0.1
_BETWEEN_NAMES = "·"
_ENDING = 2
"""By how many characters at its end the rest of a compound is known: 汽车, 大学."""

Compound = tuple[str, str]
"""The type of a name and what follows its beginning."""


class CompoundModel:
    """Tells by the names that begin with a word what type that word has: naive Bayes over what follows it."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are (type, name)."""
        self._names = sorted({(name, kind) for kind, name in names})
        self._counts: dict[str, Counter[Compound]] = defaultdict(Counter)
        self._totals: Counter[str] = Counter()
        for name, kind in self._names:
            found = list(self._features(name))
            if found:
                self._totals[kind] += 1
                self._counts[kind].update(found)
        self._variety = len({feature for counts in self._counts.values() for feature in counts})

    def compounds(self, word: str) -> list[Compound]:
        """Return the names that begin with a word and go on after it, by what follows."""
        found: list[Compound] = []
        for at in range(bisect_left(self._names, (word, "")), len(self._names)):
            name, kind = self._names[at]
            if not name.startswith(word):
                break
            rest = name[len(word) :]
            if rest and not (_is_latin(word[-1]) and _is_latin(rest[0])):
                found.append((kind, rest))
        return found

    def is_first_name(self, word: str) -> bool:
        """Tell whether persons are called by a word and more: 山姆 in 山姆·奥尔特曼."""
        return any(rest.startswith(_BETWEEN_NAMES) for _, rest in self.compounds(word))

    def scores(self, word: str) -> dict[str, float]:
        """Return the logarithm of how likely each type is, nothing where no name begins so."""
        features = list(self._features(word))
        if not features:
            return {}
        weight = 1 / math.sqrt(len(features))
        every = sum(self._totals.values())
        return {
            kind: math.log(total / every)
            + weight * sum(math.log(self._share(kind, feature)) for feature in features)
            for kind, total in self._totals.items()
        }

    def _share(self, kind: str, feature: Compound) -> float:
        counts = self._counts[kind]
        return (counts[feature] + _SMOOTHING) / (counts.total() + _SMOOTHING * self._variety)

    def _features(self, word: str) -> Iterator[Compound]:
        for kind, rest in self.compounds(word):
            yield kind, rest[-_ENDING:]


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
