"""What the search of the page knows of characters: how they are read, and which are variants of another."""

from __future__ import annotations

from collections.abc import Iterable

from kg.traditional import table


def folds(names: Iterable[str]) -> dict[str, str]:
    """Return the traditional characters that stand for a simplified one of `names`, or that `names` hold.

    Both a name and what is typed are folded by this table, so that either form finds either.
    """
    simple = {chr(old): new for old, new in table().simple.items()}
    used = {simple.get(character, character) for name in names for character in name}
    return {old: new for old, new in sorted(simple.items()) if new in used and old != new}


def readings(names: Iterable[str], folded: dict[str, str]) -> dict[str, str]:
    """Return all toneless readings of each folded Chinese character of `names`, the commonest first."""
    from pypinyin import Style, pinyin  # its tables take a fifth of a second to load

    characters = sorted({folded.get(character, character) for name in names for character in name})
    table = {}
    for character in characters:
        if not _is_han(character):
            continue
        (found,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
        spelt = [_typed(reading) for reading in found]
        if spelt:
            table[character] = " ".join(dict.fromkeys(each for pair in spelt for each in pair))
    return table


def _typed(reading: str) -> tuple[str, ...]:
    """Return the ways a reading is typed: ü as v, as Chinese keyboards have it, and as u."""
    plain = "".join(letter for letter in reading.replace("ü", "v").lower() if "a" <= letter <= "z")
    return tuple(dict.fromkeys(each for each in (plain, plain.replace("v", "u")) if each))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
