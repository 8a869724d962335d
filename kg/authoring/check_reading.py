"""What the recogniser makes of triggers: a word that only occurs inside longer ones triggers nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.authoring.check_words import triggers
from kg.authoring.problems import WARNING, Problem
from kg.model import Region
from kg.recognise.automata import TRIGGER
from kg.recognise.mentions import Mark, Mention, Read
from kg.recognise.recogniser import Recogniser
from kg.recognise.segment import Token
from kg.rules.ruleset import RuleSet
from kg.text import normalise

_SURE = 2
"""How long a trigger is that needs no example: a single character stands mostly inside longer words."""


def swallowed(rules: RuleSet, recogniser: Recogniser) -> Iterator[Problem]:
    """Yield the triggers that the examples of all relations hold, but only inside longer words.

    Of triggers of one character, also those that no example holds.
    """
    text = normalise(
        "\n".join(line.rpartition("=>")[0] for r in rules.relations for line in r.data.examples)
    ).text
    seen: Counter[str] = Counter()
    inside: dict[str, str] = {}
    read = recogniser.read(text, [Region(0, len(text))])
    for sentence in read:
        seen.update(sentence.text[m.start : m.end] for m in sentence.marks if m.kind == TRIGGER)
    for relation in rules.relations:
        for _, word, place in triggers(relation.file, relation.data):
            if word in seen:
                continue
            if len(word) < _SURE:
                yield Problem(
                    "swallowed",
                    WARNING,
                    place,
                    f"trigger `{word}` is one character, and no example shows where it counts",
                    "add an example that it triggers, or write the words in which it means the relation",
                )
                continue
            if word not in text:
                continue
            longer = inside.get(word) or _longer(word, read)
            if longer:
                inside[word] = longer
                yield Problem(
                    "swallowed",
                    WARNING,
                    place,
                    f"trigger `{word}` occurs in the examples only inside longer words (`{longer}`)",
                    "add the longer word if it means the relation, or take the trigger out",
                )


def _longer(word: str, read: list[Read]) -> str:
    """Return the first longer word that swallows a trigger, nothing where a name or a trigger takes it."""
    for sentence in read:
        start = sentence.text.find(word)
        taken: list[Mark | Mention] = [*sentence.marks, *sentence.mentions]
        for token in sentence.words if start >= 0 else ():
            longer = len(token.text) > len(word) and _covers(token, start, word)
            if longer and not any(_covers(span, start, word) for span in taken):
                return token.text
    return ""


def _covers(span: Token | Mark | Mention, start: int, word: str) -> bool:
    return span.start <= start and start + len(word) <= span.end
