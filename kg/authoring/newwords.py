"""Words that no dictionary holds: told by how often their parts stand together, and by company in lists."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kg.authoring.unknown import free_words, is_nominal, may_be_name
from kg.recognise.mentions import LEXICON, Mark, Mention, Read

_LEAST_TIMES = 3
_COHESION = 3.0
"""How much likelier the parts of a word must stand together than apart, as a logarithm."""
_LEAST_SIDES = 2
"""How many different neighbours a word must have on each side."""
_LONGEST = 12
_LISTING = "、"
_ROW = re.compile(r"[^，；：。！？、\n]+(?:、[^，；：。！？、\n]+){2,}")
_ITEM = re.compile(r"[^、]+")
_BETWEEN = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9·.\-]{1,19}")
_LEAST_KNOWN = 2
"""How many names of a row must be known."""

Place = tuple[Read, int, int]
"""A sentence and offsets into its text."""


def new_words(reads: Sequence[Read]) -> dict[str, list[Place]]:
    """Return two words that the texts use as one, with their places.

    They stand together often, seldom apart, and with different words around them.
    """
    single: Counter[str] = Counter()
    places: dict[str, list[Place]] = defaultdict(list)
    sides: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    parts: dict[str, tuple[str, str]] = {}
    for read in reads:
        single.update(word.text for word in read.words)
        free = free_words(read)
        for first, second in zip(free, free[1:], strict=False):
            if first and second and len(first.text) > 1 and is_nominal(second):
                name = first.text + second.text
                places[name].append((read, first.start, second.end))
                parts[name] = first.text, second.text
                sides[name][0].add(read.text[max(0, first.start - 1) : first.start])
                sides[name][1].add(read.text[second.end : second.end + 1])
    size = single.total()
    return {
        name: where
        for name, where in places.items()
        if len(where) >= _LEAST_TIMES
        and min(map(len, sides[name])) >= _LEAST_SIDES
        and may_be_name(name)
        and math.log(len(where) * size / math.prod(single[part] for part in parts[name])) >= _COHESION
    }


def listed_words(reads: Sequence[Read]) -> dict[tuple[str, str], list[Place]]:
    """Return words in a list with known names, each under (word, type of the known name), with their places."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for read in reads:
        known = {m.start: m for m in read.mentions if m.source >= LEXICON and len(m.types) == 1}
        ends = {m.end: m for m in known.values()}
        spans: list[Mention | Mark] = [*known.values(), *read.marks]
        taken = {at for span in spans for at in range(span.start, span.end)}
        for start, end in _items(read.text):
            beside = known.get(end + 1) if read.text[end : end + 1] == _LISTING else None
            beside = beside or (ends.get(start - 1) if read.text[start - 1 : start] == _LISTING else None)
            if beside and taken.isdisjoint(range(start, end)) and _is_noun(read, start, end):
                found[read.text[start:end], next(iter(beside.types))].append((read, start, end))
    return found


def row_words(reads: Sequence[Read]) -> dict[tuple[str, str], list[Place]]:
    """Return what stands in rows of names of one type, as `listed_words` does: 甲、乙、丙 where two are known.

    Between two names of a type stands a third, however it may be segmented.
    """
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for read in reads:
        known = {
            (m.start, m.end): kind
            for m in read.mentions
            if m.source >= LEXICON and len(m.types) == 1
            for kind in m.types
        }
        for row in _ROW.finditer(read.text) if len(known) > 1 else ():
            items = list(_ITEM.finditer(read.text, *row.span()))
            types = Counter(known[item.span()] for item in items[1:-1] if item.span() in known)
            types.update(kind for (_, end), kind in known.items() if end == items[0].end())
            types.update(kind for (start, _), kind in known.items() if start == items[-1].start())
            if len(types) == 1 and types.total() >= _LEAST_KNOWN:
                for item in items[1:-1]:
                    if item.span() not in known and _BETWEEN.fullmatch(item.group()):
                        found[item.group(), next(iter(types))].append((read, *item.span()))
    return found


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what stands between the signs of a list, or before its first and behind its last."""
    cuts = [-1, *(at for at, char in enumerate(text) if not char.isalnum()), len(text)]
    for before, after in zip(cuts, cuts[1:], strict=False):
        if 2 <= after - before - 1 <= _LONGEST and may_be_name(text[before + 1 : after]):
            yield before + 1, after


def _is_noun(read: Read, start: int, end: int) -> bool:
    inside = [word for word in read.words if start <= word.start and word.end <= end]
    return (
        bool(inside) and inside[0].start == start and inside[-1].end == end and all(map(is_nominal, inside))
    )
