"""The language of examples: 句子 => 头 关系 尾; 头 关系 尾 (hedged)   or   句子 => none."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.errors import Place, RuleError
from kg.model import ASSERTED, HEDGED

_ARROW = "=>"
_HINT = "write `句子 => 头 关系 尾; 头 关系 尾 (hedged)` or `句子 => none`"
_CERTAINTY = re.compile(r"\((?P<word>\w+)\)$")


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple with its certainty."""

    head: str
    relation: str
    tail: str
    certainty: str = ASSERTED

    def __str__(self) -> str:
        return f"{self.head} {self.relation} {self.tail}" + (" (hedged)" if self.certainty == HEDGED else "")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what must be found in it, nothing where `expected` is empty."""

    sentence: str
    expected: tuple[Triple, ...]
    place: Place


def parse(line: str, place: Place, relations: Collection[str] = ()) -> Example:
    """Return the example that a line gives. Raises RuleError for a line that is none.

    Names may hold blanks: the word that is one of `relations` divides head and tail, else the second word.
    """
    sentence, arrow, right = line.rpartition(_ARROW)
    if not arrow or not sentence.strip():
        raise RuleError("is no example: `=>` is missing", place=place, hint=_HINT)
    wanted = right.strip()
    if not wanted:
        raise RuleError("is no example: nothing stands behind `=>`", place=place, hint=_HINT)
    if wanted == "none":
        return Example(sentence.strip(), (), place)
    parts = (part.strip() for part in re.split("[;；]", wanted))
    return Example(sentence.strip(), tuple(_triple(part, place, relations) for part in parts if part), place)


def _triple(text: str, place: Place, relations: Collection[str]) -> Triple:
    certainty = ASSERTED
    said = _CERTAINTY.search(text)
    if said:
        certainty = said["word"]
        text = text[: said.start()].strip()
        if certainty not in (ASSERTED, HEDGED):
            raise RuleError(f"unknown certainty `{certainty}`", place=place, hint="write (hedged) or nothing")
    words = text.split()
    if len(words) < 3:
        raise RuleError(f"`{text}` is no triple", place=place, hint=_HINT)
    middle = next((i for i in range(1, len(words) - 1) if words[i] in relations), 1)
    return Triple(" ".join(words[:middle]), words[middle], " ".join(words[middle + 1 :]), certainty)
