"""What stands around names of each type, learned from known names: naive Bayes over neighbours."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.authoring.trace import SentenceTrace
from kg.recognise.automata import TRIGGER
from kg.recognise.mentions import LEXICON, Mark, Read
from kg.recognise.segment import is_word

NONE = ""
"""The type of words that are no names."""

_LISTING = "、"
_PLAIN_TAGS = ("n", "vn", "l")
_SMOOTHING = 0.2
_CERTAIN = 0.3
"""From which score over all sentences a type is believed."""


class ContextModel:
    """Tells by its neighbours what type a word of a sentence has."""

    def __init__(self, sentences: Iterable[SentenceTrace]) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._totals: Counter[str] = Counter()
        self._features: set[str] = set()
        for item in sentences:
            for kind, start, end in _examples(item.read):
                for feature in neighbours(item.read, start, end):
                    self._counts[kind][feature] += 1
                    self._features.add(feature)
                self._totals[kind] += 1

    @property
    def types(self) -> list[str]:
        """Return the types that were seen, NONE among them."""
        return sorted(self._totals)

    def scores(self, read: Read, start: int, end: int) -> dict[str, float]:
        """Return the logarithm of how likely each type is at a place, against words that are no names."""
        features = [f for f in neighbours(read, start, end) if f in self._features]
        size = len(self._features) * _SMOOTHING
        found = {
            kind: sum(math.log((self._counts[kind][f] + _SMOOTHING) / (2 * total + size)) for f in features)
            for kind, total in self._totals.items()
        }
        return {kind: score - found.get(NONE, 0.0) for kind, score in found.items() if kind != NONE}


def _examples(read: Read) -> Iterator[tuple[str, int, int]]:
    """Yield (type, start, end) of the known names of a sentence, and of everyday nouns that are none."""
    taken: set[int] = set()
    for mention in read.mentions:
        taken.update(range(mention.start, mention.end))
        if len(mention.types) == 1 and mention.source >= LEXICON - 1:
            yield next(iter(mention.types)), mention.start, mention.end
    for mark in read.marks:
        taken.update(range(mark.start, mark.end))
    for word in read.words:
        if word.start not in taken and word.tag in _PLAIN_TAGS and len(word.text) > 1 and is_word(word.text):
            yield NONE, word.start, word.end


def neighbours(read: Read, start: int, end: int) -> Sequence[str]:
    """Return what stands left and right of a place: a word, or the kind of name or mark that stands there.

    In a list it is the next name of the list; and a name's own part of speech counts, where it is one word.
    """
    found = [f"<{_beside(read, start, -1)}", f">{_beside(read, end, 1)}"]
    word = read.words[bisect_right(read.words, start, key=lambda word: word.start) - 1]
    if (word.start, word.end) == (start, end) and word.tag not in _PLAIN_TAGS:
        found.append(f"={word.tag}")
    return found


def _beside(read: Read, place: int, side: int) -> str:
    text = read.text
    while 0 <= (at := place if side > 0 else place - 1) < len(text) and text[at] in "“”《》 ":
        place += side
    if not 0 <= at < len(text):
        return "#"
    for mention in read.mentions:
        if mention.start <= at < mention.end:
            return "/".join(sorted(mention.types))
    for mark in read.marks:
        if mark.start <= at < mark.end:
            return _marked(mark)
    if text[at] == _LISTING:
        return f"{_LISTING}{_beside(read, at + 1 if side > 0 else at, side)}"
    index = bisect_right(read.words, at, key=lambda word: word.start) - 1
    return read.words[index].text


def _marked(mark: Mark) -> str:
    if mark.kind == TRIGGER:
        return "/".join(sorted({name.partition("/")[0] for name in mark.value.split("\t")}))
    return mark.kind


def is_certain(score: float) -> bool:
    """Tell whether a type's score over all sentences is worth a suggestion."""
    return score >= _CERTAIN
