"""Traditional characters to simplified ones, one by one, so that offsets stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Table:
    """`simple` maps a traditional character to its usual simplified form. `clear` are those of them that
    simplified texts do not use; `plain` finds simplified characters that traditional texts do not use.
    """

    simple: dict[int, str]
    clear: frozenset[str]
    plain: re.Pattern[str]


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the table, read once from the data that OpenCC ships."""
    lines = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("\t") for line in lines if "\t" in line)
    # Of several forms the first is the usual one. Planes beyond the first would slow every search down.
    first = {old: forms.split(" ")[0] for old, forms in pairs.items() if len(old) == 1}
    single = {old: new for old, new in first.items() if len(new) == 1 and old != new}
    single = {old: new for old, new in single.items() if max(old, new) < "\U00010000"}
    for old, new in single.items():
        single[old] = single.get(new, new)
    clear = frozenset(old for old in single if not _encodes(old, "gb2312"))
    plain = sorted({new for new in single.values() if not _encodes(new, "big5")})
    return Table({ord(old): new for old, new in single.items()}, clear, re.compile(f"[{''.join(plain)}]"))


def is_traditional(text: str, clear: int) -> bool:
    """Say whether `text`, which holds `clear` characters of `table().clear`, is written in traditional
    characters and does not merely quote some.
    """
    return clear >= _ENOUGH and clear > len(table().plain.findall(text))


def simplified(text: str) -> str:
    """Return `text`, as long as before, with traditional characters replaced by simplified ones."""
    return text.translate(table().simple)


def _encodes(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
