"""Where the clause that holds a place of a sentence begins and ends."""

from __future__ import annotations

import re

_START = re.compile(r"[，；。！？：\n]")
_END = re.compile(r"[，；。！？\n]|$")


def clause_start(text: str, where: int) -> int:
    """Return where the clause begins that holds the offset `where`; a colon begins one too."""
    return max((match.end() for match in _START.finditer(text, 0, where)), default=0)


def clause_end(text: str, where: int) -> int:
    """Return where the clause ends that holds the offset `where`."""
    match = _END.search(text, where)
    return match.start() if match else len(text)
