"""Normalised text with a map back to the original offsets, and its sentences.

Every rule either replaces one character by one character or deletes some; the map holds the deletions only.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from kg import traditional

# Characters that carry nothing: zero-width, bidi, soft hyphen, BOM, variation selectors, tags. All become
# the first of them, so that the pass that deletes blanks needs to know one only.
_GONE = "\u200b"
_GONE_CLASS = (
    "\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_GONE_BEYOND = "\U000e0000-\U000e0fff"
# The engine uses the private planes for its own marks.
_PRIVATE_CLASS = "\ud800-\udfff\ue000-\uf8ff"
# A class of its own: one that mixes planes is matched a hundred times as slowly.
_ODD_BEYOND = re.compile("[\U000e0000-\U000e0fff\U000f0000-\U0010ffff]")
_BLANK_CLASS = "\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_RANGES = ((re.compile(f"[{_GONE_CLASS}{_GONE_BEYOND}]"), _GONE), (re.compile(f"[{_BLANK_CLASS}]"), " "))

_PAIRS = {
    "(": "（", ")": "）", "「": "“", "」": "”", "『": "“", "』": "”", "＂": '"',
    "‹": "《", "›": "》", "〈": "《", "〉": "》",
    **dict.fromkeys("・‧•･⋅∙", "·"), **dict.fromkeys("‐‑‒–−－", "-"), **dict.fromkeys("\u2028\u2029", "\n"),
    **{chr(0xFEE0 + ord(c)): c for c in f"%+/.&{string.digits}{string.ascii_letters}"},
}  # fmt: skip

# CJK characters, full-width forms, Chinese punctuation and quotes: spaces beside them mean nothing, and
# ASCII punctuation beside them is Chinese punctuation.
_WIDE = "\u2e80-\uffef\U00020000-\U0003ffff“”‘’—…·"
_WIDE_MARKS = frozenset("“”‘’—…·")
_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_FULL_TABLE = {ord(half): full for half, full in _FULL.items()}
_BESIDE = tuple(
    (half, full, re.compile(rf"{re.escape(half)}(?:(?=[{_WIDE}])|(?<=[{_WIDE}].))"))
    for half, full in _FULL.items()
)
_RUN = re.compile(rf"[,:;?!](?:[ {_GONE}]*[,:;?!])*")
_QUOTED = re.compile(r'"([^"\n]*)"')


def _blanks(blank: str) -> re.Pattern[str]:
    """Return what finds the runs of `blank` characters of which at least one is deleted, and a few more."""
    needless = rf"[{blank}]+|(?=[\n{_WIDE}]|\Z)|(?<=[\n{_WIDE}].)|(?<=\A.)|(?<={_GONE})"
    return re.compile(rf"[{blank}](?:{needless})", re.DOTALL)


_SPACES, _BLANKS = _blanks(" "), _blanks(f" {_GONE}")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text. Before its character `_at[i]` a total of `_gone[i]` original ones were deleted."""

    text: str
    _at: tuple[int, ...] = ()
    _gone: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original offsets of the half-open span; deletions at its edges stay outside."""
        if not self._at:
            return start, end
        first = self._original(start)
        return (first, self._original(end - 1) + 1) if end > start else (first, first)

    def position(self, offset: int) -> int:
        """Return the offset in `text` of the first character kept at or after the original `offset`."""
        found = bisect_right(range(len(self._at)), offset, key=lambda i: self._at[i] + self._gone[i]) - 1
        following = self._at[found + 1] if found + 1 < len(self._at) else len(self.text)
        return min(offset - (self._gone[found] if found >= 0 else 0), following)

    def _original(self, index: int) -> int:
        found = bisect_right(self._at, index)
        return index + self._gone[found - 1] if found else index


def normalise(text: str) -> Normalised:
    """Return `text` with one way of writing each thing; normalising it again changes nothing."""
    if odd := _odd().findall(text) + _ODD_BEYOND.findall(text):
        text = _replaced(text, Counter(odd))
    return _without_blanks(_punctuated(text))


@lru_cache(maxsize=1)
def _odd() -> re.Pattern[str]:
    """Return what finds the characters to be replaced whatever stands beside them, and the doubtful ones."""
    single = "".join(_PAIRS) + "".join(sorted(traditional.table().clear))
    return re.compile(f'["{_GONE_CLASS}{_PRIVATE_CLASS}{_BLANK_CLASS}{re.escape(single)}]')


def _replaced(text: str, odd: Counter[str]) -> str:
    clear = traditional.table().clear & odd.keys()
    if clear and traditional.is_traditional(text, sum(odd[c] for c in clear)):
        text = traditional.simplified(text)
    if "\r" in odd:
        text = text.replace("\r\n", _GONE + "\n").replace("\r", "\n")
    changes = {c: _replacement(c) for c in odd.keys() - clear - {"\r", '"'}}
    if len(changes) > 60:
        text = text.translate({ord(old): new for old, new in changes.items()})
    else:
        for old, new in changes.items():
            text = text.replace(old, new)
    if '"' in text:
        text = _QUOTED.sub(r"“\1”", text).replace('"', "“")
    return text


def _replacement(character: str) -> str:
    if character in _PAIRS:
        return _PAIRS[character]
    return next((new for pattern, new in _RANGES if pattern.match(character)), "\ufffd")


def _punctuated(text: str) -> str:
    """Return `text` with ASCII punctuation that touches Chinese, blanks aside, made full-width."""
    for half, full, pattern in _BESIDE:
        if half in text:
            text = pattern.sub(full, text)
    return _RUN.sub(_full_width, text)


def _full_width(run: re.Match[str]) -> str:
    text = run.string
    before, after = run.start() - 1, run.end()
    while before >= 0 and text[before] in " \u200b":
        before -= 1
    while after < len(text) and text[after] in " \u200b":
        after += 1
    if (before >= 0 and _is_wide(text[before])) or (after < len(text) and _is_wide(text[after])):
        return run.group().translate(_FULL_TABLE)
    return run.group()


def _without_blanks(text: str) -> Normalised:
    """Return `text` without spaces that part nothing and without characters that carry nothing."""
    pieces: list[str] = []
    at: list[int] = []
    gone: list[int] = []
    done = length = lost = 0
    for blanks in (_BLANKS if _GONE in text else _SPACES).finditer(text):
        start, end = blanks.span()
        kept = _kept_space(text, start, end)
        for left, right in ((start, end),) if kept < 0 else ((start, kept), (kept + 1, end)):
            if left < right:
                pieces.append(text[done:left])
                length += left - done
                lost += right - left
                at.append(length)
                gone.append(lost)
                done = right
    if not at:
        return Normalised(text)
    pieces.append(text[done:])
    return Normalised("".join(pieces), tuple(at), tuple(gone))


def _kept_space(text: str, start: int, end: int) -> int:
    """Return the offset of the one space to keep of the blanks in the span, or -1."""
    space = text.find(" ", start, end)
    if space < 0 or start == 0 or end == len(text):
        return -1
    before, after = text[start - 1], text[end]
    if before == "\n" or after == "\n":
        return -1
    if _is_cjk(before) and _is_cjk(after):
        return space
    return -1 if _is_wide(before) or _is_wide(after) else space


def _is_wide(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\uffef"
        or "\U00020000" <= character <= "\U0003ffff"
        or character in _WIDE_MARKS
    )


def _is_cjk(character: str) -> bool:
    return (
        "\u3040" <= character <= "\ud7af"
        or character in "々〇"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


MAX_SENTENCE = 2000
_CLOSERS = "”’）】》〕』」"
# An English full stop ends a sentence; the one of an abbreviation or inside a name does not.
_ABBREVIATIONS = ("Inc", "Corp", "Ltd", "Co", "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "vs", "No", "Jr", "Sr")
_FULL_STOP = "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS) + r"(?=\Z|\n| [A-Z“]|[“\u3400-\u9fff])"
# It begins with one class of characters, for which the regular expression engine can search fast. Only a
# stop fills the group; a bracket or a title is stepped over whole.
_STOP = re.compile(
    r"[。！？；…\n.（《](?:"
    rf"((?<=[。！？；…])[。！？；…]*[{_CLOSERS}]*|(?<=\n)[\n ]*"
    rf"|(?<=[A-Za-z]{{2}}\.){_FULL_STOP}[{_CLOSERS}]*)"
    r"|(?<=（)[^（）\n]{0,59}）|(?<=《)[^《》\n]{0,200}》)"
)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences of normalised `text[start:end]`: in order, trimmed, none empty.

    ASCII ; ! ? end none: beside Chinese, normalising has made them full-width. No span is longer than
    MAX_SENTENCE characters.
    """
    spans: list[tuple[int, int]] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.lastindex:
            _add(spans, text, begin, stop.end())
            begin = stop.end()
    _add(spans, text, begin, end)
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        comma = max(text.rfind(mark, start + MAX_SENTENCE // 2, start + MAX_SENTENCE) for mark in "，,、")
        cut = comma + 1 if comma >= 0 else start + MAX_SENTENCE
        spans.append((start, cut))
        start = cut
        while text[start].isspace():
            start += 1
    if start < end:
        spans.append((start, end))
