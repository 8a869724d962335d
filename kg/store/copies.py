"""Copies of texts: what tells that articles are reprints, and sentences taken over with small edits.

Both are found by MinHash signatures whose bands meet, then compared; the work is linear in their number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from struct import iter_unpack, pack

from rensa import RMinHash

# An article's signature: so many numbers, compared in bands of so many.
_LENGTH, _BAND = 64, 4
_SEED = 6
# Articles are reprints from this share of equal numbers on, sentences copies from this share of common pieces.
_REPRINT, _COPY = 0.7, 0.6
# Less text is alike by chance: 谷歌发布了Gemini。
_LONG_ARTICLE, _LONG_SENTENCE = 100, 24
_SHORT_LENGTH, _SHORT_BAND = 32, 2

_MARKS = re.compile(r"[\W_]+")


def signature(text: str) -> bytes:
    """What nearly equal articles have nearly in common, 256 bytes; nothing for a short text."""
    plain = _plain(text)
    return _digest(_pieces(plain), _LENGTH) if len(plain) >= _LONG_ARTICLE else b""


def bands(signed: bytes) -> list[bytes]:
    """The bands of a signature, in which reprints meet; none of a short text."""
    return [signed[at : at + _BAND * 4] for at in range(0, len(signed), _BAND * 4)]


def are_reprints(one: bytes, other: bytes) -> bool:
    """Whether two signatures that met are nearly equal."""
    return _share(one, other) >= _REPRINT


def independent(said: Sequence[tuple[str, str]]) -> list[int]:
    """For each (origin of the article, sentence) the position of the first that is of the same source.

    One source is what stands in one article or its reprints, or in nearly the same words.
    """
    if len(said) == 1:  # as most edges are
        return [0]
    parents: dict[int, int] = {at: at for at in range(len(said))}
    first: dict[object, int] = {}
    long: dict[str, int] = {}
    for at, (origin, sentence) in enumerate(said):
        join(parents, first.setdefault(origin, at), at)
        plain = _plain(sentence)
        if len(plain) >= _LONG_SENTENCE:
            join(parents, long.setdefault(plain, at), at)
    pieces = {at: _pieces(plain) for plain, at in long.items()}
    for at, own in pieces.items() if len(pieces) > 1 else ():
        digest = _digest(own, _SHORT_LENGTH)
        for start in range(0, len(digest), _SHORT_BAND * 4):
            other = first.setdefault((start, digest[start : start + _SHORT_BAND * 4]), at)
            if other != at and len(own & pieces[other]) >= _COPY * len(own | pieces[other]):
                join(parents, other, at)
    return [root(parents, at) for at in range(len(said))]


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _pieces(plain: str) -> set[str]:
    return {plain[at : at + 3] for at in range(len(plain) - 2)}


def _digest(pieces: Iterable[str], length: int) -> bytes:
    sketch = RMinHash(num_perm=length, seed=_SEED)
    sketch.update(list(pieces))
    return pack(f"<{length}I", *sketch.digest())


def _share(one: bytes, other: bytes) -> float:
    pairs = zip(iter_unpack("<I", one), iter_unpack("<I", other), strict=True)
    return sum(first == second for first, second in pairs) / _LENGTH


def root(parents: dict[int, int], number: int) -> int:
    """The number that stands for all that are one with this; what is not in `parents` comes in, alone."""
    while parents.setdefault(number, number) != number:
        number = parents[number]
    return number


def join(parents: dict[int, int], one: int, other: int) -> None:
    """Makes two one; the lesser number stands for both."""
    first, second = sorted((root(parents, one), root(parents, other)))
    parents[second] = first
