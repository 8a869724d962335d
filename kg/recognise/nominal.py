"""Runs of nominal words: where a name that no list holds may begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from kg.recognise.mentions import Mark, Mention
from kg.recognise.segment import Token, is_word

_STOP_TAGS = ("p", "c", "d", "u", "r", "y", "f", "e", "o", "x", "w", "q")
_PROPER_TAGS = ("ns", "nr", "nz", "nt", "j", "eng")
_BRACKET = re.compile(r"（[^（），。]{1,8}）(?=[\u4e00-\u9fff])")
_FUNCTION_TAGS = ("p", "c", "u")
_JOINED_WITHIN = 4
_LED_WITHIN = 14
_LED = re.compile(r"[\w·\-&]+$")
_NEVER_INSIDE = ("p", "u", "r", "y", "d", "e", "w")
_MAY_BEGIN = ("f", "m", "j", "n")
_WORDY = re.compile(r"[\w·\-&.]")
_UNLESS_NAMED = 2
_PARTED, _PARTED_WITHIN = 2, 6
_new = tuple.__new__
_NEVER_PARTED = (*_STOP_TAGS, "nt")


class NamePolicy(Protocol):
    """What a recogniser of names knows about single words."""

    def __hash__(self) -> int:
        """Return what tells it from others, as what it says of words is kept."""

    def is_stop(self, word: str) -> bool:
        """Tell whether a word ends a name to its left."""

    def is_nominal_verb(self, word: str) -> bool:
        """Tell whether a word that is a verb elsewhere may stand inside a name."""

    def begins_with_suffix(self, word: str) -> bool:
        """Tell whether a word begins with the end of a name."""

    def ends_in_suffix(self, word: str) -> bool:
        """Tell whether a longer word ends with the end of a name (传播学院)."""

    def joins_inside(self, word: str) -> bool:
        """Tell whether a word may join two parts of one name."""

    def ends_name(self, word: str) -> bool:
        """Tell whether a word ends a name for certain, so that nothing is joined to it."""


class Atom(NamedTuple):
    """A word of a run; `mention` is set where it is a known name, `proper` where it names something."""

    start: int
    end: int
    text: str
    tag: str
    proper: bool
    mention: Mention | None = None


class Run(NamedTuple):
    """Neighbouring nominal words."""

    atoms: tuple[Atom, ...]

    @property
    def start(self) -> int:
        """Return where the run begins."""
        return self.atoms[0].start

    @property
    def end(self) -> int:
        """Return where the run ends."""
        return self.atoms[-1].end


def runs(
    text: str,
    words: list[Token],
    mentions: Iterable[Mention],
    marks: Iterable[Mark],
    policy: NamePolicy,
    inside: frozenset[str],
    ends: Sequence[int] = (),
) -> list[Run]:
    """Return the maximal runs of nominal words; marks end one, and names of other types than those `inside`.

    Before one of `ends`, where a name is known to end, words may stand that end a run elsewhere (评测|城市|研究院).
    """
    spans: list[tuple[int, int, Mention | None]] = [(m.start, m.end, m) for m in mentions]
    spans += [(mark.start, mark.end, None) for mark in marks]
    spans.sort(key=lambda span: (span[0], -span[1]))
    brackets = {match.start(): match.end() for match in _BRACKET.finditer(text)} if "（" in text else {}
    found: list[Run] = []
    current: list[Atom] = []

    def close() -> None:
        if current:
            found.append(Run(tuple(current)))
            current.clear()

    position = index = word = 0
    size = len(text)
    spans.append((size, size, None))
    limit = spans[0][0]
    while position < size:
        while limit < position:
            index += 1
            limit = spans[index][0]
        if limit == position:
            _, end, mention = spans[index]
            if mention is not None and mention.types & inside:
                current.append(Atom(position, end, text[position:end], "name", True, mention))
            else:
                close()
            position = max(end, position + 1)
            continue
        if brackets and current and position in brackets:
            end = brackets[position]
            current.append(Atom(position, end, text[position:end], "bracket", False))
            position = end
            continue
        while words[word][1] <= position:
            word += 1
        start, end, piece, tag = words[word]
        whole = position == start and end <= limit
        if not whole:
            end = min(end, limit)
            piece = text[position:end]
        stop, proper, joint = _judged(piece, tag, whole, policy)
        if stop == _UNLESS_NAMED:
            behind = word + 1 if end == words[word].end else len(words)
            stop = int(behind == len(words) or not policy.begins_with_suffix(words[behind].text))
        if (
            stop
            and not (joint and current and _joins(current[-1], words[word + 1 :], policy))
            and not (joint and ends and _joins_parts(current, words[word + 1 :], ends, policy))
            and not (
                ends
                and not (tag.startswith("v") and _names_at(spans, index, end))
                and _leads_on(text, current, words[word], position, ends, policy)
            )
        ):
            close()
        else:
            # what Atom(...) does, without a step of Python for each word
            current.append(_new(Atom, (position, end, piece, tag, proper, None)))
        position = end
    close()
    return found


def _names_at(spans: Sequence[tuple[int, int, Mention | None]], index: int, offset: int) -> bool:
    """Tell whether a known name begins at an offset; before it a verb has an object (会见|厦门台商投资协会)."""
    return index < len(spans) and spans[index][0] == offset and spans[index][2] is not None


def opens_clause(text: str, start: int) -> bool:
    """Tell whether a clause begins at the offset `start`."""
    return start == 0 or text[start - 1] in "，、。；：“”（）\n "


def _joins(before: Atom, words: Sequence[Token], policy: NamePolicy) -> bool:
    """Tell whether 和 stands inside a name: plain nouns before it, and an ending after a few more."""
    if before.mention is not None or before.proper or policy.ends_name(before.text):
        return False
    for word in words[:_JOINED_WITHIN]:
        if policy.is_stop(word.text) or word.tag.startswith(_STOP_TAGS):
            return False
        if policy.begins_with_suffix(word.text) or policy.ends_in_suffix(word.text):
            return True
    return False


def _joins_parts(
    current: Sequence[Atom], words: Sequence[Token], ends: Sequence[int], policy: NamePolicy
) -> bool:
    """Tell whether 与 stands inside the name of a part, which a role follows: 北京大学|城市|与|环境学院|院长."""
    if len(current) < _PARTED:
        return False
    whole, before = current[0].mention, current[-1]
    other = before.mention is None or (whole is not None and before.mention.types.isdisjoint(whole.types))
    if whole is None or not other or not is_word(before.text) or policy.ends_name(before.text):
        return False
    for word in words[:_PARTED_WITHIN]:
        if word.end in ends:
            return not word.tag.startswith("nt")
        if word.tag.startswith(_NEVER_PARTED) or policy.is_stop(word.text):
            return False
    return False


def _leads_on(
    text: str, current: Sequence[Atom], token: Token, position: int, ends: Sequence[int], policy: NamePolicy
) -> bool:
    """Tell whether a word that ends a run elsewhere is inside the name that ends at the next of `ends`.

    Something proper must stand before it, or the beginning of the clause.
    """
    end = next((offset for offset in ends if offset > position), -1)
    if not 0 < end - position <= _LED_WITHIN or not _LED.match(text, position, end):
        return False
    ending = policy.begins_with_suffix(text[position:end])
    stop = policy.is_stop(token.text) and not policy.is_nominal_verb(token.text)
    if (stop and (len(token.text) > 1 or not ending)) or (not ending and token.tag.startswith(_NEVER_INSIDE)):
        return False  # 系主任 has an ending, 会见 none
    if any(atom.proper for atom in current):
        return True
    begin = current[0].start if current else position
    return (bool(current) or token.tag.startswith(_MAY_BEGIN)) and (
        begin == 0 or not text[begin - 1].isalnum() or policy.is_stop(text[begin - 1])
    )


@lru_cache(maxsize=1 << 16)
def _judged(piece: str, tag: str, whole: bool, policy: NamePolicy) -> tuple[int, bool, bool]:
    """Return whether a piece of a word ends a run, names something, and may join two parts of a name.

    Texts use the same words over and over: what is known of one is kept.
    """
    proper = not is_word(piece) or (whole and tag.startswith(_PROPER_TAGS))
    return _stops(piece, tag, whole, policy), proper, whole and policy.joins_inside(piece)


def _stops(piece: str, tag: str, whole: bool, policy: NamePolicy) -> int:
    """Return 1 if a piece ends a run. A verb does unless the end of a name follows it (禁毒局)."""
    if policy.is_stop(piece) or not _WORDY.match(piece):
        return 1
    if not whole:
        return 0
    if tag.startswith("v") and tag not in ("vn", "vg"):
        return _UNLESS_NAMED if is_word(piece) and not policy.is_nominal_verb(piece) else 0
    if tag.startswith("m"):
        return int(piece.isdigit() or len(piece) < 2)
    if (tag.startswith("x") and piece.isalnum()) or policy.is_nominal_verb(piece):
        return 0
    return int(tag.startswith(_FUNCTION_TAGS) or (tag.startswith(_STOP_TAGS) and is_word(piece)))
