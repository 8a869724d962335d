"""A sentence as a string in which everything recognised is one private-use character."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from kg.recognise.automata import COMPOUND, PRONOUN, ROLE, TRIGGER
from kg.recognise.mentions import Mark, Mention, Read
from kg.recognise.quantities import AMOUNT, ROUND
from kg.recognise.times import TIME
from kg.rules import alphabet
from kg.rules.alphabet import Alphabet

_MARKS = {TIME: alphabet.DATE, AMOUNT: alphabet.AMOUNT, ROUND: alphabet.ROUND}
_MAX_BRACKET = 80
_START = itemgetter(0)
_TITLE_MARK = re.compile("[《》]")
_QUOTED = re.compile(r"“[^“”，。！？；：]{1,24}”")


@dataclass(slots=True, eq=False)
class Item:
    """What a character of the encoded sentence stands for: one or several mentions, or a mark.

    `inferred` tells that a pronoun or an omitted subject stands here; its mentions are from elsewhere.
    """

    start: int
    end: int
    mentions: list[Mention] = field(default_factory=list)
    mark: Mark | None = None
    inferred: bool = False


@dataclass(slots=True, eq=False)
class Encoded:
    """The encoded sentence: `items[i]` is what `chars[i]` stands for, None for a plain character.

    `offsets[i]` is where the character begins in `source`, the sentence's own text.
    `moved` is how many characters at the end stand elsewhere in the source.
    """

    chars: list[str]
    items: list[Item | None]
    offsets: list[int]
    source: str = ""
    moved: int = 0
    _text: str | None = field(default=None, init=False, repr=False)

    @property
    def text(self) -> str:
        """Return the characters as one string."""
        if self._text is None:
            self._text = "".join(self.chars)
        return self._text

    def change(self, index: int, char: str) -> None:
        """Let another character stand for the item at `index`."""
        self._text = None
        self.chars[index] = char

    def replace(self, start: int, end: int, char: str, item: Item) -> None:
        """Put one character in the place of several."""
        self._text = None
        offset = self.offsets[start]
        self.chars[start:end] = [char]
        self.items[start:end] = [item]
        self.offsets[start:end] = [offset]

    def insert(self, index: int, char: str, item: Item | None, offset: int) -> None:
        """Put a character before the one at `index`."""
        self._text = None
        self.chars.insert(index, char)
        self.items.insert(index, item)
        self.offsets.insert(index, offset)

    def copy_behind(self, indexes: Sequence[int]) -> None:
        """Put a clause of the characters at `indexes` behind the sentence."""
        self._text = None
        where = self.offsets[indexes[0]]
        self.chars += ["，", *(self.chars[i] for i in indexes)]
        self.items += [None, *(self.items[i] for i in indexes)]
        self.offsets += [where, *(self.offsets[i] for i in indexes)]
        self.moved += len(indexes) + 1

    def cut(self, start: int, end: int) -> None:
        """Take characters out of the sentence."""
        self._text = None
        for row in (self.chars, self.items, self.offsets):
            del row[start:end]

    def move_behind(self, subject: int, start: int, end: int) -> None:
        """Move the characters from `start` to `end` behind the sentence, after a copy of its character at `subject`."""
        self._text = None
        for row, stop in ((self.chars, "，"), (self.items, None), (self.offsets, self.offsets[start])):
            moved = [stop, row[subject], *row[start : end - 1]]
            del row[start:end]
            row.extend(moved)
        self.moved += end - start + 1


Resolver = Callable[[Mark, Sequence[Mention], str], "list[Mention]"]


def encode(
    read: Read,
    letters: Alphabet,
    resolve: Resolver,
    exemplifiers: tuple[str, ...],
    reports: tuple[str, ...],
) -> Encoded:
    """Return the sentence encoded. `resolve` gives the mentions that a pronoun refers to, given those before it.

    A comma before one of the `exemplifiers` (如, 例如) does not end a clause and is left out.
    Brackets are left out, except those that hold a post, or behind one of `reports` (消息) a name alone.
    """
    spans: list[tuple[int, int, Mention | Mark]] = [(m.start, m.end, m) for m in read.mentions]
    spans += [(mark.start, mark.end, mark) for mark in read.marks]
    spans.sort(key=_START)
    telling = [m.start for m in read.marks if m.kind == ROLE and not _repeats(read, m)]
    if "（" in read.text:
        named = {m.end for m in read.mentions}
        telling += [
            m.start for m in read.mentions if m.start - 1 not in named and _signs(read.text, m, reports)
        ]
    skipped = _brackets(read.text, telling) if "（" in read.text else {}
    silent = _silent(read.text, exemplifiers)
    text = read.text.replace("”“", "、“")  # “甲”“乙” is a list
    chars: list[str] = []
    items: list[Item | None] = []
    offsets: list[int] = []
    before: list[Mention] = []
    position = index = 0
    size, count = len(text), len(spans)
    while position < size:
        if position in skipped:
            position = skipped[position]
            while index < count and spans[index][0] < position:
                index += 1
            continue
        if index < count and spans[index][0] == position:
            _, end, found = spans[index]
            index += 1
            char, item = _encoded(found, letters, resolve, before, text)
            if char:
                chars.append(char)
                items.append(item)
                offsets.append(position)
                position = end
                continue
        end = size
        if skipped:
            end = min((start for start in skipped if start > position), default=end)
        if index < count and position < spans[index][0] < end:
            end = spans[index][0]
        for stop in (*[offset for offset in silent if position <= offset < end], end) if silent else (end,):
            chars += text[position:stop]
            items += [None] * (stop - position)
            offsets += range(position, stop)
            position = stop + 1
        position = end
    return Encoded(chars, items, offsets, read.text)


def _signs(text: str, name: Mention, reports: tuple[str, ...]) -> bool:
    """Tell whether a name alone in brackets signs a report: 某某讯 5月3日消息（云帆）, （云帆/文）."""
    start = name.start - 1
    return (
        start > 0
        and text[start] == "（"
        and text.startswith(("）", "/"), name.end)
        and text.endswith(reports, 0, start)
    )


def _silent(text: str, exemplifiers: tuple[str, ...]) -> list[int]:
    """Return the offsets of what is left out: marks around names and titles, commas before examples."""
    found = [match.start() for match in _TITLE_MARK.finditer(text)] if "《" in text or "》" in text else []
    if "“" in text:
        for match in _QUOTED.finditer(text):
            found.append(match.start())
            if not text.startswith("”“", match.end() - 1):
                found.append(match.end() - 1)
    comma = text.find("，")
    while comma >= 0:
        if text.startswith(exemplifiers, comma + 1):
            found.append(comma)
        comma = text.find("，", comma + 1)
    return sorted(found)


def _encoded(
    found: Mention | Mark, letters: Alphabet, resolve: Resolver, before: list[Mention], text: str
) -> tuple[str, Item | None]:
    if isinstance(found, Mention):
        before.append(found)
        return letters.mention(found.types), Item(found.start, found.end, [found])
    item = Item(found.start, found.end, mark=found)
    if found.kind == ROLE:
        return letters.role(found.value), item
    if found.kind == TRIGGER:
        return letters.words[text[found.start : found.end]], item
    if found.kind == COMPOUND:
        item.mentions = resolve(found, before, text)
        return alphabet.with_variant(letters.mention(item.mentions[0].types), alphabet.PLURAL), item
    if found.kind == PRONOUN:
        antecedents = resolve(found, before, text)
        if not antecedents:
            return "", None
        item.mentions = antecedents
        item.inferred = True
        before.extend(replace(mention, start=found.start, end=found.end) for mention in antecedents[:1])
        char = letters.mention(antecedents[0].types)
        if len(antecedents) > 1:
            char = alphabet.with_variant(char, alphabet.PLURAL)
        return char, item
    return _MARKS[found.kind], item


def _repeats(read: Read, role: Mark) -> bool:
    """Tell whether a role in brackets only repeats the one before it in other words: 首席财务官（CFO）."""
    alone = read.text[role.start - 1 : role.start] == "（" and read.text.startswith("）", role.end)
    return alone and any(mark.kind == ROLE and mark.end == role.start - 1 for mark in read.marks)


def _brackets(text: str, roles: Sequence[int]) -> dict[int, int]:
    """Return where brackets begin and where the text goes on behind them; those that tell a role stay in."""
    found: dict[int, int] = {}
    start = text.find("（")
    while start >= 0:
        end = text.find("）", start)
        if end < 0 or end - start > _MAX_BRACKET:
            start = text.find("（", start + 1)
            continue
        if not any(start < role < end for role in roles):
            found[start] = end + 1
        start = text.find("（", end)
    return found
