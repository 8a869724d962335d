"""Words to a terminal or a pipe: clean of what articles may smuggle in, coloured only for people."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, TextIO

# A line is a text, or pieces of text each with a style of STYLES ("" for none).
Piece = tuple[str, str]
Line = str | Sequence[Piece]

STYLES = {
    "name": "1",
    "relation": "36",
    "trigger": "33",
    "dim": "2",
    "good": "32",
    "bad": "31",
}
UNLIMITED = 1_000_000

# What moves the cursor, starts an escape sequence, turns the direction of writing, or is half a character.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_UNWRITTEN = "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def prepare_streams() -> None:
    """Have what leaves the terminal be UTF-8 with plain line ends on every system, as programs expect it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def say(line: Line = "") -> None:
    """Print a line for people to standard output."""
    _write(sys.stdout, line)


def complain(line: Line) -> None:
    """Print a line for people to standard error."""
    _write(sys.stderr, line)


def print_json(value: Any) -> None:
    """Print a value for a program, indented."""
    sys.stdout.write(as_json(value, indent=2) + "\n")


def as_json(value: Any, indent: int | None = None) -> str:
    """Return JSON in which Chinese stands as it is and what no terminal should see is escaped."""
    return guarded_json(json.dumps(value, ensure_ascii=False, indent=indent))


def guarded_json(text: str) -> str:
    """Return JSON that means the same with every invisible or broken character written as \\uXXXX."""
    return re.sub(_UNWRITTEN, lambda found: f"\\u{ord(found[0]):04x}", text)


def clean(text: str) -> str:
    """Return one line of text without anything that a terminal would obey."""
    return _UNSHOWN.sub(" ", text)


def width(text: str) -> int:
    """Return how many columns a clean text takes: two for a Chinese character, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def cut(text: str, columns: int) -> str:
    """Return the beginning of a clean text that fits, with … where something was left out."""
    if width(text) <= columns:
        return text
    taken = 0
    for at, character in enumerate(text):
        taken += _columns(character)
        if taken > columns - 1:
            return text[:at] + "…"
    return text


def line_width() -> int:
    """Return the columns of the terminal; what goes elsewhere is not cut unless COLUMNS asks for it."""
    if "COLUMNS" in os.environ or sys.stdout.isatty():
        return max(20, shutil.get_terminal_size().columns)
    return UNLIMITED


def is_colourful(stream: TextIO) -> bool:
    """Return whether a stream is a terminal of somebody who likes colours."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    obeyed = os.name != "nt" or "WT_SESSION" in os.environ  # older Windows consoles print the sequences
    return stream.isatty() and wanted and obeyed


def plain(line: Line) -> str:
    """Return a line's clean text."""
    return "".join(clean(text) for text, _ in _pieces(line))


def counted(number: int, plural: str) -> str:
    """Return `12 documents` or `1 document`."""
    return f"{number:,} {_singular(plural) if number == 1 else plural}"


def _singular(what: str) -> str:
    return what[:-3] + "y" if what.endswith("ies") else what.removesuffix("s")


def _write(stream: TextIO, line: Line) -> None:
    if is_colourful(stream):
        stream.write("".join(_coloured(clean(text), style) for text, style in _pieces(line)) + "\n")
    else:
        stream.write(plain(line) + "\n")


def _pieces(line: Line) -> Sequence[Piece]:
    return [(line, "")] if isinstance(line, str) else line


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if style and text else text


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1
