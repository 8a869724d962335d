"""An encoded sentence for a person to read."""

from __future__ import annotations

from kg.recognise.automata import ROLE, TRIGGER
from kg.relate.encode import Encoded, Item
from kg.rules import alphabet
from kg.rules.alphabet import ASIDE, ASIDE_PLURAL


def readable(sentence: Encoded) -> str:
    """Return the sentence with 【types:names】 for mentions and {words} for triggers, roles and the like.

    A name in ( ) stands in an adjunct or modifier, where plain slots pass it over; ° marks a name that
    stands for a pronoun or was inherited.
    """
    return "".join(
        _shown(char, item) if item is not None else char
        for char, item in zip(sentence.chars, sentence.items, strict=True)
    )


def words_of(item: Item) -> str:
    """Return what an item says: its names, or the words of its mark."""
    if item.mentions:
        return "、".join(mention.name for mention in item.mentions)
    return item.mark.value if item.mark else ""


def kinds_of(item: Item) -> frozenset[str]:
    """Return the entity types that an item's names may have."""
    return frozenset(kind for mention in item.mentions for kind in mention.types)


def is_aside(char: str) -> bool:
    """Tell whether a mention stands in an adjunct or modifier."""
    return alphabet.is_mention(char) and alphabet.variant_of(char) in (ASIDE, ASIDE_PLURAL)


def _shown(char: str, item: Item) -> str:
    if alphabet.is_mention(char):
        kinds = "/".join(sorted(kinds_of(item)))
        text = f"【{kinds}:{words_of(item)}{'°' if item.inferred else ''}】"
        return f"({text})" if is_aside(char) else text
    if item.mark is None:
        return char
    if item.mark.kind in (TRIGGER, ROLE):
        names = {name.partition("/")[0].partition("=")[0] for name in item.mark.value.split("\t")} - {""}
        return f"{{{'·'.join(sorted(names))}}}"
    return f"{{{item.mark.value}}}"
