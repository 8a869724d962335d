"""Many endings of words at once: looked up by length, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Endings:
    """A set of endings of names: 公司, 研究院, 大学."""

    def __init__(self, words: Iterable[str]) -> None:
        by_length: dict[int, set[str]] = defaultdict(set)
        for word in words:
            by_length[len(word)].add(word)
        self._by_length = sorted(by_length.items(), reverse=True)
        known = [word for words in by_length.values() for word in words if word]
        self._first, self._last = {word[0] for word in known}, {word[-1] for word in known}

    def of(self, text: str) -> str:
        """Return the longest of the endings that `text` ends in, "" if it ends in none."""
        if text[-1:] not in self._last:
            return ""
        return next((text[-size:] for size, words in self._by_length if text[-size:] in words), "")

    def begin(self, text: str) -> bool:
        """Tell whether `text` begins with one of the endings."""
        return text[:1] in self._first and any(text[:size] in words for size, words in self._by_length)

    def stem(self, text: str) -> int:
        """Return where the row of endings begins that ends `text`; its length if there is none."""
        starts = [len(text)]
        for start in range(len(text) - 1, -1, -1):
            if any(
                start + size in starts and text[start : start + size] in words
                for size, words in self._by_length
            ):
                starts.append(start)
        return starts[-1]
